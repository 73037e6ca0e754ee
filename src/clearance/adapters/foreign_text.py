"""Text that others wrote, made safe to show: on a terminal, in a cell, in a drawing.

1. Characters that steer instead of show (controls, bidirectional overrides, invisible joiners of
   tags) are written out as ``‹U+202E›``; line breaks and tabs become blanks.
2. A cell that a spreadsheet would run begins with an apostrophe.
3. Escaping for HTML is not done here: templates and drawings escape everything they are given.
"""

from __future__ import annotations

import re
import unicodedata

_STEERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_BLANK = re.compile("[\t\n\r\u2028\u2029]+")
_RUNS = tuple("=+-@|%\t\r\n＝＋－＠")


def visible(text: str) -> str:
    """The text with everything shown and nothing steering.

    >>> visible("Alder\\u202e dtL")
    'Alder‹U+202E› dtL'
    """
    if text.isascii() and text.isprintable():
        return text
    return _STEERS.sub(lambda found: f"‹U+{ord(found[0]):04X}›", _BLANK.sub(" ", text))


def cell(text: str) -> str:
    """The text as a spreadsheet cell that shows it and runs nothing.

    **Source**: OWASP, CSV injection.

    >>> cell("=cmd()"), cell("Birch")
    ("'=cmd()", 'Birch')
    """
    if text.isascii() and text.isprintable() and text[:1].isalnum():
        return text
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_RUNS) else shown


def shortened(text: str, width: int) -> str:
    """At most ``width`` columns, wide characters counting two, ending in ``…`` if cut.

    >>> shortened("Alder Holdings", 8)
    'Alder H…'
    """
    room = width
    for place, sign in enumerate(text):
        room -= columns(sign)
        if room < 0:
            return _cut(text[:place], width) + "…"
    return text


def columns(text: str) -> int:
    """How many columns the text takes in a fixed-width font."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )


def _cut(text: str, width: int) -> str:
    while text and columns(text) > width - 1:
        text = text[:-1]
    return text.rstrip()
