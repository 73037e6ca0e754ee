"""Who is controlled where the rule counts one party's holdings alone: each root's own group.

1. Every root's control is found alone; a party is as controlled as its best root makes it.
2. Only roots above somebody whom all roots together would add are asked.
3. Where more roots than ``MANY`` would have to be asked, what all of them together control is
   taken as possibly controlled: more is shown for review, nobody is cleared or reached by it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from clearance.model.rule import Reading
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.arrays.index import spread
from clearance.ownership.control.closure import Pair, controlled
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.roots import nameless

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
    found = owned
    for root in (-1, *roots.tolist()):
        asked = _alone(question, unnamed, root)
        alone = controlled(asked, reading, read(asked, reading), regional)
        found = _larger(found, alone)
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


def _larger(one: ReadingArrays, two: ReadingArrays) -> ReadingArrays:
    """Flags of either; end by end the larger total."""
    low, low_two = 2 * one.low + one.low_open, 2 * two.low + two.low_open
    high, high_two = 2 * one.high - one.high_open, 2 * two.high - two.high_open
    better = (two.certain & ~one.certain) | (two.possible & ~one.possible)
    better |= (high_two > high) & (two.certain >= one.certain) & (two.possible >= one.possible)
    low, high = np.maximum(low, low_two), np.maximum(high, high_two)
    return ReadingArrays(
        certain=one.certain | two.certain,
        possible=one.possible | two.possible,
        low=low >> 1,
        high=(high + 1) >> 1,
        low_open=(low & 1) == 1,
        high_open=(high & 1) == 1,
        test=np.where(better, two.test, one.test),
        root=one.root,
    )
