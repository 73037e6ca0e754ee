"""Totals of many parties at once: the two formulas, level by level, on units with slack.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum.
2. Upper end: the least of 100 %, the sum of all maxima, and what the disjoint minima of holders
   that may not be restricted leave; never below the lower end.
3. What a total counts for onward is its *weight*; the step of a reading makes it (``Step``).
4. Parties with exceptions and cycle groups are not summed here: ``exact`` settles them.

**Source**: domain text sections 3 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.share import WHOLE
from clearance.ownership.descend import BOTH, MAY
from clearance.ownership.flow import Flow
from clearance.ownership.graph import Bool, Float, Int32, Int64
from clearance.ownership.held import Held, held_in
from clearance.ownership.units import share_of, slack_of


@dataclass(frozen=True, slots=True)
class Side:
    """One end of many totals: units, how far they may be off, and whether the end is open.

    **Shape**: a value a node and one more, 0 for ever, for a holder that is free.
    """

    units: Int64
    slack: Float
    open: Bool

    def put(self, at: slice | Int64, units: Int64, slack: Float, is_open: Bool) -> None:
        """Write some of the values."""
        self.units[at], self.slack[at], self.open[at] = units, slack, is_open

    def fix(self, at: Int64) -> None:
        """These are 100 %, closed and exact."""
        self.units[at], self.slack[at], self.open[at] = WHOLE, 0, False


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
    part, slack = _parts(held.low, weight, held.holder)
    owner_open = weight.open[held.holder]
    counts = (weight.units[held.holder] > 0) | owner_open
    is_open = (held.low_open & counts) | (owner_open & (held.low > 0))
    drift = held.drift(slack)
    if held.apart is None:
        total, ends_open = held.add(part), held.any(is_open)
    else:
        total = held.add(part * held.apart)
        largest = np.maximum.reduceat(part * ~held.apart, held.start)
        at_largest = ~held.apart & is_open & (part == held.spread(largest))
        ends_open = (held.any(is_open & held.apart) & (total >= largest)) | (
            held.any(at_largest) & (largest >= total)
        )
        total = np.maximum(total, largest)
    out.put(held.node, np.minimum(total, WHOLE), drift, ends_open & (total <= WHOLE))


def _upper(held: Held, weight: Side, out: Sides) -> None:
    owner, owner_open = weight.units[held.holder], weight.open[held.holder]
    part, slack = _parts(held.high, weight, held.holder)
    total = held.add(part) + out.high.units[held.node]
    counts = (owner > 0) | owner_open
    total_open = held.any((held.high_open & counts) | (owner_open & (held.high > 0)))
    apart = held.low if held.apart is None else held.low * held.apart
    taken, taken_slack = _parts(apart, weight, held.holder)
    left = WHOLE - held.add(apart - taken)
    low_open = held.low_open if held.apart is None else held.low_open & held.apart
    left_open = held.any((owner < WHOLE) & (low_open | (owner_open & (apart > 0))))
    least = np.minimum(np.minimum(total, left), WHOLE)
    ends_open = (total_open & (total == least)) | (left_open & (left == least))
    low = out.low.units[held.node]
    drift = np.maximum(held.drift(slack), held.drift(taken_slack))
    drift = np.maximum(drift, out.low.slack[held.node])
    out.high.put(held.node, np.maximum(least, low), drift, ends_open & (least >= low))


def _parts(share: Int64, weight: Side, holder: Int32) -> tuple[Int64, Float | None]:
    """Shares of the holders' weights, and how far each may be off (``None``: not at all)."""
    units = weight.units[holder]
    part = np.where(units == WHOLE, share, 0)
    between = np.flatnonzero((units > 0) & (units < WHOLE))
    if not len(between):
        return part, None
    some = share[between]
    part[between], rounded = share_of(some, units[between])
    slack = slack_of(some, weight.slack[holder[between]], rounded)
    if not slack.any():
        return part, None
    everywhere = np.zeros(len(share))
    everywhere[between] = slack
    return part, everywhere
