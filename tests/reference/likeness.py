"""How alike two names are, said plainly: every word against every word, edits by a full table.

**Shape**: a name is its words, folded and in Latin letters; ``names`` are all names of an index, as
often as they are rows of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

WHOLE = 10_000
WORDS = 24
LETTERS = 64


class Rarity:
    """What words weigh among these names."""

    def __init__(self, names: Sequence[str]) -> None:
        self.rows = len(names)
        self.counts = Counter(word for name in names for word in set(name.split()))

    @property
    def rarest(self) -> int:
        """The weight of a word of one name."""
        return int(32 * math.log2(1 + self.rows))

    def known(self, word: str) -> int:
        """The weight of a word of the index."""
        return int(32 * math.log2(1 + self.rows / self.counts[word]))

    def asked(self, word: str) -> int:
        """The weight of a word of a question: one that is in no name counts as its commonest
        variant, or as the rarest.
        """
        if word in self.counts:
            return self.known(word)
        fits = 4 <= len(word) <= 24
        variants = [known for known in self.counts if fits and one_edit(known, word)]
        return min((self.known(known) for known in variants), default=self.rarest)


def likeness(asked: str, name: str, rarity: Rarity) -> int:
    """Of ten thousand."""
    shared = _shared(asked.split()[:WORDS], name.split(), rarity)
    one, other = asked.replace(" ", "")[:LETTERS], name.replace(" ", "")[:LETTERS]
    if not one:
        return shared
    spelled = WHOLE - WHOLE * edits(one, other) // max(len(one), len(other))
    return (2 * max(shared, spelled) + shared + spelled) // 4


def _shared(asked: Sequence[str], name: Sequence[str], rarity: Rarity) -> int:
    both = sum(map(rarity.asked, asked)) + sum(map(rarity.known, name))
    free = list(name[:WORDS])
    common, left = 0, []
    for word in asked:
        if word in free:
            free.remove(word)
            common += 100 * rarity.asked(word)
        else:
            left.append(word)
    for word in left:
        best = max(free, key=lambda other: part(word, other), default="")
        if best and part(word, best):
            common += part(word, best) * rarity.asked(word)
            free.remove(best)
    return min(2 * WHOLE // 100 * common // max(both, 1), WHOLE)


def part(word: str, other: str) -> int:
    """How far two words that differ agree, of a hundred."""
    if min(len(word), len(other)) >= 4 and one_edit(word, other):
        return 85
    if word.startswith(other) or other.startswith(word):
        return 60
    short, long = sorted((word, other), key=len)
    if len(short) < len(long) and short[0] == long[0] and short[-1] == long[-1]:
        rest = iter(long)
        return 55 if all(letter in rest for letter in short) else 0
    return 0


def one_edit(one: str, other: str) -> bool:
    """Is it at most one letter more, less, other, or swapped with its neighbour?"""
    if edits(one, other) <= 1:
        return True
    swaps = (one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1))
    return other in swaps


def edits(one: str, other: str) -> int:
    """Letters put in, left out or changed: the table of Wagner and Fischer."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, sign in enumerate(other, 1):
            best = min(row[place] + 1, row[place - 1] + 1, before + (letter != sign))
            before, row[place] = row[place], best
    return row[-1]
