"""How answers of matching look: a table for people, JSON lines and CSV for programs."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from clearance.adapters.foreign_text import visible
from clearance.adapters.matching.result_json import answer_json, candidate_json
from clearance.adapters.matching.results import COLUMNS, cells
from clearance.adapters.matching.run import Answered, MatchRun
from clearance.cli.render import document
from clearance.cli.terminal import show, table
from clearance.matching.evidence import Agrees
from clearance.matching.resolution import Resolution, Weighed
from clearance.model.record import Record

SIGNS = {Agrees.FOR: "+", Agrees.AGAINST: "-", Agrees.NEUTRAL: "."}
WIDE = 120


def run(found: MatchRun, format: str) -> None:
    """Print the answers about a file's customers, or where they were written."""
    if found.out is not None:
        told = ", ".join(f"{count:,} {answer.value}" for answer, count in found.counts)
        show(Text(f"{told}; written to {found.out}"))
    elif format == "json":
        _json_lines(found.answers)
    elif format == "csv":
        _csv(found.answers)
    else:
        _answers(found)


def one(record: Record, who: Resolution, format: str) -> None:
    """Print the answer about one record with all its candidates."""
    if format == "json":
        document(answer_json(record, who))
    elif format == "csv":
        _csv([(record, who)])
    else:
        show(*_told(who), width=WIDE)


def found(text: str, candidates: Sequence[Weighed], *, as_json: bool) -> None:
    """Print what a search found."""
    if as_json:
        document({"text": text, "candidates": [candidate_json(each) for each in candidates]})
    elif candidates:
        show(_candidates(candidates), width=WIDE)
    else:
        show(Text("nobody is like it"))


def _json_lines(answers: Sequence[Answered]) -> None:
    import orjson

    for record, who in answers:
        sys.stdout.write(orjson.dumps(answer_json(record, who)).decode() + "\n")


def _csv(answers: Sequence[Answered]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record, who in answers:
        writer.writerow(cells(record, who))


def _answers(found: MatchRun) -> None:
    rows = table("customer", "name", "answer", "party", "at", "why")
    for record, who in found.answers:
        best = who.match
        rows.add_row(
            visible(record.id),
            visible(record.main_name),
            who.answer.value,
            visible(f"{best.record.id} {best.name}") if best else _open(len(who.candidates)),
            f"{who.probability:.1%}",
            visible("; ".join(each.text for each in who.reasons)),
        )
    counts = ", ".join(f"{count:,} {answer.value}" for answer, count in found.counts)
    show(rows, Text(counts))


def _open(candidates: int) -> str:
    return "1 candidate" if candidates == 1 else f"{candidates} candidates" if candidates else ""


def _told(who: Resolution) -> list[Text | Table]:
    best = who.match
    head = f"{who.answer.value}: {best.record.id} {best.name}" if best else who.answer.value
    parts: list[Text | Table] = [Text(visible(head), style="bold")]
    parts += [Text(f"  {each.rule}: {visible(each.text)}") for each in who.reasons]
    if who.candidates:
        parts.append(_candidates(who.candidates))
    if who.settle:
        parts.append(Text(f"what would settle it: {'; or '.join(who.settle)}"))
    return parts


def _candidates(candidates: Sequence[Weighed]) -> Table:
    rows = table("party", "name", "country", "at", "for (+) and against (-)")
    for each in candidates:
        told = [f"{SIGNS[one.agrees]} {one.text}" for one in each.evidence]
        rows.add_row(
            visible(each.record.id),
            visible(each.name),
            ", ".join(each.record.countries),
            f"{each.probability:.1%}",
            "\n".join(map(visible, told)),
        )
    return rows
