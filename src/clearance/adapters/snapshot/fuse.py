"""One party, several rows: the latest of one source, then the first that says something.

1. A plain table says a party once: equal rows collapse, an unequal one is rejected.
2. Within one source the latest statement replaces (statement date, then position).
3. Across sources the first non-empty fact by source order stands; lists, identifiers, other
   names and particulars are united; a fact that differs is counted as a conflict, by party and
   field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from clearance.adapters.formats.batch import Reject
from clearance.adapters.snapshot.gather import Gathered
from clearance.model.dates import ALWAYS
from clearance.model.party import PartyKind
from clearance.ownership.arrays.graph import Int32, Int64

Row = dict[str, object]

FACTS = ("name", "kind", "jurisdiction", "headquarters", "residence", "branch_of")
"""Facts whose difference between sources is a conflict, in the order of their bits."""

_DATES = (
    "residence_start_first",
    "residence_start_last",
    "residence_end_first",
    "residence_end_last",
)
_UNITED = ("lists", "identifiers", "other_names", "particulars")
_APART = ("line", "place")


@dataclass(frozen=True, slots=True)
class Place:
    """A source as rejects name it; a ``plain`` one says a party once."""

    name: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Fused:
    """``row`` of each party in ``table`` (-1 is a stub); ``conflicts`` are bits of ``FACTS``;
    ``described`` are the rows of parties that several sources describe."""

    table: pa.Table
    row: Int64
    conflicts: dict[int, int]
    described: tuple[Row, ...] = ()


def fuse(
    table: pa.Table,
    party: Int32,
    size: int,
    gathered: Gathered,
    places: Sequence[Place],
) -> Fused:
    """One row a party.

    Args:
        party: each row's party.
        places: what each place of the rows is.
    """
    row = np.full(size, -1, np.int64)
    row[party[::-1]] = np.arange(len(party) - 1, -1, -1)
    if np.count_nonzero(row >= 0) == len(party):
        return Fused(table, row, {})
    counts = np.bincount(party, minlength=size)
    rows = np.flatnonzero(counts[party] > 1)
    rows = rows[np.argsort(party[rows], kind="stable")]
    several = table.take(pa.array(rows))
    rows, several = _once(rows, several, party, gathered, places)
    winners = _latest(rows, several, party)
    row[party[winners[::-1]]] = winners[::-1]
    return _across(table, row, winners, party)


def _once(
    rows: Int64,
    several: pa.Table,
    party: Int32,
    gathered: Gathered,
    places: Sequence[Place],
) -> tuple[Int64, pa.Table]:
    """Without the rows that repeat a party inside one plain source; ``several`` are ``rows``."""
    place = several.column("place").to_numpy()
    owner = party[rows]
    again = np.zeros(len(rows), bool)
    order = np.lexsort((rows, place, owner))
    same = (owner[order][1:] == owner[order][:-1]) & (place[order][1:] == place[order][:-1])
    again[order[1:][same]] = True
    again &= np.array([each.plain for each in places], bool)[place]
    if not again.any():
        return rows, several
    first: dict[tuple[int, int], Row] = {}
    found: list[Reject] = []
    for at, one in enumerate(several.to_pylist()):
        key = (int(owner[at]), int(place[at]))
        earlier = first.setdefault(key, one)
        if again[at] and _content(earlier) != _content(one):
            reason = _twice(earlier, one)
            found.append(Reject(places[key[1]].name, int(one["line"]), "id", reason))
    for reject in sorted(found, key=lambda one: (one.source, one.line)):
        gathered.reject(reject)
    return rows[~again], several.filter(pa.array(~again))


def _content(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _APART}


def _twice(earlier: Row, later: Row) -> str:
    differs = [name for name, value in _content(later).items() if value != earlier[name]]
    return (
        f"the party {later['id']!r} stands on line {earlier['line']} with another "
        f"{' and '.join(differs)}; keep one of lines {earlier['line']} and {later['line']}"
    )


def _latest(rows: Int64, several: pa.Table, party: Int32) -> Int64:
    """The last statement of each party and source, by party, then by position."""
    source = several.column("source").to_numpy()
    date = several.column("statement_date").combine_chunks().fill_null(ALWAYS).to_numpy()
    owner = party[rows]
    order = np.lexsort((rows, date, source, owner))
    key = owner[order].astype(np.int64) << 32 | source[order]
    last = np.append(key[1:] != key[:-1], True) if len(key) else np.zeros(0, bool)
    winners = rows[order[last]]
    ordered: Int64 = winners[np.lexsort((winners, party[winners]))]
    return ordered


def _across(table: pa.Table, row: Int64, winners: Int64, party: Int32) -> Fused:
    """Parties that several sources name get a row of their own, after the others."""
    owner = party[winners]
    counts = np.bincount(owner, minlength=len(row))
    shared = winners[counts[owner] > 1]
    if not len(shared):
        return Fused(table, row, {})
    made: list[Row] = []
    conflicts: dict[int, int] = {}
    group: list[Row] = []
    records = table.take(pa.array(shared)).to_pylist()
    for at, record in enumerate(records):
        group.append(record)
        last = at + 1 == len(records) or party[shared[at + 1]] != party[shared[at]]
        if last:
            index = int(party[shared[at]])
            merged, bits = _merged(group)
            row[index] = len(table) + len(made)
            made.append(merged)
            if bits:
                conflicts[index] = bits
            group = []
    extra = pa.Table.from_pylist(made, schema=table.schema)
    return Fused(pa.concat_tables([table, extra]), row, conflicts, tuple(records))


def _merged(group: Sequence[Row]) -> tuple[Row, int]:
    merged = dict(group[0])
    bits = 0
    for other in group[1:]:
        for bit, name in enumerate(FACTS):
            mine, theirs = merged[name], other[name]
            if _empty(name, mine):
                merged[name] = theirs
            elif not _empty(name, theirs) and mine != theirs:
                bits |= 1 << bit
        if _empty("residence", group[0]["residence"]) and merged["residence"] == other["residence"]:
            merged |= {name: other[name] for name in _DATES}
        merged["capital"] = bool(merged["capital"]) and bool(other["capital"])
        merged["unspecified"] = merged["unspecified"] or other["unspecified"]
        for name in _UNITED:
            merged[name] = _united(merged[name], other[name])
    return merged, bits


def _empty(name: str, value: object) -> bool:
    return value in (None, "", 0) if name != "kind" else value == PartyKind.UNKNOWN


def _united(first: object, second: object) -> list[object]:
    mine: list[object] = list(first or [])  # type: ignore[call-overload]
    return mine + [item for item in (second or []) if item not in mine]  # type: ignore[attr-defined]
