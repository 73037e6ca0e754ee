"""A rule's equations under one reading, at one end: what a party's holders make of it.

1. ``total`` sums; ``onward`` says how restricted a party with that total counts as a holder;
   ``passes`` says whether it is reached.
2. Cascade: one that passes counts whole. Product: as much as its total. Hybrid: whole above 50.
   Majority chain: whole where the group has a majority.
3. Among controlled parties, rules that do not cascade pass on through a majority only.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from fractions import Fraction

from clearance.model.interest import Measure
from clearance.model.proof import EVERYTHING, NOTHING, End, Run, Scope, Side
from clearance.model.rows import Rows
from clearance.model.rule import Aggregation, Operator, Reading, Test
from clearance.ownership.checker_book import Book, book
from clearance.ownership.checker_ends import passes, rank, smaller
from clearance.ownership.checker_total import Weight, total

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Equations:
    """One operator: its least fixpoint is the set (or the values) that the rule defines."""

    run: Run
    rows: Rows
    reading: Reading
    side: Side
    scope: Scope
    measure: Measure | None = None

    @property
    def single(self) -> bool:
        """Does the rule count one party's holdings instead of everybody's?"""
        return self.run.rule.aggregation is Aggregation.PER_PARTY

    def measures(self) -> tuple[Measure, ...]:
        """The measures that pass restriction on."""
        if self.measure is not None:
            return (self.measure,)
        return tuple(sorted({test.measure for test in self.run.tests}))

    def book(self, subject: str, measure: Measure) -> Book:
        """Who holds ``subject``."""
        return book(self.rows, subject, measure, self.run.rule, self.run.as_of)

    def total(self, subject: str, measure: Measure, weight: Weight) -> End:
        """How much of ``subject`` is restricted, given how restricted its holders are."""
        found = self.book(subject, measure)

        def flow(component: str, declared: Set[str], through: Set[str]) -> End:
            others = through - {component}
            inner = _without_unstated(self.book(component, measure), declared)

            def within(holder: str) -> End:
                return flow(holder, declared, others) if holder in others else weight(holder)

            end = total(inner, self.side, within, flow, self.single)
            return smaller((self.onward(measure, end), weight(component)))

        return total(found, self.side, weight, flow, self.single)

    def onward(self, measure: Measure, end: End) -> End:
        """How restricted a party with this total is, as a holder of others."""
        majority = passes(end, Test(measure, Operator.OVER, HALF), self.side)
        if self.scope is Scope.CONTROLLED and self.reading is not Reading.CASCADE:
            return EVERYTHING if majority else NOTHING
        match self.reading:
            case Reading.CASCADE:
                return EVERYTHING if self.passes(measure, end) else NOTHING
            case Reading.MAJORITY_CHAIN:
                return EVERYTHING if majority else NOTHING
            case Reading.HYBRID if majority:
                return EVERYTHING
        return smaller((EVERYTHING, end))

    def passes(self, measure: Measure, end: End) -> bool:
        """Does a total in ``measure`` reach the party?"""
        return any(
            passes(end, test, self.side) for test in self.run.tests if test.measure is measure
        )

    def lifted(self, subject: str, weight: Weight) -> End:
        """How restricted ``subject`` is as a holder: the most that any measure makes of it."""
        ends = (
            self.onward(measure, self.total(subject, measure, weight))
            for measure in self.measures()
        )
        return max(ends, key=lambda end: rank(end, self.side), default=NOTHING)

    def holders(self, subject: str) -> tuple[str, ...]:
        """Everybody on whom ``subject``'s totals depend, components' holders included."""
        found: set[str] = set()
        for measure in self.measures():
            found.update(self.book(subject, measure).holders())
        return tuple(sorted(found))


def _without_unstated(found: Book, holders: Set[str]) -> Book:
    """The book, the unstated interests of ``holders`` counting nothing."""
    held = tuple(item for item in found.held if item.stated or item.holder not in holders)
    return replace(found, held=held)
