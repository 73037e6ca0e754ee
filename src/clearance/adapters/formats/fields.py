"""Dates, shares and codes as published records state them, parsed once for each distinct text.

1. A bad date or share never drops the record: the interest stays with a date that may be any day,
   or with a size that is not stated, and the reject says so. Losing the interest would clear its
   subject in silence.
2. Percentages are read exactly: a number by its shortest decimal text, a text as it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from clearance.adapters.formats.columns import moment, units_of
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.errors import InputError
from clearance.model.region import has_code_form
from clearance.model.share import WHOLE, Share

Days = tuple[int, int, int, int]
Units = tuple[int, int, int]
Complain = Callable[[str, str], None]
"""Takes the field and the reason of a reject."""

OPEN_ENDED: Days = (ALWAYS, ALWAYS, NEVER, NEVER)
UNSURE: Days = (ALWAYS, NEVER, ALWAYS, NEVER)
UNSTATED_UNITS: Units = (0, WHOLE, 0)


def text_of(value: object) -> str:
    """A scalar as trimmed text; anything else, and nothing, as ``""``."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool | dict | list):
        return ""
    return str(value)


@lru_cache(maxsize=1 << 17)
def _days(start: str, end: str) -> Days:
    first = moment(start) if start else None
    last = moment(end) if end else None
    if first and last and last.last < first.first:
        raise InputError(f"it ends on {end}, before its start on {start}")
    return (
        first.first if first else ALWAYS,
        first.last if first else ALWAYS,
        last.first if last else NEVER,
        last.last if last else NEVER,
    )


def days_of(start: object, end: object, complain: Complain, prefix: str = "") -> Days:
    """A period as four days; on a bad date any period is possible, and ``complain`` is told."""
    if not start and not end:
        return OPEN_ENDED
    try:
        return _days(
            start if type(start) is str else text_of(start),
            end if type(end) is str else text_of(end),
        )
    except InputError as error:
        complain(f"{prefix}startDate, {prefix}endDate", f"{error.what}; its dates are not used")
        return UNSURE


@lru_cache(maxsize=1 << 15)
def _units(exact: str, low: str, high: str, low_open: bool, high_open: bool) -> Units:
    if exact:
        return units_of(Share.of_percent(exact))
    share = Share.of_percent(
        minimum=low or None,
        maximum=high or None,
        exclusive_minimum=low_open and bool(low),
        exclusive_maximum=high_open and bool(high),
    )
    return units_of(share)


def number_text(value: object) -> str:
    """A published number as decimal text; ``""`` where none is given.

    >>> number_text(76.5), number_text("50 "), number_text("")
    ('76.5', '50', '')
    """
    if type(value) is float:
        return repr(value)
    return text_of(value)


def units_between(
    exact: str, low: str, high: str, low_open: bool, high_open: bool, complain: Complain
) -> Units:
    """A share as units and flags; unstated, and ``complain`` told, where it is no share."""
    if not (exact or low or high):
        return UNSTATED_UNITS
    try:
        return _units(exact, low, high, low_open, high_open)
    except InputError as error:
        complain("share", f"{error.what}; its size is not used")
        return UNSTATED_UNITS


@lru_cache(maxsize=1 << 12)
def code_of(text: str) -> str:
    """An ISO 3166-1 or 3166-2 code in upper case, or ``""`` if the text has another form.

    >>> code_of("xa-02"), code_of("Some Republic")
    ('XA-02', '')
    """
    upper = text.strip().upper()
    return upper if has_code_form(upper) else ""
