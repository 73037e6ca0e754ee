"""Product and hybrid: shares multiply along a chain and add over chains.

1. Pooled, all restricted parties count together; per party, each root alone, and the best decides.
2. Every measure is followed alone: a share of votes never multiplies a share of capital.
3. Hybrid: a link above the last counts whole where its attributed total is strictly over one half
   or its holder actually controls it; the last link keeps its number.
4. Cycles are solved, not unrolled: the least solution of the equations.

**Source**: docs/guides/ownership.md; 31 CFR 850.206(b), 47 CFR 101.1412(f)(10).
"""

from __future__ import annotations

from collections.abc import Callable

from clearance.model.interest import Measure
from clearance.model.rule import Operator, Test
from clearance.ownership.readings.answer import Part, answer
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.roots import solve_for
from clearance.ownership.readings.step import HALF, Step


def product(question: Question) -> ReadingArrays:
    """The solved share of every party.

    **Cost**: 10 million parties, 12 million interests: see ``benchmarks``; per party also the
    number of roots that reach a party.
    """
    return _read(question, lambda measure: Step())


def hybrid(question: Question) -> ReadingArrays:
    """Product with majorities counted whole, and control where the rule says so."""
    linked = is_linked(question)
    return _read(question, lambda measure: hybrid_step(measure, linked))


def is_linked(question: Question) -> bool:
    """Does a link with actual control count whole, and is there any?"""
    return question.rule.control.whole_in_hybrid and len(question.live.control_row) > 0


def hybrid_step(measure: Measure, linked: bool) -> Step:
    """Whole if strictly over one half, else the total or the controllers' weight."""
    return Step(True, ((0, Test(measure, Operator.OVER, HALF)),), linked)


def _read(question: Question, step: Callable[[Measure], Step]) -> ReadingArrays:
    measures = dict.fromkeys(test.measure for test in question.tests)
    solved = {measure: solve_for(question, (measure,), step(measure)) for measure in measures}
    return answer(question, tuple(Part(test, solved[test.measure], 0) for test in question.tests))
