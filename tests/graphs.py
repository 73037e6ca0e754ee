"""Graphs written as text: ``"P -60%-> A; R -(50,75)%-> T; U -?-> T"``.

``%`` may be left out; ``?`` states no share; a bracket is an interval, round where an end is
excluded; ``@1`` after a row names its source.
"""

from __future__ import annotations

import re

from clearance.model.interest import Interest, InterestType
from clearance.model.share import UNSTATED, Share, Unspecified

_ROW = re.compile(r"(\S+) -([^%>]+?)%?-> (\S+?)(?:@(\S+))?")
_BAND = re.compile(r"([\[(])([\d.]+),([\d.]+)([\])])")


def graph(text: str, type: InterestType = InterestType.shareholding) -> tuple[Interest, ...]:
    """The interests of a graph written as text, statements numbered from 1."""
    rows = [row.strip() for row in text.split(";") if row.strip()]
    return tuple(_interest(row, number, type) for number, row in enumerate(rows, start=1))


def _interest(row: str, number: int, type: InterestType) -> Interest:
    matched = _ROW.fullmatch(row)
    assert matched, row
    holder, amount, subject, source = matched.groups()
    statement = f"s{number}"
    return Interest(holder, subject, type, share(amount), source=source or "", statement=statement)


def share(text: str) -> Share | Unspecified:
    """``40``, ``(50,75)``, ``[75,100]`` or ``?``."""
    if text == "?":
        return UNSTATED
    band = _BAND.fullmatch(text)
    if band is None:
        return Share.of_percent(text)
    return Share.of_percent(
        minimum=band[2],
        maximum=band[3],
        exclusive_minimum=band[1] == "(",
        exclusive_maximum=band[4] == ")",
    )
