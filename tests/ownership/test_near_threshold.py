"""No verdict hinges on a rounding: totals closer to a threshold than a unit are told apart."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.ownership.asking import ask
from tests.reference.world import World
from tests.worlds import DAY, always

from clearance.model.interest import Interest, Measure
from clearance.model.rule import Aggregation, Operator, Reading, Rule, Seeds
from clearance.model.rule import Test as ShareTest
from clearance.model.share import WHOLE, Share
from clearance.ownership.readings.look_through import hybrid, product
from clearance.ownership.readings.reading import ReadingArrays

FIRST = 707_106_781_187
ABOVE = -(-(WHOLE * WHOLE // 2) // FIRST)
"""The least units of which ``FIRST`` is more than half: by less than a unit."""


def held(holder: str, subject: str, units: int) -> Interest:
    return Interest(holder, subject, share=Share.exact(Fraction(units, WHOLE)))


def solved(operator: Operator, *rows: Interest, mixed: bool = False) -> ReadingArrays:
    test = ShareTest(Measure.SHARES, operator, Fraction(1, 2))
    rule = Rule("r", "r", always((test,)), Aggregation.POOLED, (Reading.PRODUCT,), Seeds())
    question = ask(World((), rows, rule, DAY, frozenset("P"))).question
    return hybrid(question) if mixed else product(question)


@pytest.mark.parametrize(
    ("second", "passes"), [(ABOVE, True), (ABOVE - 1, False)], ids=["just above", "just below"]
)
@pytest.mark.parametrize("operator", Operator)
def test_a_product_within_a_unit_of_half_is_decided_exactly(
    second: int, passes: bool, operator: Operator
) -> None:
    exact = Fraction(FIRST * second, WHOLE * WHOLE)
    assert abs(exact - Fraction(1, 2)) < Fraction(1, WHOLE)
    found = solved(operator, held("P", "A", FIRST), held("A", "B", second))
    assert found.certain.tolist() == [True, passes, True]
    assert found.exact is not None
    assert found.exact(1).low.value == exact


@pytest.mark.parametrize(("less", "passes"), [(0, True), (1, False)])
def test_so_is_a_majority_above_the_last_link(less: int, passes: bool) -> None:
    small, share = 4 * 10**11 + 1, 3 * 10**11 + 1
    rest = WHOLE // 2 - small * share // WHOLE - less
    rows = (held("P", "A", small), held("A", "B", share), held("P", "B", rest))
    found = solved(Operator.OVER, *rows, held("B", "C", 6 * 10**11), mixed=True)
    assert found.certain.tolist() == [False, passes, passes, True]


@pytest.mark.parametrize(
    ("operator", "passes"), [(Operator.OVER, False), (Operator.AT_LEAST, True)]
)
def test_a_product_of_exactly_half_is_half(operator: Operator, passes: bool) -> None:
    found = solved(operator, held("P", "A", 8 * 10**11), held("A", "B", 625 * 10**9))
    assert bool(found.certain[1]) is passes


@pytest.mark.parametrize(
    ("operator", "passes"), [(Operator.OVER, False), (Operator.AT_LEAST, True)]
)
def test_a_loop_that_makes_exactly_half_is_half(operator: Operator, passes: bool) -> None:
    rows = (held("P", "A", 45 * 10**10), held("B", "A", 10**11), held("A", "B", WHOLE))
    found = solved(operator, *rows)
    assert found.exact is not None
    assert found.exact(0).low.value == Fraction(1, 2)
    assert found.certain.tolist() == [passes, passes, True]
