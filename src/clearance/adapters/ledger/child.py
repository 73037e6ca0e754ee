"""The process that writes a log for another: ``python -m clearance.adapters.ledger.child FROM TO``.

1. It alone has the key and the connection; the other process hands entries over and is told what
   became of them.
2. It ends when the other says so, or is gone: what it was given by then is stored in either case.
   After an orderly end only, the log says that nothing is at risk.
3. Signals that are meant for the other process do not end it.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import BinaryIO

from clearance.adapters.ledger import frames
from clearance.adapters.ledger.key_file import read_key
from clearance.adapters.ledger.store import Logged
from clearance.adapters.ledger.waiting import Waiting
from clearance.adapters.ledger.writing import Taken, taken
from clearance.model.errors import ClearanceError, StorageError

PREDECESSOR = 2.0
"""Seconds in which a process whose other is gone may still store what it was given."""


class Writer:
    """Writes what comes through a pipe, and says through another what became of it."""

    def __init__(self, reports: BinaryIO, log: Taken, asked: frames.Open) -> None:
        self._reports = reports
        self._log = log
        self._waiting = Waiting(asked.bound, [0])
        self._sequencer = log.sequencer(self._waiting, self, asked.pause)

    def run(self, orders: BinaryIO) -> None:
        """Store what comes until nothing more does."""
        head, mark = self._log.head, self._log.mark
        self._say(
            frames.Ready(self._log.found, head.size, head.checkpoint, head.buffered, mark.file)
        )
        self._sequencer.start()
        order = frames.receive(orders, frames.order)
        while isinstance(order, frames.Rows):
            self._waiting.bring(order.rows)
            order = frames.receive(orders, frames.order)
        self._sequencer.close()
        self._end(in_order=isinstance(order, frames.Close))

    def stored(self, count: int, answers: Sequence[tuple[int, Logged]]) -> None:
        """Told by the sequencer."""
        head = self._sequencer.head
        self._say(frames.Stored(count, head.size, head.checkpoint, head.buffered, answers))

    def failed(self, error: ClearanceError, tickets: Sequence[int], dropped: int) -> None:
        """Told by the sequencer."""
        self._say(frames.Failed(frames.fault(error), tickets, dropped))

    def _end(self, *, in_order: bool) -> None:
        trouble = self._waiting.trouble
        try:
            if in_order:
                self._log.end(trouble)
            else:
                self._log.opened.close()
        except ClearanceError as error:
            trouble = error
        said = None if trouble is None else frames.fault(trouble)
        self._say(frames.Ended(said))

    def _say(self, report: frames.Report) -> None:
        with suppress(OSError):  # what was given is stored, whether or not somebody hears of it
            frames.send(self._reports, report)


def main(orders_from: int, reports_to: int) -> None:
    """Take the log up that is asked for, and write it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with open(orders_from, "rb") as orders, open(reports_to, "wb", buffering=0) as reports:
        asked = frames.receive(orders, frames.order)
        if not isinstance(asked, frames.Open):
            return
        try:
            log = _taken(asked)
        except ClearanceError as error:
            with suppress(OSError):
                frames.send(reports, frames.Ended(frames.fault(error)))
            return
        Writer(reports, log, asked).run(orders)


def _taken(asked: frames.Open) -> Taken:
    """The log, once a writer before this one has stored what it was given."""
    until = monotonic() + PREDECESSOR
    mark = Path(asked.mark) if asked.mark else None
    while True:
        try:
            return taken(asked.place, read_key(Path(asked.key)), asked.bound, mark)
        except StorageError as error:
            if "by another process" not in error.what or monotonic() > until:
                raise
        sleep(0.05)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
