"""Things by actor: what the members of a cohort have, at once."""

from __future__ import annotations

import numpy as np

from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import Pairs


class Held:
    """Pairs laid out by actor.

    **Cost**: n log n once; then linear in what the members have.
    """

    def __init__(self, pairs: Pairs, actors: int) -> None:
        order = np.argsort(pairs.actor, kind="stable")
        self._item = pairs.item[order]
        self._start = np.searchsorted(pairs.actor[order], np.arange(actors + 1))

    def of(self, members: Int64) -> tuple[Int64, Int64]:
        """Every thing of every member: the member's place among them, and the thing."""
        size = self._start[members + 1] - self._start[members]
        owner = np.repeat(np.arange(len(members)), size)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(size) - size, size)
        return owner, self._item[self._start[members][owner] + offset]

    def summed(self, weight: Int64) -> Int64:
        """The sum of a weight of things, for every actor."""
        total = np.concatenate((np.zeros(1, np.int64), weight[self._item].cumsum()))
        summed: Int64 = total[self._start[1:]] - total[self._start[:-1]]
        return summed
