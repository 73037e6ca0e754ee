"""``matches.jsonl`` and ``matches.csv``: every record's answer, one line each, in their order.

1. JSON lines hold everything and keep names as they were given.
2. The CSV is for spreadsheets: cells that would run are neutralised, text that steers is shown.
3. Both are UTF-8 without a byte order mark, lines end in ``\\n``, and bytes are stable.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from clearance.adapters.foreign_text import cell
from clearance.adapters.matching.result_json import DECIMALS, answer_json
from clearance.matching.resolution import Resolution, Weighed
from clearance.model.record import Record

JSONL = "matches.jsonl"
CSV = "matches.csv"
COLUMNS = (
    "id",
    "name",
    "country",
    "answer",
    "party",
    "party_name",
    "probability",
    "reasons",
    "why",
    "candidates",
    "settle",
)


class MatchFiles:
    """Writes both files of a folder, record by record."""

    def __init__(self, folder: Path) -> None:
        import orjson

        self._dumps = orjson.dumps
        self._stack = ExitStack()
        self._jsonl = self._stack.enter_context((folder / JSONL).open("wb", buffering=1 << 20))
        file = self._stack.enter_context(
            (folder / CSV).open("w", encoding="utf-8", newline="", buffering=1 << 20)
        )
        self._csv = csv.writer(file, lineterminator="\n")
        self._csv.writerow(COLUMNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def add(self, record: Record, who: Resolution) -> None:
        """Write one answer to both files."""
        self._jsonl.write(self._dumps(answer_json(record, who)) + b"\n")
        self._csv.writerow(cells(record, who))


def cells(record: Record, who: Resolution) -> tuple[str | float, ...]:
    """One line of the CSV."""
    match = who.match
    return (
        cell(record.id),
        cell(record.main_name),
        " ".join(record.countries),
        who.answer.value,
        cell(match.record.id) if match else "",
        cell(match.name) if match else "",
        round(who.probability, DECIMALS),
        " ".join(one.rule for one in who.reasons),
        cell("; ".join(one.text for one in who.reasons)),
        cell("; ".join(map(told, who.candidates))),
        "; ".join(who.settle),
    )


def told(one: Weighed) -> str:
    """A candidate in one line: id, name, countries, probability."""
    countries = ", ".join(one.record.countries) or "country not stated"
    return f"{one.record.id} {one.name} ({countries}) {one.probability:.1%}"
