"""The decision point itself: a question in, a logged answer out.

1. The generation is read once a question, so that no answer mixes two; a new one takes its place
   by one assignment.
2. No answer leaves before its entry is promised to the log, or, where durable, stored in it. Where
   the log refuses there is no answer.
3. An address and a phone number are sealed: they can be erased, and the entry still proves.
"""

from __future__ import annotations

import os
import secrets
import time
from asyncio import wrap_future
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from time import perf_counter
from typing import NamedTuple, Protocol

from clearance.adapters.decisions.body import Recorded
from clearance.adapters.ledger.store import Logged
from clearance.bootstrap.serving import Generation
from clearance.ledger.entry import SALT_BYTES, Kind, Sealed, framed
from clearance.ledger.tree import leaf_hash
from clearance.usecases.decide import Decided, Question

_DAY_MS = 86_400_000
_SALTS = 256


class Log(Protocol):
    """Where entries go."""

    @property
    def trouble(self) -> str:
        """What keeps entries from being stored at the moment; empty where nothing does."""
        ...

    def append(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[tuple[str, bytes]] = (),
    ) -> bytes:
        """Promise to store an entry; its leaf hash."""
        ...

    def submit(
        self,
        leaf: bytes,
        id: str,
        sealed: Sequence[Sealed] = (),
        evidence: Sequence[tuple[str, bytes]] = (),
    ) -> Future[Logged]:
        """Store an entry; the answer comes with its receipt."""
        ...


class Answer(NamedTuple):
    """A decision whose entry the log has taken.

    **Shape**: ``leaf`` is the entry's leaf hash in hex; ``began`` when it was asked for. Where
    answers are durable ``stored`` is to be waited for, and gives the receipt.
    """

    began: float
    id: str
    decided: Decided
    recorded: Recorded
    leaf: str
    stored: Future[Logged] | None = None


BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1.0)
"""Seconds up to which decisions are counted together."""


@dataclass(slots=True)
class Counts:
    """What happened since the start.

    **Shape**: ``outcomes`` by outcome's word and policy's id; ``took`` decisions by the place in
    ``BOUNDS`` of how long they took, the last for longer ones; ``seconds`` all of them together.
    """

    outcomes: dict[tuple[str, str], int] = field(default_factory=dict)
    took: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    refused: int = 0
    failed: int = 0
    unlogged: int = 0


class Desk:
    """Decides and logs; belongs to the thread of its loop, but for ``generation``."""

    def __init__(
        self,
        generation: Generation,
        log: Log,
        *,
        durable: bool = False,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self.generation = generation
        self.durable = durable
        self.counts = Counts()
        self._log = log
        self._clock = clock
        self._suffix = secrets.token_hex(4)
        self._made = 0
        self._second = -1
        self._said = ""
        self._salts = _salts()

    @property
    def trouble(self) -> str:
        """Why answers may be refused at the moment; empty where nothing is wrong."""
        return self._log.trouble

    def now(self) -> int:
        """The time in milliseconds since 1970."""
        return self._clock() // 1_000_000

    def decide(self, question: Question) -> Answer:
        """An answer whose entry is promised to the log, or, where durable, on its way.

        Raises:
            InputError: an address or number in the question is none.
            StorageError: the log does not take the entry.
        """
        began = perf_counter()
        generation = self.generation
        decided = generation.decider.decide(question)
        recorded = generation.recorder.record(decided)
        sealed = self._sealed(question) if question.address or question.phone else ()
        id, at = self._stamp()
        leaf = framed(Kind.DECISION, id, at, recorded.body, sealed)
        if self.durable:
            stored = self._log.submit(leaf, id, sealed, recorded.evidence)
            return Answer(began, id, decided, recorded, leaf_hash(leaf).hex(), stored)
        hashed = self._log.append(leaf, id, sealed, recorded.evidence)
        recorded.kept()
        self._count(decided, began)
        return Answer(began, id, decided, recorded, hashed.hex())

    async def stored(self, answer: Answer) -> Logged | None:
        """Where a durable answer is in the log, once it is there; ``None`` for a promised one.

        Raises:
            StorageError: it could not be stored; there is no answer then.
        """
        if answer.stored is None:
            return None
        logged = await wrap_future(answer.stored)
        answer.recorded.kept()
        self._count(answer.decided, answer.began)
        return logged

    def _count(self, decided: Decided, began: float) -> None:
        counts, took = self.counts, perf_counter() - began
        key = decided.decision.outcome.word, decided.policy.id
        counts.outcomes[key] = counts.outcomes.get(key, 0) + 1
        counts.took[bisect_left(BOUNDS, took)] += 1
        counts.seconds += took

    def _sealed(self, question: Question) -> Sequence[Sealed]:
        address, phone = question.address, question.phone
        sealed = [Sealed("ip", next(self._salts), address, question.account)] if address else []
        if phone:
            sealed.append(Sealed("phone", next(self._salts), phone, question.account))
        return sealed

    def _stamp(self) -> tuple[str, str]:
        """An id in the order of time, and the time as text."""
        now = self.now()
        second, rest = divmod(now, 1000)
        if second != self._second:
            self._second = second
            self._said = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
        self._made = (self._made + 1) & 0xFFFFFF
        return f"{now:012x}{self._made:06x}{self._suffix}", f"{self._said}.{rest:03d}Z"


def day_of_ms(milliseconds: int) -> int:
    """The day (UTC) of a time in milliseconds."""
    return milliseconds // _DAY_MS


def _salts() -> Iterator[bytes]:
    """Random bytes, fetched many at a time and used once."""
    while True:
        many = os.urandom(SALT_BYTES * _SALTS)
        for start in range(0, len(many), SALT_BYTES):
            yield many[start : start + SALT_BYTES]
