"""Ends of intervals: an exact number, whether it is excluded, and what it depends on.

1. An end is open where the number itself is excluded.
2. ``slope`` says how the number moves with each party's own number: what a solver of loops needs.
3. A sum or a product is open if anything in it that counts is open.
4. Of two tied ends the larger lower end, and the smaller upper end, is open if either is; the
   smaller lower end, and the larger upper end, only if both are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from clearance.model.rule import Operator, Test


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval."""

    value: Fraction
    open: bool = False
    slope: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def bare(self) -> End:
        """The same end, as a constant."""
        return End(self.value, self.open)


NONE = End(Fraction(0))
ALL = End(Fraction(1))
HALF = Fraction(1, 2)


def add(ends: Iterable[End]) -> End:
    """The sum."""
    value, is_open, slope = Fraction(0), False, dict[str, Fraction]()
    for end in ends:
        value += end.value
        is_open = is_open or end.open
        for name, rise in end.slope.items():
            slope[name] = slope.get(name, Fraction(0)) + rise
    return End(value, is_open, slope)


def times(share: End, weight: End) -> End:
    """A constant share of a holder that is restricted by ``weight``."""
    share_counts = share.value > 0 or share.open
    weight_counts = weight.value > 0 or weight.open
    is_open = (share.open and weight_counts) or (weight.open and share_counts)
    slope = {name: share.value * rise for name, rise in weight.slope.items()}
    return End(share.value * weight.value, is_open, slope)


def rest(end: End) -> End:
    """What is left of the whole."""
    return End(1 - end.value, end.open, {name: -rise for name, rise in end.slope.items()})


def _tied(ends: list[End], value: Fraction) -> list[End]:
    return [end for end in ends if end.value == value]


def larger_lower(ends: Iterable[End]) -> End:
    """The largest of lower ends: all of them are known to hold."""
    some = list(ends)
    tied = _tied(some, max(end.value for end in some))
    return End(tied[0].value, any(end.open for end in tied), tied[0].slope)


def smaller_upper(ends: Iterable[End]) -> End:
    """The smallest of upper ends: all of them are known to hold."""
    some = list(ends)
    tied = _tied(some, min(end.value for end in some))
    return End(tied[0].value, any(end.open for end in tied), tied[0].slope)


def larger_upper(ends: Iterable[End]) -> End:
    """How high the largest of several may be."""
    some = list(ends)
    tied = _tied(some, max(end.value for end in some))
    return End(tied[0].value, all(end.open for end in tied), tied[0].slope)


def smaller_lower(ends: Iterable[End]) -> End:
    """How low the smallest of several may be."""
    some = list(ends)
    tied = _tied(some, min(end.value for end in some))
    return End(tied[0].value, all(end.open for end in tied), tied[0].slope)


def capped_lower(end: End) -> End:
    """A lower end; one that reaches the whole is the whole, whatever was added up."""
    return ALL if end.value >= 1 else end


def surely_passes(low: End, test: Test) -> bool:
    """Does every number above this lower end pass?"""
    if test.operator is Operator.AT_LEAST:
        return low.value >= test.threshold
    return low.value > test.threshold or (low.value == test.threshold and low.open)


def may_pass(high: End, test: Test) -> bool:
    """Does some number below this upper end pass?"""
    if test.operator is Operator.OVER:
        return high.value > test.threshold
    return high.value > test.threshold or (high.value == test.threshold and not high.open)
