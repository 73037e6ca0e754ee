"""Which word of one name stands for which of the other.

1. Equal words first, in any order, and numbers however they are written; then two words against
   one that is both; then words that are alike, the most alike first; then short forms: an initial,
   the beginning, or letters in order.
2. A word is used once. What is left on either side is what speaks against.
3. The more a word tells (its rarity), the more it counts.

**Source**: Monge-Elkan alignment with rarity as in SoftTFIDF (W. Cohen et al., 2003).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from clearance.matching.rarity import HIGHEST, Rarity
from clearance.matching.text.numbers import MAYBE, same_number

ALIKE = 0.67
"""Words less alike than this are two words."""
SHORTENED = 0.7
"""What a short form counts."""
MOST = 16
"""Words left after the equal ones that are still held against each other."""


class Tie(IntEnum):
    """How two words stand for each other."""

    SAME = 0
    JOINED = 1
    ALIKE = 2
    SHORT = 3


Tied = tuple[str, str, Tie, float]
"""A word of the query, one of the candidate, how, and how much of it counts."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names word by word.

    **Shape**: ``left`` and ``right`` are words of query and candidate that nothing stands for;
    ``query`` and ``candidate`` the share of what each name tells that the other has, from 0 to 1;
    ``told`` the rarity of equal words, added. ``rarest_*`` is the rarity of the rarest such word,
    0 without; ``alike`` counts words written otherwise, ``least_alike`` is the likeness of the
    worst of them (1 without), ``rarest_alike`` the most that the commoner of two tells and
    ``commonest_alike`` the least that the rarer of two tells; ``short`` counts short forms,
    ``joined`` words that stand for two.
    """

    ties: tuple[Tied, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    query: float
    candidate: float
    told: float
    rarest_same: float
    rarest_left: float
    rarest_right: float
    rarest_alike: float
    commonest_alike: float
    least_alike: float
    alike: int
    short: int
    joined: int

    @property
    def equal(self) -> bool:
        """Have both names the same words?"""
        other = self.alike or self.short or self.joined or self.left or self.right
        return bool(self.ties) and not other


def align(query: Sequence[str], candidate: Sequence[str], rare: Rarity) -> Alignment:
    """Align two names.

    **Cost**: about ten microseconds for names of four words.
    """
    left, right = list(query), list(candidate)
    ties = _equal(left, right)
    if left and right:
        ties += _numbers(left, right)
        ties += _joined(left, right)
        ties += _joined_right(left, right)
    if left and right:
        ties += _likely(left, right)
    return _measured(ties, left, right, rare)


def _equal(left: list[str], right: list[str]) -> list[Tied]:
    found: list[Tied] = []
    for word in tuple(left):
        if word in right:
            left.remove(word)
            right.remove(word)
            found.append((word, word, Tie.SAME, 1.0))
    return found


def _numbers(left: list[str], right: list[str]) -> list[Tied]:
    """Words that are one number, written otherwise."""
    found: list[Tied] = []
    for a in [word for word in left if word.isdecimal() or word in MAYBE]:
        b = next((word for word in right if same_number(a, word)), None)
        if b is not None:
            left.remove(a)
            right.remove(b)
            found.append((a, b, Tie.SAME, 1.0))
    return found


def _joined(left: list[str], right: list[str]) -> list[Tied]:
    """Words of ``left`` that are two neighbours of ``right`` in one."""
    found: list[Tied] = []
    for first, second in list(itertools.pairwise(right)):
        whole = first + second
        if whole in left and first in right and second in right:
            left.remove(whole)
            right.remove(first)
            right.remove(second)
            found.append((whole, f"{first} {second}", Tie.JOINED, 1.0))
    return found


def _joined_right(left: list[str], right: list[str]) -> list[Tied]:
    return [(parts, whole, how, much) for whole, parts, how, much in _joined(right, left)]


def _likely(left: list[str], right: list[str]) -> list[Tied]:
    """The best pairs of what is left, each word once."""
    found: list[Tied] = []
    for much, how, a, b in sorted(_pairs(left[:MOST], right[:MOST]), key=_best_first):
        if a in left and b in right:
            left.remove(a)
            right.remove(b)
            found.append((a, b, how, much))
    return found


def _best_first(pair: tuple[float, Tie, str, str]) -> tuple[float, Tie, str, str]:
    return (-pair[0], *pair[1:])


def _pairs(left: list[str], right: list[str]) -> Iterator[tuple[float, Tie, str, str]]:
    for a in left:
        for b in right:
            much = OSA.normalized_similarity(a, b)
            if much >= ALIKE and not (a.isdigit() or b.isdigit()):
                yield much, Tie.ALIKE, a, b
            elif a[0] == b[0] and len(a) != len(b) and is_short(a, b):
                yield SHORTENED, Tie.SHORT, a, b


def is_short(a: str, b: str) -> bool:
    """Is the shorter a short form of the longer: its beginning, or its letters in order?

    >>> is_short("intl", "international"), is_short("a", "anna"), is_short("anna", "arena")
    (True, True, False)
    """
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if long.startswith(short):
        return not short.isdigit()
    if len(short) < 2 or len(short) * 10 > len(long) * 7:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _measured(ties: list[Tied], left: list[str], right: list[str], rare: Rarity) -> Alignment:
    """All figures in one pass, as this is done for every candidate of every query."""
    query = candidate = all_query = all_candidate = told = same = twin = 0.0
    least, common = 1.0, HIGHEST
    counts = [0, 0, 0, 0]
    for a, b, how, much in ties:
        worth_a = worth_b = rare(a) if how is Tie.SAME else _worth(a, rare)
        if a != b:
            worth_b = _worth(b, rare)
        all_query += worth_a
        all_candidate += worth_b
        query += worth_a * much
        candidate += worth_b * much
        counts[how] += 1
        if how <= Tie.JOINED:
            told += worth_a
        if how is Tie.SAME:
            same = max(same, min(worth_a, worth_b))
        elif how is Tie.ALIKE:
            least = min(least, much)
            twin = max(twin, min(worth_a, worth_b))
            common = min(common, max(worth_a, worth_b))
    worths_left, worths_right = list(map(rare, left)), list(map(rare, right))
    all_query += sum(worths_left)
    all_candidate += sum(worths_right)
    return Alignment(
        tuple(ties),
        tuple(left),
        tuple(right),
        query / all_query if all_query else 0.0,
        candidate / all_candidate if all_candidate else 0.0,
        told,
        same,
        max(worths_left, default=0.0),
        max(worths_right, default=0.0),
        twin,
        common,
        least,
        counts[Tie.ALIKE],
        counts[Tie.SHORT],
        counts[Tie.JOINED],
    )


def _worth(words: str, rare: Rarity) -> float:
    return sum(map(rare, words.split())) if " " in words else rare(words)
