"""Cascade per party, and who owns one target: the holdings of each root alone.

1. A root's cascade: what it holds enough of counts as the root itself, and so on.
2. A party is as reached as its best root makes it (``answer``).
3. The owners of one target are found backwards, over its ancestors only.

**Source**: SI 2019/855 reg 7; 31 CFR 1010.230.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from clearance.model.interest import Measure
from clearance.model.rule import Reading
from clearance.ownership.arrays.graph import Bool, Int64
from clearance.ownership.day.live import Holdings
from clearance.ownership.day.total import NOTHING, Total
from clearance.ownership.readings.answer import Part, answer
from clearance.ownership.readings.descend import ANYBODY, ranges
from clearance.ownership.readings.links import links_of
from clearance.ownership.readings.look_through import hybrid_step, is_linked
from clearance.ownership.readings.majority import majority_measures, majority_step
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.roots import solve_for
from clearance.ownership.readings.solve import Solved
from clearance.ownership.readings.step import Step


@dataclass(frozen=True, slots=True)
class Owner:
    """One root's total in a target.

    **Shape**: ``root`` a party, ``test`` indexes ``Question.tests``; ``certain`` and ``possible``
    whether that total passes the test.
    """

    root: int
    test: int
    total: Total
    certain: bool
    possible: bool


def cascade(question: Question) -> ReadingArrays:
    """What each root reaches alone, step by step, its whole holdings counting onward."""
    measures, step = _cascade(question)
    solved = solve_for(question, measures, step)
    parts = (Part(test, solved, measures.index(test.measure)) for test in question.tests)
    return answer(question, tuple(parts))


def _cascade(question: Question) -> tuple[tuple[Measure, ...], Step]:
    measures = tuple(dict.fromkeys(test.measure for test in question.tests))
    tests = tuple((measures.index(test.measure), test) for test in question.tests)
    return measures, Step(False, tests)


def owners(question: Question, reading: Reading, target: int) -> tuple[Owner, ...]:
    """Every named root with a holding in ``target``, largest certain total first, then by index.

    **Shape**: one entry a root and test; the question's rule says whether per party or pooled, so
    ask with a per-party rule. The target's own root is left out.

    **Cost**: the target's ancestors; nothing else of the graph is touched.
    """
    within = ancestors(question, target)
    narrow = replace(
        question,
        certain=question.certain & within,
        possible=question.possible & within,
        rest={measure: rest * within for measure, rest in question.rest.items()},
        unowned=tuple(member for member in question.unowned if within[member]),
    )
    found = [
        owner
        for number, (solved, block) in enumerate(_solved(narrow, reading, within))
        for owner in _owners(narrow, solved, block, number, target)
    ]
    order = sorted(
        found,
        key=lambda each: (-each.total.low.value, -each.total.high.value, each.root, each.test),
    )
    return tuple(order)


def _solved(question: Question, reading: Reading, within: Bool) -> tuple[tuple[Solved, int], ...]:
    """A solved flow and its block, a test."""
    if reading in (Reading.CASCADE, Reading.MAJORITY_CHAIN):
        if reading is Reading.CASCADE:
            measures, step = _cascade(question)
        else:
            measures = majority_measures(question)
            step = majority_step(measures)
        solved = solve_for(question, measures, step, within)
        return tuple((solved, measures.index(test.measure)) for test in question.tests)
    linked = is_linked(question)
    steps = {
        test.measure: Step() if reading is Reading.PRODUCT else hybrid_step(test.measure, linked)
        for test in question.tests
    }
    each = {m: solve_for(question, (m,), step, within) for m, step in steps.items()}
    return tuple((each[test.measure], 0) for test in question.tests)


def _owners(
    question: Question, solved: Solved, block: int, number: int, target: int
) -> list[Owner]:
    test, flow = question.tests[number], solved.flow
    must = solved.passes(test, block, upper=False)
    may = solved.passes(test, block, upper=True)
    out = []
    for node in np.flatnonzero(flow.party == target).tolist():
        root = int(flow.root[node])
        found = solved.exact.total(node, block)
        if root not in (ANYBODY, target) and found.high != NOTHING:
            certain = bool(must[node])
            out.append(Owner(root, number, found, certain, certain or bool(may[node])))
    return out


def ancestors(question: Question, target: int) -> Bool:
    """Everybody above a party, itself included: in any measure, by control where that counts."""
    holdings = list(question.live.measures.values())
    if is_linked(question):
        holdings.append(links_of(question.live))
    seen = np.zeros(len(question.certain), dtype=np.bool_)
    seen[target] = True
    frontier = np.array([target], dtype=np.int64)
    while len(frontier):
        found = [_above(held, frontier) for held in holdings]
        above = np.concatenate(found)
        frontier = np.unique(above[~seen[above]])
        seen[frontier] = True
    return seen


def _above(held: Holdings, party: Int64) -> Int64:
    """Who holds of these parties, and the components that declared holdings run through."""
    slots = ranges(held.subject_start[party], held.subject_start[party + 1])
    holder = held.holder[slots[held.high[slots] > 0]].astype(np.int64)
    if not held.components:
        return holder
    through = [one for slot in slots.tolist() for one in held.components.get(slot, ())]
    return np.concatenate((holder, np.array(through, dtype=np.int64)))
