"""A BODS share as units: 0.4 ends, 0.3 ends with flags, numbers as text, and empty texts.

1. ``exact`` wins over a range beside it.
2. ``exclusiveMinimum`` is a number in 0.4 and a flag on ``minimum`` in 0.3; both are read. Where
   an inclusive and an exclusive end are both given, the narrower stands.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from clearance.adapters.formats.bods_shape import Number, Share
from clearance.adapters.formats.fields import (
    UNSTATED_UNITS,
    Complain,
    Units,
    number_text,
    units_between,
)


def share_units(share: Share | None, complain: Complain) -> Units:
    """The share in units; unstated where it is missing, empty or no share."""
    if share is None:
        return UNSTATED_UNITS
    exact = number_text(share.exact)
    if exact:
        return units_between(exact, "", "", False, False, complain)
    low, low_open = _end(share.minimum, share.exclusiveMinimum, 1)
    high, high_open = _end(share.maximum, share.exclusiveMaximum, -1)
    return units_between("", low, high, low_open, high_open, complain)


def _end(inclusive: Number, exclusive: bool | Number, sign: int) -> tuple[str, bool]:
    closed = number_text(inclusive)
    if exclusive is True or exclusive == "true":
        return closed, True
    opened = "" if exclusive is False or exclusive == "false" else number_text(exclusive)
    if not opened:
        return closed, False
    if not closed:
        return opened, True
    try:
        narrower = sign * Decimal(opened) >= sign * Decimal(closed)
    except InvalidOperation:
        narrower = True
    return (opened, True) if narrower else (closed, False)
