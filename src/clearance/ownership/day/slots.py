"""Slots under construction: one day's holdings in one measure before they are sealed.

1. A slot starts as its graph row: the row's figures where it is live and feeds the measure.
2. Where nobody holds a ``shareholding``, capital rights stand for shares, the larger per holder.
3. Options count as shares if the rule counts them and a share is stated.
4. Accounting consolidation counts as a presumed majority if the rule says so and no shareholding
   is stated beside it; otherwise it is evidence of control, never a share.

Not here: fusing (``fuse``), looking through (``through``), sealing (``seal``).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from clearance.model.interest import InterestType, Measure
from clearance.model.rule import Rule
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import (
    ATTRIBUTED,
    CONSOLIDATION,
    FEEDS,
    HIGH_OPEN,
    LOW_OPEN,
    STATED,
    Bool,
    Graph,
    Int32,
    Int64,
    among,
)
from clearance.ownership.arrays.index import spread

OPTION = InterestType.conditionalRightsGrantedByContract
HALF = WHOLE // 2


@dataclass(frozen=True, slots=True)
class Extra:
    """A holding that is nobody's row: through a nominee, or of a branch's head office."""

    subject: int
    holder: int
    low: int
    high: int
    low_open: bool
    high_open: bool
    attributed: bool
    row: int


@dataclass(slots=True)
class Slots:
    """Mutable arrays, one entry a graph row, and what is exceptional."""

    measure: Measure
    live: Bool
    low: Int64
    high: Int64
    low_open: Bool
    high_open: Bool
    attributed: Bool
    stated: Bool
    joint: Int32
    special: Bool
    components: dict[int, tuple[int, ...]] = field(default_factory=dict)
    self_held: dict[int, tuple[int, int, bool, bool]] = field(default_factory=dict)
    anonymous: dict[int, tuple[int, bool]] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    flagged: dict[str, Int32] = field(default_factory=dict)

    def clear(self, places: Int32 | Int64 | int) -> None:
        """Let the slots hold nothing."""
        self.live[places] = False
        self.low[places] = 0
        self.high[places] = 0
        self.low_open[places] = False
        self.high_open[places] = False


def fill(graph: Graph, rule: Rule, must: Bool, may: Bool, measure: Measure) -> Slots:
    """Every row's figures where it is live and feeds ``measure``."""
    rows = graph.interests
    feeds = among(rows.type, FEEDS[measure])
    sure, perhaps = must & feeds, may & feeds
    slots = Slots(
        measure=measure,
        live=perhaps,
        low=rows.low * sure,
        high=rows.high * perhaps,
        low_open=((rows.flags & LOW_OPEN) != 0) & sure,
        high_open=((rows.flags & HIGH_OPEN) != 0) & perhaps,
        attributed=(rows.flags & ATTRIBUTED) != 0,
        stated=(rows.flags & STATED) != 0,
        joint=rows.joint,
        special=np.zeros(graph.size, dtype=np.bool_),
    )
    _unsized(slots, graph.missing_rows)
    if measure is not Measure.BOARD:
        if rule.options:
            _options(slots, graph, must, may)
        if rule.consolidation:
            _consolidation(slots, graph, must, may)
    if measure is Measure.SHARES and len(graph.capital_rows):
        _capital_rights(slots, graph, must, may)
    return slots


def _unsized(slots: Slots, places: Int32) -> None:
    """An interest of unknown kind is a holding of at most its stated size."""
    slots.low[places] = 0
    slots.low_open[places] = slots.stated[places] = False


def show(slots: Slots, graph: Graph, places: Int32, must: Bool, may: Bool) -> None:
    """Let the slots show their rows' own figures."""
    rows = graph.interests
    flags = rows.flags[places]
    sure, perhaps = must[places], may[places]
    slots.live[places] = perhaps
    slots.low[places] = rows.low[places] * sure
    slots.high[places] = rows.high[places] * perhaps
    slots.low_open[places] = ((flags & LOW_OPEN) != 0) & sure
    slots.high_open[places] = ((flags & HIGH_OPEN) != 0) & perhaps


def _options(slots: Slots, graph: Graph, must: Bool, may: Bool) -> None:
    rows = graph.interests
    wanted = (rows.type == OPTION) & slots.stated
    show(slots, graph, np.flatnonzero(wanted).astype(np.int32), must, may)


def _consolidation(slots: Slots, graph: Graph, must: Bool, may: Bool) -> None:
    """More than half, attributed: direct and ultimate parents describe one block."""
    for place in graph.consolidation_rows.tolist():
        if not may[place] or slots.live[place] or _stated_share_beside(slots, graph, place):
            continue
        slots.low[place] = HALF if must[place] else 0
        slots.low_open[place] = bool(must[place])
        slots.high[place], slots.live[place] = WHOLE, True
        slots.attributed[place] = slots.stated[place] = True


def _stated_share_beside(slots: Slots, graph: Graph, place: int) -> bool:
    """Does the pair state a holding in this measure on this day?"""
    rows = graph.interests
    begin, end = pair_of(graph, place)
    beside = slice(begin, end)
    plain = ((rows.flags[beside] & CONSOLIDATION) == 0) & (rows.type[beside] != OPTION)
    return bool((plain & slots.stated[beside] & slots.live[beside]).any())


def pair_of(graph: Graph, place: int) -> tuple[int, int]:
    """Where the rows of this row's holder and subject begin and end."""
    subject, holder = graph.interests.subject[place], graph.interests.holder[place]
    begin, end = int(graph.subject_start[subject]), int(graph.subject_start[subject + 1])
    inside = graph.interests.holder[begin:end]
    left, right = np.searchsorted(inside, [holder, holder + 1])
    return begin + int(left), begin + int(right)


def _capital_rights(slots: Slots, graph: Graph, must: Bool, may: Bool) -> None:
    """Per holder the larger of the two kinds of right, where there is no shareholding."""
    rows = graph.interests
    live = graph.capital_rows[may[graph.capital_rows]]
    subjects = np.unique(rows.subject[live])
    places = spread(graph.subject_start, subjects)
    shares = (rows.type[places] == InterestType.shareholding) & may[places]
    with_shares = np.unique(rows.subject[places[shares]])
    used = live[~np.isin(rows.subject[live], with_shares)]
    show(slots, graph, used, must, may)
    pair = np.stack([rows.subject[used], rows.holder[used]])
    other = rows.type[used[1:]] != rows.type[used[:-1]]
    later = np.flatnonzero((pair[:, 1:] == pair[:, :-1]).all(axis=0) & other) + 1
    for position in later.tolist():
        _keep_larger(slots, int(used[position - 1]), int(used[position]))


def _keep_larger(slots: Slots, earlier: int, place: int) -> None:
    """Move the pair's larger ends into the later slot."""
    lows = [(int(slots.low[k]), bool(slots.low_open[k])) for k in (earlier, place)]
    highs = [(int(slots.high[k]), not slots.high_open[k]) for k in (earlier, place)]
    low, high = max(lows), max(highs)
    slots.attributed[place] |= slots.attributed[earlier]
    slots.stated[place] |= slots.stated[earlier]
    slots.clear(earlier)
    slots.live[place] = True
    slots.low[place], slots.low_open[place] = low
    slots.high[place], slots.high_open[place] = high[0], not high[1]
