"""A log taken up by whoever writes it from now on: checked, alone, and able to store."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from clearance.adapters.ledger.alone import store_alone
from clearance.adapters.ledger.mark import Mark
from clearance.adapters.ledger.opening import Found, alone_with, taken_up
from clearance.adapters.ledger.sequencer import Sequencer, Told
from clearance.adapters.ledger.store import Head, Store
from clearance.adapters.ledger.waiting import Waiting
from clearance.ledger.entry import Kind, entry_bytes
from clearance.ledger.growth import Growth
from clearance.ledger.keys import Signer
from clearance.model.errors import ClearanceError


@dataclass(frozen=True, slots=True)
class Taken:
    """A log that this process alone may write.

    **Shape**: ``found`` is what was found when it was taken up; ``opened`` lets go of it.
    """

    store: Store
    signer: Signer
    mark: Mark
    head: Head
    growth: Growth
    found: Found
    opened: ExitStack

    def sequencer(self, waiting: Waiting, told: Told, pause: float) -> Sequencer:
        """What writes it."""
        return Sequencer(
            self.store,
            self.signer,
            self.head,
            self.growth,
            mark=self.mark,
            waiting=waiting,
            told=told,
            pause=pause,
        )

    def end(self, trouble: ClearanceError | None) -> None:
        """Let others write; in order, unless something could not be stored.

        Raises:
            StorageError, IntegrityError: the trouble, or the end could not be noted.
        """
        with self.opened:
            if trouble is not None:
                raise trouble
            self.store.risk(0)


def taken(place: str, signer: Signer, bound: int, mark: Path | None = None) -> Taken:
    """Take a log up, after every check of its right edge.

    Raises:
        StorageError: there is no log, or another process writes it.
        IntegrityError: something at its edge does not agree.
    """
    with ExitStack() as opened:
        store, held = opened.enter_context(alone_with(place, mark))
        head, growth, found = taken_up(store, signer.verifier, held)
        if found.lost:
            head, growth = _with_gap(store, signer, head, growth, found)
        held.promised[0] = head.buffered
        held.stamp(growth.edge.size, growth.edge.root())
        store.risk(bound)
        head = replace(head, at_risk=bound)
        return Taken(store, signer, held, head, growth, found, opened.pop_all())


def _with_gap(
    store: Store, signer: Signer, head: Head, growth: Growth, found: Found
) -> tuple[Head, Growth]:
    """The log after an entry that says what is missing before it."""
    id = f"gap-{head.size}"
    leaf = entry_bytes(Kind.GAP, id, now(), {"exact": found.exact, "lost": found.lost})
    counted = head.buffered + (found.lost if found.exact else 0)
    told = replace(head, buffered=counted, at_risk=0)
    return store_alone(store, (signer,), told, growth, (id, leaf))


def now() -> str:
    """The time, in UTC."""
    return datetime.now(UTC).isoformat()
