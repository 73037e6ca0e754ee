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
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import attrgetter
from struct import Struct
from time import perf_counter
from typing import Protocol

import msgspec

from clearance.adapters.decisions.body import Recorded
from clearance.adapters.ledger.aside import packed_rows
from clearance.adapters.ledger.store import Logged, Row
from clearance.bootstrap.serving import Generation
from clearance.ledger.entry import SALT_BYTES, Kind, after, around, before, sealing
from clearance.ledger.tree import leaf_hash
from clearance.usecases.decide import Decided, Question

_DAY_MS = 86_400_000
_DAY_NS = _DAY_MS * 1_000_000
_SALTS = 256
_AFTER = after(Kind.DECISION)
_DIGITS = [f"{number:03x}" for number in range(1 << 12)]
_ROW = attrgetter("row")


class Log(Protocol):
    """Where entries go."""

    @property
    def trouble(self) -> str:
        """What keeps entries from being stored at the moment; empty where nothing does."""
        ...

    def promise(self, rows: Sequence[Row]) -> None:
        """Promise to store entries, in their order: all of them, or none."""
        ...

    def awaited(self, rows: Sequence[Row]) -> Sequence[Future[Logged]]:
        """Store entries; each answer comes with its receipt."""
        ...


class Answer(msgspec.Struct, gc=False):
    """A decision, and the entry that the log takes.

    **Shape**: ``began`` when it was asked for. Where answers are durable ``stored`` is to be waited
    for, and gives the receipt.
    """

    began: float
    decided: Decided
    recorded: Recorded
    row: Row
    stored: Future[Logged] | None = None


BOUNDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1.0)
"""Seconds up to which decisions are counted together."""


@dataclass(slots=True)
class Counts:
    """What happened since the start.

    **Shape**: ``outcomes`` by outcome's word and policy's id; ``took`` decisions by the place in
    ``BOUNDS`` of how long they took, the last for longer ones; ``seconds`` all of them together.
    """

    outcomes: defaultdict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
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
        self._said = self._second = -1
        self._before = b""
        self._to_second = self._prefix = ""
        self._salt = _salts().__next__

    @property
    def trouble(self) -> str:
        """Why answers may be refused at the moment; empty where nothing is wrong."""
        return self._log.trouble

    def now(self) -> int:
        """The time in milliseconds since 1970."""
        return self._clock() // 1_000_000

    def day(self) -> int:
        """The day (UTC)."""
        return self._clock() // _DAY_NS

    def decide(self, question: Question) -> Answer:
        """An answer whose entry is promised to the log, or, where durable, on its way.

        Raises:
            InputError: an address or number in the question is none.
            StorageError: the log does not take the entry.
        """
        answer = self.consider(question)
        self.log((answer,))
        return answer

    def consider(self, question: Question) -> Answer:
        """An answer that is not to leave before it was logged.

        Raises:
            InputError: an address or number in the question is none.
        """
        began = perf_counter()
        generation = self.generation
        decided = generation.decider.decide(question)
        recorded = generation.recorder.record(decided)
        told, aside = b"", b""
        address, phone = question.address, question.phone
        if address or phone:
            told, aside = self._sealed(question.account.encode(), address, phone)
        id = self._stamp()
        leaf = around(self._before, recorded.parts, id.encode(), _AFTER, told)
        evidence = recorded.evidence if recorded.owed else ()
        return Answer(began, decided, recorded, Row(id, leaf, leaf_hash(leaf), aside, evidence))

    def log(self, answers: Sequence[Answer]) -> None:
        """Hand the entries of answers to the log, all of them or none.

        Raises:
            StorageError: the log does not take them.
        """
        if not answers:
            return
        rows = tuple(map(_ROW, answers)) if len(answers) > 1 else (answers[0].row,)
        if self.durable:
            for answer, stored in zip(answers, self._log.awaited(rows), strict=True):
                answer.stored = stored
            return
        self._log.promise(rows)
        self._given(answers)

    async def stored(self, answer: Answer) -> Logged | None:
        """Where a durable answer is in the log, once it is there; ``None`` for a promised one.

        Raises:
            StorageError: it could not be stored; there is no answer then.
        """
        if answer.stored is None:
            return None
        logged = await wrap_future(answer.stored)
        self._given((answer,))
        return logged

    def _given(self, answers: Sequence[Answer]) -> None:
        """Count answers that may leave."""
        counts, now = self.counts, perf_counter()
        for answer in answers:
            recorded, took = answer.recorded, now - answer.began
            if recorded.owed:
                recorded.kept()
            counts.outcomes[recorded.judgement.counted] += 1
            counts.took[bisect_left(BOUNDS, took)] += 1
            counts.seconds += took

    def _sealed(self, subject: bytes, address: str, phone: str) -> tuple[bytes, bytes]:
        """The digests of what is sealed, as the entry says them; and what is kept aside."""
        if not phone:  # as most ask
            salt, value = self._salt(), address.encode()
            told = b'"ip":"%b"' % sealing(b"ip", subject, salt, value).encode()
            return told, packed_rows(((b"ip", salt, value, subject),))
        both = (b"ip", address), (b"phone", phone)
        rows = [(name, self._salt(), value.encode(), subject) for name, value in both if value]
        return b",".join([_told(*row) for row in rows]), packed_rows(rows)

    def _stamp(self) -> str:
        """An id in the order of time; ``_before`` is what says the time in an entry."""
        now = self._clock() // 1_000_000
        if now != self._said:
            self._said = now
            second, rest = divmod(now, 1000)
            if second != self._second:
                self._second = second
                self._to_second = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))
            self._before = before(f"{self._to_second}.{rest:03}Z")
            self._prefix = f"{now:012x}"
        self._made = made = (self._made + 1) & 0xFFFFFF
        return f"{self._prefix}{_DIGITS[made >> 12]}{_DIGITS[made & 0xFFF]}{self._suffix}"


def _told(name: bytes, salt: bytes, value: bytes, subject: bytes) -> bytes:
    """What an entry says of a value that is sealed."""
    return b'"%b":"%b"' % (name, sealing(name, subject, salt, value).encode())


def day_of_ms(milliseconds: int) -> int:
    """The day (UTC) of a time in milliseconds."""
    return milliseconds // _DAY_MS


def _salts() -> Iterator[bytes]:
    """Random bytes, fetched many at a time and used once."""
    cut = Struct(f"{SALT_BYTES}s" * _SALTS)
    return chain.from_iterable(cut.unpack(os.urandom(cut.size)) for _ in repeat(None))
