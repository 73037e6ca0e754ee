"""What a screening run wrote, read back as anybody would: from its files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One customer's answer."""

    customer: str
    outcome: str
    reasons: tuple[str, ...]
    revenue: int
    reached: str
    party: str
    path: tuple[Mapping[str, object], ...]


def read_answers(folder: Path) -> dict[str, Row]:
    """Every customer's answer, in the portfolio's order."""
    lines = (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {row.customer: row for row in map(_row, lines)}


def revenue_of(rows: Sequence[Row]) -> int:
    """Annual revenue of these customers together."""
    return sum(row.revenue for row in rows)


def _row(line: str) -> Row:
    found = json.loads(line)
    return Row(
        found["customer"],
        found["outcome"],
        tuple(reason["code"] for reason in found["reasons"]),
        found["annual_revenue"],
        found["reached"] or "",
        found["party"] or "",
        tuple(found["path"]),
    )
