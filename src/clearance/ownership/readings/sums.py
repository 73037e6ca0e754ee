"""Running sums of one test while a cascade spreads: what reached holders have of each subject.

An end and its openness are one number, twice the units plus (minimum) or minus (maximum) one where
open: a test is then one comparison. Sums saturate far above the whole, so that nine million holders
of 100 % do not overflow.
"""

from __future__ import annotations

import numpy as np

from clearance.model.rule import Operator, Test
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.arrays.index import spread
from clearance.ownership.day.live import Holdings
from clearance.ownership.readings.reading import Question

TOP = 2 * WHOLE
"""100 %, closed, encoded."""

_AT_ONCE = 4_000_000


class Sums:
    """One test, its measure's holdings, and the sums so far."""

    def __init__(self, question: Question, index: int) -> None:
        self.test = question.tests[index]
        self.held: Holdings = question.live.measures[self.test.measure]
        self.rest = question.rest.get(self.test.measure)
        self.need_low, self.need_high = needs(self.test)
        size = len(question.certain)
        self.low_sum = np.zeros(size, dtype=np.int64)
        self.low_open = np.zeros(size, dtype=np.bool_)
        self.low_single = np.zeros(size, dtype=np.int64)
        self.high_sum = np.zeros(size, dtype=np.int64) if self.rest is None else self.rest.copy()
        self.high_open = np.zeros(size, dtype=np.bool_)
        self.touched: list[Int64] = []

    def add_low(self, front: Int64) -> Int64:
        """Add the minima of what ``front`` holds; the subjects."""
        slots, subjects = self._held(front)
        low, opened = self.held.low[slots], self.held.low_open[slots]
        single = self.held.attributed[slots]
        _add(self.low_sum, subjects[~single], low[~single])
        self.low_open[subjects[opened & ~single]] = True
        np.maximum.at(self.low_single, subjects[single], 2 * low[single] + opened[single])
        return subjects

    def add_high(self, front: Int64) -> Int64:
        """Add the maxima of what ``front`` holds; the subjects."""
        slots, subjects = self._held(front)
        _add(self.high_sum, subjects, self.held.high[slots])
        self.high_open[subjects[self.held.high_open[slots]]] = True
        self.touched.append(subjects)
        return subjects

    def _held(self, front: Int64) -> tuple[Int64, Int64]:
        """What ``front`` holds, empty slots left out: slots and their subjects."""
        slots = self.held.by_holder[spread(self.held.holder_start, front)]
        slots = slots[self.held.high[slots] > 0]
        return slots.astype(np.int64), self.held.subject[slots].astype(np.int64)

    def low(self, subjects: Int64) -> Int64:
        """Lower ends of plain subjects, encoded; what reaches the whole is closed."""
        units = self.low_sum[subjects]
        summed = np.where(units >= WHOLE, TOP, 2 * units + self.low_open[subjects])
        return np.maximum(summed, np.minimum(self.low_single[subjects], TOP))

    def high_by_sum(self, subjects: Int64) -> Int64:
        """Upper ends of plain subjects by the sum of maxima alone, encoded."""
        units = self.high_sum[subjects]
        return np.where(units > WHOLE, TOP, 2 * units - self.high_open[subjects])

    def high_by_rest(self, subjects: Int64, reached: Bool) -> Int64:
        """What the disjoint minima of holders outside ``reached`` leave, encoded."""
        starts = self.held.subject_start
        counts = starts[subjects + 1] - starts[subjects]
        slots = spread(starts, subjects)
        place = np.repeat(np.arange(len(subjects)), counts)
        kept = ~self.held.attributed[slots] & ~reached[self.held.holder[slots]]
        units = np.zeros(len(subjects), dtype=np.int64)
        np.add.at(units, place[kept], self.held.low[slots[kept]])
        opened = np.zeros(len(subjects), dtype=np.bool_)
        opened[place[kept & self.held.low_open[slots]]] = True
        return np.where(units > WHOLE, 0, 2 * (WHOLE - units) - opened)


def needs(test: Test) -> tuple[int, int]:
    """The least encoded lower and upper end that pass.

    >>> from fractions import Fraction
    >>> from clearance.model.interest import Measure
    >>> needs(Test(Measure.SHARES, Operator.OVER, Fraction(1, 2))) == (WHOLE + 1, WHOLE + 1)
    True
    """
    scaled = test.threshold * WHOLE
    if scaled.denominator != 1:
        above = scaled.numerator // scaled.denominator + 1
        return 2 * above, 2 * above - 1
    over = test.operator is Operator.OVER
    return 2 * scaled.numerator + over, 2 * scaled.numerator + over


def _add(sums: Int64, subjects: Int64, units: Int64) -> None:
    """Add to running sums, which saturate far above the whole."""
    for begin in range(0, len(subjects), _AT_ONCE):
        part = subjects[begin : begin + _AT_ONCE]
        np.add.at(sums, part, units[begin : begin + _AT_ONCE])
        sums[part] = np.minimum(sums[part], 4 * WHOLE)
