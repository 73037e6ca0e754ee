"""Reading a log while somebody writes it: entries, receipts, and what its tiles say."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from types import TracebackType

from clearance.adapters.ledger.place import engine
from clearance.adapters.ledger.store import Head, Store, Stored
from clearance.ledger.checkpoint import checkpoint
from clearance.ledger.note import Note, note
from clearance.ledger.proofs import inclusion
from clearance.ledger.receipt import Receipt
from clearance.ledger.tiles import ENTRIES, Tile, TileNodes, bundled, named
from clearance.model.errors import InputError, IntegrityError

CHECKPOINT = "checkpoint"


class LogReader:
    """A log to be read; of one thread at a time. A context manager.

    **Cost**: tiles that were read are kept, and begun anew when the log has grown.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._nodes: TileNodes | None = None

    @classmethod
    def open(cls, place: str) -> LogReader:
        """The log at a place: an SQLite file, or a PostgreSQL URL.

        Raises:
            StorageError: there is none.
        """
        store = Store(engine(place))
        store.head()
        return cls(store)

    def steady(self) -> AbstractContextManager[None]:
        """What is read inside is the log of one moment, whoever writes meanwhile."""
        return self.store.engine.steady()

    def head(self) -> Head:
        """Where the log stands."""
        return self.store.head()

    def checkpoint(self) -> str:
        """The last checkpoint, signed."""
        return self.head().checkpoint

    def entry(self, id: str) -> Stored | None:
        """The first entry of an id, with the values it seals, as far as they were not erased."""
        found = self.store.found(id)
        return found[0] if found else None

    def at(self, index: int) -> Stored | None:
        """The entry at an index, as :meth:`entry`."""
        for found in self.store.entries(index, 1):
            return replace(found, sealed=self.store.sealed(index).get(index, ()))
        return None

    def receipt(self, index: int, signed: Note | None = None) -> Receipt:
        """The receipt of an entry.

        **Cost**: some tens of microseconds where its tiles were read before.

        Args:
            signed: the checkpoint to prove it under; the log's last one.

        Raises:
            InputError: the checkpoint does not cover it.
        """
        under = signed or note(self.head().checkpoint)
        size = checkpoint(under.text).size
        if not 0 <= index < size:
            raise InputError(f"the log has no entry {index}", remedy=f"it has {size:,}")
        return Receipt(index, tuple(inclusion(index, size, self.nodes(size))), under)

    def witnessed(self, index: int) -> Note:
        """The first checkpoint that covers an entry and that witnesses signed.

        Raises:
            InputError: no witness has seen it.
        """
        found = self.store.cosigned(index + 1)
        if found is None:
            raise InputError(
                f"no witness has signed a checkpoint that covers entry {index}",
                remedy="let one look, and keep what it signs with 'log cosign'",
            )
        return note(found)

    def evidence(self, digest: str) -> bytes | None:
        """What an entry named by a digest, if it is kept."""
        return self.store.evidence(digest)

    def nodes(self, size: int) -> TileNodes:
        """The nodes of the tree of that size."""
        if self._nodes is None or self._nodes.size != size:
            self._nodes = TileNodes(size, self.store.tile)
        return self._nodes

    def resource(self, path: str) -> bytes | None:
        """What static files would hold at a path: ``checkpoint``, a tile or a bundle of entries.

        **Source**: C2SP tlog-tiles, section "APIs".
        """
        if path == CHECKPOINT:
            return self.head().checkpoint.encode()
        tile = named(path)
        try:
            return None if tile is None else self.tile(tile)
        except IntegrityError:
            return None

    def tile(self, tile: Tile) -> bytes:
        """A tile's hashes, or a bundle's entries.

        Raises:
            IntegrityError: the log has not so many.
        """
        if tile.level != ENTRIES:
            return self.store.tile(tile)
        entries = [one.leaf for one in self.store.entries(tile.first, tile.width)]
        if len(entries) != tile.width:
            raise IntegrityError("is missing or too short", file=f"{self.store.name}: {tile.path}")
        return bundled(entries)

    def close(self) -> None:
        """Let go."""
        self.store.engine.close()

    def __enter__(self) -> LogReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
