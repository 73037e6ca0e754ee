"""Several rows about one pair become one holding: fused, never added.

1. In votes, a stated votes row stands for its pair; without one, the pair's shares stand in.
2. One source: equal rows are one; unequal ones have the largest minimum and, as most, the sum of
   their maxima (flag ``rows_differ``).
3. Several sources: the intersection; if that is empty, the hull (flag ``sources_differ``).
4. Rows of different joint arrangements, rows with components, and options stay apart.
5. The fused slot is attributed if any part is, and stands at the first of its rows.

An end and its openness travel as one number, twice the units plus (minimum) or minus (maximum) one
where open, so that the tighter end is the larger minimum, the smaller maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clearance.model.interest import InterestType, Measure
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import BIT, STATED, Bool, Graph, Int32, Int64
from clearance.ownership.day.slots import OPTION, Slots

ROWS_DIFFER = "rows_differ"
SOURCES_DIFFER = "sources_differ"


def fuse(slots: Slots, graph: Graph) -> None:
    """Fuse in place.

    **Cost**: a sort of the rows that have another of their pair beside them.
    """
    beside = (graph.repeated & BIT[slots.measure]) != 0
    places = np.flatnonzero(beside & slots.live).astype(np.int32)
    if slots.measure is Measure.VOTES and len(places):
        places = _votes(slots, graph, places)
    if len(places):
        fuse_rows(slots, graph, places)


def fuse_rows(slots: Slots, graph: Graph, places: Int32) -> None:
    """Fuse these rows in place, ascending; for slots that come to live after ``fuse``."""
    _write(slots, graph, _Ordered.of(slots, graph, places))


def _pairs(graph: Graph, places: Int32) -> Int64:
    """Consecutive numbers of the pairs that sorted rows belong to."""
    holder, subject = graph.interests.holder[places], graph.interests.subject[places]
    new = np.ones(len(places), dtype=np.int64)
    new[1:] = (holder[1:] != holder[:-1]) | (subject[1:] != subject[:-1])
    return np.cumsum(new) - 1


def _votes(slots: Slots, graph: Graph, places: Int32) -> Int32:
    """Drop shares where votes are stated, and unstated votes where shares are."""
    pair = _pairs(graph, places)
    votes = graph.interests.type[places] == InterestType.votingRights
    stated = slots.stated[places]
    sure = (graph.interests.flags[places] & STATED) != 0
    by_votes = np.bincount(pair, votes & stated & sure) > 0
    shares = ~votes & (graph.interests.type[places] != InterestType.unknownInterest)
    shares &= graph.interests.type[places] != InterestType.unpublishedInterest
    by_shares = np.bincount(pair, shares & stated) > 0
    dropped = (shares & by_votes[pair]) | (votes & ~stated & by_shares[pair])
    slots.clear(places[dropped])
    kept: Int32 = places[~dropped]
    return kept


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
    """Fuse per source, then across sources, into the first slot of each group."""
    claim = _changes(rows.source, rows.low, rows.high)
    distinct = _firsts(claim)
    source = rows.source[distinct]
    begin = _firsts(source)
    several = np.diff(np.append(begin, len(source))) > 1
    low = np.maximum.reduceat(rows.low[distinct], begin)
    high = np.where(several, _sums(rows.high[distinct], begin), rows.high[distinct][begin])
    group = rows.group[distinct][begin]
    first = _firsts(group)
    low, high, empty = _across(low, high, first)
    start = _firsts(rows.group)
    leader = np.minimum.reduceat(rows.place, start)
    attributed = np.logical_or.reduceat(slots.attributed[rows.place], start)
    stated = np.logical_or.reduceat(slots.stated[rows.place], start)
    slots.clear(rows.place)
    slots.live[leader] = True
    slots.low[leader], slots.low_open[leader] = low >> 1, (low & 1) == 1
    slots.high[leader], slots.high_open[leader] = (high + 1) >> 1, (high & 1) == 1
    slots.attributed[leader], slots.stated[leader] = attributed, stated
    subject = graph.interests.subject[leader]
    differ = np.logical_or.reduceat(several, first)
    for flag, found in ((ROWS_DIFFER, differ), (SOURCES_DIFFER, empty)):
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
