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
from hashlib import sha256
from itertools import chain, repeat
from struct import Struct
from time import perf_counter
from typing import Protocol

import msgspec

from clearance.adapters.decisions.body import Recorded
from clearance.adapters.ledger.aside import packed_rows
from clearance.adapters.ledger.store import Logged, Row
from clearance.bootstrap.serving import Generation
from clearance.ledger.entry import SALT_BYTES, Kind, around, sealing
from clearance.usecases.decide import Decided, Question

_DAY_MS = 86_400_000
_DAY_NS = _DAY_MS * 1_000_000
_SALTS = 256
_DECISION = b'"%b"' % Kind.DECISION.encode()


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
        self._suffix = b'%b"' % secrets.token_hex(4).encode()
        self._made = 0
        self._said = self._second = -1
        self._at = self._to_second = self._prefix = b""
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
        if question.address or question.phone:
            told, aside = self._sealed(question)
        id = self._stamp()
        leaf = around(recorded.body, self._at, id, _DECISION, told)
        evidence = recorded.evidence if recorded.owed else ()
        row = Row(id[1:-1].decode(), leaf, sha256(b"\x00" + leaf).digest(), aside, evidence)
        return Answer(began, decided, recorded, row)

    def log(self, answers: Sequence[Answer]) -> None:
        """Hand the entries of answers to the log, all of them or none.

        Raises:
            StorageError: the log does not take them.
        """
        if not answers:
            return
        rows = [answer.row for answer in answers]
        if self.durable:
            for answer, stored in zip(answers, self._log.awaited(rows), strict=True):
                answer.stored = stored
            return
        self._log.promise(rows)
        for answer in answers:
            self._given(answer)

    async def stored(self, answer: Answer) -> Logged | None:
        """Where a durable answer is in the log, once it is there; ``None`` for a promised one.

        Raises:
            StorageError: it could not be stored; there is no answer then.
        """
        if answer.stored is None:
            return None
        logged = await wrap_future(answer.stored)
        self._given(answer)
        return logged

    def _given(self, answer: Answer) -> None:
        recorded, counts = answer.recorded, self.counts
        if recorded.owed:
            recorded.kept()
        took, key = perf_counter() - answer.began, recorded.judgement.counted
        counts.outcomes[key] = counts.outcomes.get(key, 0) + 1
        counts.took[bisect_left(BOUNDS, took)] += 1
        counts.seconds += took

    def _sealed(self, question: Question) -> tuple[bytes, bytes]:
        """The digests of what is sealed, as the entry says them; and what is kept aside."""
        subject, address, phone = question.account.encode(), question.address, question.phone
        ip = b"ip", self._salt(), address.encode(), subject
        if not phone:
            return _told(ip), packed_rows((ip,))
        number = b"phone", self._salt(), phone.encode(), subject
        if not address:
            return _told(number), packed_rows((number,))
        return b"%b,%b" % (_told(ip), _told(number)), packed_rows((ip, number))

    def _stamp(self) -> bytes:
        """An id in the order of time, in quotes; the time as text is in ``_at``."""
        now = self._clock() // 1_000_000
        if now != self._said:
            self._said = now
            second, rest = divmod(now, 1000)
            if second != self._second:
                self._second = second
                self._to_second = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)).encode()
            self._at = b'"%b.%03dZ"' % (self._to_second, rest)
            self._prefix = b'"%012x' % now
        self._made = made = (self._made + 1) & 0xFFFFFF
        return b"%b%06x%b" % (self._prefix, made, self._suffix)


def _told(sealed: tuple[bytes, bytes, bytes, bytes]) -> bytes:
    """What an entry says of a value that is sealed."""
    name, salt, value, subject = sealed
    return b"".join((b'"', name, b'":"', sealing(name, subject, salt, value).encode(), b'"'))


def day_of_ms(milliseconds: int) -> int:
    """The day (UTC) of a time in milliseconds."""
    return milliseconds // _DAY_MS


def _salts() -> Iterator[bytes]:
    """Random bytes, fetched many at a time and used once."""
    cut = Struct(f"{SALT_BYTES}s" * _SALTS)
    return chain.from_iterable(cut.unpack(os.urandom(cut.size)) for _ in repeat(None))
