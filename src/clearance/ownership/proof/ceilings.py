"""Ceilings of a whole run's products: values that the equations never lift further.

1. The engine's upper ends are rounded up to a grid, then lifted until no total exceeds its value,
   every sum taken a hair too large: what is left bounds the least fixpoint.
2. A subject that needs more than plain sums, or whose minima go above the whole, has the ceiling
   100 %.
3. A party whose value comes near a threshold is left to the exact way.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from clearance.model.interest import Measure
from clearance.model.proof import EVERYTHING, Certificate, End, Scope, Side
from clearance.model.rule import Aggregation, Reading
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Float, Int64
from clearance.ownership.arrays.index import spread
from clearance.ownership.attribute import Attribution
from clearance.ownership.because import Answered
from clearance.ownership.day.live import Holdings
from clearance.ownership.proof.quiet import Parents

GRID = 10**9
PASSES = 60
_WIDER = 1 + 1e-12
_HALF = GRID // 2


@dataclass(frozen=True, slots=True)
class Slots:
    """The holdings in near subjects that have no fixed value: runs of slots, one a subject."""

    subject: Int64
    start: Int64
    holder: Int64
    low: Float
    high: Float

    def totals(self, values: Float) -> Float:
        """The subjects' upper ends at these values, a hair too large."""
        weights = values[self.holder]
        most = np.add.reduceat(self.high * weights, self.start)
        kept = np.add.reduceat(self.low * (1 - weights), self.start)
        return np.asarray(np.minimum(most * _WIDER, 1 - kept / _WIDER + 1e-12), dtype=np.float64)


class Ceilings:
    """Ceilings of one reading in one measure, and the certificate of any party from them.

    **Shape**: ``values`` in units of ``GRID`` by party index.
    """

    def __init__(self, values: Int64, measure: Measure, parents: Parents, limit: int) -> None:
        self._values = values
        self._measure = measure
        self._parents = parents
        self._limit = limit
        self._ends: dict[int, tuple[str, End]] = {}

    def certificate(self, index: int, members: Bool) -> Certificate | None:
        """The party's ancestors' ceilings; ``None`` if one is too near a threshold to tell."""
        found: dict[str, End] = {}
        seen, waiting = {index}, [index]
        while waiting:
            at = waiting.pop()
            entry = self._end(at)
            if not members[at] and self._values[at] >= self._limit:
                return None
            if entry is not None:
                found[entry[0]] = entry[1]
            for holder in self._parents.of(at):
                if holder not in seen:
                    seen.add(holder)
                    waiting.append(holder)
        return Certificate(Side.MAY, found, scope=Scope.OWNED, measure=self._measure)

    def _end(self, index: int) -> tuple[str, End] | None:
        entry = self._ends.get(index)
        if entry is None:
            value = int(self._values[index])
            if not value:
                return None
            end = EVERYTHING if value >= GRID else End(Fraction(value, GRID))
            entry = self._ends[index] = self._parents.id(index), end
        return entry


def ceilings_of(answer: Attribution, each: Answered, parents: Parents) -> Ceilings | None:
    """The ceilings of a pooled reading that multiplies one measure; else ``None``."""
    measures = {test.measure for test in answer.tests}
    plain = answer.rule.aggregation is Aggregation.POOLED and len(measures) == 1
    hybrid = each.reading is Reading.HYBRID
    if not plain or (hybrid and answer.rule.control.whole_in_hybrid) or answer.live is None:
        return None
    if each.reading not in (Reading.PRODUCT, Reading.HYBRID):
        return None
    measure = next(iter(measures))
    values = _lifted(answer, each, answer.live.measures[measure], parents.near)
    if values is None:
        return None
    least = min(test.threshold for test in answer.tests)
    limit = min(int(least * GRID), _HALF) - 10
    return Ceilings(values, measure, parents, limit)


def _lifted(answer: Attribution, each: Answered, held: Holdings, near: Bool) -> Int64 | None:
    """Values that no total exceeds; ``None`` if lifting does not come to rest."""
    fixed = answer.seeds.possible.copy()
    if answer.live is not None:
        fixed |= answer.live.unknown
    fixed[list(answer.loops)] = True
    fixed |= held.special & near
    values = np.minimum(-(-each.owned.high // (WHOLE // GRID)) + 1, GRID) * (each.owned.high > 0)
    hybrid = each.reading is Reading.HYBRID
    values = _onward(values, hybrid)
    values[fixed] = GRID
    slots = _slots(held, np.flatnonzero(near & ~fixed), values)
    for number in range(2 * PASSES):
        if not len(slots.subject):
            return values
        totals = np.minimum(slots.totals(values / GRID), 1.0)
        lifted = np.minimum(np.ceil(totals * GRID + 1e-3).astype(np.int64), GRID)
        lifted[totals <= 0] = 0
        lifted = _onward(lifted, hybrid)
        before = values[slots.subject]
        higher = lifted > before
        if not higher.any():
            return values
        values[slots.subject[higher]] = lifted[higher] if number < PASSES else GRID
    return None


def _onward(values: Int64, hybrid: bool) -> Int64:
    return np.where(values > _HALF, GRID, values) if hybrid else values


def _slots(held: Holdings, subjects: Int64, values: Int64) -> Slots:
    """Plain holdings of the subjects; one whose minima exceed the whole is fixed at once."""
    places = spread(held.subject_start, subjects)
    counts = held.subject_start[subjects + 1] - held.subject_start[subjects]
    some = counts > 0
    subjects, counts = subjects[some], counts[some]
    start = np.cumsum(counts) - counts
    low = np.where(held.attributed[places], 0.0, held.low[places] / WHOLE)
    high = held.high[places] / WHOLE
    slots = Slots(subjects, start, held.holder[places].astype(np.int64), low, high)
    if len(subjects):
        values[subjects[np.add.reduceat(low, start) > 1 + 1e-12]] = GRID
    return slots
