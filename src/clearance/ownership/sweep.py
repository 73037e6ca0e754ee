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
from clearance.ownership.flow import BOTH, MAY, Block, Flow
from clearance.ownership.graph import Bool, Float, Int64
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


@dataclass(frozen=True, slots=True)
class _Held:
    """The slots in a run of nodes, cut at ``start``; ``node`` are those that have any."""

    node: Int64
    start: Int64
    low: Int64
    high: Int64
    low_open: Bool
    high_open: Bool
    attributed: Bool
    holder: Int64

    def add(self, values: Int64) -> Int64:
        """Sums a node."""
        out: Int64 = np.add.reduceat(values, self.start)
        return out

    def drift(self, values: Float) -> Float:
        """Sums of slack a node, rounded outward."""
        out: Float = np.add.reduceat(values, self.start) * (1 + 1e-9)
        return out

    def any(self, values: Bool) -> Bool:
        """Is any true, a node?"""
        out: Bool = np.logical_or.reduceat(values, self.start)
        return out


def _held(block: Block, first: int, last: int) -> _Held | None:
    cuts = block.first[first : last + 1]
    filled = np.flatnonzero(cuts[1:] > cuts[:-1])
    if not len(filled):
        return None
    span = slice(int(cuts[0]), int(cuts[-1]))
    slot, held = block.slot[span], block.holdings
    return _Held(
        filled + first,
        cuts[:-1][filled] - cuts[0],
        held.low[slot],
        held.high[slot],
        held.low_open[slot],
        held.high_open[slot],
        held.attributed[slot],
        block.holder[span].astype(np.int64),
    )


def add_up(
    flow: Flow, block: int, span: slice, weight: Sides, out: Sides, rest: Int64 | None = None
) -> None:
    """Write the totals of a run of nodes in one block from the weights of their holders."""
    held = _held(flow.blocks[block], span.start, span.stop)
    if held is not None:
        _lower(held, weight.low, out.low)
    if rest is not None:
        out.high.units[span] = np.minimum(rest[flow.party[span]], WHOLE)
    if held is not None:
        _upper(held, weight.high, out)


def link_up(flow: Flow, block: int, span: slice, weight: Sides, out: Sides) -> None:
    """Write the largest weight of those who control a run of nodes, surely and possibly."""
    held = _held(flow.blocks[block], span.start, span.stop)
    if held is None:
        return
    _lower(held, weight.low, out.low)
    units, is_open = weight.high.units[held.holder], weight.high.open[held.holder]
    largest = np.maximum.reduceat(units, held.start)
    tied = units == np.repeat(largest, np.diff(held.start, append=len(units)))
    slack = held.drift(weight.high.slack[held.holder])
    out.high.put(held.node, largest, slack, ~held.any(tied & ~is_open))


def _lower(held: _Held, weight: Side, out: Side) -> None:
    owner = weight.units[held.holder]
    part, rounded = share_of(held.low, owner)
    slack = slack_of(held.low, weight.slack[held.holder], rounded)
    owner_open = weight.open[held.holder]
    is_open = (held.low_open & ((owner > 0) | owner_open)) | (owner_open & (held.low > 0))
    if not held.attributed.any():
        total, drift, ends_open = held.add(part), held.drift(slack), held.any(is_open)
    else:
        apart = ~held.attributed
        total = held.add(part * apart)
        largest = np.maximum.reduceat(part * held.attributed, held.start)
        per_slot = np.repeat(largest, np.diff(held.start, append=len(part)))
        sum_open = held.any(is_open & apart) & (total >= largest)
        at_largest = held.attributed & is_open & (part == per_slot)
        ends_open = sum_open | (held.any(at_largest) & (largest >= total))
        total, drift = np.maximum(total, largest), held.drift(slack)
    capped = total > WHOLE
    out.put(held.node, np.minimum(total, WHOLE), drift, ends_open & ~capped)


def _upper(held: _Held, weight: Side, out: Sides) -> None:
    owner, owner_open = weight.units[held.holder], weight.open[held.holder]
    part, rounded = share_of(held.high, owner)
    slack = weight.slack[held.holder]
    total = held.add(part) + out.high.units[held.node]
    drift = held.drift(slack_of(held.high, slack, rounded))
    total_open = held.any(
        (held.high_open & ((owner > 0) | owner_open)) | (owner_open & (held.high > 0))
    )
    apart = np.where(held.attributed, 0, held.low)
    free, free_rounded = share_of(apart, WHOLE - owner)
    left = WHOLE - held.add(free)
    left_drift = held.drift(slack_of(apart, slack, free_rounded))
    left_open = held.any(
        (owner < WHOLE) & ((held.low_open & ~held.attributed) | (owner_open & (apart > 0)))
    )
    least = np.minimum(np.minimum(total, left), WHOLE)
    ends_open = (total_open & (total == least)) | (left_open & (left == least))
    low = out.low.units[held.node]
    drift = np.maximum(np.maximum(drift, left_drift), out.low.slack[held.node])
    raised = least < low
    out.high.put(held.node, np.maximum(least, low), drift, ends_open & ~raised)
