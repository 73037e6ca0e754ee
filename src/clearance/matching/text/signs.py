"""What each sign of a name becomes, in its own script.

1. Compatibility forms are one (NFKC), case is folded, accents that only mark a letter fall away.
2. Every run of spaces and punctuation is one space; ``&`` and ``+`` become ``&``, standing alone.
3. Signs nobody sees (zero width, direction, soft hyphen) and apostrophes vanish.
4. Digits of every script are ``0`` to ``9``.
5. Alef forms of Arabic, final letters of Hebrew, hiragana and traditional Han become the form that
   most writers share, so that either spelling finds the other.

Nothing is transliterated here.
"""

from __future__ import annotations

import re
import unicodedata

from clearance.matching.text.han import simplified

_PAIRS = """
ø=o đ=d ð=d ł=l ı=i ħ=h ŧ=t æ=ae œ=oe þ=th ŋ=ng ə=e ĸ=k
ѐ=е ѝ=и
ך=כ ם=מ ן=נ ף=פ ץ=צ
ٱ=ا ى=ي ة=ه ی=ي ک=ك ے=ي ہ=ه ھ=ه ۀ=ه
ゐ=ヰ ゑ=ヱ
ँ=ं
"""
_SAME = dict(pair.split("=") for pair in _PAIRS.split())

_OWN_LETTERS = frozenset("йїў")
"""Letters that only look like a letter with a mark."""

_TO_KATAKANA = ord("ア") - ord("あ")
_INVISIBLE = frozenset("'’‘ʼʻ`´′ʹʺ״׳־ـ\u00ad\u034f\u061c\u180e")
_MARKS = (
    (0x0300, 0x036F),  # Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05C7),  # Hebrew vowel signs
    (0x0610, 0x061A),  # Arabic vowel signs
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x08D3, 0x08FF),
    (0x093C, 0x093C),  # Devanagari: the dot of loan sounds
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)


def _is_mark(code: int) -> bool:
    return any(first <= code <= last for first, last in _MARKS)


class _Signs(dict[int, str]):
    """What each sign becomes, filled as signs are met."""

    def __missing__(self, code: int) -> str:
        return self.setdefault(code, folded_sign(chr(code)))


def folded_sign(sign: str) -> str:
    """What one sign becomes: nothing, letters, or something with spaces around it."""
    code, category = ord(sign), unicodedata.category(sign)
    if sign in _INVISIBLE or category == "Cf" or _is_mark(code):
        return ""
    if sign in "&+":
        return " & "
    if category[0] == "M":
        return sign
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category[0] in "LN":
        return "".join(map(_folded_letter, sign.casefold()))
    return " "


def _folded_letter(letter: str) -> str:
    if letter in _OWN_LETTERS:
        return letter
    if "ぁ" <= letter <= "ゖ":
        letter = chr(ord(letter) + _TO_KATAKANA)
    apart = unicodedata.normalize("NFD", letter)
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if not _is_mark(ord(sign))))
    return simplified(_SAME.get(bare, bare))


_SIGNS = _Signs()
_TRADE_MARK = re.compile("[™℠®©]")
_HEBREW_ABBREVIATION = re.compile('(?<=[א-ת])"(?=[א-ת])')


def folded(text: str) -> str:
    """``text`` with every sign folded and single spaces.

    **Cost**: about two microseconds for a Latin name.

    >>> folded("  ÉTOILE–Polaire,  S.A. "), folded("Łódź & Søn"), folded("מיכון בע״מ")
    ('etoile polaire s a', 'lodz & son', 'מיכונ בעמ')
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _TRADE_MARK.sub(" ", text))
        if '"' in text:
            text = _HEBREW_ABBREVIATION.sub("", text)
    elif "'" in text:
        text = text.replace("'", "")
    return " ".join(text.translate(_SIGNS).split())
