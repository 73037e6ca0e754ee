"""The undeclared rest: what the live rows of a party do not add up to.

1. 100 % less the lower bound of what is declared: the disjoint minima together, or the largest
   attributed minimum.
2. 0 for persons, states and parties without capital, and where a stated unknown may hold the rest.
3. 0 for boards: registers state who may appoint whom, nobody states a board as a whole.
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import Measure
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE, units_below
from clearance.ownership.arrays.graph import Bool, Graph, Int64
from clearance.ownership.day.live import Holdings, Live
from clearance.ownership.day.total import ALL, NOTHING, Restriction, joint_ends, total

_EVERYBODY = Restriction(
    low=lambda party: ALL,
    high=lambda party: NOTHING,
    alone=True,
)


def undeclared(live: Live, held: Holdings) -> Int64:
    """Units of every party that nobody declares to hold.

    **Cost**: a pass over the holdings.
    """
    if held.measure is Measure.BOARD:
        return np.zeros(live.graph.size, dtype=np.int64)
    declared = _sums(np.where(held.attributed, 0, held.low), held, np.add)
    largest = _sums(np.where(held.attributed, held.low, 0), held, np.maximum)
    np.maximum(declared, largest, out=declared)
    special = np.flatnonzero(held.special).tolist()
    for party in special:
        declared[party] = units_below(total(held, party, _EVERYBODY).low.value)
    left: Int64 = np.maximum(WHOLE - declared, 0)
    unknown = _unknown_slots(live, held)
    most = np.zeros(len(left), dtype=np.int64)
    np.maximum.at(most, held.subject[unknown], held.high[unknown])
    for party in special:
        most[party] = _most_unknown(live, held, party)
    left[(most >= left) | without_owners(live.graph)] = 0
    for party, (most_of, _) in held.anonymous.items():
        left[party] = 0 if most_of >= left[party] else left[party]
    return left


def undeclared_of(live: Live, held: Holdings, party: int) -> int:
    """The same for one party. **Cost**: its holdings."""
    if held.measure is Measure.BOARD or without_owners_at(live.graph, party):
        return 0
    declared = units_below(total(held, party, _EVERYBODY).low.value)
    left = max(0, WHOLE - declared)
    if held.anonymous.get(party, (0, False))[0] >= left:
        return 0
    return 0 if _most_unknown(live, held, party) >= left else left


def _most_unknown(live: Live, held: Holdings, party: int) -> int:
    """The largest holding or joint block that is unstated or partly of somebody unknown."""
    blocks: dict[int, list[int]] = {}
    for slot in held.slots_in(party):
        if held.high[slot] > 0:
            block = int(held.joint[slot])
            alone = block == -1 or slot in held.components
            blocks.setdefault(-slot - 3 if alone else block, []).append(slot)
    most = 0
    for slots in blocks.values():
        if all(held.stated[k] and not live.unknown[held.holder[k]] for k in slots):
            continue
        most = max(most, units_below(joint_ends(held, slots)[1].value))
    return most


def _unknown_slots(live: Live, held: Holdings) -> Int64:
    """Slots of unstated size, or of holders nobody knows, that may hold something."""
    return np.flatnonzero((~held.stated | live.unknown[held.holder]) & (held.high > 0))


def _sums(units: Int64, held: Holdings, ufunc: np.ufunc) -> Int64:
    """Per party over its slots, in one pass; sums saturate at ``WHOLE``."""
    size = len(held.subject_start) - 1
    found = np.zeros(size, dtype=np.int64)
    having = np.flatnonzero(held.subject_start[1:] > held.subject_start[:-1])
    if len(having):
        found[having] = ufunc.reduceat(units, held.subject_start[having])
    return np.minimum(found, WHOLE)


def without_owners(graph: Graph) -> Bool:
    """Parties of which nothing is undeclared by nature."""
    kind = graph.parties.kind
    nobody: Bool = (kind == PartyKind.PERSON) | (kind == PartyKind.STATE) | ~graph.parties.capital
    return nobody


def without_owners_at(graph: Graph, party: int) -> bool:
    """The same of one party."""
    kind = graph.parties.kind[party]
    return kind in (PartyKind.PERSON, PartyKind.STATE) or not graph.parties.capital[party]
