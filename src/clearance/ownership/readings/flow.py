"""The part of a day's holdings that restriction can reach, laid out to be solved.

1. A *root* is whose holdings are added: one label for all where they are pooled, else one for each
   restricted party. ``ANYBODY`` labels holders nobody names, who may be any root.
2. A node is a party as one root sees it. Nodes are in solving order: holders before what they hold,
   except inside a cycle group, whose nodes share a level.
3. A holder that has no node for a root is what it is for ``ANYBODY``; without that it is free.
4. The levels stored with the graph are checked against the day's holdings; where looking through
   nominees or branches has bent them, new ones are found (``order``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from clearance.ownership.arrays.graph import Bool, Graph, Int8, Int32, Int64
from clearance.ownership.arrays.order import levels_of
from clearance.ownership.day.live import Holdings
from clearance.ownership.readings.descend import (
    ANYBODY,
    BOTH,
    MAY,
    SOURCE,
    Starts,
    descendants,
    descendants_by_root,
    ranges,
)


@dataclass(frozen=True, slots=True)
class Block:
    """The holdings of one measure in the nodes.

    **Shape**: positions ``first[i] : first[i + 1]`` are those in node *i*; ``slot`` indexes
    ``holdings``; ``holder`` is a node, or the number of nodes where the holder is free. ``opens``
    and ``attributes``: whether any holding has an open end, or is attributed.
    """

    holdings: Holdings
    first: Int64
    slot: Int64
    holder: Int32
    opens: bool
    attributes: bool


@dataclass(frozen=True, slots=True)
class Level:
    """Nodes ``first : plain`` are solved at once, ``plain : last`` one at a time or as groups."""

    first: int
    plain: int
    last: int


@dataclass(frozen=True, slots=True)
class Nodes:
    """Finds the node of a party for a root.

    **Shape**: either ``dense`` (party -> node + 1, one root) or sorted ``keys`` with their nodes.
    """

    count: int
    parties: int
    dense: Int32 | None
    keys: Int64
    node: Int32

    def find(self, root: Int64, party: Int32 | Int64) -> Int32:
        """Nodes, ``count`` where there is none."""
        if self.dense is not None:
            found = self.dense[party]
            found -= 1
            found[found < 0] = self.count
            return found
        own = self._exactly((root + 1) * self.parties + party)
        anybody = self._exactly(np.asarray(party, dtype=np.int64))
        return np.where(own < self.count, own, anybody).astype(np.int32)

    def find_one(self, root: int, party: int) -> int:
        """The same for one party."""
        if self.dense is not None:
            return (int(self.dense[party]) or self.count + 1) - 1
        for key in ((root + 1) * self.parties + party, party):
            at = int(np.searchsorted(self.keys, key))
            if at < len(self.keys) and self.keys[at] == key:
                return int(self.node[at])
        return self.count

    def _exactly(self, keys: Int64) -> Int32:
        if not len(self.keys):
            return np.full(len(keys), self.count, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[at] == keys, self.node[at], self.count).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Flow:
    """Nodes in solving order, with what is held in them.

    **Shape**: ``party``, ``root``, ``fixed`` (``SOURCE`` for all that is not fixed) and ``group``
    (cycle group of its party, -1) a node.
    """

    party: Int32
    root: Int32
    fixed: Int8
    group: Int32
    levels: tuple[Level, ...]
    blocks: tuple[Block, ...]
    nodes: Nodes

    @property
    def size(self) -> int:
        """How many nodes."""
        return len(self.party)


def flow_of(
    holdings: tuple[Holdings, ...],
    starts: Starts,
    graph: Graph,
    within: Bool | None = None,
) -> Flow:
    """Lay out everything that descends from the starts (only parties ``within``, if given).

    Whoever nobody names may be any root: that stays so for a root that holds something of it.

    **Cost**: proportional to the holdings of and in the descendants, not to the graph.
    """
    parties, level, cycle = graph.size, graph.level, graph.cycle
    shift = 0 if starts.pooled else 1
    reach = descendants if starts.pooled else descendants_by_root
    keys = reach(holdings, starts, parties, within)
    fixed = np.zeros(len(keys), dtype=np.uint8)
    np.maximum.at(
        fixed, np.searchsorted(keys, (starts.root + shift) * parties + starts.party), starts.fixed
    )
    if not starts.pooled:
        nameless = starts.party[(starts.root == ANYBODY) & (starts.fixed == MAY)]
        fixed[np.isin(keys % parties, nameless) & (fixed == SOURCE)] = MAY
    seen = _Seen(
        (keys % parties).astype(np.int32), (keys // parties - shift).astype(np.int32), fixed
    )
    flow = _lay_out(holdings, seen, level, cycle, starts.pooled)
    if _as_stored(holdings, graph) or _in_order(flow):
        return flow
    level, cycle = _levels_anew(flow, parties)
    return _lay_out(holdings, seen, level, cycle, starts.pooled)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What descends from the starts, by root and party."""

    party: Int32
    root: Int32
    fixed: Int8


