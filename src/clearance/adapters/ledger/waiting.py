"""Entries that wait to be stored: in their order, and never more than the bound.

1. Whoever comes when the bound is reached waits, and is refused in the end. Nothing is dropped in
   silence.
2. An entry counts as promised before whoever brought it goes on.
3. Entries count until they are stored, wherever they are meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, MutableSequence, Sequence
from time import monotonic

from clearance.adapters.ledger.store import Row
from clearance.model.errors import ClearanceError, IntegrityError, StorageError

MOST = 4096
"""Entries that are taken at once: a transaction of all that may wait would leave no room until its
end."""


class Places:
    """So many entries may be promised and not yet stored, and no more.

    **Shape**: ``depth`` are the entries that are not stored yet; ``trouble`` what keeps them from
    being stored at the moment.

    Args:
        bound: the most entries that may be promised and not yet stored.
        promised: one number, which counts the promises.
        together: so many are told of at once, where nobody waits for them.
    """

    def __init__(
        self, bound: int, promised: MutableSequence[int] | memoryview[int], together: int = MOST
    ) -> None:
        self.depth = 0
        self.trouble: ClearanceError | None = None
        self.closed = False
        self._bound = bound
        self._promised = promised
        self._lock = threading.Lock()
        self._work = threading.Condition(self._lock)
        self._room = threading.Condition(self._lock)
        self._rows: list[Row] = []
        self._idle = self._urgent = False
        self._together = together

    def put(self, rows: Sequence[Row], patience: float) -> None:
        """Bring entries: all of them, or none; either all are awaited, or none is.

        **Cost**: half a microsecond, where there is room.

        Raises:
            StorageError: there is no room, or nothing is taken any more.
            IntegrityError: the log contradicts itself.
        """
        count = len(rows)
        self._lock.acquire()  # ``with`` costs as much as all the rest
        try:
            if self.depth + count > self._bound or self.closed:
                self._wait_for_room(count, patience)
            self._rows += rows
            self.depth += count
            if rows[0].ticket:
                self._urgent = True
            else:
                self._promised[0] += count
            if self._idle or self._urgent or len(self._rows) >= self._together:
                self._arrived()
        finally:
            self._lock.release()

    def _arrived(self) -> None:
        """Told, with the lock held, when entries were brought: together, or where it is urgent."""
        self._work.notify()

    def stored(self, count: int) -> None:
        """So many of those that were taken count no more."""
        with self._lock:
            self.depth -= count
            self._room.notify_all()

    def close(self) -> None:
        """Take nothing more in."""
        with self._lock:
            self.closed = True
            self._work.notify_all()
            self._room.notify_all()

    def end(self, error: ClearanceError, taken: Iterable[Row] = ()) -> int:
        """Nothing is stored any more, for a reason; how many promises that breaks."""
        with self._lock:
            self.closed = True
            self.trouble = error
            broken = sum(not row.ticket for row in (*taken, *self._rows))
            self.depth = 0
            self._rows = []
            self._work.notify_all()
            self._room.notify_all()
        return broken

    def _wait_for_room(self, count: int, patience: float) -> None:
        until = monotonic() + patience
        while self.depth + count > self._bound and not self.closed:
            left = until - monotonic()
            if left <= 0 or not self._room.wait(left):
                break
        if isinstance(self.trouble, IntegrityError):
            raise self.trouble
        why = f": {self.trouble.what}" if self.trouble else ""
        if self.closed:
            raise StorageError(f"the log is closed{why}", remedy="open it again")
        if self.depth + count > self._bound:
            raise StorageError(
                f"{self.depth:,} entries wait to be stored{why}", remedy="check the log's disk"
            )


class Waiting(Places):
    """A queue between whoever brings entries and the one who takes them."""

    def bring(self, rows: Sequence[Row]) -> None:
        """Bring entries whose place was found and counted elsewhere."""
        with self._lock:
            self._rows += rows
            self.depth += len(rows)
            self._urgent |= any(row.ticket for row in rows)
            self._work.notify()

    def take(self, pause: float) -> Sequence[Row]:
        """The first that wait, once some do; gathered for so long where nobody waits for them.

        Returns:
            Nothing when nothing more comes and all was taken.
        """
        with self._lock:
            while not self._rows and not self.closed:
                self._idle = True
                self._work.wait()
                self._idle = False
            if not self._urgent and not self.closed and pause:
                self._work.wait(pause)
            taken, self._rows = self._rows[:MOST], self._rows[MOST:]
            self._urgent = bool(self._rows)
        return taken

    def retract(self) -> Sequence[Row]:
        """Take those out that somebody waits for; what was promised goes on waiting."""
        with self._lock:
            out = [row for row in self._rows if row.ticket]
            self._rows = [row for row in self._rows if not row.ticket]
            self.depth -= len(out)
            self._room.notify_all()
        return out

    def closes_within(self, seconds: float) -> bool:
        """Wait so long, or until it is closed: is it?"""
        with self._lock:
            return self.closed or self._work.wait_for(lambda: self.closed, seconds)
