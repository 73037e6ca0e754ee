"""A log as static files that any web server can offer: tiles, bundles, and the checkpoint last.

1. A full tile never changes; one that is there already is left as it is.
2. Nothing that was sealed leaves: the files hold what the log signs.
"""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.ledger.reader import CHECKPOINT, LogReader
from clearance.adapters.output_file import write_whole
from clearance.ledger.checkpoint import Checkpoint, checkpoint, trusted
from clearance.ledger.keys import verifier
from clearance.ledger.note import note
from clearance.ledger.tiles import WIDTH, tiles_of
from clearance.model.errors import IntegrityError, StorageError


def export(reader: LogReader, folder: Path) -> Checkpoint:
    """Write a log's files, or those that are new since they were written last.

    **Cost**: reading the log from its last full tile on.

    Raises:
        StorageError: the folder cannot be written, or holds another log.
        IntegrityError: a tile is missing, or what is there is no beginning of this log.
    """
    head = reader.head()
    signed = note(head.checkpoint)
    said = trusted(signed, [verifier(head.key)])
    before = _before(folder, said)
    try:
        for tile in tiles_of(said.size):
            file = folder / tile.path
            if tile.width == WIDTH and tile.first + WIDTH <= before >> 8 * max(tile.level, 0):
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(reader.tile(tile))
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror}", file=str(folder), remedy="check the disk"
        ) from None
    write_whole(folder / CHECKPOINT, head.checkpoint)
    return said


def _before(folder: Path, said: Checkpoint) -> int:
    """How many entries of this log the folder holds already."""
    file = folder / CHECKPOINT
    if not file.exists():
        return 0
    found = checkpoint(note(file.read_text(encoding="utf-8")).text)
    if found.origin != said.origin:
        raise StorageError(
            f"holds the log {found.origin}", file=str(folder), remedy="choose another folder"
        )
    if found.size > said.size:
        raise IntegrityError(f"holds {found.size} entries, the log {said.size}", file=str(folder))
    return found.size
