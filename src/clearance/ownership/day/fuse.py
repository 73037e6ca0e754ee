"""Several rows about one pair become one holding: fused, never added.

1. In votes, a stated votes row stands for its pair; without one, the pair's shares stand in.
2. One source: equal rows are one; unequal ones have the largest minimum and, as most, the sum of
   their maxima (flag ``rows_differ``).
3. Several sources: the intersection; if that is empty, the hull (flag ``sources_differ``).
4. A stated role in an arrangement is a row of its pair; roles and options are neither votes nor
   shares.
5. Rows of different joint arrangements, rows with components, and options stay apart.
6. The fused slot is attributed if any part is, and stands at the first of its rows.

An end and its openness travel as one number, twice the units plus (minimum) or minus (maximum) one
where open, so that the tighter end is the larger minimum, the smaller maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.interest import MISSING_TYPES, InterestType, Measure
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import BIT, ROLES, STATED, Bool, Graph, Int32, Int64, among
from clearance.ownership.day.slots import OPTION, Slots, pair_of

ROWS_DIFFER = "rows_differ"
SOURCES_DIFFER = "sources_differ"


def fuse(slots: Slots, graph: Graph, roles: Int32) -> None:
    """Fuse in place.

    Args:
        roles: places of stated roles, which the graph does not list as repeated.

    **Cost**: a sort of the rows that have another of their pair beside them.
    """
    beside = (graph.repeated & BIT[slots.measure]) != 0
    for place in roles.tolist():
        beside[slice(*pair_of(graph, place))] = True
    places = np.flatnonzero(beside & slots.live).astype(np.int32)
    if slots.measure is Measure.VOTES and len(places):
        places = _votes(slots, graph, places)
    if len(places):
        _write(slots, graph, _Ordered.of(slots, graph, places))


def fused_sums(slots: Slots, graph: Graph, places: Int32) -> tuple[int, int]:
    """What these rows add up to once fused, at least and at most, in units; nothing is written."""
    if not len(places):
        return 0, 0
    ends = _Ordered.of(slots, graph, places).ends()
    return int((ends.low >> 1).sum()), int(((ends.high + 1) >> 1).sum())


def _pairs(graph: Graph, places: Int32) -> Int64:
    """Consecutive numbers of the pairs that sorted rows belong to."""
    holder, subject = graph.interests.holder[places], graph.interests.subject[places]
    new = np.ones(len(places), dtype=np.int64)
    new[1:] = (holder[1:] != holder[:-1]) | (subject[1:] != subject[:-1])
    return np.cumsum(new) - 1


def _votes(slots: Slots, graph: Graph, places: Int32) -> Int32:
    """Drop shares where votes are stated, and unstated votes where shares are."""
    pair = _pairs(graph, places)
    types = graph.interests.type[places]
    votes = types == InterestType.votingRights
    stated = slots.stated[places]
    sure = (graph.interests.flags[places] & STATED) != 0
    by_votes = np.bincount(pair, votes & stated & sure) > 0
    shares = ~votes & ~among(types, (*MISSING_TYPES, *ROLES, OPTION))
    by_shares = np.bincount(pair, shares & stated) > 0
    dropped = (shares & by_votes[pair]) | (votes & ~stated & by_shares[pair])
    slots.clear(places[dropped])
    kept: Int32 = places[~dropped]
    return kept


@dataclass(frozen=True, slots=True)
class _Ends:
    """The fused ends of every group, and where its rows or its sources differ."""

    low: Int64
    high: Int64
    rows_differ: Bool
    sources_differ: Bool


@dataclass(frozen=True, slots=True)
class _Ordered:
    """Distinct claims in order: by pair, what stays apart, source."""

    place: Int32
    low: Int64
    high: Int64
    group: Int64
    source: Int64

    @classmethod
    def of(cls, slots: Slots, graph: Graph, places: Int32) -> _Ordered:
        """Order the rows; ends twice their units, shifted by one where open."""
        rows = graph.interests
        low = 2 * slots.low[places] + slots.low_open[places]
        high = 2 * slots.high[places] - slots.high_open[places]
        source = rows.source[places]
        blocks = [_pairs(graph, places), *_apart(graph, places)]
        order = np.lexsort((high, low, source, *reversed(blocks)))
        group = _changes(*(block[order] for block in blocks))
        sources = _changes(group, source[order])
        return cls(places[order], low[order], high[order], group, sources)

    def ends(self) -> _Ends:
        """Fused per source, then across sources."""
        claim = _changes(self.source, self.low, self.high)
        distinct = _firsts(claim)
        source = self.source[distinct]
        begin = _firsts(source)
        several = np.diff(np.append(begin, len(source))) > 1
        low = np.maximum.reduceat(self.low[distinct], begin)
        high = np.where(several, _sums(self.high[distinct], begin), self.high[distinct][begin])
        first = _firsts(self.group[distinct][begin])
        low, high, empty = _across(low, high, first)
        return _Ends(low, high, np.logical_or.reduceat(several, first), empty)


def _apart(graph: Graph, places: Int32) -> list[Int32 | Int64]:
    """What keeps rows of one pair from being fused, as far as any row has it."""
    rows = graph.interests
    apart = np.where(rows.type[places] == OPTION, -2, -1).astype(np.int64)
    if len(rows.component_row):
        declared = np.isin(places, rows.component_row)
        apart[declared] = places[declared]
    return [key for key in (apart, rows.joint[places]) if (key != -1).any()]


def _changes(*keys: Int32 | Int64) -> Int64:
    """Consecutive numbers of runs that are equal in every key."""
    new = np.ones(len(keys[0]), dtype=np.int64)
    new[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.cumsum(new) - 1


def _firsts(number: Int64) -> Int64:
    """Where each run of consecutive numbers begins."""
    return np.flatnonzero(np.diff(number, prepend=-1))


def _write(slots: Slots, graph: Graph, rows: _Ordered) -> None:
    """Write each group's ends into the first of its slots."""
    ends = rows.ends()
    start = _firsts(rows.group)
    leader = np.minimum.reduceat(rows.place, start)
    attributed = np.logical_or.reduceat(slots.attributed[rows.place], start)
    stated = np.logical_or.reduceat(slots.stated[rows.place], start)
    slots.clear(rows.place)
    slots.live[leader] = True
    slots.low[leader], slots.low_open[leader] = ends.low >> 1, (ends.low & 1) == 1
    slots.high[leader], slots.high_open[leader] = (ends.high + 1) >> 1, (ends.high & 1) == 1
    slots.attributed[leader], slots.stated[leader] = attributed, stated
    subject = graph.interests.subject[leader]
    for flag, found in ((ROWS_DIFFER, ends.rows_differ), (SOURCES_DIFFER, ends.sources_differ)):
        before = slots.flagged.get(flag, subject[:0])
        slots.flagged[flag] = np.concatenate((before, subject[found]))


def _sums(high: Int64, begin: Int64) -> Int64:
    """Capped sums of maxima; open if a part is and the cap does not cut it off."""
    units = np.add.reduceat(np.minimum((high + 1) >> 1, WHOLE), begin)
    opened = np.logical_or.reduceat((high & 1) == 1, begin) & (units <= WHOLE)
    return 2 * np.minimum(units, WHOLE) - opened


def _across(low: Int64, high: Int64, first: Int64) -> tuple[Int64, Int64, Bool]:
    """Intersection over sources, or the hull where that is empty."""
    tight_low = np.maximum.reduceat(low, first)
    tight_high = np.minimum.reduceat(high, first)
    empty = tight_low > tight_high
    wide_low = np.minimum.reduceat(low, first)
    wide_high = np.maximum.reduceat(high, first)
    return np.where(empty, wide_low, tight_low), np.where(empty, wide_high, tight_high), empty
