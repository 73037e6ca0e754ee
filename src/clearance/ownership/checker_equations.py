"""A rule's equations under one reading, at one end: what a party's holders make of it.

1. ``total`` sums; ``onward`` says how restricted a party with that total counts as a holder;
   ``passes`` says whether it is reached.
2. Cascade: one that passes counts whole. Product: as much as its total. Hybrid: whole above 50.
   Majority chain: whole where the group has a majority.
3. Among controlled parties, rules that do not cascade pass on through a majority only.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction

from clearance.model.interest import Interest, Measure
from clearance.model.proof import EVERYTHING, NOTHING, End, Run, Scope, Side
from clearance.model.rows import Rows
from clearance.model.rule import Aggregation, Operator, Reading, Test
from clearance.ownership.checker_book import Book, book
from clearance.ownership.checker_ends import passes, rank, smaller
from clearance.ownership.checker_seeds import is_unknown, seed_facts
from clearance.ownership.checker_total import Weight, total

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Equations:
    """One operator: its least fixpoint is the set (or the values) that the rule defines.

    ``books`` keeps what was sorted out, ``near`` names the parties that may count at all: for a
    producer that knows; a checker gives neither.
    """

    run: Run
    rows: Rows
    reading: Reading
    side: Side
    scope: Scope
    measure: Measure | None = None
    books: dict[tuple[str, Measure], Book] | None = field(default=None, compare=False)
    near: Callable[[str], bool] | None = field(default=None, compare=False)

    @property
    def single(self) -> bool:
        """Does the rule count one party's holdings instead of everybody's?"""
        return self.run.rule.aggregation is Aggregation.PER_PARTY

    @property
    def cascades(self) -> bool:
        """Do the rule's own tests pass restriction on?"""
        halves = all(test.threshold >= HALF for test in self.run.tests)
        controlled = self.scope is Scope.CONTROLLED
        return self.reading is Reading.CASCADE and (halves or not controlled)

    def measures(self) -> tuple[Measure, ...]:
        """The measures that pass restriction on, in the order of the tests."""
        if self.measure is not None and self.scope is Scope.OWNED:
            return (self.measure,)
        return tuple(dict.fromkeys(test.measure for test in self.run.tests))

    def book(self, subject: str, measure: Measure) -> Book:
        """Who holds ``subject``; kept in ``books`` where the caller keeps them."""
        if self.books is None:
            return book(self.rows, subject, measure, self.run.rule, self.run.as_of)
        found = self.books.get((subject, measure))
        if found is None:
            found = book(self.rows, subject, measure, self.run.rule, self.run.as_of)
            self.books[subject, measure] = found
        return found

    def total(self, subject: str, measure: Measure, weight: Weight) -> End:
        """How much of ``subject`` is restricted, given how restricted its holders are."""
        found = self.book(subject, measure)

        def flow(component: str, declared: Set[str], through: Set[str]) -> End:
            if self._by_itself(component):
                return weight(component)
            others = through - {component}
            inner = _without_unstated(self.book(component, measure), declared)

            def within(holder: str) -> End:
                return flow(holder, declared, others) if holder in others else weight(holder)

            end = total(inner, self.side, within, flow, self.single)
            return smaller((self.onward(measure, end), weight(component)))

        return total(found, self.side, weight, flow, self.single)

    def _by_itself(self, party: str) -> bool:
        """Is the party restricted whatever is held in it? Not known of parties without a record."""
        if self.rows.party(party) is None or is_unknown(self.rows, party):
            return True
        return bool(seed_facts(self.rows, self.run, party, self.side))

    def onward(self, measure: Measure, end: End) -> End:
        """How restricted a party with this total is, as a holder of others."""
        majority = passes(end, Test(measure, Operator.OVER, HALF), self.side)
        if self.cascades:
            return EVERYTHING if self.passes(measure, end) else NOTHING
        if self.scope is Scope.CONTROLLED:
            return EVERYTHING if majority else NOTHING
        match self.reading:
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
        controlled = self.scope is Scope.CONTROLLED
        for measure in Measure if controlled else self.measures():
            found.update(self.book(subject, measure).holders())
        if controlled:
            found.update(row.interested_party for row in self.control_rows(subject))
        if self.near is not None:
            found = {name for name in found if self.near(name)}
        return tuple(sorted(found))

    def control_rows(self, subject: str) -> list[Interest]:
        """Interests in ``subject`` that are control by their kind, live on this side."""
        return [
            row
            for row in self.rows.interests_in(subject)
            if row.type in self.run.rule.control.types
            and row.interested_party != subject
            and row.period.live(self.run.as_of)[self.side is Side.MAY]
        ]


def _without_unstated(found: Book, holders: Set[str]) -> Book:
    """The book, the unstated interests of ``holders`` counting nothing."""
    held = tuple(item for item in found.held if item.stated or item.holder not in holders)
    return replace(found, held=held)
