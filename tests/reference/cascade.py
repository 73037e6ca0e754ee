"""Cascade: whoever is reached is restricted, and its whole holding counts onward.

``joins`` adds the ways of becoming a member that are not ownership (control findings).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.reference.day import Day, Totals
from tests.reference.ends import ALL, NONE, End, may_pass
from tests.reference.result import Result, nothing, reached_by
from tests.reference.total import at_least, at_most, flow_through, in_full, indicator
from tests.reference.world import Found

from clearance.model.interest import Measure
from clearance.model.rule import Test

Members = frozenset[str]
Joins = Callable[[str, Members, Members | None], bool]
"""Does a party join, given the members in must, or (second set) those in may?"""


@dataclass(frozen=True, slots=True)
class Passing:
    """What makes a member by ownership alone, and who is one anyway."""

    tests: tuple[Test, ...]
    fixed: Members

    def onward(self, component: str, left: Callable[[Measure], End]) -> End:
        """A component counts whole if it is a member anyway, or if what is left of it passes."""
        passes = any(may_pass(left(test.measure), test) for test in self.tests)
        return ALL if component in self.fixed or passes else NONE


def nobody_joins(name: str, certain: Members, possible: Members | None) -> bool:
    """Ownership alone."""
    return False


def cascade(day: Day, roots: Found, alone: bool, joins: Joins = nobody_joins) -> Result:
    """The least sets, must first, then may around it."""
    certain = roots.certain
    passing = None
    if joins is nobody_joins:
        passing = Passing(day.tests, roots.certain | roots.possible | day.unknown | day.unowned())
    while True:
        totals = totals_of(day, certain, certain, alone, passing)
        more = {
            name
            for name in day.names
            if reached_by(day.tests, totals, name)[0] or joins(name, certain, None)
        }
        if more <= certain:
            break
        certain |= more
    possible = certain | roots.possible | day.unknown | day.unowned()
    while True:
        totals = totals_of(day, certain, possible, alone, passing)
        more = {
            name
            for name in day.names
            if reached_by(day.tests, totals, name)[1] or joins(name, certain, possible)
        }
        if more <= possible:
            return Result(certain, possible, totals)
        possible |= more


def totals_of(
    day: Day, certain: Members, possible: Members, alone: bool, passing: Passing | None = None
) -> Totals:
    """How much of everyone the members hold, surely and possibly.

    Without ``passing``, components that are members count whole, whoever makes them members.
    """
    totals = nothing(day)
    for measure, held in day.held.items():
        flow = in_full(indicator(possible))
        if passing:
            flow = flow_through(day.held, indicator(possible), passing.onward)
        for name in day.names:
            low = at_least(held[name], indicator(certain), alone)
            high = at_most(held[name], indicator(possible), flow, low)
            totals[measure][name] = (low, high)
    return totals
