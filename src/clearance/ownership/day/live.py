"""What holds on one day: per measure one holding a pair, fused, with its exceptions named.

1. A slot is a place for one holding, ordered by subject, then holder. Without looked-through
   nominees and branches a slot *is* a graph row (same number, no copy). A slot of 0 to 0 with
   closed ends holds nothing that day and counts nothing.
   Slots of looked-through holdings come last in their subject.
2. Slots without exception are summed as they are. A subject marked ``special`` needs
   ``total.total``: it holds itself, has a joint block, components, a trust's roles, or somebody
   anonymous.
3. Rows of one pair are fused into one slot, except rows of different joint arrangements, rows with
   components, and options beside shares.
4. A row that is live only perhaps (partial dates) enters with a minimum of 0, closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clearance.model.interest import Measure
from clearance.model.rule import Rule
from clearance.ownership.arrays.graph import Bool, Graph, Int32, Int64

TRUST = -2
"""The ``joint`` code of the block that the role-holders of an arrangement form."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """The holdings of one day in one measure.

    **Shape**: ``k`` slots sorted by subject and holder; ends in units of ``WHOLE``, unstated is
    0 to ``WHOLE``. ``joint`` is an arrangement's code, ``TRUST``, or -1; members of one block each
    carry their own figure (a trust's role-holders: the whole block, attributed).
    ``subject_start`` and ``holder_start`` have ``n + 1`` entries; ``by_holder`` lists slots.
    ``row`` gives the first graph row behind each slot, -1 where a branch is its head office's.
    ``components``: slot of a declared indirect holding -> the parties it runs through.
    ``self_held``: subject -> its own holding in itself (least, most units; open ends), taken out
    of the slots. ``anonymous``: subject -> units that somebody nobody names may hold, and whether
    that end is open (a nominee whose nominator is not known): a constant in *may*, 0 in *must*.
    ``component_subjects`` are the subjects of ``components``, ascending. ``flagged``: oddity of the
    data -> the subjects it is found about, ascending.
    """

    measure: Measure
    holder: Int32
    subject: Int32
    low: Int64
    high: Int64
    low_open: Bool
    high_open: Bool
    attributed: Bool
    stated: Bool
    joint: Int32
    row: Int32
    subject_start: Int64
    by_holder: Int32
    holder_start: Int64
    components: Mapping[int, tuple[int, ...]]
    self_held: Mapping[int, tuple[int, int, bool, bool]]
    anonymous: Mapping[int, tuple[int, bool]]
    special: Bool
    component_subjects: tuple[int, ...]
    flagged: Mapping[str, Int32]

    def slots_in(self, subject: int) -> range:
        """The slots of ``subject``, those that hold nothing included."""
        return range(int(self.subject_start[subject]), int(self.subject_start[subject + 1]))

    def flags_of(self, subject: int) -> tuple[str, ...]:
        """The oddities of the rows about ``subject``, sorted."""
        found = []
        for flag, subjects in sorted(self.flagged.items()):
            place = int(np.searchsorted(subjects, subject))
            if place < len(subjects) and subjects[place] == subject:
                found.append(flag)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Live:
    """One day of a graph, as one rule reads it.

    **Shape**: ``measures`` for every measure asked for; ``must`` and ``may`` say per graph row
    whether it is surely, possibly live; ``control_row`` are the graph rows, possibly live, whose
    type is control evidence under the rule, ascending; ``unknown`` marks parties of kind unknown.
    """

    graph: Graph
    rule: Rule
    day: int
    measures: Mapping[Measure, Holdings]
    must: Bool
    may: Bool
    control_row: Int64
    unknown: Bool


def moments(graph: Graph, day: int) -> tuple[Bool, Bool]:
    """Per row: surely live on ``day``, possibly live. Half-open, partial dates as ranges."""
    rows = graph.interests
    must = (rows.start_last <= day) & (day < rows.end_first)
    may = (rows.start_first <= day) & (day < rows.end_last)
    return must, may
