"""Reference data as arrays: parties, and the interests between them, ordered for the engine.

1. A party's index is the rank of its id, so index order is id order.
2. Interests are sorted by subject, then interested party, type, source and statement.
3. Nothing here depends on a day or a rule: what a day or a rule selects is in ``live``.
4. ``cycle`` and ``level`` are those of the graph with every interest ever stated and what is held
   by being a branch or a nominee (``implied``), a superset of any day's: a day's loops lie inside
   these, and levels order every acyclic slice.

Every field that is an array is stored by a snapshot as it is, under its name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, InterestType, Measure
from clearance.model.party import PartyKind
from clearance.ownership.arrays.implied import with_implied
from clearance.ownership.arrays.index import order_by, starts_of
from clearance.ownership.arrays.levels import Edges, levels

Int8 = NDArray[np.uint8]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Bool = NDArray[np.bool_]
Float = NDArray[np.float64]

STATED = 1
LOW_OPEN = 2
HIGH_OPEN = 4
ATTRIBUTED = 8
INDIRECT = 16
CONSOLIDATION = 32
HAS_COMPONENTS = 64
HAS_JOINT = 128


@dataclass(frozen=True, slots=True)
class PartyColumns:
    """Facts of parties, by index.

    **Shape**: ``n`` values each. ``kind`` codes of ``PartyKind``; ``jurisdiction``,
    ``headquarters`` and ``residence`` index ``codes`` (0 = ``""``); ``lists`` indexes
    ``list_sets`` (0 = ``()``); ``branch_of`` is a party index or -1; residence dates are days.
    """

    kind: Int8
    capital: Bool
    jurisdiction: Int32
    headquarters: Int32
    residence: Int32
    residence_start_first: Int32
    residence_start_last: Int32
    residence_end_first: Int32
    residence_end_last: Int32
    lists: Int32
    branch_of: Int32
    codes: tuple[str, ...]
    list_sets: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class InterestColumns:
    """Stated interests.

    **Shape**: ``m`` values each. ``low`` and ``high`` in units (``WHOLE`` = 100 %; unstated is 0 to
    ``WHOLE`` without the ``STATED`` flag); dates are days with ``ALWAYS`` and ``NEVER``;
    ``source`` and ``joint`` are codes (-1 = no joint arrangement); ``component_row`` and
    ``component_party`` are pairs (row, party index), sorted.
    """

    holder: Int32
    subject: Int32
    type: Int8
    flags: Int8
    low: Int64
    high: Int64
    start_first: Int32
    start_last: Int32
    end_first: Int32
    end_last: Int32
    source: Int32
    joint: Int32
    component_row: Int64
    component_party: Int32


@dataclass(frozen=True, slots=True)
class Graph:
    """Parties and interests, sorted and indexed.

    **Shape**: ``interests`` sorted as the module says, ``row_of`` the input row of each;
    interests in subject *s* are ``subject_start[s] : subject_start[s + 1]``;
    ``by_holder[holder_start[h] : holder_start[h + 1]]`` are rows held by *h*.
    ``cycle[p]`` numbers the strongly connected group of several parties that *p* is in, else -1.
    ``level[p]``: 0 without owners, else above every owner outside its own group.
    ``repeated`` holds a bit a measure (``BIT``) on rows beside which another row of the same pair
    may feed it. The ``*_rows`` list rows that a day must look at apart, ``branches`` the parties
    that are branches; all ascending.
    """

    parties: PartyColumns
    interests: InterestColumns
    row_of: Int64
    subject_start: Int64
    by_holder: Int32
    holder_start: Int64
    cycle: Int32
    level: Int32
    repeated: Int8
    missing_rows: Int32
    self_rows: Int32
    joint_rows: Int32
    capital_rows: Int32
    role_rows: Int32
    nominee_rows: Int32
    nominator_rows: Int32
    consolidation_rows: Int32
    branches: Int32

    @property
    def size(self) -> int:
        """How many parties."""
        return len(self.parties.kind)


def build(parties: PartyColumns, interests: InterestColumns) -> Graph:
    """Sort and index parties and interests.

    **Shape**: interests in any order; rows equal in subject, holder, type and source keep it.
    ``component_row`` numbers rows of the input; the graph's numbers its own.
    **Cost**: linear; about 10 s for 10 M parties and 12 M interests.
    """
    size = len(parties.kind)
    order = _order(interests, size)
    rows = _reordered(interests, order)
    holder_start = starts_of(rows.holder, size)
    subject_start = starts_of(rows.subject, size)
    by_holder = order_by(rows.holder, size)
    edges = Edges(rows.holder, rows.subject, subject_start, by_holder, holder_start)
    cycle, level = levels(with_implied(edges, rows.type, parties.kind, parties.branch_of), size)
    return Graph(
        parties=parties,
        interests=rows,
        row_of=order.astype(np.int64),
        subject_start=subject_start,
        by_holder=by_holder,
        holder_start=holder_start,
        cycle=cycle,
        level=level,
        repeated=_repeated(rows),
        missing_rows=_of_types(rows, *MISSING_TYPES),
        self_rows=_where(rows.holder == rows.subject),
        joint_rows=_where(rows.joint >= 0),
        capital_rows=_of_types(rows, *CAPITAL_RIGHTS),
        role_rows=_roles(parties, rows),
        nominee_rows=_of_types(rows, InterestType.nominee),
        nominator_rows=_of_types(rows, InterestType.nominator),
        consolidation_rows=_where((rows.flags & CONSOLIDATION) != 0),
        branches=_where(parties.branch_of >= 0),
    )


def _order(interests: InterestColumns, size: int) -> Int32:
    """By subject, holder, type, source, input order."""
    order = order_by(interests.holder, size)
    order = order[order_by(interests.subject[order], size)]
    holder, subject = interests.holder[order], interests.subject[order]
    same = np.zeros(len(order) + 1, dtype=np.bool_)
    same[1:-1] = (holder[1:] == holder[:-1]) & (subject[1:] == subject[:-1])
    places = np.flatnonzero(same[:-1] | same[1:])
    pair = np.cumsum(~same[:-1])[places]
    tied = order[places]
    inner = np.lexsort((tied, interests.source[tied], interests.type[tied], pair))
    order[places] = tied[inner]
    return order


def _reordered(interests: InterestColumns, order: Int32) -> InterestColumns:
    """The same rows in ``order``, component pairs renumbered."""
    place = np.zeros(len(order), dtype=np.int64)
    if len(interests.component_row):
        place[order] = np.arange(len(order), dtype=np.int64)
    row = place[interests.component_row]
    pairs = np.lexsort((interests.component_party, row))
    moved = {name: getattr(interests, name)[order] for name in _ROW_COLUMNS}
    party = interests.component_party[pairs]
    return InterestColumns(**moved, component_row=row[pairs], component_party=party)


def _repeated(rows: InterestColumns) -> Int8:
    """Per row the measures (bits) that another row of its pair may feed too."""
    same = np.zeros(len(rows.holder) + 1, dtype=np.bool_)
    same[1:-1] = (rows.holder[1:] == rows.holder[:-1]) & (rows.subject[1:] == rows.subject[:-1])
    found = np.zeros(len(rows.holder), dtype=np.uint8)
    places = np.flatnonzero(same[:-1] | same[1:])
    pair = np.cumsum(~same[places])
    types = rows.type[places]
    by_rule = (rows.type[places] == InterestType.conditionalRightsGrantedByContract) | (
        (rows.flags[places] & CONSOLIDATION) != 0
    )
    for measure, bit in BIT.items():
        feeds = among(types, FEEDS[measure])
        if measure is not Measure.BOARD:
            feeds = feeds | by_rule
        if measure is Measure.SHARES:
            feeds = feeds | among(types, CAPITAL_RIGHTS)
        several = np.bincount(pair[feeds], minlength=len(pair) + 1)
        picked = places[feeds][several[pair[feeds]] > 1]
        found[picked] |= bit
    return found


def _roles(parties: PartyColumns, rows: InterestColumns) -> Int32:
    """Interests of roles in arrangements."""
    found = _of_types(rows, *ROLES)
    kept: Int32 = found[parties.kind[rows.subject[found]] == PartyKind.ARRANGEMENT]
    return kept


def _of_types(rows: InterestColumns, *types: InterestType) -> Int32:
    return _where(among(rows.type, types))


def among(codes: Int8 | Int32, wanted: Iterable[int]) -> Bool:
    """Which codes are among a few wanted: a comparison each, faster than a table."""
    found = np.zeros(len(codes), dtype=np.bool_)
    for code in wanted:
        found |= codes == code
    return found


def _where(mask: Bool) -> Int32:
    return np.flatnonzero(mask).astype(np.int32)


_ROW_COLUMNS = tuple(
    field.name for field in fields(InterestColumns) if not field.name.startswith("component_")
)
BIT = {Measure.SHARES: 1, Measure.VOTES: 2, Measure.BOARD: 4}
"""Bits of ``Graph.repeated``."""

FEEDS = {
    Measure.SHARES: (InterestType.shareholding, *MISSING_TYPES),
    Measure.VOTES: (InterestType.votingRights, InterestType.shareholding, *MISSING_TYPES),
    Measure.BOARD: (InterestType.appointmentOfBoard, *MISSING_TYPES),
}
"""Which interest types may feed a measure."""

ROLES = (
    InterestType.settlor,
    InterestType.trustee,
    InterestType.protector,
    InterestType.beneficiaryOfLegalArrangement,
    InterestType.nominator,
)
"""Roles in an arrangement."""
