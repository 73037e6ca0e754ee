"""Majority chain: a group is its roots and every party in which the group holds a majority.

The majority is of votes (shares stand in where votes are unstated) or of the board. What the group
holds in a party is the sum of what its members hold there.
"""

from __future__ import annotations

from fractions import Fraction

from tests.reference.cascade import Passing, totals_of
from tests.reference.day import Day
from tests.reference.result import Result, reached_by
from tests.reference.world import Found

from clearance.model.interest import Measure
from clearance.model.rule import Operator, Test

MAJORITIES = tuple(
    Test(measure, Operator.OVER, Fraction(1, 2)) for measure in (Measure.VOTES, Measure.BOARD)
)


def majority_chain(day: Day, roots: Found, alone: bool) -> Result:
    """The group's holdings in everyone."""
    certain, possible = _group(day, roots, alone)
    totals = totals_of(day, certain, possible, alone, _passing(day, roots))
    reached = {name: reached_by(day.tests, totals, name) for name in day.names}
    surely = frozenset(name for name, (sure, _) in reached.items() if sure)
    may = frozenset(name for name, (_, may) in reached.items() if may)
    fixed = roots.possible | day.unknown | day.unowned()
    return Result(roots.certain | surely, roots.certain | surely | fixed | may, totals)


def _group(day: Day, roots: Found, alone: bool) -> tuple[frozenset[str], frozenset[str]]:
    certain = roots.certain
    possible = roots.certain | roots.possible | day.unknown | day.unowned()
    while True:
        totals = totals_of(day, certain, certain, alone, _passing(day, roots))
        more = {name for name in day.names if reached_by(MAJORITIES, totals, name)[0]}
        if more <= certain:
            break
        certain |= more
    possible |= certain
    while True:
        totals = totals_of(day, certain, possible, alone, _passing(day, roots))
        more = {name for name in day.names if reached_by(MAJORITIES, totals, name)[1]}
        if more <= possible:
            return certain, possible
        possible |= more


def _passing(day: Day, roots: Found) -> Passing:
    return Passing(MAJORITIES, roots.certain | roots.possible | day.unknown | day.unowned())
