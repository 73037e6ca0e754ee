"""Percentages that people wrote as text, as exact intervals.

1. A bare number is exact: ``50``, ``50 %``, ``50,5``.
2. Two numbers are a range with both ends in: ``25-50``, ``25 % to 50 %``.
3. Words open or bound an end: more than, over, > (open below); at least, from, >=; less than,
   under, < (open above); up to, at most, <=.
4. Anything else is not understood, and its size is not used.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clearance.adapters.formats.columns import units_of
from clearance.adapters.formats.fields import Units
from clearance.model.errors import InputError
from clearance.model.share import Share

_NUMBER = r"(\d+(?:[.,]\d+)?)\s*(?:%|percent|per cent|pct)?"
_EXACT = re.compile(rf"(?:exactly)?\s*{_NUMBER}")
_RANGE = re.compile(rf"(?:from|between)?\s*{_NUMBER}\s*(?:-|–|—|to|and|\.\.)\s*{_NUMBER}")
_BOUNDED = re.compile(rf"([a-z<>=≤≥ ]+?)\s*{_NUMBER}")
_SUFFIXED = re.compile(rf"{_NUMBER}\s*(\+|or more|and more|or less|or above|and above)")

_BELOW = {
    "more than": True,
    "over": True,
    "above": True,
    "greater than": True,
    ">": True,
    "at least": False,
    "from": False,
    "not less than": False,
    "minimum": False,
    ">=": False,
    "≥": False,
}
"""Words that bound from below, and whether they leave the bound itself out."""

_ABOVE = {
    "less than": True,
    "under": True,
    "below": True,
    "<": True,
    "up to": False,
    "at most": False,
    "not more than": False,
    "maximum": False,
    "<=": False,
    "≤": False,
}
"""Words that bound from above, and whether they leave the bound itself out."""


@lru_cache(maxsize=1 << 14)
def units_of_text(text: str) -> Units:
    """The share that a text states.

    Raises:
        InputError: the text is not understood, or outside 0 to 100.

    >>> low, high, flags = units_of_text("more than 25 %")
    >>> low // 10**10, high // 10**10
    (25, 100)
    """
    cleaned = " ".join(text.lower().split()).replace(" ,", ",")
    share = _exact(cleaned) or _between(cleaned) or _bounded(cleaned)
    if share is None:
        raise InputError(
            f"{text!r} is not understood as a percentage", remedy="write 50, 25-50 or > 25"
        )
    return units_of(share)


def _exact(text: str) -> Share | None:
    found = _EXACT.fullmatch(text)
    return Share.of_percent(_plain(found[1])) if found else None


def _between(text: str) -> Share | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    return Share.of_percent(minimum=_plain(found[1]), maximum=_plain(found[2]))


def _bounded(text: str) -> Share | None:
    found = _BOUNDED.fullmatch(text)
    if found:
        word, number = found[1].strip(), _plain(found[2])
        if word in _BELOW:
            return Share.of_percent(minimum=number, exclusive_minimum=_BELOW[word])
        if word in _ABOVE:
            return Share.of_percent(maximum=number, exclusive_maximum=_ABOVE[word])
    suffixed = _SUFFIXED.fullmatch(text)
    if suffixed is None:
        return None
    number = _plain(suffixed[1])
    if suffixed[2] == "or less":
        return Share.of_percent(maximum=number)
    return Share.of_percent(minimum=number)


def _plain(number: str) -> str:
    return number.replace(",", ".")
