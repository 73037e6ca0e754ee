"""What a log's tables keep beside the tree, for whoever verifies it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clearance.adapters.ledger.store import Store
from clearance.ledger.checkpoint import checkpoint, trusted
from clearance.ledger.keys import verifier
from clearance.ledger.note import note
from clearance.ledger.proofs import folded
from clearance.ledger.tiles import LEVELS, WIDTH, TileNodes
from clearance.model.errors import ClearanceError
from clearance.usecases.log_findings import MOST_FLAWS, Flaw
from clearance.usecases.verify_entries import Aside

_NO_PART = "is no part of what was signed"


class StoreKept:
    """A log's tables, as they are at one moment: ask within the reader's ``steady``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def damage(self) -> Sequence[str]:
        """What the database finds wrong with itself."""
        return self._store.engine.damage()

    def aside(self, first: int, count: int) -> Mapping[int, Aside]:
        """Ids and sealed values of entries, by their index."""
        sealed = self._store.sealed(first, count)
        return {
            one.index: Aside(one.id, sealed.get(one.index, ()))
            for one in self._store.entries(first, count)
        }

    def evidence(self) -> Iterable[tuple[str, bytes]]:
        """What entries name by a digest."""
        return self._store.all_evidence()

    def amiss(self, size: int) -> Iterator[Flaw]:
        """Entries and tiles beyond a size, a head and cosignatures that differ."""
        yield from self._head(size)
        last = self._store.last()
        for at in range(size, min(last + 1, size + MOST_FLAWS)):
            yield Flaw(f"entry {at}", _NO_PART)
        for tile in self._store.tiles():
            if tile.index * WIDTH + tile.width > size >> LEVELS * min(tile.level, LEVELS):
                yield Flaw(tile.path, _NO_PART)
        yield from self._cosigned(size)

    def _head(self, size: int) -> Iterator[Flaw]:
        head = self._store.head()
        if head.size != size:
            yield Flaw("the stored size", f"is {head.size}, the checkpoint covers {size}")
        try:
            trusted(note(head.checkpoint), [verifier(head.key)])
        except ClearanceError as error:
            yield Flaw("the stored key", error.what)

    def _cosigned(self, size: int) -> Iterator[Flaw]:
        nodes = TileNodes(size, self._store.tile)
        for at, text in self._store.all_cosigned():
            try:
                said = checkpoint(note(text).text)
                holds = said.size == at <= size and folded(0, at, nodes) == said.root
            except ClearanceError:
                holds = False
            if not holds:
                yield Flaw(f"what witnesses signed at {at}", "is no checkpoint of this log")
