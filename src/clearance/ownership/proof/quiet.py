"""Whom nothing restricted comes near: for them one empty certificate serves.

A party is *near* if any interest that may be live leads down to it from somebody who may be
reached or is not known, or if a nominee holds it. Nobody else has such an ancestor.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from clearance.model.interest import InterestType
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Bool, Graph, Int64
from clearance.ownership.arrays.index import spread
from clearance.ownership.attribute import Attribution
from clearance.ownership.day.live import Live


def near(answer: Attribution) -> Bool:
    """Which parties have an ancestor, or are one, that may be restricted.

    **Cost**: one pass over the interests of those near.
    """
    found = np.zeros(answer.graph.size, dtype=np.bool_)
    live = answer.live
    if live is None:
        return found
    found |= answer.seeds.possible | live.unknown
    found[list(answer.loops)] = True
    for arrays in answer.answered:
        found |= arrays.owned.possible | arrays.wide.possible
    _nominations(found, answer.graph, live)
    _downward(found, answer.graph, live)
    return found


def crowded(answer: Attribution) -> Bool:
    """Who has an ancestor, or is one, whose minima may make more than its maxima allow.

    Minima above the whole, or of the whole and excluded; and figures declared over components.

    **Cost**: one pass over the day's holdings; nothing more where there is none.
    """
    found = np.zeros(answer.graph.size, dtype=np.bool_)
    live = answer.live
    if live is None:
        return found
    for held in live.measures.values():
        sums = np.bincount(held.subject, held.low.astype(np.float64), answer.graph.size)
        opened = np.zeros(answer.graph.size, np.bool_)
        opened[held.subject[held.low_open]] = True
        for party, (low, _, low_open, _) in held.self_held.items():
            sums[party] += low
            opened[party] |= low_open
        found |= (sums > WHOLE) | (opened & (sums == WHOLE))
        found[list(held.component_subjects)] = True
    if found.any():
        _downward(found, answer.graph, live)
    return found


def _nominations(found: Bool, graph: Graph, live: Live) -> None:
    """Whose holding a nominee's is may be anybody: its subjects are near."""
    rows = graph.nominee_rows[live.may[graph.nominee_rows]]
    nominee = graph.interests.type[rows] == InterestType.nominee
    found[graph.interests.subject[rows[nominee]]] = True


def _downward(found: Bool, graph: Graph, live: Live) -> None:
    heads = graph.parties.branch_of[graph.branches]
    through = graph.interests.component_party
    declared = graph.interests.subject[graph.interests.component_row]
    frontier: Int64 = np.flatnonzero(found)
    while len(frontier):
        rows = graph.by_holder[spread(graph.holder_start, frontier)]
        below = graph.interests.subject[rows[live.may[rows]]]
        branches = graph.branches[found[heads]]
        reached = np.concatenate([below, branches, declared[found[through]]])
        frontier = np.unique(reached[~found[reached]]).astype(np.int64)
        found[frontier] = True


class Parents:
    """Who has anything in a party on the day, of those near: what its totals may depend on."""

    __slots__ = ("_control", "_graph", "_known", "_live", "_name", "near")

    def __init__(self, answer: Attribution, near: Bool, name: Callable[[int], str]) -> None:
        self._graph = answer.graph
        self._live = answer.live
        self._name = name
        self._control = answer.live is not None and bool(len(answer.live.control_row))
        self._known: dict[int, tuple[int, ...]] = {}
        self.near = near

    def id(self, index: int) -> str:
        """The id of a party."""
        return self._name(index)

    def of(self, subject: int) -> tuple[int, ...]:
        """The near holders of ``subject``, ascending, those who control it included."""
        found = self._known.get(subject)
        if found is None:
            found = self._known[subject] = tuple(sorted(self._found(subject)))
        return found

    def _found(self, subject: int) -> set[int]:
        live, found = self._live, set[int]()
        if live is None:
            return found
        for held in live.measures.values():
            slots = held.slots_in(subject)
            places = slice(slots.start, slots.stop)
            holders = held.holder[places][held.high[places] > 0]
            found.update(holders.tolist())
            if held.components:
                found.update(p for k in slots if k in held.components for p in held.components[k])
        if self._control:
            start, end = self._graph.subject_start[subject : subject + 2]
            controls = np.searchsorted(live.control_row, (start, end))
            rows = live.control_row[controls[0] : controls[1]]
            found.update(self._graph.interests.holder[rows].tolist())
        return {holder for holder in found if self.near[holder] and holder != subject}
