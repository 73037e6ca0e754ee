"""A log that a process of its own writes, so that whoever decides shares no interpreter with it.

1. Entries are handed over together, through a pipe; the other process says through another what
   became of them. They are counted as promised in the mark, which both processes have mapped,
   before whoever brought them goes on.
2. The bound is over all that is not stored, on either side.
3. Where the other process ends unasked, everybody after that is refused; what it had not stored is
   lost, and the next start counts it in the log.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from clearance.adapters.ledger import frames
from clearance.adapters.ledger.handing import Handing, wider
from clearance.adapters.ledger.mark import Promised
from clearance.adapters.ledger.promising import Promising
from clearance.adapters.ledger.writer import BOUND, PAUSE
from clearance.model.errors import StorageError

_ENDED = "the process that writes it has ended"
_REMEDY = "start again: what was promised and is missing is counted then"


class LogApart(Promising):
    """A log's writer in another process; the same verbs as :class:`LogWriter`.

    **Cost**: a process, which is there in 0.3 seconds.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        orders: int,
        reports: BinaryIO,
        ready: frames.Ready,
        bound: int,
    ) -> None:
        self._promised = Promised(ready.mark, ready.buffered)
        handing = Handing(bound, self._promised.count, orders)
        super().__init__(handing)
        self.found = ready.found
        self.size = ready.size
        self.checkpoint = ready.checkpoint
        self.lost = ready.found.lost
        self._process = process
        self._reports = reports
        self._buffered = ready.buffered
        self._ended: frames.Ended | None = None
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("ledger-out", handing.run), ("ledger-in", self._hear))
        ]
        for thread in self._threads:
            thread.start()

    @classmethod
    def open(
        cls,
        place: str,
        key: Path,
        *,
        mark: Path | None = None,
        bound: int = BOUND,
        pause: float = PAUSE,
    ) -> LogApart:
        """Start a process that takes a log up; the key stays there.

        Raises:
            InputError: the key's file holds none.
            StorageError: there is no log or no key, or another process writes it.
            IntegrityError: something at its edge does not agree.
        """
        process, orders, reports = _started()
        try:
            with open(orders, "wb", buffering=0, closefd=False) as out:
                frames.send(out, frames.Open(place, str(key), str(mark or ""), bound, pause))
            said = frames.receive(reports, frames.report)
        except OSError:
            said = None
        if isinstance(said, frames.Ready):
            return cls(process, orders, reports, said, bound)
        reports.close()
        os.close(orders)
        process.wait()
        if isinstance(said, frames.Ended) and said.fault is not None:
            raise said.fault.error
        raise StorageError(_ENDED, file=place, remedy="look at what it wrote")

    def close(self) -> None:
        """Store what waits, and let others write.

        Raises:
            StorageError, IntegrityError: something could not be stored.
        """
        self._waiting.close()
        for thread in self._threads:
            thread.join()
        self._reports.close()
        self._process.wait()
        self._promised.close()
        trouble = self._waiting.trouble
        if trouble is not None:
            raise trouble

    @property
    def pid(self) -> int:
        """The process that writes."""
        return self._process.pid

    def _hear(self) -> None:
        while (said := frames.receive(self._reports, frames.report)) is not None:
            match said:
                case frames.Stored():
                    self.size, self.checkpoint = said.size, said.checkpoint
                    self._buffered = said.buffered
                    self._waiting.trouble = None
                    self._waiting.stored(said.count)
                    self._answer(said.answers)
                case frames.Failed():
                    error = said.fault.error
                    self._waiting.trouble = error
                    self._waiting.stored(said.dropped)
                    self._fail(error, said.tickets)
                case frames.Ended():
                    self._ended = said
        self._over()

    def _over(self) -> None:
        ended = self._ended
        if ended is not None and ended.fault is None:
            return
        error = ended.fault.error if ended and ended.fault else StorageError(_ENDED, remedy=_REMEDY)
        self._waiting.end(error)
        self.lost += self._promised.count[0] - self._buffered
        self._fail(error, list(self._awaited))


def _started() -> tuple[subprocess.Popen[bytes], int, BinaryIO]:
    """The process that writes, and what is left here of the pipes: to it, and from it."""
    theirs, orders = os.pipe()
    reports, told = os.pipe()
    wider(orders)
    command = [sys.executable, "-m", "clearance.adapters.ledger.child", str(theirs), str(told)]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, pass_fds=[theirs, told], stdin=quiet, stdout=quiet)  # noqa: S603 -- this interpreter, and two numbers
    except OSError as error:
        os.close(orders)
        os.close(reports)
        what = f"the process that writes it cannot be started: {error.strerror}"
        raise StorageError(what, file="the log", remedy="check the machine's limits") from None
    finally:
        os.close(theirs)
        os.close(told)
    return process, orders, os.fdopen(reports, "rb")
