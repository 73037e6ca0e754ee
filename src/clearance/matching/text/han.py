"""Han: one form of a character that is written in three ways, and whose it is.

1. Traditional and Japanese forms become the simplified one, for searching only.
2. A reading belongs to a language. Only what national character sets tell is used: a sign that
   is in GB 2312 or Big5 and not in JIS X 0208 is Chinese; one that is in JIS X 0208 alone is
   Japanese. Where no sign tells, nothing is read.
"""

from __future__ import annotations

from functools import cache

from icu import Transliterator

_TO_SIMPLIFIED = Transliterator.createInstance("Hant-Hans")


def is_han(sign: str) -> bool:
    """Whether a sign is a Han character."""
    return "\u4e00" <= sign <= "\u9fff" or "\u3400" <= sign <= "\u4dbf" or sign >= "\U00020000"


def simplified(text: str) -> str:
    """The simplified form of each Han character; other signs as they are.

    >>> simplified("國泰")
    '国泰'
    """
    return _TO_SIMPLIFIED.transliterate(text) if any(map(is_han, text)) else text


@cache
def _is_in(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def reads_as_chinese(text: str) -> bool:
    """Whether some sign is Chinese and none is Japanese.

    >>> reads_as_chinese("华为"), reads_as_chinese("日本"), reads_as_chinese("広沢")
    (True, False, False)
    """
    han = set(filter(is_han, text))
    return any(map(_is_chinese, han)) and not any(map(_is_japanese, han))


def _is_chinese(sign: str) -> bool:
    return (_is_in(sign, "gb2312") or _is_in(sign, "big5")) and not _is_in(sign, "shift_jis")


def _is_japanese(sign: str) -> bool:
    return _is_in(sign, "shift_jis") and not (_is_in(sign, "gb2312") or _is_in(sign, "big5"))
