"""How answers look on a terminal. Values in, text out; nothing is computed here."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from clearance.adapters.answer_json import answer_json
from clearance.model.dates import text_of_day
from clearance.model.share import percent
from clearance.model.verdict import Finding
from clearance.usecases.attribute import Answer
from clearance.usecases.shares import share_text


def attribution(answer: Answer, *, as_json: bool) -> None:
    """Print an attribution, as a table or as JSON."""
    if as_json:
        document(answer_json(answer))
        return
    from rich.table import Table

    table = Table(title=_title(answer), title_justify="left")
    for column in ("party", "reached", "level", "share", "undeclared", "because", "missing"):
        table.add_column(column, overflow="fold")
    for finding in answer.findings:
        table.add_row(*_cells(finding))
    show(table)


def document(value: Mapping[str, object]) -> None:
    """Print plain values as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def show(renderable: object) -> None:
    """Print a rich renderable; as wide as it needs to be where nobody sees a terminal."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False, markup=False).print(renderable)


def _title(answer: Answer) -> str:
    force = "in force" if answer.in_force else "not in force"
    verified = "" if answer.verified == "yes" else f", {answer.verified}"
    return f"{answer.rule} on {text_of_day(answer.as_of)} ({force}{verified})"


def _cells(finding: Finding) -> tuple[str, ...]:
    because = "; ".join(
        f"{holding.holder} {share_text(holding.share)} {holding.note}".rstrip()
        for holding in finding.because
    )
    missing = "; ".join(f"{item.subject}: {item.what}" for item in finding.missing)
    return (
        finding.id,
        finding.reached.word,
        finding.level or "",
        share_text(finding.share),
        f"{percent(finding.undeclared):g} %",
        because or finding.seed,
        missing,
    )
