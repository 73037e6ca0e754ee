"""Slips of the pen that part no two names: neighbouring letters that changed places in a word.

Of 3,201 real names, each beside the most like one of another entity of its country, two differ by
nothing else; in 187 a word has one letter other, more or less. Only the former is taken for a slip.
"""

from __future__ import annotations

from clearance.matching.compare.alignment import Tie
from clearance.matching.compare.pairs import Pair
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind

SHORTEST = 5
"""Letters of a word in which two may have changed places: fewer may be initials of anything."""


def evidence(pair: Pair) -> Evidence | None:
    """That the names differ by such slips and by nothing else; nothing where they do not."""
    words = pair.words
    if words.left or words.right or words.short or not words.alike:
        return None
    slips = [(asked, found) for asked, found, how, _ in words.ties if how is Tie.ALIKE]
    if not all(changed_places(asked, found) for asked, found in slips):
        return None
    told = ", ".join(f"{asked} for {found}" for asked, found in slips)
    text = f"neighbouring letters changed places and no others: {told}"
    return Evidence(EvidenceKind.SPELLING, Agrees.FOR, text, 0.5)


def changed_places(word: str, other: str) -> bool:
    """Are these one word of some length, but for two neighbouring letters that changed places?

    >>> changed_places("talomi", "tlaomi"), changed_places("talomi", "talom"), changed_places(
    ...     "fund12", "fund21"
    ... )
    (True, False, False)
    """
    if len(word) != len(other) or len(word) < SHORTEST:
        return False
    differ = [at for at, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    first, second = word[differ[0]], word[differ[1]]
    return other[differ[0]] == second and other[differ[1]] == first and (first + second).isalpha()
