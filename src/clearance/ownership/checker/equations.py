"""A rule's equations under one reading, at one end: what a party's holders make of it.

1. ``total`` sums; ``onward`` says how restricted a party with that total counts as a holder;
   ``passes`` says whether it is reached.
2. Cascade: one that passes counts whole. Product: as much as its total. Hybrid: whole above 50,
   and where the rule says so at least as much as whoever controls it. Majority chain: whole where
   the group has a majority of its votes or of its board.
3. Among controlled parties, rules that do not cascade pass on through a majority only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from clearance.model.interest import GOVERNING, Interest, Measure
from clearance.model.proof import EVERYTHING, NOTHING, End, Run, Scope, Side
from clearance.model.rows import Rows
from clearance.model.rule import Aggregation, Operator, Reading, Test
from clearance.ownership.checker.book import Book, Held, book
from clearance.ownership.checker.cited import CitedRows
from clearance.ownership.checker.ends import larger, passes, rank, smaller
from clearance.ownership.checker.seeds import is_unknown, seed_facts
from clearance.ownership.checker.total import Flow, Weight, lower, total, upper_without

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Equations:
    """One operator: its least fixpoint is the set (or the values) that the rule defines.

    ``whole`` are members of ownerless groups, which count whole whatever is held in them. ``books``
    keeps what was sorted out, ``near`` names the parties that may count at all: for a producer that
    knows; a checker gives neither.
    """

    run: Run
    rows: Rows
    reading: Reading
    side: Side
    scope: Scope
    measure: Measure | None = None
    whole: frozenset[str] = frozenset()
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

    @property
    def linked(self) -> bool:
        """Does actual control pass on what the controller is restricted by?"""
        hybrid = self.reading is Reading.HYBRID and self.scope is Scope.OWNED
        return hybrid and self.run.rule.control.whole_in_hybrid

    def tested(self) -> tuple[Measure, ...]:
        """The measures in which a party may be reached, in the order of the tests."""
        if self.measure is not None and self.scope is Scope.OWNED:
            return (self.measure,)
        return tuple(dict.fromkeys(test.measure for test in self.run.tests))

    def measures(self) -> tuple[Measure, ...]:
        """The measures that pass restriction on or reach: those tested, and those that govern."""
        chained = self.reading is Reading.MAJORITY_CHAIN and self.scope is Scope.OWNED
        return tuple(dict.fromkeys((*(GOVERNING if chained else ()), *self.tested())))

    def control_measures(self) -> tuple[Measure, ...]:
        """The measures that may make a party controlled."""
        presumption = self.run.rule.control.presumption
        more = () if presumption is None else (presumption.measure,)
        return tuple(dict.fromkeys((*self.tested(), *GOVERNING, *more)))

    def book(self, subject: str, measure: Measure) -> Book:
        """Who holds ``subject``; kept in ``books`` where the caller keeps them."""
        if self.books is None:
            return book(self.rows, subject, measure, self.run.rule, self.run.as_of)
        found = self.books.get((subject, measure))
        if found is None:
            found = book(self.rows, subject, measure, self.run.rule, self.run.as_of)
            self.books[subject, measure] = found
        return found

    def total(
        self, subject: str, measure: Measure, weight: Weight, floor: Weight | None = None
    ) -> End:
        """How much of ``subject`` is restricted, given how restricted its holders are.

        ``floor`` says how restricted they surely are at the most, where that is to bound the upper
        end from below: it never lies below the lower one.
        """
        found = self.book(subject, measure)
        end = total(found, self.side, weight, self._flow(weight, frozenset()), self.single)
        if self.side is Side.MUST or floor is None:
            return end
        least = lower(found, floor, self.single).value
        return End(least) if least > end.value else end

    def _flow(self, weight: Weight, passed: frozenset[str]) -> Flow:
        """How restricted components are; of those ``passed`` on the way everything counts."""

        def flow(component: str, figures: Sequence[Held], everything: bool) -> End:
            if self.scope is Scope.CONTROLLED or self._by_itself(component):
                return weight(component)
            seen, holders = passed | {component}, {figure.holder for figure in figures}

            def within(holder: str) -> End:
                over = [figure for figure in figures if holder in figure.components]
                known = holder in seen or not over
                return (
                    weight(holder) if known else self._flow(weight, seen)(holder, over, everything)
                )

            def out(held: Held) -> bool:
                return held.holder in holders and (everything or not held.stated)

            books = ((measure, self.book(component, measure)) for measure in self.measures())
            ends = [self.onward(m, upper_without(found, within, out)) for m, found in books]
            return max((*ends, self.controller(component, weight)), key=self._rank)

        return flow

    def _rank(self, end: End) -> tuple[Fraction, bool]:
        return rank(end, self.side)

    def _by_itself(self, party: str) -> bool:
        """Is the party restricted whatever is held in it? Not known where only steps tell."""
        told = isinstance(self.rows, CitedRows) and not self.rows.complete
        if told or party in self.whole or is_unknown(self.rows, party):
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
                return EVERYTHING if majority and measure in GOVERNING else NOTHING
            case Reading.HYBRID if majority:
                return EVERYTHING
        return smaller((EVERYTHING, end))

    def passes(self, measure: Measure, end: End) -> bool:
        """Does a total in ``measure`` reach the party?"""
        return any(
            passes(end, test, self.side) for test in self.run.tests if test.measure is measure
        )

    def lifted(self, subject: str, weight: Weight, floor: Weight | None = None) -> End:
        """How restricted ``subject`` is as a holder: the most that any measure makes of it."""
        ends = [
            self.onward(measure, self.total(subject, measure, weight, floor))
            for measure in self.measures()
        ]
        ends.append(self.controller(subject, weight))
        return max(ends, key=lambda end: rank(end, self.side))

    def controller(self, subject: str, weight: Weight) -> End:
        """How restricted the most restricted of its controllers is, where that is passed on."""
        if not self.linked:
            return NOTHING
        return larger(weight(row.interested_party) for row in self.control_rows(subject))

    def holders(self, subject: str) -> tuple[str, ...]:
        """Everybody on whom ``subject``'s totals depend, components' holders included."""
        found: set[str] = set()
        controlled = self.scope is Scope.CONTROLLED
        for measure in self.control_measures() if controlled else self.measures():
            found.update(self.book(subject, measure).holders())
        if controlled or self.linked:
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
