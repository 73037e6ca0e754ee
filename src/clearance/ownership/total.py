"""The attributed total of one party, exact, given how restricted its holders are.

1. Lower end: the larger of the disjoint minima's sum and the largest attributed minimum.
2. Upper end: the least of 100 %, all maxima's sum, and what disjoint minima of holders that may
   not be restricted leave; never below the lower end.
3. A sum's end is open if an end that counts in it is; a tie is open if any tied end is.
4. A self-holding is taken out and the rest divided by what remains.
5. A joint block counts once: as restricted as its least restricted member in *must*, its most
   restricted in *may*.
6. A declared indirect holding with components: the larger of it and what flows through them.

**Source**: domain text section 6 (31 CFR 850.206, SI 2019/855 Sch 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from clearance.model.rule import Operator, Test
from clearance.ownership.live import Holdings


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval: a fraction of the whole, open if the value itself is excluded."""

    value: Fraction
    open: bool = False


NOTHING = End(Fraction(0))
ALL = End(Fraction(1))


@dataclass(frozen=True, slots=True)
class Total:
    """How much of a party is attributed: both ends."""

    low: End
    high: End


@dataclass(frozen=True, slots=True)
class Restriction:
    """How restricted each holder is.

    **Shape**: ``low`` and ``high`` give a party's x⁻ and x⁺ (cascade: 0 or 1). ``onward`` turns
    an upper total into the x⁺ it makes (cascade: 1 if the test passes, else 0; product: itself);
    it is only asked for components of a declared indirect holding. ``rest`` gives units that the
    undeclared rest of a subject adds to *may* (0 but in the third fixpoint).
    """

    low: Callable[[int], End]
    high: Callable[[int], End]
    onward: Callable[[int, End], End]
    rest: Callable[[int], int] = lambda subject: 0


def total(holdings: Holdings, subject: int, restriction: Restriction) -> Total:
    """The attributed total of ``subject``, for any subject, special or not.

    **Cost**: its holders; with components also theirs.
    """
    raise NotImplementedError


def certain(end: End, test: Test) -> bool:
    """Does a total whose lower end this is surely pass?"""
    if end.value == test.threshold:
        return end.open or test.operator is Operator.AT_LEAST
    return end.value > test.threshold


def possible(end: End, test: Test) -> bool:
    """Might a total whose upper end this is pass?"""
    if end.value == test.threshold:
        return test.operator is Operator.AT_LEAST and not end.open
    return end.value > test.threshold
