"""Ends of intervals, added and compared exactly.

1. A lower end that is open lies above the same value closed; an upper end that is open below it.
2. A sum is open if a term that counts is open; the larger (smaller) of two is open if it is, and
   on a tie if either is.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from clearance.model.proof import EVERYTHING, NOTHING, End, Side
from clearance.model.rule import Operator, Test


def rank(end: End, side: Side) -> tuple[Fraction, bool]:
    """Orders ends of one side from small to large."""
    return end.value, end.open if side is Side.MUST else not end.open


def at_most(end: End, ceiling: End, side: Side) -> bool:
    """Is ``end`` no larger than ``ceiling``?"""
    return rank(end, side) <= rank(ceiling, side)


def times(part: End, weight: End) -> End:
    """A share of something that is itself partly restricted."""
    opened = (part.open and weight != NOTHING) or (weight.open and part != NOTHING)
    return End(part.value * weight.value, opened)


def plus(terms: Iterable[End]) -> End:
    """The sum of ends."""
    value, opened = Fraction(0), False
    for term in terms:
        value, opened = value + term.value, opened or term.open
    return End(value, opened)


def less(terms: Iterable[End]) -> End:
    """100 % without the sum of these."""
    taken = plus(terms)
    return End(1 - taken.value, taken.open)


def larger(ends: Iterable[End]) -> End:
    """The largest value; open if any of the tied is."""
    found = list(ends) or [NOTHING]
    top = max(end.value for end in found)
    return End(top, any(end.open for end in found if end.value == top))


def smaller(ends: Iterable[End]) -> End:
    """The smallest value; open if any of the tied is."""
    found = list(ends) or [EVERYTHING]
    low = min(end.value for end in found)
    return End(low, any(end.open for end in found if end.value == low))


def capped(low: End) -> End:
    """A lower end; one that reaches the whole is the whole, closed."""
    return EVERYTHING if low.value >= 1 else low


def passes(end: End, test: Test, side: Side) -> bool:
    """Does a total with this lower end surely (upper end: perhaps) pass the test?"""
    if end.value != test.threshold:
        return end.value > test.threshold
    if side is Side.MUST:
        return end.open or test.operator is Operator.AT_LEAST
    return test.operator is Operator.AT_LEAST and not end.open
