"""How restricted the holders of many slots are, and what that makes of their shares.

Most holders are free or restricted altogether; products are taken only of what lies between.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Float, Int32, Int64
from clearance.ownership.arrays.units import share_of, slack_of
from clearance.ownership.day.side import Side


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the holders of slots.

    **Shape**: ``whole`` marks those of 100 %, ``between`` lists those neither 0 nor 100 %, with
    their ``some`` units and ``slack`` (``None``: all exact); ``open`` is ``None`` if no end is.
    """

    units: Int64
    whole: Bool
    between: Int64
    some: Int64
    slack: Float | None
    open: Bool | None

    def times(self, share: Int64) -> tuple[Int64, Float | None]:
        """Shares of the weights, and how far each may be off (``None``: not at all)."""
        part = share * self.whole
        if not len(self.between):
            return part, None
        of = share[self.between]
        part[self.between], rounded = share_of(of, self.some)
        if self.slack is None and not rounded.any():
            return part, None
        slack = np.zeros(len(share))
        carried = np.zeros(len(of)) if self.slack is None else self.slack
        slack[self.between] = slack_of(of, carried, rounded)
        return part, slack

    def opens(self, share: Int64, share_open: Bool | None) -> Bool | None:
        """Where a share of a weight is an open end."""
        found = None if share_open is None else share_open & (self.units > 0)
        if self.open is None:
            return found
        by_weight: Bool = self.open & (share > 0)
        return by_weight if share_open is None else by_weight | (share_open & self._counts())

    def leaves_open(self, share: Int64, share_open: Bool | None) -> Bool | None:
        """Where what holders who may not be restricted keep is an open end."""
        kept: Bool = self.units < WHOLE
        if self.open is None:
            return None if share_open is None else share_open & kept
        by_weight: Bool = self.open & (share > 0)
        return by_weight if share_open is None else by_weight | (share_open & (kept | self.open))

    def _counts(self) -> Bool:
        counts: Bool = self.units > 0
        return counts if self.open is None else counts | self.open


def weights_of(side: Side, holder: Int32) -> Weights:
    """The weights of these holders."""
    units = side.units[holder]
    whole = units == WHOLE
    between = np.flatnonzero((units > 0) & ~whole)
    slack = side.slack[holder[between]]
    return Weights(
        units,
        whole,
        between,
        units[between],
        slack if slack.any() else None,
        side.open[holder] if side.open.any() else None,
    )
