"""Hybrid: a majority above the last link, or actual control, counts whole; the last link does not.

1. A party whose total is above 50 % weighs 1 onward.
2. A party in which another has actual control weighs at least what that other weighs.
3. Majorities are added until there are no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tests.reference.day import Day
from tests.reference.ends import ALL, End, larger_lower, larger_upper, may_pass, surely_passes
from tests.reference.product import Onward, Steps, judged, lower_weights, totals_with, upper_weights
from tests.reference.result import Result, nothing
from tests.reference.world import Found

from clearance.model.interest import Measure
from clearance.model.rule import Operator, Test


def hybrid(day: Day, roots: Found, alone: bool) -> Result:
    """The share of everyone, both ends, in every tested measure."""
    totals = nothing(day)
    for measure in day.tested:
        totals[measure] = _solved(day, measure, roots, alone)
    return judged(day, roots, totals)


def _solved(day: Day, measure: Measure, roots: Found, alone: bool) -> dict[str, tuple[End, End]]:
    majority = Test(measure, Operator.OVER, Fraction(1, 2))
    surely, may = frozenset[str](), frozenset[str]()
    while True:
        onward = _onward(day, surely, may)
        low = lower_weights(day, measure, roots, alone, onward)
        steps = Steps(onward, _left(day, majority))
        high = upper_weights(day, measure, roots, low, alone, steps)
        totals = totals_with(day, measure, roots, low, high, alone, steps)
        more = frozenset(n for n in day.names if surely_passes(totals[n][0], majority))
        wider = more | frozenset(n for n in day.names if may_pass(totals[n][1], majority))
        if more <= surely and wider <= may:
            return totals
        surely, may = surely | more, (may | wider) if more <= surely else frozenset()


def _left(day: Day, majority: Test) -> Onward:
    without = _onward(day, frozenset(), frozenset())

    def left(name: str, total: End, weights: Mapping[str, End], in_may: bool) -> End:
        return ALL if may_pass(total, majority) else without(name, total, weights, in_may)

    return left


def _onward(day: Day, surely: frozenset[str], may: frozenset[str]) -> Onward:
    whole = day.world.rule.control.whole_in_hybrid

    def onward(name: str, total: End, weights: Mapping[str, End], in_may: bool) -> End:
        if name in (surely | may if in_may else surely):
            return ALL
        by = [holder for holder, subject, _ in day.control if subject == name and in_may]
        by += [holder for holder, subject, sure in day.control if subject == name and sure]
        if not by or not whole:
            return total
        weighed = [total, *(weights[holder] for holder in sorted(set(by)))]
        return larger_upper(weighed) if in_may else larger_lower(weighed)

    return onward
