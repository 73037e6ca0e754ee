"""Who could be reached if every undeclared rest were held by somebody restricted, multiplied.

1. One pass from above, level by level, on upper ends: maxima times how restricted each holder could
   be, and the undeclared rest, capped by what disjoint unrestricted holders surely keep.
2. Members of a cycle group start at 100 % and are lowered together a fixed number of times.
3. Where every holder counts whole or not at all, sums are whole units and compared exactly.
4. Other numbers are rounded and every shortcut errs towards "could": such a party within 10⁻⁹ of
   the threshold could pass. Nothing but a question to a reviewer rests on it.

Not here: the cascade and per-party readings, which the readings answer themselves with ``rest``.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from clearance.model.rule import Operator, Test
from clearance.model.share import WHOLE, units_above, units_below
from clearance.ownership.arrays.graph import Bool, Float, Graph, Int64
from clearance.ownership.arrays.index import order_by, spread
from clearance.ownership.day.live import Holdings
from clearance.ownership.day.total import NOTHING, End, Restriction, total
from clearance.ownership.readings.reading import Question

_ROUNDS = 64
_MARGIN = 1e-9


def could_multiply(question: Question) -> Bool:
    """Which parties could pass a test under the product, pooled.

    **Cost**: a pass over the holdings, a dozen array operations a level.
    """
    found = question.possible.copy()
    for test in question.tests:
        rest = question.rest[test.measure]
        most = _Most(question, question.live.measures[test.measure], rest)
        found |= _passes(most.settled(), most.sharp, test)
    return found


def _passes(most: Float, sharp: Bool, test: Test) -> Bool:
    units = np.rint(most * WHOLE).astype(np.int64)
    at_least = test.operator is Operator.AT_LEAST
    bar = units_above(test.threshold) if at_least else units_below(test.threshold) + 1
    nearly = most >= float(test.threshold) - _MARGIN
    return np.where(sharp, units >= bar, nearly)


class _Most:
    """How restricted each party could be at most, found from above."""

    def __init__(self, question: Question, held: Holdings, rest: Int64) -> None:
        self.fixed = question.possible
        self.held, self.rest = held, rest
        self.graph: Graph = question.live.graph
        self.most = np.ones(self.graph.size, dtype=np.float64)
        self.sharp = np.zeros(self.graph.size, dtype=np.bool_)
        self.restriction = Restriction(
            low=lambda party: NOTHING,
            high=lambda party: End(Fraction(float(self.most[party]))),
            rest=lambda held, party: int(rest[party]),
        )

    def settled(self) -> Float:
        """Every level once, cycle groups until they hardly fall."""
        level = self.graph.level
        order = order_by(level, int(level.max(initial=0)) + 1)
        ends = np.cumsum(np.bincount(level)) if len(level) else np.zeros(0, np.int64)
        for parties in np.split(order, ends[:-1]):
            self._lower(parties.astype(np.int64))
            inside = parties[self.graph.cycle[parties] >= 0].astype(np.int64)
            for _ in range(_ROUNDS if len(inside) else 0):
                before = self.most[inside]
                self._lower(inside)
                if (before - self.most[inside]).max() < _MARGIN:
                    break
        return self.most

    def _lower(self, parties: Int64) -> None:
        """Put the equations to these parties once."""
        free = parties[~self.fixed[parties]]
        plain = free[~self.held.special[free]]
        self.most[plain] = self._plain(plain)
        for party in free[self.held.special[free]].tolist():
            self.most[party] = float(total(self.held, party, self.restriction).high.value)

    def _plain(self, parties: Int64) -> Float:
        starts = self.held.subject_start
        counts = starts[parties + 1] - starts[parties]
        slots = spread(starts, parties)
        place = np.repeat(np.arange(len(parties)), counts)
        weight = self.most[self.held.holder[slots]]
        kept = np.where(self.held.attributed[slots], 0, self.held.low[slots]) * (1 - weight)
        size = len(parties)
        high = np.bincount(place, self.held.high[slots] * weight, minlength=size)
        left = WHOLE - np.bincount(place, kept, minlength=size)
        between = (weight > 0) & (weight < 1)
        self.sharp[parties] = np.bincount(place, between, minlength=size) == 0
        most = np.minimum(high + self.rest[parties], left) / WHOLE
        clipped: Float = np.clip(most, 0.0, 1.0)
        return clipped
