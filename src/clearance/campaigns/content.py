"""Do members keep to the same passages more than the rest of the log does?

1. A passage is told against its share of all actors: what a fifth of them say is no sign, what
   nobody else says is. The p is held to every passage that anybody keeps to.
2. For a cohort that a template made a candidate this says how rare the template is, and nothing
   more: it was chosen for it. For any other cohort it is evidence.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from clearance.campaigns.evidence import Evidence, Int64, Kind
from clearance.campaigns.held import Held
from clearance.campaigns.log_view import Pairs
from clearance.campaigns.sharing import LEAST_P

Floats = NDArray[np.float64]

RARE_P = 0.01
_FEWEST = 3


class Content:
    """The passages of a log, ready for tests of many cohorts."""

    def __init__(self, focus: Pairs, actors: int) -> None:
        self._held = Held(focus, actors)
        self._share = focus.count / max(1, actors)

    def sharers(self, members: Int64) -> NDArray[np.bool_]:
        """Which members keep to a passage that is rarer outside than inside."""
        owner, item, p, _, _ = self._weighed(members)
        found = np.zeros(len(members), np.bool_)
        found[owner[p[item] <= RARE_P]] = True
        return found

    def test(self, members: Int64) -> Evidence | None:
        """The most telling passage; ``coverage`` is of all telling ones."""
        owner, item, p, count, share = self._weighed(members)
        if not len(p):
            return None
        best = int(np.lexsort((-count, p))[0])
        expected = max(len(members) * float(share[best]), 1e-9)
        touched = len(np.unique(owner[p[item] <= RARE_P]))
        return Evidence(
            Kind.TEMPLATE,
            float(count[best]),
            expected,
            float(count[best]) / expected,
            max(float(p[best]), LEAST_P),
            coverage=touched / len(members),
        )

    def _weighed(self, members: Int64) -> tuple[Int64, Int64, Floats, Int64, Floats]:
        """Members and passages, passages numbered anew, with p, count and share of each."""
        owner, item = self._held.of(members)
        used, at, count = np.unique(item, return_inverse=True, return_counts=True)
        share = self._share[used]
        p = poisson.sf(count - 1, len(members) * share) * len(self._share)
        p = np.where(count >= _FEWEST, np.minimum(p, 1.0), 1.0)
        return owner, at.astype(np.int64), p, count.astype(np.int64), share
