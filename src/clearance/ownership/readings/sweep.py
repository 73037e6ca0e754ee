"""Totals of many parties at once: the two formulas, level by level, on units with slack.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum; where it
   reaches 100 %, that, closed.
2. Upper end: the least of 100 %, the sum of all maxima, and what the disjoint minima of holders
   that may not be restricted leave; never below the lower end.
3. What a total counts for onward is its *weight*; the step of a reading makes it (``Step``).
4. Parties with exceptions and cycle groups are not summed here: ``exact`` settles them.

**Source**: docs/guides/ownership.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.day.side import Side
from clearance.ownership.readings.descend import BOTH, MAY
from clearance.ownership.readings.flow import Flow
from clearance.ownership.readings.held import Held, held_in
from clearance.ownership.readings.weights import weights_of


@dataclass(frozen=True, slots=True)
class Sides:
    """Both ends of many totals or weights."""

    low: Side
    high: Side

    @classmethod
    def zero(cls, count: int) -> Sides:
        """All 0, for ``count`` nodes and the free holder."""
        return cls(_zero(count + 1), _zero(count + 1))

    def fix(self, flow: Flow) -> None:
        """Set what the starts fix."""
        self.low.fix(np.flatnonzero(flow.fixed == BOTH))
        self.high.fix(np.flatnonzero(flow.fixed >= MAY))


def _zero(count: int) -> Side:
    return Side(np.zeros(count, np.int64), np.zeros(count), np.zeros(count, np.bool_))


def add_up(
    flow: Flow, block: int, span: slice, weight: Sides, out: Sides, rest: Int64 | None = None
) -> None:
    """Write the totals of a run of nodes in one block from the weights of their holders."""
    held = held_in(flow.blocks[block], span)
    if rest is not None:
        out.high.units[span] = np.minimum(rest[flow.party[span]], WHOLE)
    if held is not None:
        _lower(held, weight.low, out.low)
        _upper(held, weight.high, out)


def link_up(flow: Flow, block: int, span: slice, weight: Sides, out: Sides) -> None:
    """Write the largest weight of those who control a run of nodes, surely and possibly."""
    held = held_in(flow.blocks[block], span)
    if held is None:
        return
    _lower(held, weight.low, out.low)
    units, is_open = weight.high.units[held.holder], weight.high.open[held.holder]
    largest = np.maximum.reduceat(units, held.start)
    tied = units == held.spread(largest)
    slack = held.drift(weight.high.slack[held.holder])
    out.high.put(held.node, largest, slack, ~held.any(tied & ~is_open))


def _lower(held: Held, weight: Side, out: Side) -> None:
    owner = weights_of(weight, held.holder)
    part, slack = owner.times(held.low)
    is_open = owner.opens(held.low, held.low_open)
    ends_open: Bool
    if held.apart is None:
        total, ends_open = held.add(part), held.any(is_open)
    else:
        total = held.add(part * held.apart)
        largest = np.maximum.reduceat(part * ~held.apart, held.start)
        ends_open = held.any(_both(is_open, held.apart)) & (total >= largest)
        at_largest = ~held.apart & (part == held.spread(largest))
        ends_open |= held.any(_both(is_open, at_largest)) & (largest >= total)
        total = np.maximum(total, largest)
    ends_open &= total < WHOLE
    out.put(held.node, np.minimum(total, WHOLE), held.drift(slack), ends_open)


def _upper(held: Held, weight: Side, out: Sides) -> None:
    owner = weights_of(weight, held.holder)
    part, slack = owner.times(held.high)
    total = held.add(part) + out.high.units[held.node]
    total_open = held.any(owner.opens(held.high, held.high_open))
    apart = held.low if held.apart is None else held.low * held.apart
    taken, taken_slack = owner.times(apart)
    left = WHOLE - held.add(apart - taken)
    left_open = held.any(owner.leaves_open(apart, _both(held.low_open, held.apart)))
    least = np.minimum(np.minimum(total, left), WHOLE)
    ends_open = (total_open & (total == least)) | (left_open & (left == least))
    low = out.low.units[held.node]
    drift = np.maximum(held.drift(slack), held.drift(taken_slack))
    drift = np.maximum(drift, out.low.slack[held.node])
    out.high.put(held.node, np.maximum(least, low), drift, ends_open & (least >= low))


def _both(one: Bool | None, other: Bool | None) -> Bool | None:
    """Where both hold; ``None`` holds nowhere as the first, everywhere as the second."""
    return one if one is None or other is None else one & other
