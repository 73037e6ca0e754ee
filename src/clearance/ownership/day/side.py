"""One end of many totals, in units."""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Float, Int64


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
