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
UNDECLARED = "ownership_undeclared"
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


@dataclass(frozen=True, slots=True)
class _Kind:
    """What customers that are counted together have in common.

    **Shape**: ``codes`` are those that decided; ``answer`` is that of matching.
    """

    outcome: Outcome
    segment: str
    country: str
    script: str
    reached: Reached | None
    answer: Answer | None
    codes: tuple[str, ...]
    undeclared: bool
    identified: bool


@dataclass(slots=True)
class Tally:
    """Counts customers as they pass.

    >>> from clearance.model.customer import Customer
    >>> tally = Tally()
    >>> tally.add(Screened(Customer("c1", revenue=Decimal(5)), Outcome.DENY))
    >>> tally.summary("p", 0, "").of(Outcome.DENY)
    Count(customers=1, revenue=Decimal('5'))
    """

    _kinds: dict[_Kind, _Sum] = field(default_factory=dict)
    _waiting: Waiting = field(default_factory=Waiting)
    _groups: dict[str, dict[Outcome, _Sum]] = field(default_factory=dict)

    def add(self, screened: Screened) -> None:
        """Count one customer."""
        revenue, outcome = screened.customer.revenue, screened.outcome
        _grown(self._kinds, _kind_of(screened), revenue)
        if screened.group:
            _grown(self._groups.setdefault(screened.group, {}), outcome, revenue)
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
            total=self._where(lambda kind: True),
            outcomes=tuple(
                (outcome, found.count())
                for outcome, found in sorted(
                    self._by(lambda kind: (kind.outcome,)).items(),
                    reverse=True,
                    key=lambda entry: entry[0],
                )
            ),
            reasons=_by_size(self._by(lambda kind: [(one, kind.outcome) for one in kind.codes])),
            segments=tuple(
                (name, outcome, found.count())
                for (name, outcome), found in sorted(
                    self._by(lambda kind: ((kind.segment, kind.outcome),)).items(),
                    key=lambda entry: (entry[0][0], -entry[0][1]),
                )
            ),
            certain=self._where(lambda kind: kind.reached is Reached.CERTAIN),
            possible=self._where(lambda kind: kind.reached is Reached.POSSIBLE),
            not_cleared=self._where(lambda kind: kind.undeclared),
            unidentified=self._where(lambda kind: not kind.identified),
            facts=self._waiting.facts(name_of),
            kinds=self._waiting.kinds(),
            groups=self._largest(name_of),
            regions=self._slices(lambda kind: kind.country),
            scripts=self._slices(lambda kind: kind.script),
        )

    def _by(self, keys: Callable[[_Kind], Iterable[_K]]) -> dict[_K, _Sum]:
        """The counts, added up by whatever each kind counts for."""
        found: dict[_K, _Sum] = {}
        for kind, counted in self._kinds.items():
            for key in keys(kind):
                found.setdefault(key, _Sum()).add(counted.revenue, counted.customers)
        return found

    def _where(self, counts: Callable[[_Kind], bool]) -> Count:
        return self._by(lambda kind: ("",) if counts(kind) else ()).get("", _Sum()).count()

    def _slices(self, name_of: Callable[[_Kind], str]) -> tuple[Slice, ...]:
        """How far matching came by a name, most customers first."""
        sums = self._by(lambda kind: ((name_of(kind), what) for what in _counted_for(kind)))
        none = _Sum()
        names = sorted((-total.customers, name) for (name, what), total in sums.items() if not what)
        return tuple(
            Slice(name, *(sums.get((name, what), none).count() for what in _COUNTED))
            for _, name in names
        )

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


def _kind_of(screened: Screened) -> _Kind:
    who, outcome, reasons = screened.resolution, screened.outcome, screened.reasons
    return _Kind(
        outcome,
        screened.customer.segment,
        screened.customer.country,
        script_of(screened.customer.name),
        screened.reached,
        who.answer if who else None,
        tuple(dict.fromkeys([one.code for one in reasons if one.outcome is outcome])),
        any(one.code == UNDECLARED for one in reasons),
        bool(screened.party),
    )


def _counted_for(kind: _Kind) -> Iterator[str]:
    """Under which words of ``_COUNTED`` a kind counts."""
    yield ""
    if kind.outcome is Outcome.REVIEW:
        yield "left"
    if kind.answer is not None and kind.answer is not Answer.MATCH:
        yield kind.answer.value


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
