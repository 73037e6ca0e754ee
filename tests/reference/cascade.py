"""Cascade: whoever is reached is restricted, and its whole holding counts onward.

``joins`` adds the ways of becoming a member that are not ownership (control findings).
"""

from __future__ import annotations

from collections.abc import Callable

from tests.reference.day import Day, Totals
from tests.reference.ends import ALL, NONE, End
from tests.reference.result import Result, nothing, reached_by
from tests.reference.total import Flow, at_least, at_most, indicator, without_unstated
from tests.reference.world import Found

Members = frozenset[str]
Joins = Callable[[str, Members, Members | None], bool]
"""Does a party join, given the members in must, or (second set) those in may?"""


def nobody_joins(name: str, certain: Members, possible: Members | None) -> bool:
    """Ownership alone."""
    return False


def cascade(day: Day, roots: Found, alone: bool, joins: Joins = nobody_joins) -> Result:
    """The least sets, must first, then may around it."""
    certain = roots.certain
    while True:
        totals = totals_of(day, certain, certain, alone)
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
        totals = totals_of(day, certain, possible, alone)
        more = {
            name
            for name in day.names
            if reached_by(day.tests, totals, name)[1] or joins(name, certain, possible)
        }
        if more <= possible:
            return Result(certain, possible, totals)
        possible |= more


def totals_of(day: Day, certain: Members, possible: Members, alone: bool) -> Totals:
    """How much of everyone the members hold, surely and possibly."""
    totals = nothing(day)
    for measure, blocks in day.blocks.items():
        for name in day.names:
            low = at_least(blocks[name], indicator(certain), alone)
            flow = _flow(day, certain, possible)
            high = at_most(blocks[name], indicator(possible), flow, low)
            totals[measure][name] = (low, high)
    return totals


def _flow(day: Day, certain: Members, possible: Members) -> Flow:
    """Is a component a member even if what ``holder`` leaves unstated were nothing?"""
    fixed = certain | day.unknown | day.unowned()
    weigh = indicator(possible)

    def plain(component: str, holder: str) -> End:
        return weigh(component)

    def flow(component: str, holder: str) -> End:
        if component not in possible or component in fixed:
            return ALL if component in fixed else NONE
        totals = nothing(day)
        for test in day.tests:
            blocks = without_unstated(day.blocks[test.measure][component], holder)
            high = at_most(blocks, weigh, plain, NONE)
            totals[test.measure][component] = (NONE, high)
        return ALL if reached_by(day.tests, totals, component)[1] else NONE

    return flow
