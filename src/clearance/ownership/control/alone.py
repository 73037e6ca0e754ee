"""Who is controlled where the rule counts one party's holdings alone: each root's own group.

1. Every root's control is found alone; a party is as controlled as its best root makes it.
2. Only roots above somebody whom all roots together would add are asked.
3. Where more roots than ``MANY`` would have to be asked, what all of them together control is
   taken as possibly controlled: more is shown for review, nobody is cleared or reached by it.
4. Totals are those of ownership where members' holdings do not count onward under the rule's tests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from clearance.model.rule import Reading
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.arrays.index import spread
from clearance.ownership.control.closure import Pair, controlled, own_test_passes_on
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.roots import nameless
from clearance.ownership.readings.sums import needs

MANY = 256
"""Roots that are asked one by one."""

Read = Callable[[Question, Reading], ReadingArrays]


def controlled_alone(
    question: Question, reading: Reading, owned: ReadingArrays, regional: Pair, read: Read
) -> ReadingArrays:
    """The controlled of every root.

    **Cost**: one cascade for all roots, and a few for each root that control might add to.
    """
    together = controlled(question, reading, owned, regional)
    doubtful = together.possible & ~(owned.certain & together.certain)
    if not (doubtful & ~question.certain).any():
        return owned
    unnamed = nameless(question)
    named = question.certain | (question.possible & ~unnamed)
    roots = np.flatnonzero(named & _above(question, doubtful))
    if len(roots) > MANY:
        return replace(owned, possible=owned.possible | together.possible)
    found, own = owned, own_test_passes_on(question, reading)
    for root in (-1, *roots.tolist()):
        asked = _alone(question, unnamed, root)
        alone = controlled(asked, reading, read(asked, reading), regional)
        shown = _larger(question, found, alone) if own else found
        certain, possible = found.certain | alone.certain, found.possible | alone.possible
        found = replace(shown, certain=certain, possible=possible)
    return found


def _alone(question: Question, unnamed: Bool, root: int) -> Question:
    """The question about one root, beside whoever is not named."""
    only = np.zeros(len(unnamed), dtype=np.bool_)
    if root >= 0:
        only[root] = True
    return replace(question, certain=question.certain & only, possible=only | unnamed)


def _above(question: Question, start: Bool) -> Bool:
    """Everybody with an interest of any kind that leads to one of ``start``."""
    graph = question.live.graph
    seen = start.copy()
    front: Int64 = np.flatnonzero(start)
    while len(front):
        holders = [graph.interests.holder[spread(graph.subject_start, front)]]
        for held in question.live.measures.values():
            holders.append(held.holder[spread(held.subject_start, front)])
        above = np.unique(np.concatenate(holders))
        front = above[~seen[above]].astype(np.int64)
        seen[front] = True
    return seen


def _larger(question: Question, one: ReadingArrays, two: ReadingArrays) -> ReadingArrays:
    """The totals of the test that decides, end by end the larger where both show the same.

    Two parties' totals in different measures are never mixed.
    """
    rank, rank_two = _rank(question, one), _rank(question, two)
    earlier = np.where(rank > 0, two.test < one.test, _high(two) > _high(one))
    wins = (rank_two > rank) | ((rank_two == rank) & (two.test != one.test) & earlier)
    same = two.test == one.test
    low = np.where(wins | (same & (_low(two) > _low(one))), _low(two), _low(one))
    high = np.where(wins | (same & (_high(two) > _high(one))), _high(two), _high(one))
    return replace(
        one,
        exact=None,
        low=low >> 1,
        high=(high + 1) >> 1,
        low_open=(low & 1) == 1,
        high_open=(high & 1) == 1,
        test=np.where(wins, two.test, one.test),
    )


def _rank(question: Question, found: ReadingArrays) -> Int64:
    """2 where the shown total passes its test surely, 1 perhaps, 0 not."""
    need = np.array([needs(test) for test in question.tests], dtype=np.int64)[found.test]
    sure, perhaps = _low(found) >= need[:, 0], _high(found) >= need[:, 1]
    rank: Int64 = np.where(sure, 2, np.where(perhaps, 1, 0))
    return rank


def _low(found: ReadingArrays) -> Int64:
    return 2 * found.low + found.low_open


def _high(found: ReadingArrays) -> Int64:
    return 2 * found.high - found.high_open