def _lay_out(
    holdings: tuple[Holdings, ...], seen: _Seen, level: Int32, cycle: Int32, pooled: bool
) -> Flow:
    group = cycle[seen.party]
    alone = group >= 0
    for held in holdings:
        alone = alone | held.special[seen.party]
    rank = np.where(seen.fixed == BOTH, -1, level[seen.party].astype(np.int64) * 2 + alone)
    small = np.int16 if len(rank) and rank.max() < 2**15 else np.int64
    order = np.argsort(rank.astype(small), kind="stable")
    party, root, fixed = seen.party[order], seen.root[order], seen.fixed[order]
    nodes = _index(root, party, len(level), pooled)
    blocks = tuple(_block(held, party, root, fixed, nodes) for held in holdings)
    group = np.where(fixed == BOTH, -1, group[order]).astype(np.int32)
    return Flow(party, root, fixed, group, tuple(_levels(rank[order])), blocks, nodes)


def _levels(rank: Int64) -> Iterator[Level]:
    """The bounds of each level; rank is twice the level, odd where nodes are solved alone."""
    cuts = [int(cut) for cut in np.flatnonzero(np.diff(rank, prepend=rank[:1] - 1))]
    cuts.append(len(rank))
    for start, end in pairwise(cuts):
        yield Level(start, start if rank[start] % 2 and rank[start] > 0 else end, end)


def _index(root: Int32, party: Int32, parties: int, pooled: bool) -> Nodes:
    count = len(party)
    if pooled:
        dense = np.zeros(parties, dtype=np.int32)
        dense[party] = np.arange(1, count + 1, dtype=np.int32)
        return Nodes(count, parties, dense, np.zeros(0, np.int64), np.zeros(0, np.int32))
    keys = (root.astype(np.int64) + 1) * parties + party
    order = np.argsort(keys)
    return Nodes(count, parties, None, keys[order], order.astype(np.int32))


def _block(held: Holdings, party: Int32, root: Int32, fixed: Int8, nodes: Nodes) -> Block:
    start = held.subject_start[party].astype(np.int64)
    end = np.where(fixed == BOTH, start, held.subject_start[party + 1])
    first = np.concatenate((np.zeros(1, np.int64), np.cumsum(end - start)))
    slot = ranges(start, end)
    roots = np.repeat(root.astype(np.int64), end - start) if nodes.dense is None else slot
    holder = nodes.find(roots, held.holder[slot])
    opens = bool(held.low_open.any() or held.high_open.any())
    return Block(held, first, slot, holder, opens, bool(held.attributed.any()))


def _as_stored(holdings: tuple[Holdings, ...], graph: Graph) -> bool:
    """Is every slot a stored interest, so that the stored levels order the day, too?"""
    starts = graph.subject_start
    return all(held.subject_start is starts and not held.components for held in holdings)


def edges(flow: Flow) -> tuple[Int64, Int64]:
    """Which node must be solved before which: holders, and components of declared holdings."""
    before, after = [], []
    for block in flow.blocks:
        subject = np.repeat(np.arange(flow.size), np.diff(block.first))
        counts = (block.holder < flow.size) & (block.holdings.high[block.slot] > 0)
        before.append(block.holder[counts].astype(np.int64))
        after.append(subject[counts])
        for node, component in _components(flow, block):
            before.append(np.array([component]))
            after.append(np.array([node]))
    return np.concatenate(before), np.concatenate(after)


def _components(flow: Flow, block: Block) -> Iterator[tuple[int, int]]:
    if not block.holdings.components:
        return
    declared = np.isin(flow.party, np.array(block.holdings.component_subjects))
    for node in np.flatnonzero(declared).tolist():
        for slot in block.holdings.slots_in(int(flow.party[node])):
            for party in block.holdings.components.get(slot, ()):
                found = flow.nodes.find_one(int(flow.root[node]), party)
                if found < flow.size:
                    yield node, found


def _in_order(flow: Flow) -> bool:
    """Is every holder solved before what it holds, or with it in one group?"""
    level = np.zeros(flow.size, dtype=np.int32)
    for number, each in enumerate(flow.levels):
        level[each.first : each.last] = number
    before, after = edges(flow)
    together = (flow.group[before] == flow.group[after]) & (flow.group[before] >= 0)
    earlier = level[before] < level[after]
    settled = (flow.fixed[before] == BOTH) | (flow.fixed[after] == BOTH)
    return bool((earlier | settled | (together & (level[before] == level[after]))).all())


def _levels_anew(flow: Flow, parties: int) -> tuple[Int32, Int32]:
    before, after = edges(flow)
    return levels_of(flow.party[before], flow.party[after], parties)
