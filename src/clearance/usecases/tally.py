"""Counting customers as they pass, and the summary of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from clearance.matching.resolution import Answer
from clearance.matching.text.scripts import script_of
from clearance.model.outcome import Outcome
from clearance.model.verdict import Reached
from clearance.usecases.screened import (
    Count,
    GroupCount,
    Screened,
    ScreenSummary,
    Slice,
)
from clearance.usecases.waiting import Waiting

_K = TypeVar("_K")
MOST_GROUPS = 100
_COUNTED = ("", "left", Answer.AMBIGUOUS.value, Answer.NONE.value)


class _Sum:
    """A count that grows."""

    __slots__ = ("customers", "revenue")

    def __init__(self) -> None:
        self.customers = 0
        self.revenue = Decimal(0)

    def add(self, revenue: Decimal, customers: int = 1) -> None:
        self.customers += customers
        self.revenue += revenue

    def count(self) -> Count:
        return Count(self.customers, self.revenue)


class Slices:
    """How far matching came, counted by a name."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], _Sum] = {}

    def add(self, name: str, screened: Screened) -> None:
        """Count one customer under this name."""
        revenue, who = screened.customer.revenue, screened.resolution
        _grown(self._sums, (name, ""), revenue)
        if screened.outcome is Outcome.REVIEW:
            _grown(self._sums, (name, "left"), revenue)
        if who is not None and who.answer is not Answer.MATCH:
            _grown(self._sums, (name, who.answer.value), revenue)

    def counted(self) -> tuple[Slice, ...]:
        """Each name's counts, most customers first."""
        none = _Sum()
        names = sorted(
            (-total.customers, name) for (name, what), total in self._sums.items() if not what
        )
        return tuple(
            Slice(name, *(self._sums.get((name, what), none).count() for what in _COUNTED))
            for _, name in names
        )


@dataclass(slots=True)
class Tally:
    """Counts customers as they pass.

    >>> from clearance.model.customer import Customer
    >>> tally = Tally()
    >>> tally.add(Screened(Customer("c1", revenue=Decimal(5)), Outcome.DENY))
    >>> tally.summary("p", 0, "").of(Outcome.DENY)
    Count(customers=1, revenue=Decimal('5'))
    """

    _total: _Sum = field(default_factory=_Sum)
    _outcomes: dict[Outcome, _Sum] = field(default_factory=dict)
    _reasons: dict[tuple[str, Outcome], _Sum] = field(default_factory=dict)
    _segments: dict[tuple[str, Outcome], _Sum] = field(default_factory=dict)
    _reached: dict[Reached | None, _Sum] = field(default_factory=dict)
    _waiting: Waiting = field(default_factory=Waiting)
    _not_cleared: _Sum = field(default_factory=_Sum)
    _unidentified: _Sum = field(default_factory=_Sum)
    _groups: dict[str, dict[Outcome, _Sum]] = field(default_factory=dict)
    _regions: Slices = field(default_factory=Slices)
    _scripts: Slices = field(default_factory=Slices)

    def add(self, screened: Screened) -> None:
        """Count one customer."""
        revenue, outcome = screened.customer.revenue, screened.outcome
        self._total.add(revenue)
        _grown(self._outcomes, outcome, revenue)
        _grown(self._segments, (screened.customer.segment, outcome), revenue)
        _grown(self._reached, screened.reached, revenue)
        for code in {one.code for one in screened.reasons if one.outcome is outcome}:
            _grown(self._reasons, (code, outcome), revenue)
        if any(reason.code == "ownership_undeclared" for reason in screened.reasons):
            self._not_cleared.add(revenue)
        if not screened.party:
            self._unidentified.add(revenue)
        if screened.group:
            _grown(self._groups.setdefault(screened.group, {}), outcome, revenue)
        self._regions.add(screened.customer.country, screened)
        self._scripts.add(script_of(screened.customer.name), screened)
        if outcome is Outcome.REVIEW:
            self._waiting.add(screened.missing, revenue)

    def each(self, stream: Iterable[Screened]) -> Iterator[Screened]:
        """Pass customers on, counting them."""
        for screened in stream:
            self.add(screened)
            yield screened

    def summary(
        self,
        policy: str,
        as_of: int,
        snapshot: str,
        name_of: Callable[[str], str] = lambda party: "",
    ) -> ScreenSummary:
        """The counts so far, in a defined order; ``name_of`` names parties by id."""
        return ScreenSummary(
            policy=policy,
            as_of=as_of,
            snapshot=snapshot,
            total=self._total.count(),
            outcomes=tuple(
                (outcome, self._outcomes[outcome].count())
                for outcome in sorted(self._outcomes, reverse=True)
            ),
            reasons=_by_size(self._reasons),
            segments=tuple(
                (name, outcome, self._segments[name, outcome].count())
                for name, outcome in sorted(self._segments, key=lambda key: (key[0], -key[1]))
            ),
            certain=self._of(Reached.CERTAIN),
            possible=self._of(Reached.POSSIBLE),
            not_cleared=self._not_cleared.count(),
            unidentified=self._unidentified.count(),
            facts=self._waiting.facts(name_of),
            kinds=self._waiting.kinds(),
            groups=self._largest(name_of),
            regions=self._regions.counted(),
            scripts=self._scripts.counted(),
        )

    def _of(self, reached: Reached) -> Count:
        found = self._reached.get(reached)
        return found.count() if found else Count()

    def _largest(self, name_of: Callable[[str], str]) -> tuple[GroupCount, ...]:
        """Groups of more than one customer, most customers first."""
        found = [
            (sum(one.customers for one in outcomes.values()), head)
            for head, outcomes in self._groups.items()
        ]
        several = sorted((-customers, head) for customers, head in found if customers > 1)
        return tuple(
            _group(head, name_of(head), self._groups[head]) for _, head in several[:MOST_GROUPS]
        )


def _group(head: str, name: str, outcomes: dict[Outcome, _Sum]) -> GroupCount:
    total = _Sum()
    for one in outcomes.values():
        total.add(one.revenue, one.customers)
    counted = ((outcome, outcomes[outcome].count()) for outcome in sorted(outcomes, reverse=True))
    return GroupCount(head, name, total.count(), tuple(counted))


def _grown(sums: dict[_K, _Sum], key: _K, revenue: Decimal) -> None:
    found = sums.get(key)
    if found is None:
        found = sums[key] = _Sum()
    found.add(revenue)


def _by_size(
    sums: dict[tuple[str, Outcome], _Sum],
) -> tuple[tuple[str, Outcome, Count], ...]:
    counted = [(code, outcome, found.count()) for (code, outcome), found in sums.items()]
    return tuple(sorted(counted, key=lambda row: (-row[1], -row[2].customers, row[0])))
