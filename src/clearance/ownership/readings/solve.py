"""Solve a flow: levels at once, exceptions and cycle groups one by one, then put it to the tests.

1. Levels in order; in each, plain nodes are summed together, the others settled exactly.
2. A step that rounding leaves undecided is decided exactly before anything rests on it.
3. So is every verdict: none hinges on a rounding.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.rule import Test
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.day.side import Side
from clearance.ownership.day.total import certain, possible
from clearance.ownership.readings.cycle import settle_group
from clearance.ownership.readings.descend import BOTH, MAY
from clearance.ownership.readings.exact import Exact
from clearance.ownership.readings.flow import Flow, Level
from clearance.ownership.readings.step import Step, decide
from clearance.ownership.readings.sweep import Sides, add_up, link_up


@dataclass(frozen=True, slots=True)
class Solved:
    """A flow with its totals, and what decides near a threshold."""

    flow: Flow
    exact: Exact

    def passes(self, test: Test, block: int, upper: bool) -> Bool:
        """Which nodes pass on this end; what the starts fix passes."""
        sides = self.exact.totals[block]
        side = sides.high if upper else sides.low
        passed, unsure = decide(side, slice(0, self.flow.size), test, upper)
        for node in np.flatnonzero(unsure).tolist():
            found = self.exact.total(node, block)
            passed[node] = possible(found.high, test) if upper else certain(found.low, test)
        out: Bool = passed | (self.flow.fixed >= (MAY if upper else BOTH))
        return out


def solve(flow: Flow, step: Step, rests: tuple[Int64 | None, ...]) -> Solved:
    """The least solution of a reading's equations on both ends.

    **Cost**: linear in the flow, a few dozen array operations a level.
    """
    totals = tuple(Sides.zero(flow.size) for _ in flow.blocks)
    weights = totals[0] if step.plain else Sides.zero(flow.size)
    for sides in (*totals, weights):
        sides.fix(flow)
    exact = Exact(flow, step, totals, weights, rests)
    for level in flow.levels:
        _at_once(exact, level)
        if level.plain < level.last:
            _one_by_one(exact, level)
    return Solved(flow, exact)


def _at_once(exact: Exact, level: Level) -> None:
    flow, first, last = exact.flow, level.first, level.plain
    if first == last:
        return
    span = slice(first, last)
    for block, (sides, rest) in enumerate(zip(exact.totals, exact.rests, strict=True)):
        if exact.step.linked and block:
            link_up(flow, block, span, exact.weights, sides)
        else:
            add_up(flow, block, span, exact.weights, sides, rest)
    fixed = flow.fixed[first:last]
    everywhere = (*exact.totals, exact.weights)
    if not exact.step.plain:
        _weigh(exact, span)
    if fixed.any():
        for sides in everywhere:
            sides.low.fix(np.flatnonzero(fixed == BOTH) + first)
            sides.high.fix(np.flatnonzero(fixed >= MAY) + first)


def _weigh(exact: Exact, span: slice) -> None:
    """Weights of a run of nodes from their totals, by a step that is not plain."""
    step = exact.step
    fired = np.zeros(span.stop - span.start, dtype=np.bool_)
    for upper in (False, True):
        for block, test in step.tests:
            fired |= _fired(exact, block, test, span, upper)
        sources = exact.totals[: (1 + step.linked) * step.keep]
        into = exact.weights.high if upper else exact.weights.low
        _fill(into, [each.high if upper else each.low for each in sources], span, fired)


def _fired(exact: Exact, block: int, test: Test, span: slice, upper: bool) -> Bool:
    sides = exact.totals[block]
    passed, unsure = decide(sides.high if upper else sides.low, span, test, upper)
    for place in np.flatnonzero(unsure).tolist():
        found = exact.total(span.start + place, block)
        passed[place] = possible(found.high, test) if upper else certain(found.low, test)
    return passed


def _fill(into: Side, sources: list[Side], span: slice, fired: Bool) -> None:
    """Whole where a test fired, else the largest of the sources, else nothing."""
    into.put(span, np.where(fired, WHOLE, 0), np.zeros(len(fired)), np.zeros_like(fired))
    here = np.flatnonzero(~fired) + span.start
    for side in sources:
        units, slack = side.units[here], np.maximum(side.slack[here], into.slack[here])
        tied = side.open[here] | (into.open[here] & (into.units[here] == units))
        larger = units >= into.units[here]
        into.put(
            here,
            np.maximum(units, into.units[here]),
            slack,
            np.where(larger, tied, into.open[here]),
        )


def _one_by_one(exact: Exact, level: Level) -> None:
    flow = exact.flow
    groups: dict[tuple[int, int], list[int]] = {}
    for node in range(level.plain, level.last):
        if flow.group[node] < 0:
            exact.settle(node)
        else:
            key = (int(flow.root[node]), int(flow.group[node]))
            groups.setdefault(key, []).append(node)
    for found in groups.values():
        settle_group(exact, tuple(found))
