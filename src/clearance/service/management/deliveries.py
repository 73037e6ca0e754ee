"""Telling webhooks: many at a time, each of them in the order of its events.

1. A webhook is told by one thread at a time, and by the one that has waited longest first: who is
   slow, or does not answer, holds nobody else up while fewer than ``AT_ONCE`` are like that.
2. A turn ends after a while, so that what was claimed for it is not claimed by another.
3. What ended is forgotten by and by.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from clearance.adapters.sql.events import LEASE, SECOND, State, claim, forget, next_due, settle
from clearance.adapters.webhooks.sender import Sender
from clearance.model.plain import Json
from clearance.service.management.ports import Office

AT_ONCE = 8
"""How many webhooks are told at a time."""

_TURN = LEASE * SECOND // 2
_FORGETS = 3600 * SECOND


class Deliveries:
    """What is due, for as many threads as like to deliver; each brings a sender of its own."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._database = office.database
        self._busy: set[str] = set()
        self._held = threading.Lock()
        self._forgot = 0
        self._ended = False

    def end(self) -> None:
        """Begin no further attempt."""
        self._ended = True

    def deliver(self, sender: Sender) -> int:
        """Give one webhook its turn; how many deliveries were tried, 0 where none is due.

        Where a receiver does not answer the others that wait for it are not tried now.
        """
        with self._turn() as hook:
            return 0 if hook is None else self._told(hook, sender)

    def forget(self) -> int:
        """Forget what ended long ago, once an hour; how many deliveries."""
        now = self._office.clock()
        if now - self._forgot < _FORGETS:
            return 0
        gone = forget(self._database, now)
        if not gone:
            self._forgot = now
        return gone

    @contextmanager
    def _turn(self) -> Iterator[str | None]:
        """A webhook that nobody else tells meanwhile."""
        with self._held:
            hook = next_due(self._database, self._office.clock(), self._busy)
            if hook is not None:
                self._busy.add(hook)
        try:
            yield hook
        finally:
            with self._held:
                self._busy.discard(hook or "")

    def _told(self, hook: str, sender: Sender) -> int:
        office, tried = self._office, 0
        begun = office.clock()
        for one in claim(self._database, hook, begun):
            if self._ended or office.clock() - begun > _TURN:
                break
            attempt = sender.send(one, office.clock())
            state = settle(self._database, one, office.clock(), attempt)
            tried += 1
            if state is not State.DELIVERED:
                said: dict[str, Json] = {"webhook": hook, "answer": attempt.answer}
                office.tell("delivery_failed", {**said, "state": state.value})
            if attempt.silent or attempt.gone:
                break
        return tried
