"""A source read whole, as plain rows, for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clearance.adapters.formats.registry import detect
from clearance.adapters.formats.source import open_source
from clearance.model.interest import InterestType
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import (
    ATTRIBUTED,
    CONSOLIDATION,
    HAS_COMPONENTS,
    HAS_JOINT,
    HIGH_OPEN,
    INDIRECT,
    LOW_OPEN,
    STATED,
)

DATA = Path(__file__).parents[2] / "data" / "formats"
Row = dict[str, Any]

_FLAGS = {
    "stated": STATED,
    "attributed": ATTRIBUTED,
    "indirect": INDIRECT,
    "consolidation": CONSOLIDATION,
    "components": HAS_COMPONENTS,
    "joint": HAS_JOINT,
}


@dataclass
class Read:
    """Everything that a source gave."""

    format: str = ""
    parties: list[Row] = field(default_factory=list)
    interests: list[Row] = field(default_factory=list)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    records: int = 0

    def party(self, id: str) -> Row:
        """The last row of a party."""
        return [row for row in self.parties if row["id"] == id][-1]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Records, parties, interests, rejects."""
        return self.records, len(self.parties), len(self.interests), len(self.rejects)


def read_file(path: Path) -> Read:
    """Read a file as the format it is."""
    found = Read()
    for source in open_source(path):
        known = detect(source)
        found.format = known.name
        for batch in known.read(source):
            found.records += batch.records
            found.parties += batch.parties.to_pylist() if batch.parties else []
            found.interests += batch.interests.to_pylist() if batch.interests else []
            found.rejects += [(one.line, one.field, one.reason) for one in batch.rejects]
    return found


def read_lines(folder: Path, records: Iterable[object]) -> Read:
    """Write records as JSON lines and read them."""
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return read_file(path)


def band(row: Row) -> str:
    """A row's share as text: ``(25,50]``, ``60``, or ``?`` where it is not stated."""
    if not row["flags"] & STATED:
        return "?"
    low, high = row["low"] * 100 / WHOLE, row["high"] * 100 / WHOLE
    if low == high:
        return f"{low:g}"
    left = "(" if row["flags"] & LOW_OPEN else "["
    right = ")" if row["flags"] & HIGH_OPEN else "]"
    return f"{left}{low:g},{high:g}{right}"


def flags(row: Row) -> set[str]:
    """A row's flags by name, without those of its share."""
    return {name for name, bit in _FLAGS.items() if row["flags"] & bit} - {"stated"}


def kind(row: Row) -> str:
    """A row's interest type by name."""
    return InterestType(row["type"]).name
