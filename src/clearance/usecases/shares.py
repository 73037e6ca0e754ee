"""Sums of shares as people read them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from clearance.model.share import Share, Unspecified, range_text, rounded_percent

MOST_PARTS = 3
"""A sum of more parts than this names the first ones only."""


def sum_text(shares: Sequence[Share | Unspecified]) -> str:
    """The arithmetic of one step; what is not stated counts from nothing to the rest.

    >>> sum_text([Share.of_percent("30"), Share.of_percent(minimum="25", maximum="50")])
    '30 + 25–50 = 55 to 80 %'
    """
    if len(shares) == 1:
        return range_text(shares[0])
    parts = [bare_text(share) for share in shares]
    if len(parts) > MOST_PARTS:
        parts = [*parts[: MOST_PARTS - 1], f"{len(parts) - MOST_PARTS + 1} more"]
    return f"{' + '.join(parts)} = {range_text(_total(shares))}"


def bare_text(share: Share | Unspecified) -> str:
    """A share without its sign, for sums.

    >>> bare_text(Share.of_percent("30")), bare_text(Share.of_percent(minimum="25", maximum="50"))
    ('30', '25–50')
    """
    if isinstance(share, Unspecified):
        return "?"
    low, high = _ends(share)
    return low if low == high else f"{low}–{high}"


def _ends(share: Share) -> tuple[str, str]:
    return rounded_percent(share.minimum, 2), rounded_percent(share.maximum, 2)


def _total(shares: Sequence[Share | Unspecified]) -> Share:
    known = [share for share in shares if isinstance(share, Share)]
    low = min(sum((share.minimum for share in known), Fraction(0)), Fraction(1))
    high = sum((share.maximum for share in known), Fraction(0))
    if len(known) < len(shares) or high >= 1:
        return Share(low, Fraction(1), low < 1 and any(one.exclusive_minimum for one in known))
    return Share(
        low,
        high,
        any(share.exclusive_minimum for share in known),
        any(share.exclusive_maximum for share in known),
    )
