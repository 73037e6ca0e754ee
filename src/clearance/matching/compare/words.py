"""What the alignment of two names says in figures; rarities are natural logarithms."""

from __future__ import annotations

from clearance.matching.compare.alignment import Alignment, Tie
from clearance.matching.rarity import HIGHEST, Rarity


def alike(words: Alignment) -> float:
    """How many words stand for one that is written otherwise."""
    return float(sum(tie[2] is Tie.ALIKE for tie in words.ties))


def least_alike(words: Alignment) -> float:
    """The likeness of the least alike of them, 1 without any."""
    return min((tie[3] for tie in words.ties if tie[2] is Tie.ALIKE), default=1.0)


def short(words: Alignment) -> float:
    """How many words stand for a short form."""
    return float(sum(tie[2] is Tie.SHORT for tie in words.ties))


def joined(words: Alignment) -> float:
    """How many words stand for two."""
    return float(sum(tie[2] is Tie.JOINED for tie in words.ties))


def rarest_left(words: Alignment, rare: Rarity) -> float:
    """The rarity of the rarest word of the query that nothing stands for."""
    return max(map(rare, words.left), default=0.0)


def rarest_right(words: Alignment, rare: Rarity) -> float:
    """The rarity of the rarest word of the candidate that nothing stands for."""
    return max(map(rare, words.right), default=0.0)


def rarest_same(words: Alignment, rare: Rarity) -> float:
    """The rarity of the rarest word that both have."""
    return max((rare(tie[0]) for tie in words.ties if tie[2] is Tie.SAME), default=0.0)


def rarest_alike(words: Alignment, rare: Rarity) -> float:
    """Of the words that are only alike, the rarity of the commoner, highest.

    Two words that are both common and yet differ are two words, no slip of the pen.
    """
    pairs = (tie for tie in words.ties if tie[2] is Tie.ALIKE)
    return max((min(rare(a), rare(b)) for a, b, _, _ in pairs), default=0.0)


def commonest_alike(words: Alignment, rare: Rarity) -> float:
    """Of the words that are only alike, the least rarity that both reach; ``HIGHEST`` without."""
    pairs = (tie for tie in words.ties if tie[2] is Tie.ALIKE)
    return min((max(rare(a), rare(b)) for a, b, _, _ in pairs), default=HIGHEST)
