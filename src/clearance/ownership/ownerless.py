"""Loops that hold themselves whole: an owner outside them must exist, and nobody names it.

1. Inside one cycle group, the greatest set in which each member's disjoint minima from inside sum
   to 100 %; then only members that are on a cycle of that set.
2. A party that holds all of itself is such a loop of one.

**Cost**: the cyclic core, which is tiny; see ``levels``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from clearance.model.share import WHOLE
from clearance.ownership.graph import Graph
from clearance.ownership.live import Holdings
from clearance.ownership.order import components


def ownerless(graph: Graph, held: Holdings) -> Mapping[int, int]:
    """Members of ownerless loops, each with the smallest member of its loop."""
    found = {party: party for party, (low, *_) in held.self_held.items() if low >= WHOLE}
    core = np.flatnonzero(graph.cycle >= 0)
    order = core[np.argsort(graph.cycle[core], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(graph.cycle[order])) + 1)
    for group in groups if len(core) else ():
        found |= _loops(held, group.tolist())
    return found


def _loops(held: Holdings, group: list[int]) -> dict[int, int]:
    owners = {party: _minima(held, party) for party in group}
    inside = set(group)
    while short := {p for p in inside if _from(owners[p], inside, held, p) < WHOLE}:
        inside -= short
    before = {p: sorted(inside.intersection(owners[p])) for p in sorted(inside)}
    found: dict[int, int] = {}
    for loop in components(before):
        if len(loop) > 1:
            found |= dict.fromkeys(loop, min(loop))
    return found


def _minima(held: Holdings, party: int) -> dict[int, int]:
    """Disjoint minima by holder."""
    found: dict[int, int] = {}
    for slot in held.slots_in(party):
        if not held.attributed[slot] and held.low[slot] > 0:
            holder = int(held.holder[slot])
            found[holder] = found.get(holder, 0) + int(held.low[slot])
    return found


def _from(minima: dict[int, int], inside: set[int], held: Holdings, party: int) -> int:
    """What the members hold of ``party``, scaled where it holds part of itself."""
    own = held.self_held.get(party, (0, 0, False, False))[0]
    total = sum(units for holder, units in minima.items() if holder in inside)
    return total if not own else total * WHOLE // max(1, WHOLE - own)
