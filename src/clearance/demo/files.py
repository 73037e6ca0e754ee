"""The demo world as the files a user would bring, and the same world with other region names."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from clearance.demo.naming import by_name
from clearance.demo.world import World

BY_NAME = "customers-by-name.csv"
PARTY_COLUMNS = (
    "id", "name", "other_names", "kind", "jurisdiction", "headquarters", "residence", "capital",
    "branch_of", "identifiers",
)  # fmt: skip
INTEREST_COLUMNS = (
    "interested_party", "subject", "interest_type", "share", "minimum", "maximum",
    "exclusive_minimum", "exclusive_maximum", "start", "end", "source", "statement", "attributed",
)  # fmt: skip
CUSTOMER_COLUMNS = (
    "id", "name", "country", "register", "register_number", "headquarters", "segment",
    "annual_revenue",
)  # fmt: skip
REGION_COLUMNS = ("jurisdiction", "headquarters", "residence", "country")


def write_world(world: World, folder: Path, renamed: Mapping[str, str] | None = None) -> None:
    """Write parties, interests, customers, their names alone, and truth as CSV.

    With ``renamed`` every region fact is replaced by its new code, and nothing else is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "parties.csv", PARTY_COLUMNS, world.parties, renamed)
    _write(folder / "interests.csv", INTEREST_COLUMNS, world.interests, renamed)
    _write(folder / "customers.csv", CUSTOMER_COLUMNS, world.customers, renamed)
    truths = [
        {
            "customer": truth.customer,
            "structure": truth.structure,
            "barred": {True: "yes", False: "no", None: "readings differ"}[truth.barred],
            "note": truth.note,
        }
        for truth in world.truths
    ]
    named = [
        {"id": one.customer, "name": one.name, "country": one.country} for one in by_name(world)
    ]
    _write(folder / BY_NAME, ("id", "name", "country"), named, renamed)
    _write(folder / "truth.csv", ("customer", "structure", "barred", "note"), truths, None)


def _write(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    renamed: Mapping[str, str] | None,
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row, column, renamed) for column in columns])


def _cell(row: Mapping[str, str], column: str, renamed: Mapping[str, str] | None) -> str:
    value = row.get(column, "")
    return renamed.get(value, value) if renamed and column in REGION_COLUMNS else value
