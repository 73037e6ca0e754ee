"""A campaign as pictures: when each member acts, and who shares what with whom.

1. The raster is the campaign's busiest day, a row a member, a mark a minute with requests: what
   one hand sets off stands in columns.
2. The graph has the same members; a line joins neighbours in the list of those who share a card or
   an address on a day.
3. At most ``MOST`` members are drawn, spread evenly; how many are left out is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.campaigns.evidence import Int64
from clearance.campaigns.held import Held
from clearance.campaigns.log_view import LogView, Pairs, Requests

MOST = 40
DAY = 86_400_000_000
MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class CampaignPicture:
    """What is drawn of a campaign.

    **Shape**: ``minutes`` a tuple of minutes (0 to 1439) for each member drawn; ``lines`` (kind,
    member, member), members by their place among those drawn.
    """

    day: int
    minutes: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[str, int, int], ...]
    left_out: int


def picture(members: Int64, requests: Requests, view: LogView) -> CampaignPicture:
    """The pictures of a set of actors."""
    drawn = members[np.unique(np.linspace(0, len(members) - 1, MOST).astype(np.int64))]
    times = [requests.time[requests.start[one] : requests.start[one + 1]] for one in drawn]
    days, count = np.unique(np.concatenate(times) // DAY, return_counts=True)
    day = int(days[int(count.argmax())]) if len(days) else 0
    minutes = tuple(
        tuple(np.unique(one[one // DAY == day] % DAY // MINUTE).tolist()) for one in times
    )
    lines = _lines("card", drawn, view.cards, view) + _lines("address", drawn, view.addresses, view)
    return CampaignPicture(day, minutes, lines, len(members) - len(drawn))


def _lines(
    kind: str, drawn: Int64, pairs: Pairs, view: LogView
) -> tuple[tuple[str, int, int], ...]:
    """Neighbours among those who have a thing, for every thing, each pair once."""
    owner, item = Held(pairs, view.actors).of(drawn)
    order = np.lexsort((owner, item))
    owner, item = owner[order], item[order]
    same = np.flatnonzero(item[1:] == item[:-1])
    found = sorted({(int(owner[at]), int(owner[at + 1])) for at in same})
    return tuple((kind, one, other) for one, other in found)
