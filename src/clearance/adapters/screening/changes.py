"""Earlier results read for comparison, and ``changes.csv`` written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from clearance.adapters.foreign_text import cell
from clearance.adapters.screening.result_json import amount
from clearance.adapters.screening.results import JSONL, read_results
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.usecases.compare import Change, Earlier

NAME = "changes.csv"
COLUMNS = (
    "change",
    "customer",
    "name",
    "annual_revenue",
    "before",
    "after",
    "reasons_before",
    "reasons_after",
)


def read_earlier(folder: Path) -> Mapping[str, Earlier]:
    """What an earlier screening said, by customer, in its order.

    Raises:
        InputError: the folder holds no results.
    """
    found = dict(_earlier(folder, id, record) for id, record in read_results(folder))
    if not found:
        raise InputError(
            "empty", file=str(folder / JSONL), remedy="name the --out of an earlier run"
        )
    return found


def _earlier(folder: Path, id: str, record: Mapping[str, object]) -> tuple[str, Earlier]:
    try:
        reasons = record["reasons"]
        if not isinstance(reasons, list):
            raise TypeError
        return id, Earlier(
            id,
            str(record["name"]),
            Outcome[str(record["outcome"]).upper()],
            tuple(str(reason["code"]) for reason in reasons),
            Decimal(str(record["annual_revenue"])),
        )
    except (ArithmeticError, KeyError, TypeError):
        raise InputError(
            f"customer {id!r} has no result there",
            file=str(folder / JSONL),
            remedy="name the --out of an earlier run",
        ) from None


def write_changes(folder: Path, changes: Iterable[Change]) -> None:
    """``changes.csv``: every customer whose answer differs, by kind of change."""
    with (folder / NAME).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for change in changes:
            writer.writerow(
                (
                    change.kind.value,
                    cell(change.customer),
                    cell(change.name),
                    amount(change.revenue),
                    change.before.word if change.before is not None else "",
                    change.after.word if change.after is not None else "",
                    " ".join(change.reasons_before),
                    " ".join(change.reasons_after),
                )
            )
