"""Where the owners are through whom a rule reaches a party.

1. Upwards from the party, through holders whom the rule touches, to those restricted themselves:
   their regions are the owners'. A party that is restricted itself is its own.
2. Where only an undeclared rest could be restricted, nobody knows whose region it is: ``""``.
"""

from __future__ import annotations

from clearance.ownership.arrays.graph import PartyColumns
from clearance.usecases.standings import Ruling

FAR = 256
"""Parties looked at upwards."""


def regions_above(ruling: Ruling, party: int, parties: PartyColumns) -> tuple[str, ...]:
    """The regions of the restricted owners of a party, sorted.

    **Cost**: a few µs a party upwards.
    """
    if not _touched(ruling, party):
        return ("",)
    seen, waiting, found = {party}, [party], set()
    while waiting and len(seen) < FAR:
        current = waiting.pop()
        if ruling.seed[current]:
            found.add(region_of(current, parties))
            continue
        above = [one for one in ruling.owners(current) if _touched(ruling, one)]
        waiting += [one for one in above if one not in seen]
        seen.update(above)
    return tuple(sorted(found)) or ("",)


def region_of(party: int, parties: PartyColumns) -> str:
    """Where a party is: headquarters, else jurisdiction, else residence."""
    places = (parties.headquarters, parties.jurisdiction, parties.residence)
    stated = (parties.codes[int(place[party])] for place in places)
    return next(filter(None, stated), "")


def _touched(ruling: Ruling, party: int) -> bool:
    return bool(ruling.seed[party] or ruling.reached[party] or ruling.level[party])
