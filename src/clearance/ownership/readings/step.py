"""What a total counts for onward: the one point in which the readings differ.

| reading | a party whose total passes | any other |
|---|---|---|
| product | – | its total |
| hybrid | (over one half) whole | its total, or its controllers' weight if larger |
| cascade | (the rule's tests) whole | nothing |
| majority chain | (a majority of votes or of the board) whole | nothing |
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from clearance.model.rule import Operator, Test
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool
from clearance.ownership.day.side import Side
from clearance.ownership.day.total import ALL, NOTHING, End, Total, certain, possible


@dataclass(frozen=True, slots=True)
class Step:
    """The step of a reading.

    **Shape**: ``tests`` with the block (measure) each is put to; passing any makes the weight
    whole. ``keep``: else the total of the first block counts, not nothing. ``linked``: a second
    block holds control links, and a party counts at least for what its controllers do.
    """

    keep: bool = True
    tests: tuple[tuple[int, Test], ...] = ()
    linked: bool = False

    @property
    def plain(self) -> bool:
        """Does every total count as it is?"""
        return self.keep and not self.tests and not self.linked

    def fires(self, totals: tuple[Total, ...], upper: bool) -> bool:
        """Do these totals, one a block, pass? What is sure is possible."""
        return any(
            certain(totals[block].low, test) or (upper and possible(totals[block].high, test))
            for block, test in self.tests
        )

    def weigh(self, totals: tuple[Total, ...], upper: bool) -> End:
        """What totals count for onward, exactly."""
        if self.fires(totals, upper):
            return ALL
        return self.number(totals, upper) if self.keep else NOTHING

    def number(self, totals: tuple[Total, ...], upper: bool) -> End:
        """What totals count for where no test passes and the step keeps them."""
        ends = [each.high if upper else each.low for each in totals[: 1 + self.linked]]
        return largest(ends, upper)


def largest(ends: list[End], upper: bool) -> End:
    """The largest of several: tied, open if any lower end is, or if all upper ends are."""
    value = max(end.value for end in ends)
    tied = [end.open for end in ends if end.value == value]
    return End(value, all(tied) if upper else any(tied))


def decide(side: Side, at: slice, test: Test, upper: bool) -> tuple[Bool, Bool]:
    """Which totals surely pass, and for which rounding leaves that open.

    **Shape**: totals are lower ends in *must*, upper ends in *may*. The second array is false
    wherever slack is 0.
    """
    units, slack, is_open = side.units[at], side.slack[at], side.open[at]
    limit = test.threshold * WHOLE
    below, above = int(limit.__floor__()), int(limit.__ceil__())
    passes = units > below
    if below == above:
        at_limit = units == below
        if upper and test.operator is Operator.AT_LEAST:
            passes |= at_limit & ~is_open
        elif not upper:
            passes |= at_limit if test.operator is Operator.AT_LEAST else at_limit & is_open
    unsure = (slack > 0) & (units - slack <= above) & (units + slack >= below)
    return passes & ~unsure, unsure


HALF = Fraction(1, 2)
