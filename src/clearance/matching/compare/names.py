"""Names in words: which words stand for each other, and which stand alone."""

from __future__ import annotations

from clearance.matching.compare import spelling
from clearance.matching.compare.alignment import Tie, Tied
from clearance.matching.compare.pairs import Pair
from clearance.matching.compare.sides import Written
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind

LIKE, UNLIKE = 0.75, 0.4
"""From ``LIKE`` on the names speak for, below ``UNLIKE`` against."""

BY_EAR = 0.99
"""How alike names are at most that only sound the same (``Blu``, ``Blue``)."""

_HOW = {Tie.SAME: "=", Tie.JOINED: "=", Tie.ALIKE: "~", Tie.SHORT: "…"}


def likeness(pair: Pair) -> float:
    """How alike the names are, from 0 to 1: as names of words, or as letters if that is more."""
    if pair.asked is pair.found:
        return 1.0
    if _letters(pair.asked) == _letters(pair.found) != "":
        return 1.0
    words = (pair.words.query + pair.words.candidate) / 2
    return max(words, min(spelling.joined(pair), BY_EAR), spelling.ordered(pair) * words)


def _letters(name: Written) -> str:
    """The letters of a name without its spaces."""
    return (name.raw if name.form.dense else name.plain).replace(" ", "")


def evidence(pair: Pair) -> Evidence | None:
    """What the names say; nothing where a side has none."""
    if not pair.asked.form.tokens or not pair.found.form.tokens:
        return None
    found = likeness(pair)
    agrees = Agrees.FOR if found >= LIKE else Agrees.AGAINST if found < UNLIKE else Agrees.NEUTRAL
    return Evidence(EvidenceKind.NAME, agrees, _told(pair), round(found, 3))


def _told(pair: Pair) -> str:
    asked, found = pair.asked.form.text, pair.found.form.text
    if asked == found:
        return f"the names are equal: {found!r}"
    parts = [f"{asked!r} and {found!r}"]
    if pair.words.ties and not pair.asked.form.dense:
        parts.append(", ".join(map(_tied, pair.words.ties)))
    for words, where in ((pair.words.left, "here"), (pair.words.right, "the candidate")):
        if words and not pair.asked.form.dense:
            parts.append(f"only {where}: {' '.join(words)}")
    return "; ".join(parts)


def _tied(tie: Tied) -> str:
    asked, found, how, _ = tie
    return asked if asked == found else f"{asked} {_HOW[how]} {found}"
