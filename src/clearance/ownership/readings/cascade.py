"""The cascade: a party reached counts as restricted itself, with its whole holdings.

1. A least fixpoint from the seeds, on minima for *must*, on maxima for *may*.
2. A round adds what the newly reached hold to their subjects' sums, and tests those subjects.
3. Sums are ``int64`` units, exact; what holders who may not be restricted keep is summed only
   where the maxima alone would pass.
4. Subjects marked special are totalled by ``total``.

**Source**: OFAC FAQ 401; 31 CFR 589.411.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clearance.model.rule import Aggregation
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Int32, Int64
from clearance.ownership.arrays.index import distinct
from clearance.ownership.day.live import Holdings
from clearance.ownership.day.total import ALL, NOTHING, End, Restriction, Total, possible, total
from clearance.ownership.day.total import certain as surely
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.sums import TOP, Sums


@dataclass(frozen=True, slots=True)
class Links:
    """Control interests that make their subject a member: one entry each."""

    holder: Int32
    subject: Int32
    sure: Bool

    def below(self, front: Int64, size: int, must: bool) -> Int64:
        """Whom ``front`` controls."""
        new = np.zeros(size, dtype=np.bool_)
        new[front] = True
        chosen = new[self.holder] & self.sure if must else new[self.holder]
        subjects: Int64 = self.subject[chosen].astype(np.int64)
        return subjects


def cascade(
    question: Question,
    links: Links | None = None,
    shown: int | None = None,
    joined: tuple[Bool, Bool] | None = None,
) -> ReadingArrays:
    """Whom the restriction reaches, whole holdings counting onward.

    Args:
        links: control interests that count like a test passed.
        shown: how many of the tests may decide which total is shown; all of them, if not given.
            With 0 no totals are made: who is reached does not need them.
        joined: who counts like a party reached from the start, surely and perhaps.

    **Cost**: the holdings of what is reached, a vectorised round a step of the longest chain.
    """
    sides = [Sums(question, index) for index in range(len(question.tests))]
    start, may = joined or (question.certain, question.possible)
    sure = _must(question, sides, links, start | question.certain)
    perhaps = _may(question, sides, links, (sure, sure | may | question.possible))
    subjects = np.zeros(0, dtype=np.int64) if shown == 0 else _touched(sides[:shown])
    return _arrays(question, sides[:shown] or sides[:1], (sure, perhaps), subjects)


def _linked(links: Links | None, front: Int64, reached: Bool, must: bool) -> Int64:
    """Whom ``front`` newly controls."""
    if links is None:
        return front[:0]
    below = links.below(front, len(reached), must)
    found: Int64 = below[~reached[below]]
    return found


def _must(question: Question, sides: list[Sums], links: Links | None, reached: Bool) -> Bool:
    front = np.flatnonzero(reached)
    while len(front):
        passed = [_linked(links, front, reached, must=True)]
        for side in sides:
            below = side.add_low(front)
            below = below[~reached[below]]
            apart = side.held.special[below]
            plain = below[~apart]
            passed.append(plain[side.low(plain) >= side.need_low])
            passed.append(_special(question, side, below[apart], reached, None))
        front = distinct(np.concatenate(passed), len(reached))
        reached[front] = True
    return reached


def _may(
    question: Question, sides: list[Sums], links: Links | None, start: tuple[Bool, Bool]
) -> Bool:
    sure, reached = start
    front = np.flatnonzero(reached)
    if question.rest:
        front = np.append(front, _by_rest(question, sides, sure, reached))
        front = distinct(front, len(reached))
        reached[front] = True
    while True:
        passed = [_newly(question, side, front, sure, reached) for side in sides]
        passed.append(_linked(links, front, reached, must=False))
        front = distinct(np.concatenate(passed), len(reached))
        if not len(front):
            front = _again(question, sides, sure, reached)
        if not len(front):
            return reached
        reached[front] = True


def _newly(question: Question, side: Sums, front: Int64, sure: Bool, reached: Bool) -> Int64:
    """Subjects of what ``front`` holds that now pass."""
    below = side.add_high(front)
    below = below[~reached[below]]
    apart = side.held.special[below]
    plain = below[~apart]
    plain = distinct(plain[side.high_by_sum(plain) >= side.need_high], len(reached))
    plain = plain[side.high_by_rest(plain, reached) >= side.need_high]
    return np.append(plain, _special(question, side, below[apart], sure, reached))


def _by_rest(question: Question, sides: list[Sums], sure: Bool, reached: Bool) -> Int64:
    """Parties whose undeclared rest alone might pass."""
    found = []
    for side in sides:
        able = np.flatnonzero((side.high_sum > 0) & ~reached)
        apart = side.held.special[able]
        plain = able[~apart]
        plain = plain[side.high_by_sum(plain) >= side.need_high]
        found.append(plain[side.high_by_rest(plain, reached) >= side.need_high])
        found.append(_special(question, side, able[apart], sure, reached))
    return np.concatenate(found)


def _again(question: Question, sides: list[Sums], sure: Bool, reached: Bool) -> Int64:
    """Subjects that may pass though no holder of theirs changed: components, the anonymous."""
    found = []
    for side in sides:
        apart = sorted({*side.held.component_subjects, *side.held.anonymous})
        subjects = np.array(apart, dtype=np.int64)
        side.touched.append(subjects)
        found.append(_special(question, side, subjects[~reached[subjects]], sure, reached))
    return distinct(np.concatenate(found), len(reached))


def _special(
    question: Question, side: Sums, subjects: Int64, sure: Bool, perhaps: Bool | None
) -> Int64:
    """Which special subjects pass, exactly; in *must* where ``perhaps`` is not given."""
    if not len(subjects):
        return subjects
    given = sure if perhaps is None else perhaps
    restriction = _restriction(question, sure, given)
    passed = []
    for subject in distinct(subjects, len(sure)).tolist():
        ends = total(side.held, subject, restriction)
        if surely(ends.low, side.test) or (perhaps is not None and possible(ends.high, side.test)):
            passed.append(subject)
    return np.array(passed, dtype=np.int64)


def _restriction(question: Question, sure: Bool, perhaps: Bool) -> Restriction:
    """0 or 1 for every holder, as the cascade has it so far."""

    def onward(party: int, left: Callable[[Holdings], End]) -> End:
        measures = question.live.measures
        passes = question.by_control or question.possible[party]
        passes = passes or any(possible(left(measures[t.measure]), t) for t in question.tests)
        return ALL if passes else NOTHING

    def rest(held: Holdings, party: int) -> int:
        return int(question.rest[held.measure][party]) if held.measure in question.rest else 0

    return Restriction(
        low=lambda party: ALL if sure[party] else NOTHING,
        high=lambda party: ALL if perhaps[party] else NOTHING,
        onward=onward,
        rest=rest,
        alone=question.rule.aggregation is Aggregation.PER_PARTY,
    )


def _touched(sides: list[Sums]) -> Int64:
    """Where anybody reached holds anything."""
    touched = np.zeros(len(sides[0].high_sum), dtype=np.bool_)
    for side in sides:
        for subjects in side.touched:
            touched[subjects] = True
        if side.rest is not None:
            touched |= side.rest > 0
    return np.flatnonzero(touched)


def _arrays(
    question: Question, sides: list[Sums], reached: tuple[Bool, Bool], subjects: Int64
) -> ReadingArrays:
    """Totals of the deciding test in these subjects."""
    sure, perhaps = reached
    size = len(sure)
    whole = np.flatnonzero(question.certain), np.flatnonzero(question.possible)
    ends = [_ends(question, side, subjects, sure, perhaps) for side in sides]
    for lower, upper in ends:
        upper[question.possible[subjects]] = TOP
        lower[question.certain[subjects]] = TOP
    low, high, chosen = _deciding(sides, ends)
    test = np.zeros(size, dtype=np.uint8)
    test[subjects] = chosen

    def exact(party: int) -> Total:
        if question.certain[party]:
            return Total(ALL, ALL)
        side = sides[int(test[party])]
        found = total(side.held, party, _restriction(question, sure, perhaps))
        return Total(found.low, ALL) if question.possible[party] else found

    return ReadingArrays(
        certain=sure,
        possible=perhaps,
        low=_placed(size, subjects, low >> 1, whole[0]),
        high=_placed(size, subjects, (high + 1) >> 1, *whole),
        low_open=_marked(size, subjects, (low & 1) == 1, whole[0]),
        high_open=_marked(size, subjects, (high & 1) == 1, whole[1]),
        test=test,
        exact=exact,
    )


def _ends(
    question: Question, side: Sums, subjects: Int64, sure: Bool, perhaps: Bool
) -> tuple[Int64, Int64]:
    """Encoded ends of ``subjects`` in one test's measure."""
    low = side.low(subjects)
    high = np.minimum(side.high_by_sum(subjects), side.high_by_rest(subjects, perhaps))
    restriction = _restriction(question, sure, perhaps)
    for place in np.flatnonzero(side.held.special[subjects]).tolist():
        ends = total(side.held, int(subjects[place]), restriction)
        low[place] = 2 * round(ends.low.value * WHOLE) + ends.low.open
        high[place] = 2 * round(ends.high.value * WHOLE) - ends.high.open
    below = (high + 1) >> 1 < low >> 1
    return low, np.where(below, low & ~1, high)


