"""Numbers in names, as digits: ``Fund II`` and ``Fund 2`` hold the same number."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"\d+")
_ROMAN = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11",
    "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18",
    "xix": "19", "xx": "20",
}  # fmt: skip


def number_of(token: str, place: int) -> str:
    """The number a token stands for as a whole, or nothing."""
    if token.isdecimal():
        return str(int(token)) if len(token) < 19 else token.lstrip("0")
    return _ROMAN.get(token, "") if place else ""


def numbers_in(token: str, place: int) -> tuple[str, ...]:
    """Every number in a token.

    >>> numbers_in("ii", 1), numbers_in("360networks", 0)
    (('2',), ('360',))
    """
    whole = number_of(token, place)
    if whole:
        return (whole,)
    return tuple(run.lstrip("0") or "0" for run in _DIGITS.findall(token))
