"""The one thread that writes a log: it takes what waits, commits it at once, and tells who waited.

1. What is promised and not yet stored is bounded; whoever comes then waits, and is refused in the
   end. Nothing is dropped in silence.
2. A checkpoint leaves only after the transaction it is part of was committed.
3. A batch that could not be committed is tried again as it is, so that two checkpoints of one size
   never differ; who waited for it is told at once that it is not stored.
4. After an error the log is asked whether the batch is in it; a lost answer is not a lost batch.
5. What contradicts the log ends the writer: everybody after that is told so.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic

from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.store import Batch, Head, Logged, Row, Store
from clearance.ledger.checkpoint import Checkpoint
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Signer
from clearance.ledger.note import Note
from clearance.ledger.proofs import inclusion
from clearance.ledger.receipt import Receipt
from clearance.model.errors import ClearanceError, IntegrityError, StorageError

_RETRY = (0.05, 1.0)
"""Seconds before a batch is tried again: at first, and at most."""


class Sequencer:
    """Writes what is put in, in the order it comes.

    Args:
        store: the log, which nobody else writes.
        signer: who signs checkpoints.
        head: where the log stands.
        growth: the tree at its right edge.
        mark: what is remembered beside the log.
        bound: the most entries that may be promised and not yet stored.
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
        bound: int,
        pause: float,
    ) -> None:
        self.head = head
        self.growth = growth
        self.lost = 0
        self.trouble: ClearanceError | None = None
        self._store = store
        self._signer = signer
        self._mark = mark
        self._bound = bound
        self._pause = pause
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        self._room = threading.Condition(self._lock)
        self._waiting: deque[Row] = deque()
        self._depth = 0
        self._promised = mark.promised
        self._idle = self._urgent = self._closed = False
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    @property
    def depth(self) -> int:
        """Entries that are promised or awaited and not yet stored."""
        return self._depth

    def put(self, row: Row, patience: float) -> None:
        """Hand an entry over.

        **Cost**: half a microsecond, where there is room.

        Raises:
            StorageError: there is no room, or the writer was closed.
            IntegrityError: the log contradicts itself.
        """
        with self._lock:
            if self._depth >= self._bound or self._closed:
                self._wait_for_room(patience)
            self._waiting.append(row)
            self._depth += 1
            if row.awaited is None:
                self._promised[0] += 1
                if self._idle:
                    self._work.notify()
            else:
                self._urgent = True
                self._work.notify()

    def close(self) -> None:
        """Store what waits, and end; what cannot be stored is counted as lost."""
        with self._lock:
            self._closed = True
            self._work.notify_all()
            self._room.notify_all()
        self._thread.join()

    def _wait_for_room(self, patience: float) -> None:
        until = monotonic() + patience
        while self._depth >= self._bound and not self._closed:
            left = until - monotonic()
            if left <= 0 or not self._room.wait(left):
                break
        if isinstance(self.trouble, IntegrityError):
            raise self.trouble
        if self._closed:
            raise StorageError("the log is closed", remedy="open it again")
        if self._depth >= self._bound:
            why = f": {self.trouble.what}" if self.trouble else ""
            raise StorageError(
                f"{self._depth:,} entries wait to be stored{why}", remedy="check the log's disk"
            )

    def _run(self) -> None:
        while rows := self._taken():
            try:
                self._write(rows)
            except ClearanceError as error:
                self._end(error, rows)
                return
            except Exception as error:
                self._end(StorageError(f"the log's writer failed: {error!r}"), rows)
                raise

    def _taken(self) -> Sequence[Row]:
        """What waits, once something does; nothing when the writer is closed and all is stored."""
        with self._lock:
            while not self._waiting and not self._closed:
                self._idle = True
                self._work.wait()
                self._idle = False
            if not self._urgent and not self._closed:
                self._work.wait(self._pause)
            taken, self._waiting = self._waiting, deque()
            self._urgent = False
        return taken

    def _write(self, rows: Sequence[Row]) -> None:
        grown, tiles = self.growth.grown([row.hash for row in rows])
        root = grown.edge.root()
        signed = Checkpoint(self._signer.name, grown.edge.size, root).signed(self._signer)
        promised = sum(row.awaited is None for row in rows)
        head = Head(
            self._signer.verifier.text,
            grown.edge.size,
            str(signed),
            self.head.buffered + promised,
            self._bound,
        )
        first = self.head.size
        self._commit(Batch(first, rows, tiles, head))
        self._mark.stamp(grown.edge.size, root)
        if any(row.erases for row in rows):
            with suppress(StorageError):  # the values are gone; only their traces are left
                self._store.engine.forget()
        nodes = grown.nodes(tiles)
        self.head, self.growth = head, grown
        with self._lock:
            self._depth -= len(rows)
            self._room.notify_all()
        for index, row in enumerate(rows, first):
            if row.awaited is not None and not row.awaited.done():
                proof = inclusion(index, head.size, nodes)
                row.awaited.set_result(_logged(row, index, proof, signed))

    def _commit(self, batch: Batch) -> None:
        pause, most = _RETRY
        while True:
            try:
                self._store.append(batch)
            except StorageError as error:
                self._tell(error, batch.rows)
            else:
                self.trouble = None
                return
            with self._lock:
                closed = self._closed or self._work.wait_for(lambda: self._closed, pause)
            pause = min(2 * pause, most)
            if self._is_stored(batch):
                self.trouble = None
                return
            if closed and self.trouble is not None:
                raise self.trouble

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
        self.trouble = error
        with self._lock:
            queued = [row for row in self._waiting if row.awaited is not None]
            self._waiting = deque(row for row in self._waiting if row.awaited is None)
            self._depth -= len(queued)
            self._room.notify_all()
        for row in (*rows, *queued):
            if row.awaited is not None and not row.awaited.done():
                row.awaited.set_exception(error)

    def _end(self, error: ClearanceError, rows: Sequence[Row]) -> None:
        with self._lock:
            self._closed = True
        self._tell(error, rows)
        with self._lock:
            self.lost += sum(row.awaited is None for row in (*rows, *self._waiting))
            self._depth = 0
            self._waiting.clear()
            self._room.notify_all()


def _logged(row: Row, index: int, proof: Sequence[bytes], signed: Note) -> Logged:
    return Logged(index, row.hash, Receipt(index, tuple(proof), signed).text.encode())
