"""Do members share cards, addresses or echoes more than so many actors at random would?

1. Observed are the things that at least two members have: each card, each address of a day, each
   pair of accounts with an echo is one, however many have it.
2. Expected is the same for a random set of actors of that size out of the whole log. The share of
   actors is the measure, not the share of edges: a large campaign owns most edges and would make
   itself look ordinary.
3. Whoever shares an address today shares it tomorrow: for p, what is observed and expected counts
   as many times as there are places, and not their days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from clearance.campaigns.evidence import Evidence, Int64, Kind
from clearance.campaigns.held import Held
from clearance.campaigns.log_view import Pairs

Floats = NDArray[np.float64]
LEAST_P = 1e-300


class Sharing:
    """One kind of thing, ready for tests of many cohorts.

    Args:
        kind: what it is evidence of.
        pairs: who has which thing.
        actors: how many there are in the log.
        place: what each thing is a day of, if things recur; a keyed number.
    """

    def __init__(self, kind: Kind, pairs: Pairs, actors: int, place: Int64 | None = None) -> None:
        things = np.arange(len(pairs.count)) if place is None else place
        self._place = np.unique(things, return_inverse=True)[1]
        self._kind, self._actors = kind, actors
        self._held = Held(pairs, actors)
        self._partners = self._held.summed(pairs.count - 1)
        holders, things = np.unique(pairs.count, return_counts=True)
        self._sizes = holders.astype(np.float64), things.astype(np.float64)

    def sharers(self, members: Int64) -> NDArray[np.bool_]:
        """Which members have a thing in common with another member."""
        owner, item = self._held.of(members)
        _, at, count = np.unique(item, return_inverse=True, return_counts=True)
        found = np.zeros(len(members), np.bool_)
        found[owner[count[at] >= 2]] = True
        return found

    def widest(self, members: Int64) -> float:
        """The largest part of the members that keep to one place.

        Whoever has half of its items at a place keeps to it: a pool that all change through from
        day to day is no place.
        """
        owner, item = self._held.of(members)
        if not len(item):
            return 0.0
        both, times = np.unique(self._place[item] * len(members) + owner, return_counts=True)
        place, member = both // len(members), both % len(members)
        keeps = 2 * times >= np.bincount(owner, minlength=len(members))[member]
        if not keeps.any():
            return 0.0
        return float(np.unique(place[keeps], return_counts=True)[1].max() / len(members))

    def chance(self, members: Int64) -> Floats:
        """The chance that each member would share with so many others drawn at random."""
        among = (len(members) - 1) / max(1, self._actors - 1)
        return 1.0 - np.power(1.0 - among, self._partners[members].astype(np.float64))

    def test(self, members: Int64) -> Evidence | None:
        """Observed against expected; ``None`` where nobody shares."""
        _, item = self._held.of(members)
        things, holders = np.unique(item, return_counts=True)
        observed = int((holders >= 2).sum())
        if not observed:
            return None
        expected = max(self._expected(len(members)), 1e-9)
        places = len(np.unique(self._place[things[holders >= 2]]))
        p = float(poisson.sf(places - 1, expected * places / observed))
        return Evidence(
            self._kind,
            observed,
            expected,
            observed / expected,
            max(p, LEAST_P),
            coverage=float(self.sharers(members).mean()),
        )

    def _expected(self, size: int) -> float:
        """Things of which a random set of so many actors would hold two parts or more."""
        share = size / max(1, self._actors)
        holders, things = self._sizes
        none = np.power(1.0 - share, holders)
        one = holders * share * np.power(1.0 - share, holders - 1.0)
        return float((things * (1.0 - none - one)).sum())
