"""What a log's tables keep beside the tree, for whoever verifies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from clearance.adapters.ledger.store import Store
from clearance.ledger.tiles import LEVELS, WIDTH
from clearance.usecases.verify_entries import Aside


class StoreKept:
    """A log's tables."""

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

    def beyond(self, size: int) -> Sequence[str]:
        """Entries, tiles and sealed values that no tree of that size has.

        Nothing is beyond where the log has grown since: somebody writes it.
        """
        last = self._store.last()
        tiles = list(self._store.tiles())
        sealed = self._store.sealed(size, 2**62)
        if self._store.head().size != size:
            return ()
        wide = [
            tile.path
            for tile in tiles
            if tile.level >= LEVELS or tile.index * WIDTH + tile.width > size >> LEVELS * tile.level
        ]
        entries = [f"entry {at}" for at in range(size, min(last + 1, size + 100))]
        return [*entries, *wide, *(f"a sealed value of entry {at}" for at in sealed)]
