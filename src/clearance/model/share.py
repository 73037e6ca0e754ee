"""How much: a share as an exact interval with open or closed ends.

1. Inside, a share is a fraction of the whole (1 = 100 %); percent exists only at the door.
2. An end is open where the statement excludes it: "more than 25" is open below.
3. Not stated is a value with a reason, never ``None`` and never 0.
4. Arrays hold ends as ``int64`` units of 10⁻¹² of the whole. A stated end with more than ten
   decimals of a percent is rounded outward, so an interval in units always contains the truth.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from clearance.model.errors import InputError, shown

WHOLE = 10**12
"""100 % in array units."""


@lru_cache(maxsize=1 << 14)
def of_units(units: int) -> Fraction:
    """What so many units are of the whole; made once, as shares repeat.

    >>> of_units(WHOLE // 8)
    Fraction(1, 8)
    """
    return Fraction(int(units), WHOLE)


@dataclass(frozen=True, slots=True)
class Unspecified:
    """Told that there is something, not told what. ``reason`` is the source's own code."""

    reason: str = "unstated"


UNSTATED = Unspecified()
"""The size of an interest whose statement gives none."""


@dataclass(frozen=True, slots=True)
class Share:
    """An interval of the whole.

    **Shape**: fractions, ``0 <= minimum <= maximum <= 1``; an exact share has equal closed ends.

    Raises:
        InputError: the ends are out of order, out of range, or leave nothing between them.

    **Source**: BODS 0.4, ``Share``.

    >>> band = Share.of_percent(minimum="25", maximum="50", exclusive_minimum=True)
    >>> band.minimum, band.maximum
    (Fraction(1, 4), Fraction(1, 2))
    """

    minimum: Fraction
    maximum: Fraction
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.minimum <= self.maximum <= 1:
            raise InputError(
                f"a share from {percent(self.minimum)} % to {percent(self.maximum)} %",
                remedy="give percentages between 0 and 100, smaller end first",
            )
        if self.minimum == self.maximum and (self.exclusive_minimum or self.exclusive_maximum):
            raise InputError(
                f"a share above and below {percent(self.minimum)} % at once",
                remedy="an exact share has closed ends",
            )

    @classmethod
    def exact(cls, value: Fraction) -> Share:
        """The share that is exactly ``value`` of the whole."""
        return cls(value, value)

    @classmethod
    def of_percent(
        cls,
        exact: str | None = None,
        *,
        minimum: str | None = None,
        maximum: str | None = None,
        exclusive_minimum: bool = False,
        exclusive_maximum: bool = False,
    ) -> Share:
        """A share from percentages as text; an end that is not stated is 0 or 100."""
        if exact is not None:
            return cls.exact(fraction_of_percent(exact))
        low = Fraction(0) if minimum is None else fraction_of_percent(minimum)
        high = Fraction(1) if maximum is None else fraction_of_percent(maximum)
        return cls(low, high, exclusive_minimum, exclusive_maximum)


ANY = Share(Fraction(0), Fraction(1))
"""The share nothing is known of."""


_FINEST = 400
"""Decimal places of a number; as fractions, finer ones would fill the memory."""


def fraction_of_percent(text: str) -> Fraction:
    """A percentage as a fraction of the whole.

    Raises:
        InputError: no plain number, or outside 0 to 100.

    >>> fraction_of_percent("12.5")
    Fraction(1, 8)
    """
    cleaned = text.strip()
    try:
        number = Decimal(cleaned)
        fine = len(cleaned) > _FINEST or -number.adjusted() > _FINEST
        if fine or not number.is_finite() or "_" in cleaned:
            raise InvalidOperation
    except InvalidOperation:
        raise InputError(
            f"{shown(text)} is no percentage", remedy="write a plain number such as 50.5"
        ) from None
    if not 0 <= number <= 100:
        raise InputError(
            f"{shown(text)} is outside 0 to 100", remedy="write a percentage of the whole"
        )
    return Fraction(number) / 100


def percent(value: Fraction, places: int = 6) -> float:
    """A fraction as percent, rounded half-even to ``places`` decimals, for showing only.

    >>> percent(Fraction(60, 95))
    63.157895
    """
    scale: int = 10**places
    whole, rest = divmod(value.numerator * 100 * scale, value.denominator)
    twice = 2 * rest - value.denominator
    return (whole + (twice > 0 or (twice == 0 and whole % 2 == 1))) / scale


@lru_cache(maxsize=1 << 14)
def rounded_percent(value: Fraction, places: int = 6) -> str:
    """A fraction as rounded percent without needless zeros, for showing only.

    >>> rounded_percent(Fraction(60, 95)), rounded_percent(Fraction(60, 95), 2)
    ('63.157895', '63.16')
    """
    text = f"{percent(value, places):.{places}f}"
    return text.rstrip("0").rstrip(".")


@lru_cache(maxsize=1 << 14)
def range_text(share: Share | Unspecified | None, places: int = 2) -> str:
    """A share as people read it, its ends rounded to ``places`` decimals.

    >>> range_text(Share(Fraction(1, 4), Fraction(1, 2), True)), range_text(Unspecified())
    ('over 25 to 50 %', '?')
    >>> range_text(Share(Fraction(2, 3), Fraction(1), False, True), 6)
    '66.666667 to under 100 %'
    """
    if share is None or isinstance(share, Unspecified):
        return "?"
    low, high = (rounded_percent(end, places) for end in (share.minimum, share.maximum))
    if rounded_percent(share.minimum) == rounded_percent(share.maximum):
        return f"{low} %"
    over = "over " if share.exclusive_minimum else ""
    under = "under " if share.exclusive_maximum else ""
    return f"{over}{low} to {under}{high} %"


def units_below(value: Fraction) -> int:
    """The largest number of units not above ``value``."""
    return (value.numerator * WHOLE) // value.denominator


def units_above(value: Fraction) -> int:
    """The smallest number of units not below ``value``."""
    return -((-value.numerator * WHOLE) // value.denominator)
