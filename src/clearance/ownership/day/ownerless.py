"""Loops that hold themselves whole: an owner outside them must exist, and nobody names it.

1. A loop in which each member's disjoint minima from inside sum to 100 %. A joint block counts if
   all its members are inside.
2. Whoever is not held whole by its loop is left out, and what remains is looked at for loops again.
3. A party that holds all of itself is such a loop of one.

**Cost**: the cyclic core, which is tiny; see ``levels``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Graph, Int64
from clearance.ownership.arrays.index import lengths, spread
from clearance.ownership.arrays.order import components
from clearance.ownership.day.live import Holdings


def ownerless(graph: Graph, held: Holdings) -> Mapping[int, int]:
    """Members of ownerless loops, each with the smallest member of its loop."""
    whole = sorted(party for party, (low, *_) in held.self_held.items() if low >= WHOLE)
    found = dict(zip(whole, whole, strict=True))
    core = np.flatnonzero(graph.cycle >= 0)
    hopeful = np.unique(graph.cycle[core[_inside(graph, held, core) >= WHOLE]])
    core = core[np.isin(graph.cycle[core], hopeful)]
    order = core[np.argsort(graph.cycle[core], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(graph.cycle[order])) + 1)
    for group in groups if len(core) else ():
        found |= _loops(held, group.tolist())
    return found


def _inside(graph: Graph, held: Holdings, core: Int64) -> Int64:
    """What each party of the core, itself included, may be held of at least inside its group."""
    slots = spread(held.subject_start, core)
    place = np.repeat(np.arange(len(core)), lengths(held.subject_start, core))
    near = graph.cycle[held.holder[slots]] == graph.cycle[core[place]]
    units = np.zeros(len(core), dtype=np.int64)
    np.add.at(units, place[near], held.low[slots[near]])
    for party, (low, *_) in held.self_held.items():
        units[core == party] += low
    return units


def _loops(held: Holdings, group: list[int]) -> dict[int, int]:
    """The ownerless loops among parties that were ever in one cycle group."""
    found: dict[int, int] = {}
    waiting = [set(group)]
    while waiting:
        some = waiting.pop()
        before = {party: sorted(some & _owners(held, party)) for party in sorted(some)}
        for loop in components(before):
            inside = set(loop) if len(loop) > 1 else set()
            kept = {party for party in inside if _whole(held, party, inside)}
            if kept == inside:
                found |= dict.fromkeys(sorted(kept), min(kept, default=0))
            else:
                waiting.append(kept)
    return found


def _owners(held: Holdings, party: int) -> set[int]:
    slots = held.slots_in(party)
    return {int(held.holder[slot]) for slot in slots if held.high[slot] > 0}


def _whole(held: Holdings, party: int, inside: set[int]) -> bool:
    """Do disjoint minima from inside sum to what the party does not hold in itself?"""
    slots = held.slots_in(party)
    outside = {
        int(held.joint[slot])
        for slot in slots
        if held.attributed[slot] or int(held.holder[slot]) not in inside
    } - {-1}
    units = sum(
        int(held.low[slot])
        for slot in slots
        if not held.attributed[slot]
        and int(held.holder[slot]) in inside
        and int(held.joint[slot]) not in outside
    )
    own = held.self_held.get(party, (0, 0, False, False))[0]
    return units > 0 and units >= WHOLE - own
