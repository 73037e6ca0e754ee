"""Looking at all accounts again: which of them stand otherwise than when they were last looked at.

1. Where the day and the policies are those of the last look, only accounts are looked at of which
   something else is believed since then.
2. What is found at one moment is found again in the change that keeps it, with the event: two who
   look at once, or one who was stopped, tell nothing twice.
3. Where another policy begins to decide meanwhile, the rest is left to the next look.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from clearance.adapters.sql import outcomes
from clearance.adapters.sql.changing import Change, changing
from clearance.adapters.sql.outcomes import Mark
from clearance.adapters.sql.store import Look, Store
from clearance.bootstrap.books import Dated, Deciding, book_of, dated, deciding
from clearance.bootstrap.days import day_or_today
from clearance.bootstrap.state import opened
from clearance.model.errors import ClearanceError
from clearance.model.plain import canonical
from clearance.usecases.sweep import Stands, otherwise, standings

BY = "sweep"
"""Who is said to have written what a decision point's own look has found."""

_POLITE = 10


class Wanted(msgspec.Struct, frozen=True):
    """Which accounts, under which policies: those of a series, or where none is released, named.

    What was found is kept by the series as it stands here, so that another look compares.
    """

    state: str
    policies: Sequence[str] = ()
    series: str = ""


class Swept(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a look has found.

    **Shape**: ``accounts`` were looked at, ``new`` of them for the first time; ``moved`` counts
    the others by outcome, ``before`` and ``now``, in their order. ``whole`` is false where a part
    was left to the next look, ``error`` what went wrong, empty where nothing did.
    """

    accounts: int = 0
    new: int = 0
    moved: tuple[tuple[str, str, int], ...] = ()
    whole: bool = True
    error: str = ""

    @property
    def changed(self) -> int:
        """How many stand otherwise."""
        return sum(count for _, _, count in self.moved)


def sweep(wanted: Wanted, by: str, day: int | None = None) -> Swept:
    """Look at every account that may stand otherwise; tell of those that do.

    **Cost**: 40 µs an account, as much again for one that is new or stands otherwise; writers wait
    for 2,000 of them at a time. Some milliseconds where nothing changed.

    Raises:
        InputError: there is no state or no policy, or one has a mistake.
        StorageError: the database refuses; what was kept until then stays.
    """
    today = day_or_today(None) if day is None else day
    with opened(wanted.state) as database:
        with Store(database).look() as look:
            judging = _judging(look, wanted, today)
            before = outcomes.mark_of(look.connection, judging.series)
            mark = Mark(look.generation, outcomes.moment_of(look.connection), today, judging.key)
            if before is not None and before.same(mark):
                return Swept()
            looked, odd = judging.search(look, before, mark)
        found: list[_Change] = []
        for some in outcomes.some_of(odd):
            with changing(database, by) as change:
                kept = judging.keep(change, wanted, some)
            if kept is None:
                return _swept(looked, found, whole=False)
            found += kept
        with changing(database, by) as change:
            outcomes.put_mark(change, judging.series, mark)
        return _swept(looked, found, whole=True)


_Change: TypeAlias = tuple[Stands | None, Stands]


@dataclass(frozen=True, slots=True)
class _Judging:
    """Policies of a series, made ready for a day. **Shape**: ``key`` is the digest of all."""

    series: str
    key: str
    by: Deciding
    day: int

    def search(self, look: Look, before: Mark | None, mark: Mark) -> tuple[int, list[str]]:
        """How many accounts were looked at, and which of them stand otherwise."""
        if before is not None and before.alike(mark):
            concerned = outcomes.touched(look.connection, before.moment)
        else:
            concerned = outcomes.accounts(look.connection)
        looked, odd = 0, list[str]()
        for some in concerned:
            looked += len(some)
            odd += [now.account for _, now in self._otherwise(look, some)]
        return looked, odd

    def keep(self, change: Change, wanted: Wanted, some: Sequence[str]) -> list[_Change] | None:
        """Those who stand otherwise now, kept and told; ``None`` where other policies decide."""
        look = Look(change.connection, 0)
        if _key(dated(look, wanted.policies, wanted.series)) != self.key:
            return None
        found = self._otherwise(look, some)
        outcomes.put(change, self.series, found)
        return found

    def _otherwise(self, look: Look, some: Sequence[str]) -> list[_Change]:
        before = outcomes.last(look.connection, self.series, some)
        book = book_of(look.narrowed(some), self.by)
        return list(otherwise(before, standings(book, some, self.day)))


def _judging(look: Look, wanted: Wanted, day: int) -> _Judging:
    found = dated(look, wanted.policies, wanted.series)
    return _Judging(wanted.series, _key(found), deciding(found), day)


def _key(found: Dated) -> str:
    told = canonical([[one.digest, first] for one, first in found])
    return hashlib.sha256(told.encode()).hexdigest()


def _swept(looked: int, found: Sequence[_Change], *, whole: bool) -> Swept:
    moved = Counter((one.outcome, now.outcome) for one, now in found if one is not None)
    told = ((one.word, now.word, count) for (one, now), count in sorted(moved.items()))
    return Swept(looked, len(found) - moved.total(), tuple(told), whole)


def main() -> None:
    """Do what standard input asks for, as JSON; say on standard output what was found."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    os.nice(_POLITE)
    wanted = msgspec.json.decode(sys.stdin.buffer.read(), type=Wanted)
    try:
        found = sweep(wanted, BY)
    except ClearanceError as error:
        found = Swept(whole=False, error=error.message())
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
