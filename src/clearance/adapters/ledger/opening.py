"""Taking a log up again: what must hold at its right edge before anything more is signed.

1. The stored key is the one that signs; the last checkpoint is signed by it and is of the stored
   size.
2. The open tiles lead to the checkpoint's root, and the entries under the last tile to its hashes.
3. No entry stands beyond the checkpoint.
4. The checkpoint that last left a writer is not ahead of the log, and not another of its size.
5. What was promised and is not there is counted, and becomes an entry of the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.place import engine, mark_of
from clearance.adapters.ledger.store import Head, Store
from clearance.ledger.checkpoint import Checkpoint, trusted
from clearance.ledger.growth import Growth, growth
from clearance.ledger.keys import Verifier
from clearance.ledger.note import note
from clearance.ledger.tiles import WIDTH, Tile, hashes
from clearance.ledger.tree import leaf_hash
from clearance.model.errors import InputError, IntegrityError

_RESTORED = "put the later copy back, or remove {} to go on from this older one"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found when a log was taken up.

    Args:
        size: entries.
        killed: the last writer did not end in order.
        lost: promised entries that are missing, counted where ``exact``, else at most so many.
    """

    size: int
    killed: bool = False
    lost: int = 0
    exact: bool = True


@contextmanager
def alone_with(place: str, mark: Path | None = None) -> Iterator[tuple[Store, Mark]]:
    """A log that nobody else writes meanwhile, and its mark.

    Raises:
        StorageError: there is no log, or another process writes it.
    """
    with (
        closing(engine(place, writing=True)) as opened,
        closing(Mark(mark or mark_of(place))) as held,
    ):
        opened.alone()
        yield Store(opened), held


def taken_up(store: Store, key: Verifier, mark: Mark) -> tuple[Head, Growth, Found]:
    """Where a log stands, after every check of its right edge.

    **Cost**: a tile a level, and the entries of one tile.

    Raises:
        IntegrityError: something at the edge does not agree; nothing may be signed.
    """
    head = store.head()
    signed = _signed(head, key, store.name)
    grown = growth(head.size, store.tile)
    if grown.edge.root() != signed.root:
        raise IntegrityError("the tiles do not lead to the root that was signed", file=store.name)
    _check_last_entries(store, head.size)
    _check_mark(mark, signed, store.name)
    return head, grown, _found(head, mark)


def _signed(head: Head, key: Verifier, name: str) -> Checkpoint:
    if head.key != key.text:
        raise IntegrityError("is signed with another key than was given", file=name)
    try:
        signed = trusted(note(head.checkpoint), [key])
    except (InputError, IntegrityError) as error:
        raise IntegrityError(f"the last checkpoint: {error.what}", file=name) from None
    if signed.size != head.size:
        raise IntegrityError(
            f"says {head.size} entries, its checkpoint says {signed.size}", file=name
        )
    return signed


def _check_last_entries(store: Store, size: int) -> None:
    if store.last() != size - 1:
        raise IntegrityError(
            f"has entries up to {store.last()}, its checkpoint covers {size}", file=store.name
        )
    if not size:
        return
    first = (size - 1) // WIDTH * WIDTH
    tile = Tile(0, first // WIDTH, size - first)
    found = {one.index: leaf_hash(one.leaf) for one in store.entries(first)}
    for index, expected in enumerate(hashes(store.tile(tile), tile), first):
        if found.get(index) != expected:
            raise IntegrityError(f"entry {index} is not the one that was signed", file=store.name)


def _check_mark(mark: Mark, signed: Checkpoint, name: str) -> None:
    stamped = mark.stamped
    if stamped is None or stamped[0] < signed.size or stamped == (signed.size, signed.root):
        return
    raise IntegrityError(
        f"holds {signed.size} entries, but a checkpoint of {stamped[0]} was signed"
        if stamped[0] > signed.size
        else f"differs from the checkpoint of {signed.size} entries that was signed",
        file=name,
        remedy=_RESTORED.format(mark.name),
    )


def _found(head: Head, mark: Mark) -> Found:
    if not head.at_risk:
        return Found(head.size)
    if mark.counts and mark.promised[0] >= head.buffered:
        return Found(head.size, True, mark.promised[0] - head.buffered)
    return Found(head.size, True, head.at_risk, exact=False)
