"""Who is controlled: the owned, and whoever control adds.

1. A control interest of a member makes its subject a member.
2. So do votes or board seats over the threshold of a rule that does not test them (a majority of
   shares without the votes is no control), a half of a tested measure (``exact_half``), a
   presumption that nobody offsets, and a majority held by parties of the rule's regions whose
   kinds it does not restrict.
3. In a cascade at 50 % or above, members' holdings count onward under the rule's own tests;
   elsewhere only through a majority or a further finding. Half is counted of what members hold in
   a cascade, elsewhere of what the reading solved.
4. Per party, each root's control is its own.

**Source**: docs/adr/0001 and 0019; 22 CFR 120.65 (presumption and offset).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clearance.model.interest import GOVERNING, Measure
from clearance.model.rule import Operator, Reading, Test
from clearance.ownership.arrays.graph import Bool
from clearance.ownership.control.presumed import presumed
from clearance.ownership.readings.cascade import Links, cascade
from clearance.ownership.readings.reading import Question, ReadingArrays
from clearance.ownership.readings.step import HALF

Pair = tuple[Bool, Bool]


def controlled(
    question: Question, reading: Reading, owned: ReadingArrays, regional: Pair
) -> ReadingArrays:
    """The controlled, pooled; totals are the cascade's own, else those of the owned.

    Args:
        regional: who is held by a majority of a region's other kinds, surely and perhaps.

    **Cost**: a cascade, and another for each round of presumptions.
    """
    own = own_test_passes_on(question, reading)
    links = links_of(question)
    sure, perhaps = (owned.certain | regional[0], owned.possible | regional[1])
    tests = _onward(question, own)
    extra = tuple(test for test in _untested(question) if test not in tests)
    if question.rule.control.exact_half and reading is Reading.CASCADE:
        extra += tuple(Test(m, Operator.AT_LEAST, HALF) for m in _tested(question))
    elif question.rule.control.exact_half and owned.halves is not None:
        at_half = owned.halves()
        sure, perhaps = sure | at_half[0], perhaps | at_half[1]
    asked = replace(question, tests=tests + extra, by_control=True)
    found = _settled(asked, links, len(tests) if own else 0, (sure, perhaps), owned.possible)
    if own:
        return found
    return replace(owned, certain=found.certain, possible=found.possible)


def _settled(asked: Question, links: Links, shown: int, start: Pair, owned: Bool) -> ReadingArrays:
    """Grow members, and find out who lifts presumptions.

    Surely: nobody whom the least set that vouches for itself contains. Perhaps: nobody whose own
    standing outside would rest on a circle of liftings; the set shrinks from everybody.
    """
    nobody = np.zeros(len(owned), dtype=np.bool_)
    found = _grown(asked, links, shown, start, (owned, nobody))
    control = asked.rule.control
    if control.presumption is None or not control.offset:
        return found
    least, suspects = nobody, ~nobody
    while (found.possible & ~least).any():
        least = found.possible
        found = _grown(asked, links, shown, start, (least, nobody))
    while True:
        found = _grown(asked, links, shown, start, (least, suspects))
        if not (found.possible ^ suspects).any():
            return found
        suspects = found.possible


def _grown(asked: Question, links: Links, shown: int, start: Pair, suspects: Pair) -> ReadingArrays:
    """Grow members by ownership, links and presumptions until nobody joins."""
    sure, perhaps = start
    while True:
        found = cascade(asked, links, shown, (sure, perhaps))
        more = presumed(asked, found, suspects)
        sure, perhaps = found.certain | more[0], found.possible | more[1]
        if not (sure & ~found.certain).any() and not (perhaps & ~found.possible).any():
            return found


def own_test_passes_on(question: Question, reading: Reading) -> bool:
    """Do controlled parties' holdings count under the rule's own tests?"""
    return reading is Reading.CASCADE and all(test.threshold >= HALF for test in question.tests)


def links_of(question: Question) -> Links:
    """The live control interests of the rule."""
    live = question.live
    interests = live.graph.interests
    rows = live.control_row
    rows = rows[interests.holder[rows] != interests.subject[rows]]
    return Links(interests.holder[rows], interests.subject[rows], live.must[rows])


def _tested(question: Question) -> tuple[Measure, ...]:
    return tuple(dict.fromkeys(test.measure for test in question.tests))


def _onward(question: Question, own: bool) -> tuple[Test, ...]:
    if own:
        return question.tests
    return tuple(Test(measure, Operator.OVER, HALF) for measure in _tested(question))


def _untested(question: Question) -> tuple[Test, ...]:
    """The rule's first test, put to the votes and the board where it leaves them out.

    Where the day has no votes of their own, they are the shares.
    """
    first, live = question.tests[0], question.live.measures
    asked = [measure for measure in GOVERNING if measure not in _tested(question)]
    if Measure.VOTES in asked and Measure.VOTES not in live:
        asked[asked.index(Measure.VOTES)] = Measure.SHARES
    return tuple(
        Test(measure, first.operator, first.threshold) for measure in asked if measure in live
    )
