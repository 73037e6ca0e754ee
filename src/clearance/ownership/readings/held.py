"""What is held in a run of nodes: slots side by side, cut where the next node begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.ownership.arrays.graph import Bool, Float, Int32, Int64
from clearance.ownership.readings.flow import Block

_OUTWARD = 1 + 1e-9


@dataclass(frozen=True, slots=True)
class Held:
    """The slots in a run of nodes.

    **Shape**: ``node`` are the nodes that have any, ``start`` where each one's slots begin.
    ``apart`` marks disjoint slots, ``None`` where all are; open ends are ``None`` where none is.
    """

    node: Int64
    start: Int64
    low: Int64
    high: Int64
    low_open: Bool | None
    high_open: Bool | None
    apart: Bool | None
    holder: Int32

    def add(self, values: Int64) -> Int64:
        """Sums a node."""
        out: Int64 = np.add.reduceat(values, self.start)
        return out

    def drift(self, values: Float | None) -> Float:
        """Sums of slack a node, rounded outward."""
        if values is None:
            return np.zeros(len(self.start))
        out: Float = np.add.reduceat(values, self.start) * _OUTWARD
        return out

    def any(self, values: Bool | None) -> Bool:
        """Is any true, a node? ``None`` is true nowhere."""
        if values is None or not values.any():
            return np.zeros(len(self.start), dtype=np.bool_)
        out: Bool = np.logical_or.reduceat(values, self.start)
        return out

    def spread(self, values: Int64) -> Int64:
        """A value a node, repeated for each of its slots."""
        out: Int64 = np.repeat(values, np.diff(self.start, append=len(self.low)))
        return out


def held_in(block: Block, span: slice) -> Held | None:
    """What is held in these nodes; ``None`` if nothing is."""
    cuts = block.first[span.start : span.stop + 1]
    filled = np.flatnonzero(cuts[1:] > cuts[:-1])
    if not len(filled):
        return None
    places = slice(int(cuts[0]), int(cuts[-1]))
    slot, held = block.slot[places], block.holdings
    return Held(
        filled + span.start,
        cuts[:-1][filled] - cuts[0],
        held.low[slot],
        held.high[slot],
        held.low_open[slot] if block.opens else None,
        held.high_open[slot] if block.opens else None,
        ~held.attributed[slot] if block.attributes else None,
        block.holder[places],
    )
