"""Which script a name is written in, and what in it deserves a word of warning.

1. A script is that of most letters, of which one in a dense script says as much as three others;
   Hiragana and Katakana are ``Kana``, and Han beside Kana is ``Kana``. No letter: no script.
2. One look at each distinct sign gives scripts and warnings together.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

from rigour.text.scripts import codepoint_script

_NAMED = {"Hiragana": "Kana", "Katakana": "Kana", "Bopomofo": "Han"}
_DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f")
DENSE = frozenset({"Han", "Kana", "Hangul", "Thai", "Khmer", "Lao", "Myanmar"})
"""Scripts without spaces, or with a syllable a sign: searched by raw pairs of signs."""

_SAYS = 3


class _Script(dict[str, str]):
    """The script of each letter, empty for other signs; filled as signs are met."""

    def __missing__(self, sign: str) -> str:
        script = ""
        if unicodedata.category(sign)[0] == "L":
            script = codepoint_script(ord(sign)) or ""
            script = "" if script in {"Common", "Inherited"} else _NAMED.get(script, script)
        return self.setdefault(sign, script)


class _Warning(dict[str, str]):
    """The warning each sign deserves, mostly none; filled as signs are met."""

    def __missing__(self, sign: str) -> str:
        return self.setdefault(sign, _warning(sign))


def _warning(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign in _DIRECTIONS:
        return "bidi"
    if sign in _ZERO_WIDTH:
        return "zero_width"
    if category == "Cc" and sign not in "\t\n\r":
        return "control"
    if category in {"Cs", "Co", "Cn"}:
        return "unknown_sign"
    return "symbol" if category == "So" and not _is_written(sign) else ""


def _is_written(sign: str) -> bool:
    """Does the sign stand for letters, as ``㈱`` does, or may it stand in any name?"""
    return sign in "©®°" or any(map(str.isalnum, unicodedata.normalize("NFKC", sign)))


_SCRIPT = _Script()
_WARNING = _Warning()


def script_of(text: str) -> str:
    """The script of most letters, or nothing.

    >>> script_of("ООО Ромашка"), script_of("トヨタ自動車"), script_of("SBI証券"), script_of("123")
    ('Cyrillic', 'Kana', 'Han', '')
    """
    if text.isascii():
        return "Latin" if text.lower().islower() else ""
    counts = Counter(map(_SCRIPT.__getitem__, text))
    counts.pop("", None)
    if counts["Kana"]:
        counts["Kana"] += counts.pop("Han", 0)
    says = {script: count * (_SAYS if script in DENSE else 1) for script, count in counts.items()}
    return min(says, key=lambda script: (-says[script], script), default="")


def scripts_of(word: str) -> frozenset[str]:
    """The scripts of all letters of a word."""
    return frozenset(map(_SCRIPT.__getitem__, word)) - {""}


def sign_warnings(text: str) -> tuple[str, ...]:
    """What single signs give reason to tell, sorted.

    >>> sign_warnings("Acme\\u200b \\u202eLtd")
    ('bidi', 'zero_width')
    """
    if text.isascii() and text.isprintable():
        return ()
    return tuple(sorted(set(map(_WARNING.__getitem__, text)) - {""}))
