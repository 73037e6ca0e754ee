"""Whose an arrangement is: its settlors, trustees and beneficiaries, as the rule counts them.

1. A role whose share is stated is a holding of its pair like any other, and is fused with them.
2. The others together hold, as one block, what the stated roles leave of the arrangement.

**Source**: docs/adr/0006.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from clearance.model.interest import InterestType
from clearance.model.rule import Rule
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import STATED, Bool, Graph, Int32
from clearance.ownership.day.fuse import fused_sums
from clearance.ownership.day.live import TRUST
from clearance.ownership.day.slots import Slots, show

_ALWAYS = InterestType.nominator
"""In a nomination arrangement the nominators are whose it is."""


@dataclass(frozen=True, slots=True)
class Block:
    """Role-holders of one arrangement who state no share, and what they hold together in units."""

    places: tuple[int, ...]
    low: int
    high: int


def tell_roles(
    slots: Slots, graph: Graph, rule: Rule, must: Bool, may: Bool
) -> tuple[Int32, tuple[Block, ...]]:
    """Let the slots show stated roles; what remains is entered after fusing, by ``enter``.

    **Cost**: the role rows, which ``graph`` lists.
    """
    told: list[int] = []
    blocks = []
    for places in _arrangements(graph, rule, may):
        stated = [place for place in places if graph.interests.flags[place] & STATED]
        others = [place for place in places if place not in stated]
        shown = np.array(stated, dtype=np.int32)
        show(slots, graph, shown, must, may)
        slots.stated[shown] = True
        told += stated
        if others:
            sure = bool(must[others].any())
            blocks.append(_left(graph, others, fused_sums(slots, graph, shown), sure))
    return np.array(sorted(told), dtype=np.int32), tuple(blocks)


def _arrangements(graph: Graph, rule: Rule, may: Bool) -> Iterable[list[int]]:
    """The live roles of each arrangement, ascending."""
    counted = {int(each) for each in (*rule.trusts, _ALWAYS)}
    groups: dict[int, list[int]] = {}
    for place in graph.role_rows[may[graph.role_rows]].tolist():
        if int(graph.interests.type[place]) in counted:
            groups.setdefault(int(graph.interests.subject[place]), []).append(place)
    return (sorted(places) for places in groups.values())


def _left(graph: Graph, others: list[int], stated: tuple[int, int], sure: bool) -> Block:
    """One slot a holder; surely only if somebody surely has a role."""
    holders = {int(graph.interests.holder[place]): place for place in others}
    least, most = stated
    low = max(0, WHOLE - most) if sure else 0
    return Block(tuple(sorted(holders.values())), low, max(0, WHOLE - least))


def enter(slots: Slots, graph: Graph, blocks: tuple[Block, ...]) -> None:
    """Let the slots show the blocks."""
    if blocks:
        slots.joint = slots.joint.copy()
    for block in blocks:
        for place in block.places:
            slots.live[place] = slots.attributed[place] = True
            slots.joint[place] = TRUST
            slots.low[place], slots.high[place] = block.low, block.high
        slots.special[graph.interests.subject[block.places[0]]] = True
