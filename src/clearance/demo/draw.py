"""Seeded draws whose results never change: same seed, same world, same bytes.

Only ``Random.random`` is promised to be stable between Python versions, so every draw is made
of it alone.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """A stream of draws.

    >>> Draw(7).whole(1, 6) == Draw(7).whole(1, 6)
    True
    """

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 — a demo world, no secret

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._next() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int(self._next() * (high - low + 1))

    def one(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[int(self._next() * len(items))]

    def lognormal(self, median: float, sigma: float) -> float:
        """A positive number, half of the time below ``median`` (Box–Muller)."""
        radius = math.sqrt(-2 * math.log(1 - self._next()))
        return median * math.exp(sigma * radius * math.cos(2 * math.pi * self._next()))

    def split(self, total: int, parts: int) -> list[int]:
        """``total`` cut into ``parts`` whole positive numbers."""
        cuts = sorted({self.whole(1, total - 1) for _ in range(parts - 1)})
        ends = [0, *cuts, total]
        return [after - before for before, after in itertools.pairwise(ends)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in a random order (Fisher–Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.whole(0, last)
            order[last], order[other] = order[other], order[last]
        return order
