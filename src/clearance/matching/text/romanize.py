"""A word in Latin letters without marks.

1. Latin, Cyrillic, Greek, Armenian, Georgian and Hangul as rigour spells them.
2. Kana, Arabic, Hebrew, Devanagari, Thai and others as ICU reads them; Arabic and Hebrew write few
   vowels, so that few are read.
3. Han is read in Mandarin only where the name is Chinese for sure; otherwise it has no reading.
"""

from __future__ import annotations

from functools import lru_cache

from icu import Transliterator
from rigour.text.translit import maybe_ascii

from clearance.matching.text.han import is_han

_ANY_LATIN = Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
_REMEMBERED = 1 << 18


@lru_cache(_REMEMBERED)
def romanized(word: str, chinese: bool = False) -> str:
    """``word`` in ASCII letters and digits, or nothing where it has no sure reading.

    >>> romanized("ромашка"), romanized("トヨタ"), romanized("三菱")
    ('romashka', 'toyota', '')
    >>> romanized("华为", chinese=True)
    'huawei'
    """
    if word.isascii():
        return word
    easy = maybe_ascii(word).lower()
    if not easy.isascii():
        if not chinese and any(map(is_han, word)):
            return ""
        easy = _ANY_LATIN.transliterate(word)
    return "".join(filter(str.isalnum, filter(str.isascii, easy)))