def _deciding(sides: list[Sums], ends: list[tuple[Int64, Int64]]) -> tuple[Int64, Int64, Int64]:
    """Per subject the first test that is surely, else perhaps passed, else with most.

    Ends of one value are equal, open or closed: of equals the first test decides.
    """
    if len(sides) == 1:
        return *ends[0], np.zeros(len(ends[0][0]), dtype=np.int64)
    lows, highs = (np.stack(part) for part in zip(*ends, strict=True))
    needs = [(side.need_low, side.need_high) for side in sides]
    need_low, need_high = (np.array(part)[:, None] for part in zip(*needs, strict=True))
    weight = 2 * (lows >= need_low) + ((highs >= need_high) | (lows >= need_low))
    weight = weight * (2 * TOP) + np.where(weight > 0, 0, (highs + 1) >> 1)
    chosen = np.argmax(weight, axis=0)
    every = np.arange(lows.shape[1])
    return lows[chosen, every], highs[chosen, every], chosen


def _placed(size: int, where: Int64, units: Int64, *whole: Int64) -> Int64:
    """An array over all parties: ``units`` at ``where``, 100 % at ``whole``, else 0."""
    found = np.zeros(size, dtype=np.int64)
    found[where] = units
    for fixed in whole:
        found[fixed] = WHOLE
    return found


def _marked(size: int, where: Int64, opened: Bool, fixed: Int64) -> Bool:
    found = np.zeros(size, dtype=np.bool_)
    found[where] = opened
    found[fixed] = False
    return found
