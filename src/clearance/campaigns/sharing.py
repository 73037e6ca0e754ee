"""Do members share cards, addresses or echoes more than so many actors at random would?

1. Observed are the members who have a thing in common with another member.
2. Expected is the same for a random set of actors of that size out of the whole log. The share of
   actors is the measure, not the share of edges: a large campaign owns most edges and would make
   itself look ordinary.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, poisson

from clearance.campaigns.evidence import Evidence, Int64, Kind
from clearance.campaigns.held import Held
from clearance.campaigns.log_view import Pairs

Floats = NDArray[np.float64]
LEAST_P = 1e-300
_MANY = 50.0


class Sharing:
    """One kind of thing, ready for tests of many cohorts."""

    def __init__(self, kind: Kind, pairs: Pairs, actors: int) -> None:
        self._kind, self._actors = kind, actors
        self._held = Held(pairs, actors)
        self._partners = self._held.summed(pairs.count - 1)

    def sharers(self, members: Int64) -> NDArray[np.bool_]:
        """Which members have a thing in common with another member."""
        owner, item = self._held.of(members)
        _, at, count = np.unique(item, return_inverse=True, return_counts=True)
        found = np.zeros(len(members), np.bool_)
        found[owner[count[at] >= 2]] = True
        return found

    def widest(self, members: Int64, of: Int64) -> float:
        """The largest part of the members that one thing serves, things told apart by ``of``."""
        owner, item = self._held.of(members)
        if not len(item):
            return 0.0
        once = np.unique(np.stack((of[item], owner)), axis=1)[0]
        return float(np.unique(once, return_counts=True)[1].max() / len(members))

    def chance(self, members: Int64) -> Floats:
        """The chance that each member would share with so many others drawn at random."""
        among = (len(members) - 1) / max(1, self._actors - 1)
        return 1.0 - np.power(1.0 - among, self._partners[members].astype(np.float64))

    def test(self, members: Int64) -> Evidence | None:
        """Observed against expected; ``None`` where nobody shares."""
        observed = int(self.sharers(members).sum())
        if not observed:
            return None
        chance = self.chance(members)
        expected = max(float(chance.sum()), 1e-9)
        variance = max(float((chance * (1.0 - chance)).sum()), 1e-9)
        if expected < _MANY:
            p = float(poisson.sf(observed - 1, expected))
        else:
            p = float(norm.sf((observed - 0.5 - expected) / np.sqrt(variance)))
        return Evidence(
            self._kind,
            observed,
            expected,
            observed / expected,
            max(p, LEAST_P),
            coverage=observed / len(members),
        )
