"""The facts of merged parties: the first that says something stands, what differs is a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clearance.adapters.snapshot.content import Array, Content
from clearance.adapters.snapshot.fuse import FACTS as COMPARED
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.names import name_key
from clearance.model.party import PartyKind
from clearance.ownership.arrays.graph import Int32

_RESIDENCE = (
    "residence",
    "residence_start_first",
    "residence_start_last",
    "residence_end_first",
    "residence_end_last",
)
_BLANK: Mapping[str, int] = {
    "kind": PartyKind.ENTITY,
    "capital": True,
    "jurisdiction": 0,
    "headquarters": 0,
    "residence": 0,
    "residence_start_first": ALWAYS,
    "residence_start_last": ALWAYS,
    "residence_end_first": NEVER,
    "residence_end_last": NEVER,
    "lists": 0,
    "branch_of": -1,
    "stub": True,
}
"""What is said of a party that another one stands for: nothing."""

Row = dict[str, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of some parties: ``now`` and ``was`` by column, ``of`` whose they are, ascending."""

    of: Int32
    now: Mapping[str, Array]
    was: Mapping[str, Array]
    list_sets: tuple[tuple[str, ...], ...]
    conflicts: Mapping[str, Array]


def fused_facts(content: Content, groups: Sequence[Sequence[int]], canonical: Int32) -> Facts:
    """The facts of every party of a group, and of every branch of one."""
    columns = {name: content.arrays[f"party.{name}"] for name in _BLANK}
    sets = list(content.list_sets)
    numbers = {names: number for number, names in enumerate(sets)}
    now: dict[int, Row] = {}
    bits = _conflicts(content)
    for group in groups:
        rows = [{name: int(column[at]) for name, column in columns.items()} for at in group]
        fused = _fused(rows)
        names = tuple(sorted({name for row in rows for name in sets[row["lists"]]}))
        fused["lists"] = numbers.setdefault(names, len(sets))
        sets += [names] if fused["lists"] == len(sets) else []
        now |= {at: dict(_BLANK) for at in group}
        now[group[0]] = fused
        texts = content.texts["party.name"].take(np.array(group, np.int64))
        found = _differing([row | {"name": text} for row, text in zip(rows, texts, strict=True)])
        for at in group:
            found |= bits.pop(at, 0)
        if found:
            bits[group[0]] = found
    _lead(now, columns, canonical)
    of = np.array(sorted(now), np.int32)
    return Facts(
        of,
        {name: _column(now, of, name, columns[name]) for name in columns},
        {name: column[of] for name, column in columns.items()},
        tuple(sets),
        {
            "conflict_of": np.array(sorted(bits), np.int32),
            "conflict": np.array([bits[at] for at in sorted(bits)], np.uint8),
        },
    )


def _fused(rows: Sequence[Row]) -> Row:
    """One row out of several that describe a party; a stub describes nothing."""
    told = [row for row in rows if not row["stub"]] or list(rows[:1])
    fused = dict(told[0])
    for row in told[1:]:
        if fused["kind"] == PartyKind.UNKNOWN:
            fused["kind"] = row["kind"]
        for name in ("jurisdiction", "headquarters"):
            fused[name] = fused[name] or row[name]
        if not fused["residence"]:
            fused |= {name: row[name] for name in _RESIDENCE}
        if fused["branch_of"] < 0:
            fused["branch_of"] = row["branch_of"]
        fused["capital"] = fused["capital"] and row["capital"]
    return fused


def _differing(rows: Sequence[Mapping[str, int | str]]) -> int:
    """The bits of facts on which described parties differ; names by their key."""
    bits = 0
    empty = {"kind": PartyKind.UNKNOWN, "branch_of": -1, "name": ""}
    for bit, name in enumerate(COMPARED):
        told = {
            name_key(str(row[name])) if name == "name" else row[name]
            for row in rows
            if not row["stub"] and row[name] != empty.get(name, 0)
        }
        bits |= (len(told) > 1) << bit
    return bits


def _lead(now: dict[int, Row], columns: Mapping[str, Array], canonical: Int32) -> None:
    """Branches of a merged head office are branches of the one that stands for it."""
    head = columns["branch_of"].astype(np.int64)
    for at in np.flatnonzero((head >= 0) & (canonical[head] != head)).tolist():
        now.setdefault(at, {name: int(column[at]) for name, column in columns.items()})
    for at, row in now.items():
        if row["branch_of"] >= 0:
            led = int(canonical[row["branch_of"]])
            row["branch_of"] = -1 if led == at else led


def _column(now: Mapping[int, Row], of: Int32, name: str, like: Array) -> Array:
    return np.array([now[at][name] for at in of.tolist()], like.dtype)


def _conflicts(content: Content) -> dict[int, int]:
    of, bits = content.arrays["party.conflict_of"], content.arrays["party.conflict"]
    return dict(zip(of.tolist(), bits.tolist(), strict=True))
