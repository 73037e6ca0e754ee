"""A word in Latin letters without marks.

1. Latin, Cyrillic, Greek, Armenian, Georgian and Hangul as rigour spells them.
2. Kana, Arabic, Hebrew, Devanagari, Thai and others as ICU reads them; Arabic and Hebrew write few
   vowels, so that few are read. The Arabic article is left out, as Latin spellings part it.
3. A final consonant of Devanagari and its sisters is read without the ``a`` of Sanskrit.
4. Han is read in Mandarin only where the name is Chinese for sure. Otherwise it has no reading, and
   of a word that mixes Han with Kana or Latin letters those alone are read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from icu import Transliterator
from rigour.text.translit import maybe_ascii

from clearance.matching.text.han import is_han

_ANY_LATIN = Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
_REMEMBERED = 1 << 18
_BESIDE_HAN = re.compile("[ァ-ヺー]{2,}|[a-z0-9]+")
_ARTICLE = re.compile("^ال(?=...)")
_SILENT_A = re.compile("..[क-हক-হਕ-ਹક-હ]$")
_SMALL_TEXT = (
    "ァ=ア ィ=イ ゥ=ウ ェ=エ ォ=オ ッ=ツ ャ=ヤ ュ=ユ ョ=ヨ ヮ=ワ ヵ=カ ヶ=ケ ヰ=イ ヱ=エ ー="
)
_SMALL_KANA = str.maketrans(dict(pair.split("=") for pair in _SMALL_TEXT.split(" ")))
SPELLINGS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""What spellings of one name differ in, in the order in which it is made one."""


@lru_cache(_REMEMBERED)
def romanized(word: str, chinese: bool = False) -> str:
    """``word`` in ASCII letters and digits, or nothing where it has no sure reading.

    >>> romanized("ромашка"), romanized("トヨタ自动车"), romanized("sbi证券"), romanized("三菱")
    ('romashka', 'toyota', 'sbi', '')
    >>> romanized("华为", chinese=True)
    'huawei'
    """
    if word.isascii():
        return word
    easy = maybe_ascii(word).lower()
    if not easy.isascii():
        if not chinese and any(map(is_han, word)):
            word = "".join(_BESIDE_HAN.findall(word))
        word = _ARTICLE.sub("", word)
        easy = str(_ANY_LATIN.transliterate(word))
        if _SILENT_A.search(word):
            easy = easy.removesuffix("a")
    return "".join(filter(str.isalnum, filter(str.isascii, easy)))


def spelled(joined: str) -> str:
    """A name without spaces, without what two spellings of it differ in.

    Umlauts and their two letters (``Müller``, ``Mueller``), ``å`` and ``aa``; small and large kana
    and the long mark (``キヤノン``, ``キャノン``).

    >>> spelled("mueller") == spelled("muller"), spelled("キヤノン") == spelled("キャノン")
    (True, True)
    """
    if not joined.isascii():
        return joined.translate(_SMALL_KANA) or joined
    for written, plain in SPELLINGS:
        joined = joined.replace(written, plain)
    return joined
