"""Numbers in names, as digits: ``Fund II`` and ``Fund 2`` hold the same number.

1. Digits of every script, also glued to letters (``G4S``); leading zeros are dropped.
2. Ordinals with digits (``1st``, ``2ème``, ``3-й``), and number words that rigour knows (``First``,
   ``dritte``).
3. Roman numerals of I, V and X, not as the first word. What is also a word or a letter (``I``,
   ``V``, ``X``, ``VI``, ``XI``) counts only after a word that is counted, such as ``Fund``.
4. Han numerals behind 第 or before 号 and 期; elsewhere they are part of a name (三菱).

A number word stays a word in Latin letters; only what is written as a numeral becomes digits.
"""

from __future__ import annotations

import re
from itertools import product

from rigour._core import ordinals_dict  # rigour has no public door to its number words

from clearance.matching.text.signs import folded

_DIGITS = re.compile(r"\d+")
_HAN_DIGITS = dict(
    zip("〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖", "00123456789123456789", strict=True)
)
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN = "".join((*_HAN_DIGITS, *_HAN_UNITS))
_HAN_NUMBER = re.compile(f"第([{_HAN}]+)|([{_HAN}]+)(?=[号期])")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|re|ere|e|eme|de|ste|o|a|ra|do|to|ta|й|я|е|ый|ая)")
ALSO_A_WORD = {"i": "1", "v": "5", "x": "10", "vi": "6", "xi": "11"}
_COUNTED_TEXT = """
fund funds fonds fondo fundo partners partnership capital series serie class klasse holding holdings
investment investments investors venture ventures equity growth opportunities opportunity trust
portfolio phase part teil tranche block section volume unit acquisition acquisitions finance funding
infrastructure feeder master credit solar solarpark wind windpark reit lp no nr fcpr sicav sif
parallel bidco midco topco energy development real estate property properties income bond
"""
COUNTED = frozenset(_COUNTED_TEXT.split())
_NOT_COUNTING = frozenset(("una", "premier", "primer", "sto", "сто", "ten"))


def _roman() -> dict[str, str]:
    tens = ("", "x", "xx", "xxx")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    written = (ten + one for ten, one in product(tens, ones))
    return {word: str(value) for value, word in enumerate(written) if value}


def _number_words() -> dict[str, str]:
    known = ((folded(word), str(value)) for value, all in ordinals_dict().items() for word in all)
    return {
        word: value
        for word, value in known
        if word.isalpha() and len(word) > 2 and word not in _NOT_COUNTING
    }


_ROMAN = _roman()
_WORDS = _number_words()
MAYBE = frozenset((*_ROMAN, *_WORDS))
"""Words of letters alone that may be numbers; all others hold none, Han apart."""


def same_number(word: str, other: str) -> bool:
    """Are two words one number, at least one of them as a numeral, in digits or Roman?

    >>> same_number("2", "two"), same_number("v", "fifth"), same_number("one", "first")
    (True, True, False)
    """
    digits = _digits(word), _digits(other)
    mine, theirs = digits[0] or _WORDS.get(word, ""), digits[1] or _WORDS.get(other, "")
    return any(digits) and mine == theirs


def _digits(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdecimal() else _ROMAN.get(word, "")


def numeral(word: str, before: str) -> str:
    """The digits that a word stands for as a numeral, or nothing; ``before``: the word in front.

    >>> numeral("ii", "fund"), numeral("1st", ""), numeral("x", "malcolm"), numeral("x", "fund")
    ('2', '1', '', '10')
    """
    if word.isdecimal():
        return word.lstrip("0") or "0"
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal:
        return ordinal[1].lstrip("0") or "0"
    if not before or (word in ALSO_A_WORD and before not in COUNTED):
        return ""
    return _ROMAN.get(word, "")


def numbers_in(word: str, before: str) -> tuple[str, ...]:
    """Every number in a word, in digits.

    >>> numbers_in("360networks", ""), numbers_in("first", ""), numbers_in("第二十三研究所", "")
    (('360',), ('1',), ('23',))
    """
    whole = numeral(word, before) or _WORDS.get(word, "")
    if whole:
        return (whole,)
    han = (_han_value(behind or ahead) for behind, ahead in _HAN_NUMBER.findall(word))
    return (*(run.lstrip("0") or "0" for run in _DIGITS.findall(word)), *han)


def _han_value(written: str) -> str:
    """The value of a Han numeral, by place (二〇) or by unit (二十)."""
    if not any(sign in _HAN_UNITS for sign in written):
        return "".join(map(_HAN_DIGITS.__getitem__, written)).lstrip("0") or "0"
    total = digit = 0
    for sign in written:
        unit = _HAN_UNITS.get(sign)
        if unit:
            total, digit = total + (digit or 1) * unit, 0
        else:
            digit = int(_HAN_DIGITS[sign])
    return str(total + digit)
