"""What happens behind the API: accounts are looked at, events delivered, and the log gets entries.

1. One thread looks, some deliver, one hands entries to the log, one forgets what was delivered
   long ago; a stop waits for what has begun, but breaks a look off.
2. An entry is handed over once it is on disk there; one that the log has already under its id is
   not written twice.
3. What goes wrong waits and is tried again; it is told, without bodies or addresses.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.store import Logged
from clearance.adapters.sql import outbox
from clearance.adapters.webhooks.sender import Sender
from clearance.ledger.entry import SALT_BYTES, Kind, Sealed, framed
from clearance.model.errors import ClearanceError
from clearance.service.management.deliveries import Deliveries
from clearance.service.management.ports import Office
from clearance.service.management.sweeper import Sweeper

PAUSE = 1.0
"""Seconds between looks where nothing was due."""


class Log(Protocol):
    """Where entries go, as the log's writer takes them."""

    def submit(self, leaf: bytes, id: str, sealed: Sequence[Sealed] = ()) -> Future[Logged]:
        """Store an entry."""
        ...


class Workers:
    """All of these threads."""

    def __init__(
        self,
        office: Office,
        senders: Sequence[Sender],
        log: Log | None,
        sweeper: Sweeper | None = None,
        pause: float = PAUSE,
    ) -> None:
        self._office = office
        self._senders = senders
        self._deliveries = Deliveries(office)
        self._tell = office.tell
        self._log = log
        self._sweeper = sweeper
        self._pause = pause
        self._ended = threading.Event()
        works: dict[str, Callable[[], int]] = {
            f"deliver-{at}": partial(self.deliver, one) for at, one in enumerate(senders)
        }
        works["forget"] = self._deliveries.forget
        works |= {"hand_over": self.hand_over} if log is not None else {}
        works |= {"sweep": sweeper.sweep} if sweeper is not None else {}
        self._threads = [
            threading.Thread(target=self._over_and_over, args=work, name=work[0], daemon=True)
            for work in works.items()
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End what has begun, and begin nothing more."""
        self._ended.set()
        self._deliveries.end()
        if self._sweeper is not None:
            self._sweeper.close()
        for thread in self._threads:
            thread.join()
        for sender in self._senders:
            sender.close()

    def deliver(self, sender: Sender) -> int:
        """Try what is due for one webhook; how many deliveries."""
        return self._deliveries.deliver(sender)

    def hand_over(self) -> int:
        """Give the log every entry that waits; how many."""
        if self._log is None:
            return 0
        entries = list(outbox.waiting(self._office.database))
        if not entries:
            return 0
        known = _known(self._office.log, entries)
        stored = [self._submitted(self._log, one) for one in entries if one.id not in known]
        for logged in stored:
            logged.result()
        outbox.taken(self._office.database, [one.entry for one in entries])
        return len(entries)

    def _submitted(self, log: Log, entry: outbox.Waiting) -> Future[Logged]:
        sealed = [
            Sealed(field, secrets.token_bytes(SALT_BYTES), value)
            for field, value in sorted(entry.sealed.items())
        ]
        at = datetime.fromtimestamp(entry.at / 1_000_000, UTC).isoformat(timespec="milliseconds")
        leaf = framed(Kind(entry.kind), entry.id, at, entry.body, sealed)
        return log.submit(leaf, entry.id, sealed)

    def _over_and_over(self, name: str, work: Callable[[], int]) -> None:
        while not self._ended.is_set():
            try:
                done = work()
            except ClearanceError as error:
                done = 0
                self._tell("worker_failed", {"worker": name, "error": error.what})
            if not done:
                self._ended.wait(self._pause)


def _known(log: str, entries: Sequence[outbox.Waiting]) -> set[str]:
    """Those that the log took before somebody could say so."""
    if not log:
        return set()
    with LogReader.open(log) as reader:
        return {one.id for one in entries if reader.entry(one.id) is not None}
