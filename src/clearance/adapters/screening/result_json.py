"""Answers as plain JSON values: shares, holdings, missing facts.

1. Shares are percent, rounded to 6 decimals; ends say whether they are excluded.
2. Keys have one order; what is not known is ``null`` or an empty list, never left out.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from clearance.model.dates import text_of
from clearance.model.plain import Json
from clearance.model.share import Share, Unspecified, percent
from clearance.model.verdict import Holding, Missing


@lru_cache(maxsize=1 << 14)
def cached_percent(value: Fraction) -> float:
    """``percent``, made once a value: portfolios repeat the same shares."""
    return percent(value)


def share_json(share: Share | Unspecified | None) -> Json:
    """A share, or the reason why there is none; ends that look alike are shown as one figure.

    >>> share_json(Share.of_percent("50"))["minimum"]
    50.0
    """
    if share is None:
        return None
    if isinstance(share, Unspecified):
        return {"unspecified": share.reason}
    least, most = cached_percent(share.minimum), cached_percent(share.maximum)
    return {
        "minimum": least,
        "maximum": most,
        "exclusive_minimum": share.exclusive_minimum and least < most,
        "exclusive_maximum": share.exclusive_maximum and least < most,
    }


def holding_json(holding: Holding) -> Json:
    """One holding that counted."""
    return {
        "holder": holding.holder,
        "subject": holding.subject,
        "measure": holding.measure.value if holding.measure else None,
        "share": share_json(holding.share),
        "start": text_of(holding.period.start),
        "end": text_of(holding.period.end),
        "statement": holding.statement,
        "note": holding.note,
    }


def missing_json(missing: Missing) -> Json:
    """One fact that nobody stated."""
    return {"subject": missing.subject, "what": missing.what, "settles": missing.settles}


def amount(value: Decimal) -> int | float:
    """A revenue as a JSON number: whole where it is whole."""
    whole = int(value)
    return whole if whole == value else float(value)
