"""Control presumed from a holding below the ownership threshold, unless somebody offsets it.

1. A presumption is lifted where one known holder, who may not be restricted, surely holds at least
   as much as the restricted together. A joint block that has one holder is that holder's.
2. Two who would have to vouch for each other vouch for nobody: both may be restricted.

**Source**: 22 CFR 120.65.
"""

from __future__ import annotations

import numpy as np

from clearance.model.rule import Aggregation, Test
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.day.total import (
    ALL,
    NOTHING,
    End,
    Restriction,
    certain,
    possible,
    total,
)
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.sums import Sums

Pair = tuple[Bool, Bool]


def presumed(question: Question, found: ReadingArrays, suspects: Pair) -> Pair:
    """Whom members' holdings presume controlled: surely, perhaps.

    Args:
        suspects: who lifts no presumption that is sure, and besides members none that is possible.

    **Cost**: what members hold, and exactly the holders of each party it concerns.
    """
    size = len(found.certain)
    out = np.zeros(size, dtype=np.bool_), np.zeros(size, dtype=np.bool_)
    test = question.rule.control.presumption
    if test is None:
        return out
    restriction = _members(found, question.rule.aggregation is Aggregation.PER_PARTY)
    wide = found.possible | suspects[1]
    for party in _touched(question, test, found).tolist():
        ends = total(question.live.measures[test.measure], party, restriction)
        if certain(ends.low, test):
            out[0][party] = not _offset(question, test, party, ends.low, suspects[0])
        if possible(ends.high, test):
            out[1][party] = not _offset(question, test, party, ends.high, wide)
    return out[0], out[0] | out[1]


def _touched(question: Question, test: Test, found: ReadingArrays) -> Int64:
    """Parties in which members or nobody named hold anything, but for those that are certain."""
    members, open_ = found.possible, ~found.certain
    asked = Question(question.live, question.rule, (test,), members, members)
    sums = Sums(asked, 0)
    anonymous = np.array(sorted(sums.held.anonymous), dtype=np.int64)
    below = np.union1d(sums.add_high(np.flatnonzero(members)), anonymous)
    chosen: Int64 = below[open_[below] & (sums.high_by_sum(below) >= sums.need_high)]
    special = below[open_[below] & sums.held.special[below]]
    return np.union1d(chosen, special)


def _members(found: ReadingArrays, alone: bool) -> Restriction:
    return Restriction(
        alone=alone,
        low=lambda party: ALL if found.certain[party] else NOTHING,
        high=lambda party: ALL if found.possible[party] else NOTHING,
    )


def _offset(question: Question, test: Test, party: int, held: End, suspects: Bool) -> bool:
    """Does one single known holder, not among ``suspects``, surely hold as much?"""
    if not question.rule.control.offset:
        return False
    holdings = question.live.measures[test.measure]
    for slot in holdings.slots_in(party):
        holder = int(holdings.holder[slot])
        if suspects[holder] or question.live.unknown[holder]:
            continue
        if total(holdings, party, _only(holder)).low.value >= held.value:
            return True
    return False


def _only(holder: int) -> Restriction:
    """One holder counts whole, nobody else."""

    def whole(party: int) -> End:
        return ALL if party == holder else NOTHING

    return Restriction(low=whole, high=whole)
