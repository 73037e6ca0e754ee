"""Which customers belong together: those under one majority holder.

1. The head of a group is reached by following the holder of certainly more than half, as the
   rulings' day has it, until nobody holds that much.
2. A party that nobody holds so is its own head; a circle has its smallest index as head.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearance.usecases.standings import Ruling


def head_of(party: int, rulings: Sequence[Ruling]) -> int:
    """The party at the top of the group.

    **Cost**: a few µs a step upwards.
    """
    passed = [party]
    while (above := _majority(passed[-1], rulings)) >= 0:
        if above in passed:
            return min(passed[passed.index(above) :])
        passed.append(above)
    return passed[-1]


def _majority(party: int, rulings: Sequence[Ruling]) -> int:
    """Who certainly holds more than half, -1 where nobody does."""
    for one in rulings:
        found = one.majority(party)
        if found >= 0:
            return found
    return -1
