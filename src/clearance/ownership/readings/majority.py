"""Majority chain: what a root's group holds.

1. The group is the least set with the root and every party in which the group together holds a
   majority: more than half of the votes (of the shares, where votes are not stated), or of the
   board.
2. The group's holding is the sum of what its members hold; the rule's tests are put to that.
3. *Must* on lower ends, *may* on upper ends.

**Source**: SI 2019/855 Sch 1; Companies Act 2006 Sch 1A.
"""

from __future__ import annotations

from clearance.model.interest import GOVERNING, Measure
from clearance.model.rule import Operator, Test
from clearance.ownership.readings.answer import Part, answer
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.roots import solve_for
from clearance.ownership.readings.step import HALF, Step


def majority_chain(question: Question) -> ReadingArrays:
    """What each root holds through its group; pooled, the group of all roots together.

    **Shape**: the day's slice must have the votes (else its shares govern), and the board where
    the rule knows it.
    """
    measures = majority_measures(question)
    solved = solve_for(question, measures, majority_step(measures))
    parts = (Part(test, solved, measures.index(test.measure)) for test in question.tests)
    return answer(question, tuple(parts))


def majority_measures(question: Question) -> tuple[Measure, ...]:
    """The measures to follow: those that govern, then those tested."""
    live = question.live.measures
    governing = [measure for measure in GOVERNING if measure in live]
    if Measure.VOTES not in live:
        governing.insert(0, Measure.SHARES)
    return tuple(dict.fromkeys((*governing, *(test.measure for test in question.tests))))


def majority_step(measures: tuple[Measure, ...]) -> Step:
    """Whole if more than half of a governing measure, else nothing."""
    governing = GOVERNING if Measure.VOTES in measures else (Measure.SHARES, Measure.BOARD)
    tests = (
        (number, Test(measure, Operator.OVER, HALF))
        for number, measure in enumerate(measures)
        if measure in governing
    )
    return Step(False, tuple(tests))
