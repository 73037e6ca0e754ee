"""Members in one bin, counted pair by pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

DAY = 86_400_000_000


def pairs(times: Sequence[Sequence[int]], origin: int, window: int) -> int:
    """Pairs of members that share a bin, but for the day with most of them."""
    by_day: dict[int, int] = {}
    bins = [{(time - origin) // window for time in one} for one in times]
    for one, other in combinations(bins, 2):
        for shared in one & other:
            day = shared * window // DAY
            by_day[day] = by_day.get(day, 0) + 1
    return sum(by_day.values()) - max(by_day.values(), default=0)


def meetings(times: Sequence[Sequence[int]], window: int) -> list[int]:
    """How many others each member is in one bin with, over all bins."""
    bins = [{time // window for time in one} for one in times]
    return [
        sum(len(one & other) for at, other in enumerate(bins) if at != place)
        for place, one in enumerate(bins)
    ]
