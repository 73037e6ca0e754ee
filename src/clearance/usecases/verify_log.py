"""Verify a log: every entry, every tile, what is kept beside them, and that nothing was taken back.

1. The tree is grown anew from the entries; each tile must be what it grew to, and the root the one
   that was signed.
2. Where an entry and its tile differ, the signed root says which of them was changed.
3. An earlier checkpoint must be of the same log, and its beginning.
4. Flaws are findings, each with its place; the check goes on as far as the log can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from clearance.ledger.checkpoint import Checkpoint, checkpoint, trusted
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Verifier
from clearance.ledger.note import Note, note
from clearance.ledger.proofs import folded
from clearance.ledger.tiles import (
    ENTRIES,
    LEVELS,
    WIDTH,
    Tile,
    TileNodes,
    hashes,
    unbundled,
)
from clearance.ledger.tree import HASH_BYTES, Edge, leaf_hash
from clearance.model.errors import ClearanceError
from clearance.usecases.log_findings import LogFindings
from clearance.usecases.verify_entries import Entries, Kept


class Log(Protocol):
    """A log as tiles."""

    def checkpoint(self) -> str:
        """The last signed checkpoint."""
        ...

    def tile(self, tile: Tile) -> bytes:
        """A tile's hashes, or a bundle's entries."""
        ...


def verify_log(
    log: Log,
    keys: Sequence[Verifier],
    kept: Kept | None = None,
    *,
    earlier: Note | None = None,
    witnesses: int = 0,
) -> LogFindings:
    """Check a whole log.

    **Cost**: each entry is read and hashed once, some ten microseconds; memory for what is erased.

    Args:
        log: the log's tiles.
        keys: the log's key, and those of witnesses that are believed.
        kept: what is kept beside it, where it is a database.
        earlier: a checkpoint that was seen before.
        witnesses: how many of them must have signed the checkpoint.
    """
    found = LogFindings()
    for what in kept.damage() if kept is not None else ():
        found.flaw("database", what)
    if found.flaws:
        return found
    try:
        signed = note(log.checkpoint())
        said = checkpoint(signed.text)
    except ClearanceError as error:
        found.flaw("checkpoint", error.message())
        return found
    found.origin, found.size = said.origin, said.size
    try:
        trusted(signed, keys, witnesses)
    except ClearanceError as error:
        found.flaw("checkpoint", error.message())
    reading = _Reading(log, found, Entries(found, kept))
    if reading.whole(said):
        reading.judge(said)
    if earlier is not None:
        _compare(earlier, keys, said, log, found)
    return found


class _Reading:
    """One pass over a log, from its first bundle to its last."""

    def __init__(self, log: Log, found: LogFindings, entries: Entries) -> None:
        self._log = log
        self._found = found
        self._entries = entries
        self._growth = Growth()
        self._tiled: Edge | None = None
        self._differing: list[int] = []

    def whole(self, said: Checkpoint) -> bool:
        """Was there everything that the checkpoint covers?"""
        for index in range(-(-said.size // WIDTH)):
            if not self._step(index, min(WIDTH, said.size - index * WIDTH)):
                return False
        for level in range(1, LEVELS):
            at, width = divmod(said.size >> LEVELS * level, WIDTH)
            if width:
                self._compare(Tile(level, at, width), self._growth.open[level])
        self._entries.finish()
        return True

    def judge(self, said: Checkpoint) -> None:
        """Which of entries and tiles were changed, by the root that was signed."""
        entries_hold = self._growth.edge.root() == said.root
        tiles_hold = self._tiled is not None and self._tiled.root() == said.root
        for at in self._differing:
            if entries_hold:
                self._found.flaw(_tile_of(at, said).path, f"the hash of entry {at} was changed")
            elif tiles_hold:
                self._found.flaw(f"entry {at}", "is not the one that was signed")
            else:
                self._found.flaw(f"entry {at}", "does not agree with its tile")
        if not entries_hold and not tiles_hold:
            self._found.flaw("checkpoint", "its root is not that of the entries, nor of the tiles")

    def _step(self, index: int, width: int) -> bool:
        first = index * WIDTH
        entries = self._entries_of(Tile(ENTRIES, index, width))
        stored = self._hashes(Tile(0, index, width))
        if entries is None and stored is None:
            return False
        # What is missing is taken from what is there, so that all else can be judged.
        leaves = [leaf_hash(one) for one in entries] if entries is not None else stored or []
        stored = stored or leaves
        pairs = enumerate(zip(leaves, stored, strict=True), first)
        self._differing += [at for at, (leaf, other) in pairs if leaf != other]
        if self._differing and self._tiled is None:
            self._tiled = self._growth.edge
        if self._tiled is not None:
            self._tiled, _ = self._tiled.grown(stored)
        self._growth, tiles = self._growth.grown(leaves)
        for tile, data in tiles:
            if tile.level and tile.width == WIDTH:
                self._compare(tile, data)
        return True

    def _entries_of(self, bundle: Tile) -> list[bytes] | None:
        try:
            entries = unbundled(self._log.tile(bundle), bundle)
        except ClearanceError as error:
            self._found.flaw(bundle.path, error.what)
            return None
        self._entries.read(bundle.first, entries)
        return entries

    def _hashes(self, tile: Tile) -> list[bytes] | None:
        try:
            return hashes(self._log.tile(tile), tile)
        except ClearanceError as error:
            self._found.flaw(tile.path, error.what)
            return None

    def _compare(self, tile: Tile, data: bytes) -> None:
        for at, one in enumerate(self._hashes(tile) or ()):
            if one != data[HASH_BYTES * at : HASH_BYTES * (at + 1)]:
                self._found.flaw(tile.path, f"hash {at} was changed")


def _tile_of(at: int, said: Checkpoint) -> Tile:
    """The tile that holds an entry's hash."""
    index = at // WIDTH
    return Tile(0, index, min(WIDTH, said.size - index * WIDTH))


def _compare(
    earlier: Note, keys: Sequence[Verifier], said: Checkpoint, log: Log, found: LogFindings
) -> None:
    place = "earlier checkpoint"
    try:
        before = trusted(earlier, keys)
        if before.origin != said.origin:
            found.flaw(place, f"is of {before.origin}, the log is {said.origin}")
        elif before.size > said.size:
            found.flaw(place, f"covers {before.size} entries, the log has {said.size}")
        elif folded(0, before.size, TileNodes(said.size, log.tile)) != before.root:
            found.flaw(place, f"the first {before.size} entries are not those it was signed over")
    except ClearanceError as error:
        found.flaw(place, error.message())
