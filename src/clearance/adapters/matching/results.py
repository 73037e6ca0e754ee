"""``matches.jsonl`` and ``matches.csv``: every record's answer, one line each, in their order."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.answer_files import AnswerFiles
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


class MatchFiles(AnswerFiles):
    """Writes both files of a folder, record by record."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, JSONL, CSV, COLUMNS)

    def add(self, record: Record, who: Resolution) -> None:
        """Write one answer to both files."""
        self.write(answer_json(record, who), cells(record, who))


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
