"""The one thread that writes a log: it takes what waits, commits it at once, and tells who waited.

1. A checkpoint leaves only after the transaction it is part of was committed.
2. A batch that could not be committed is tried again as it is, so that two checkpoints of one size
   never differ; who waited for it is told at once that it is not stored.
3. After an error the log is asked whether the batch is in it; a lost answer is not a lost batch.
4. What contradicts the log ends the writer: everybody after that is told so.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.store import Batch, Head, Logged, Row, Store
from clearance.adapters.ledger.waiting import Waiting
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Signer
from clearance.ledger.proofs import Nodes, inclusions
from clearance.ledger.receipt import receipt_text
from clearance.model.errors import ClearanceError, IntegrityError, StorageError

_RETRY = (0.05, 1.0)
"""Seconds before a batch is tried again: at first, and at most."""


class Told(Protocol):
    """Whom the sequencer tells what became of entries; called by its thread."""

    def stored(self, count: int, answers: Sequence[tuple[int, Logged]]) -> None:
        """So many more entries are stored; those that were waited for, by ticket."""
        ...

    def failed(self, error: ClearanceError, tickets: Sequence[int], dropped: int) -> None:
        """Entries that were waited for are not stored; so many of them were given up for good."""
        ...


class Sequencer:
    """Writes what waits, in the order it comes.

    Args:
        store: the log, which nobody else writes.
        signer: who signs checkpoints.
        head: where the log stands.
        growth: the tree at its right edge.
        mark: what is remembered beside the log.
        waiting: where entries are taken from.
        told: who is told what became of them.
        pause: seconds to gather entries for which nobody waits.
    """

    def __init__(
        self,
        store: Store,
        signer: Signer,
        head: Head,
        growth: Growth,
        *,
        mark: Mark,
        waiting: Waiting,
        told: Told,
        pause: float,
    ) -> None:
        self.head = head
        self.growth = growth
        self.lost = 0
        self._store = store
        self._signer = signer
        self._mark = mark
        self._waiting = waiting
        self._told = told
        self._pause = pause
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def close(self) -> None:
        """Store what waits, and end; what cannot be stored is counted as lost."""
        self._waiting.close()
        self._thread.join()

    def _run(self) -> None:
        while rows := self._waiting.take(self._pause):
            try:
                self._write(rows)
            except ClearanceError as error:
                self._end(error, rows)
                return
            except Exception as error:
                self._end(StorageError(f"the log's writer failed: {error!r}"), rows)
                raise

    def _write(self, rows: Sequence[Row]) -> None:
        grown, tiles = self.growth.grown([row.hash for row in rows])
        root = grown.edge.root()
        signed = Checkpoint(self._signer.name, grown.edge.size, root).signed(self._signer)
        promised = sum(not row.ticket for row in rows)
        head = Head(
            self._signer.verifier.text,
            grown.edge.size,
            str(signed),
            self.head.buffered + promised,
            self.head.at_risk,
        )
        first = self.head.size
        self._commit(Batch(first, rows, tiles, head))
        self._mark.stamp(grown.edge.size, root)
        if any(row.erases for row in rows):
            with suppress(StorageError):  # the values are gone; only their traces are left
                self._store.engine.forget()
        self.head, self.growth = head, grown
        self._waiting.stored(len(rows))
        self._told.stored(len(rows), _answers(rows, head, grown.nodes(tiles)))

    def _commit(self, batch: Batch) -> None:
        pause, most = _RETRY
        while True:
            try:
                self._store.append(batch)
            except StorageError as error:
                self._tell(error, batch.rows)
            else:
                self._waiting.trouble = None
                return
            closed = self._waiting.closes_within(pause)
            pause = min(2 * pause, most)
            if self._is_stored(batch):
                self._waiting.trouble = None
                return
            if closed and self._waiting.trouble is not None:
                raise self._waiting.trouble

    def _is_stored(self, batch: Batch) -> bool:
        """Is the batch in the log, although storing it failed?

        Raises:
            IntegrityError: the log ends neither before nor after it.
        """
        try:
            self._store.engine.again()
            head = self._store.head()
        except StorageError:
            return False
        if head == batch.head:
            return True
        if head.size != batch.first:
            raise IntegrityError(
                f"ends at entry {head.size}, not at {batch.first}", file=self._store.name
            )
        return False

    def _tell(self, error: ClearanceError, rows: Sequence[Row]) -> None:
        """Tell who waits that the log is in trouble; what was promised goes on waiting."""
        self._waiting.trouble = error
        out = self._waiting.retract()
        tickets = [row.ticket for row in (*rows, *out) if row.ticket]
        self._told.failed(error, tickets, len(out))

    def _end(self, error: ClearanceError, rows: Sequence[Row]) -> None:
        self._waiting.close()
        self._tell(error, rows)
        self.lost += self._waiting.end(error, rows)


def _answers(rows: Sequence[Row], head: Head, nodes: Nodes) -> list[tuple[int, Logged]]:
    """The receipts of those that are waited for."""
    first = head.size - len(rows)
    asked = [(index, row) for index, row in enumerate(rows, first) if row.ticket]
    proofs = inclusions([index for index, _ in asked], head.size, nodes)
    return [
        (
            row.ticket,
            Logged(index, row.hash, receipt_text(index, proof, head.checkpoint).encode()),
        )
        for (index, row), proof in zip(asked, proofs, strict=True)
    ]
