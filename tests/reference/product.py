"""Product: shares multiply along a chain and add over chains, loops solved exactly.

Each tested measure is multiplied alone. Hybrid changes how a party's own total weighs onward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.reference.day import Day, Totals
from tests.reference.ends import ALL, End
from tests.reference.linear import least_solution
from tests.reference.result import Result, nothing, reached_by
from tests.reference.total import at_least, at_most, flow_through, of_numbers
from tests.reference.world import Found

from clearance.model.interest import Measure

Weights = dict[str, End]
Onward = Callable[[str, End, Mapping[str, End], bool], End]
"""What a party weighs onward, given its total, everyone's weight, and whether in may."""


def as_it_is(name: str, total: End, weights: Mapping[str, End], may: bool) -> End:
    """A party weighs what is restricted of it."""
    return total


@dataclass(frozen=True, slots=True)
class Steps:
    """What a party weighs onward in may: by its total, and as a component by what is left of it."""

    onward: Onward
    left: Onward


AS_IT_IS = Steps(as_it_is, as_it_is)


def product(day: Day, roots: Found, alone: bool) -> Result:
    """The solved share of everyone, both ends, in every tested measure."""
    totals = nothing(day)
    for measure in day.tested:
        low = lower_weights(day, measure, roots, alone, as_it_is)
        high = upper_weights(day, measure, roots, low, alone, AS_IT_IS)
        totals[measure] = totals_with(day, measure, roots, low, high, alone, AS_IT_IS)
    return judged(day, roots, totals)


def judged(day: Day, roots: Found, totals: Totals) -> Result:
    """Whose solved share passes."""
    certain, possible = set(roots.certain), set(roots.possible) | day.unknown | day.unowned()
    for name in day.names:
        surely, may = reached_by(day.tests, totals, name)
        certain |= {name} if surely else set()
        possible |= {name} if may else set()
    return Result(frozenset(certain), frozenset(possible | certain), totals)


def lower_weights(day: Day, measure: Measure, roots: Found, alone: bool, onward: Onward) -> Weights:
    """How restricted everyone is at least."""
    held = day.held[measure]

    def equations(weights: Mapping[str, End]) -> Weights:
        found = {}
        for name in day.names:
            total = at_least(held[name], of_numbers(weights), alone)
            found[name] = ALL if name in roots.certain else onward(name, total, weights, False)
        return found

    return least_solution(day.names, equations)


def upper_weights(
    day: Day, measure: Measure, roots: Found, low: Weights, alone: bool, steps: Steps
) -> Weights:
    """How restricted everyone is at most; never below ``low``."""
    fixed = _fixed(day, roots)
    extra = tuple(sorted(day.unknown - set(day.names)))

    def equations(weights: Mapping[str, End]) -> Weights:
        found: Weights = dict.fromkeys(extra, ALL)
        for name in day.names:
            found[name] = ALL
            if name not in fixed:
                total = _most(day, measure, name, low, weights, fixed, alone, steps)
                found[name] = steps.onward(name, total, weights, True)
        return found

    return least_solution(day.names + extra, equations)


def totals_with(
    day: Day,
    measure: Measure,
    roots: Found,
    low: Weights,
    high: Weights,
    alone: bool,
    steps: Steps,
) -> dict[str, tuple[End, End]]:
    """Everyone's total, given everyone's weights."""
    fixed = _fixed(day, roots)
    found = {}
    for name in day.names:
        least = at_least(day.held[measure][name], of_numbers(low), alone)
        most = _most(day, measure, name, low, high, fixed, alone, steps)
        found[name] = (least.bare, most.bare)
    return found


def _fixed(day: Day, roots: Found) -> frozenset[str]:
    return roots.possible | roots.certain | day.unknown | day.unowned()


def _most(
    day: Day,
    measure: Measure,
    name: str,
    low: Weights,
    weights: Mapping[str, End],
    fixed: frozenset[str],
    alone: bool,
    steps: Steps,
) -> End:
    held, weigh = day.held[measure], of_numbers(weights)

    def weighed(component: str, left: Callable[[Measure], End]) -> End:
        return ALL if component in fixed else steps.left(component, left(measure), weights, True)

    flow = flow_through(day.held, weigh, weighed)
    return at_most(held[name], weigh, flow, at_least(held[name], of_numbers(low), alone))
