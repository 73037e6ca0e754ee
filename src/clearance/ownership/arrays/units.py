"""Exact arithmetic on units: products of shares as ``int64``, with what rounding may have cost.

1. A share of a share is rounded to a whole unit (10⁻¹² of the whole); whether anything was lost
   is returned with it, so a value that is exact is known to be exact.
2. Values carry ``slack``: the true value lies within ``slack`` units of the number. Slack 0 means
   that number and truth are equal.
3. A comparison that slack leaves undecided is for exact fractions to settle (``exact``).
"""

from __future__ import annotations

from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Float, Int64

_SPLIT = 10**6
_OUTWARD = 1 + 1e-9


def share_of(share: Int64, weight: Int64) -> tuple[Int64, Bool]:
    """``share`` of ``weight``, rounded down, and where a remainder was dropped.

    **Shape**: both in units, 0 to ``WHOLE``. Exact: the product is taken in halves of six digits,
    none of whose sums passes 2.1·10¹⁸.

    >>> import numpy as np
    >>> share_of(np.array([6 * 10**11]), np.array([6 * 10**11]))
    (array([360000000000]), array([False]))
    """
    share_high = share // _SPLIT
    share_low = share - share_high * _SPLIT
    weight_high = weight // _SPLIT
    weight_low = weight - weight_high * _SPLIT
    rest = (share_high * weight_low + share_low * weight_high) * _SPLIT + share_low * weight_low
    carried = rest // WHOLE
    return share_high * weight_high + carried, rest != carried * WHOLE


def slack_of(share: Int64, slack: Float, rounded: Bool) -> Float:
    """How far ``share_of`` may be off, given how far its weight may be; rounded outward."""
    passed_on: Float = share * slack * (_OUTWARD / WHOLE)
    return passed_on + rounded
