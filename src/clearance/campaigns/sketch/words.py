"""Where words begin and end in UTF-8, in any script.

1. A word is a run of letters and digits; Latin capitals count as small letters.
2. Scripts written without spaces (Han, Kana, Thai, Lao, Myanmar, Khmer) give a word a character.
3. Bytes that are no UTF-8 are parts of words like any other: nothing is refused here.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

SEPARATOR, LETTER, SINGLE = 0, 1, 2


def _ascii() -> NDArray[np.uint8]:
    """What an ASCII byte becomes: 0 between words, else the small letter or digit."""
    table = np.zeros(128, np.uint8)
    for code in range(128):
        sign = chr(code)
        table[code] = ord(sign.lower()) if sign.isalnum() or sign == "_" else 0
    return table


FOLDED = _ascii()


@njit(inline="always")
def kind_of(first: int, second: int, third: int) -> int:
    """Whether the character that begins with these bytes is a separator, a letter or a word."""
    if first < 0xE0:
        return SEPARATOR if first == 0xC2 and second < 0xC0 else LETTER
    if first == 0xE2:  # punctuation, arrows, signs
        return SEPARATOR if second < 0xB0 else LETTER
    if first == 0xE3:
        return SEPARATOR if second == 0x80 and third < 0xA1 else SINGLE
    if first == 0xE0:
        return SINGLE if 0xB8 <= second <= 0xBB else LETTER
    if first == 0xE1:
        return SINGLE if 0x80 <= second <= 0x82 or 0x9E <= second <= 0x9F else LETTER
    if 0xE4 <= first <= 0xE9:
        return SINGLE
    if first == 0xEF and second >= 0xBC:  # full-width signs
        return SEPARATOR if second == 0xBC and third < 0x90 else SINGLE
    return SINGLE if first == 0xF0 and second >= 0xA0 else LETTER


@njit(inline="always")
def length_of(first: int) -> int:
    """How many bytes the character has that begins with this byte."""
    if first < 0xC0:
        return 1
    if first < 0xE0:
        return 2
    return 3 if first < 0xF0 else 4
