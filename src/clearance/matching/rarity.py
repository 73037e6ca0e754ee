"""How much a word tells: rare words tell who somebody is, common ones tell hardly anything.

1. A word's share is counted in the reference and, as if it held ``PRIOR`` names more, in a list of
   usual words, so that a reference of a hundred names does not take "international" for rare.
2. Nothing is rarer than ``FLOOR``: the figure means the same at a thousand and at ten million.

**Source**: information content, −ln of the share (C. Shannon, 1948); the prior is a Dirichlet one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log

PRIOR = 20_000
FLOOR = 1e-6
HIGHEST = -log(FLOOR)

Rarity = Callable[[str], float]
"""From 0 (in every name) to ``HIGHEST``."""


def rarity(count: Callable[[str], int], names: int, usual: Mapping[str, float]) -> Rarity:
    """The rarity of words in a reference of so many ``names``.

    ``count`` tells in how many of them a word is; ``usual`` is the share of common words elsewhere.

    >>> told = rarity(lambda word: 0, 0, {"holding": 0.02})
    >>> round(told("holding"), 2), told("talomi") == HIGHEST
    (3.91, True)
    """
    total = names + PRIOR
    known: dict[str, float] = {}

    def told(word: str) -> float:
        found = known.get(word)
        if found is None:
            share = (count(word) + usual.get(word, 0.0) * PRIOR) / total
            found = known[word] = -log(max(share, FLOOR))
        return found

    return told
