"""Given names of two words that are written as one, as two, or with the article between them.

1. *Abd* ("servant of") and *Abu* ("father of") make one name with the word behind them, and the
   article between is spelled by ear: ``Abd al-Rahman``, ``Abdul Rahman``, ``Abdurrahman``,
   ``Abdelrahman`` are one name, and so are ``Abu al-Hasan``, ``Abul Hasan``, ``Abulhasan``.
2. Two words are joined only where another stands beside them: of ``Abdul Khan`` nobody can tell
   whether the second is the family's.
"""

from __future__ import annotations

import re

FIRST = {
    "abd",
    "abdu",
    "abdul",
    "abdel",
    "abdal",
    "abdoul",
    "abdur",
    "abdus",
    "abu",
    "abou",
    "abul",
}
ARTICLES = {"al", "el", "ul", "ar", "er", "ur", "as", "es", "us", "an", "ad", "at", "az"}
_ABD = re.compile(r"abd(?:ou|[uea])(?:l|([rsztnd])(?=\1))?(?P<rest>\w{3,})")
_ABU = re.compile(r"abo?u(?:a?l)?(?P<rest>\w{3,})")


def compounded(words: tuple[str, ...]) -> tuple[str, ...]:
    """A person's words with such names as one, spelled one way.

    >>> compounded(("abd", "al", "rahman", "khan")), compounded(("abdurrahman", "khan"))
    (('abdrahman', 'khan'), ('abdrahman', 'khan'))
    >>> compounded(("abul", "hasan", "roe")), compounded(("abdul", "khan"))
    (('abuhasan', 'roe'), ('abdul', 'khan'))
    """
    if not any(word.startswith("ab") for word in words):
        return words
    found: list[str] = []
    at = 0
    while at < len(words):
        end = _end(words, at)
        found.append("".join(words[at:end]))
        at = end
    joined = found if len(found) > 1 else words
    return tuple(map(_one_way, joined))


def _end(words: tuple[str, ...], at: int) -> int:
    """Where the name that begins at a word ends: behind it, or behind the word it is joined to."""
    if words[at] not in FIRST:
        return at + 1
    end = at + 1
    while end < len(words) and words[end] in ARTICLES:
        end += 1
    return end + 1 if end < len(words) and len(words[end]) > 2 else at + 1


def _one_way(word: str) -> str:
    """The word as all its spellings are compared.

    >>> [_one_way(word) for word in ("abdelaziz", "abdulaziz", "abdussalam", "abulabbas", "abel")]
    ['abdaziz', 'abdaziz', 'abdsalam', 'abuabbas', 'abel']
    """
    if match := _ABD.fullmatch(word):
        return f"abd{match['rest']}"
    if match := _ABU.fullmatch(word):
        return f"abu{match['rest']}"
    return word
