"""The part of a graph that an answer about one party can depend on: everything above it.

1. A set is closed upwards if it holds the holders of its members, the head office of a branch, the
   parties a declared indirect interest runs through, and the arrangements its nominees act in.
2. No rule looks further: an answer on the closed part is the answer on the whole graph.
3. Parties and rows keep their order, so that what is printed is the same.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from clearance.ownership.arrays.graph import Graph, Int64, InterestColumns, PartyColumns, build

_PAIRS = ("component_row", "component_party")
_TABLES = ("codes", "list_sets", "branch_of")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a graph, as a graph of its own.

    **Shape**: ``party`` and ``row`` are indexes in the whole graph, by index in the part.
    """

    graph: Graph
    party: Int64
    row: Int64

    def local(self, index: int) -> int:
        """Where a party of the whole stands in the part, or -1."""
        at = int(np.searchsorted(self.party, index))
        return at if at < len(self.party) and self.party[at] == index else -1


def upward(graph: Graph, index: int) -> Part:
    """Everything above one party, itself included.

    **Cost**: the parties above and their holdings; some milliseconds for a thousand.
    """
    known = np.array([index], dtype=np.int64)
    fresh = known
    while len(fresh):
        above = np.unique(_above(graph, fresh))
        fresh = np.setdiff1d(above, known, assume_unique=True)
        known = np.union1d(known, fresh)
    row = _rows_in(graph, known)
    small = build(_parties(graph.parties, known), _interests(graph.interests, known, row))
    return Part(small, known, row[small.row_of])


def _above(graph: Graph, party: Int64) -> Int64:
    """Every party that these depend on directly."""
    row = _rows_in(graph, party)
    heads = graph.parties.branch_of[party].astype(np.int64)
    found = [graph.interests.holder[row].astype(np.int64), heads[heads >= 0]]
    if len(graph.interests.component_row):
        start = np.searchsorted(graph.interests.component_row, row)
        end = np.searchsorted(graph.interests.component_row, row + 1)
        pairs = _spread(start, end)
        found.append(graph.interests.component_party[pairs].astype(np.int64))
    if len(graph.nominee_rows):
        acting = np.isin(graph.interests.holder[graph.nominee_rows], party)
        found.append(graph.interests.subject[graph.nominee_rows[acting]].astype(np.int64))
    joined: Int64 = np.concatenate(found)
    return joined


def _rows_in(graph: Graph, party: Int64) -> Int64:
    return _spread(graph.subject_start[party], graph.subject_start[party + 1])


def _spread(start: Int64, end: Int64) -> Int64:
    """Every number of every range ``start : end``."""
    count = (end - start).astype(np.int64)
    first = np.repeat(start - (np.cumsum(count) - count), count)
    out: Int64 = first + np.arange(len(first), dtype=np.int64)
    return out


def _parties(parties: PartyColumns, known: Int64) -> PartyColumns:
    moved = {
        field.name: getattr(parties, field.name)[known]
        for field in fields(PartyColumns)
        if field.name not in _TABLES
    }
    heads = parties.branch_of[known]
    local = np.where(heads >= 0, np.searchsorted(known, heads), -1).astype(np.int32)
    return replace(parties, **moved, branch_of=local)


def _interests(rows: InterestColumns, known: Int64, row: Int64) -> InterestColumns:
    moved = {
        field.name: getattr(rows, field.name)[row]
        for field in fields(InterestColumns)
        if field.name not in _PAIRS
    }
    for name in ("holder", "subject"):
        moved[name] = np.searchsorted(known, moved[name]).astype(np.int32)
    start, end = (
        np.searchsorted(rows.component_row, row),
        np.searchsorted(rows.component_row, row + 1),
    )
    pairs = _spread(start, end)
    moved["component_row"] = np.repeat(np.arange(len(row), dtype=np.int64), end - start)
    party = np.searchsorted(known, rows.component_party[pairs])
    moved["component_party"] = party.astype(np.int32)
    return replace(rows, **moved)
