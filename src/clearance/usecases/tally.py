"""Counting customers as they pass, and the summary of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import nsmallest
from typing import NamedTuple, TypeVar

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
from clearance.usecases.sums import Sums
from clearance.usecases.waiting import Waiting

_K = TypeVar("_K")
MOST_GROUPS = 100
UNDECLARED = "ownership_undeclared"
_COUNTED = ("", "left", Answer.AMBIGUOUS.value, Answer.NONE.value)


class _Kind(NamedTuple):
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

    _kinds: Sums[_Kind] = field(default_factory=Sums)
    _waiting: Waiting = field(default_factory=Waiting)
    _groups: Sums[tuple[str, Outcome]] = field(default_factory=Sums)

    def add(self, screened: Screened) -> None:
        """Count one customer."""
        revenue, outcome = screened.customer.revenue, screened.outcome
        self._kinds.add(_kind_of(screened), revenue)
        if screened.group:
            self._groups.add((screened.group, outcome), revenue)
        if outcome is Outcome.REVIEW:
            self._waiting.add(screened.missing, revenue)

    def join(self, other: Tally) -> None:
        """Count the customers that another one counted."""
        self._kinds.join(other._kinds)
        self._waiting.join(other._waiting)
        self._groups.join(other._groups)

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
                (outcome, found)
                for outcome, found in sorted(
                    self._by(lambda kind: (kind.outcome,)).items(),
                    reverse=True,
                    key=lambda entry: entry[0],
                )
            ),
            reasons=_by_size(self._by(lambda kind: [(one, kind.outcome) for one in kind.codes])),
            segments=tuple(
                (name, outcome, found)
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

    def _by(self, keys: Callable[[_Kind], Iterable[_K]]) -> Sums[_K]:
        """The counts, added up by whatever each kind counts for."""
        found = Sums[_K]()
        for kind, counted in self._kinds.items():
            for key in keys(kind):
                found.add(key, counted.revenue, counted.customers)
        return found

    def _where(self, counts: Callable[[_Kind], bool]) -> Count:
        return self._by(lambda kind: (True,) if counts(kind) else ()).of(True)

    def _slices(self, name_of: Callable[[_Kind], str]) -> tuple[Slice, ...]:
        """How far matching came by a name, most customers first."""
        sums = self._by(lambda kind: ((name_of(kind), what) for what in _counted_for(kind)))
        names = sorted((-total.customers, name) for (name, what), total in sums.items() if not what)
        return tuple(
            Slice(name, *(sums.of((name, what)) for what in _COUNTED)) for _, name in names
        )

    def _largest(self, name_of: Callable[[str], str]) -> tuple[GroupCount, ...]:
        """Groups of more than one customer, most customers first."""
        customers = Counter[str]()
        for (head, _), (counted, _) in self._groups.pairs():
            customers[head] += counted
        several = ((-count, head) for head, count in customers.items() if count > 1)
        heads = [head for _, head in nsmallest(MOST_GROUPS, several)]
        outcomes: dict[str, list[tuple[Outcome, Count]]] = {head: [] for head in heads}
        for head, outcome in self._groups:
            if head in outcomes:
                outcomes[head].append((outcome, self._groups.of((head, outcome))))
        return tuple(_group(head, name_of(head), outcomes[head]) for head in heads)


def _kind_of(screened: Screened) -> _Kind:
    who, outcome, reasons = screened.resolution, screened.outcome, screened.reasons
    return _Kind(
        outcome,
        screened.customer.segment,
        screened.customer.country,
        script_of(screened.customer.name),
        screened.reached,
        who.answer if who else None,
        screened.deciding,
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


def _group(head: str, name: str, outcomes: Iterable[tuple[Outcome, Count]]) -> GroupCount:
    found = tuple(sorted(outcomes, reverse=True, key=lambda entry: entry[0]))
    revenue = sum((each.revenue for _, each in found), Decimal(0))
    total = Count(sum(each.customers for _, each in found), revenue)
    return GroupCount(head, name, total, found)


def _by_size(sums: Sums[tuple[str, Outcome]]) -> tuple[tuple[str, Outcome, Count], ...]:
    counted = ((code, outcome, found) for (code, outcome), found in sums.items())
    return tuple(sorted(counted, key=lambda row: (-row[1], -row[2].customers, row[0])))
