"""How answers look on a terminal. Values in, text out; nothing is computed here."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping

from clearance.adapters.answer_json import answer_json
from clearance.adapters.foreign_text import shortened, visible
from clearance.model.dates import text_of_day
from clearance.model.share import range_text, rounded_percent
from clearance.model.verdict import Finding
from clearance.usecases.attribute import Answer

_WIDEST = 2000
"""Columns of the widest cell: an id of ten million characters is no answer."""


def attribution(answer: Answer, *, as_json: bool) -> None:
    """Print an attribution, as a table or as JSON."""
    if as_json:
        document(answer_json(answer))
        return
    from clearance.cli.terminal import show, table

    names = ("party", "reached", "level", "share", "undeclared", "because", "missing")
    rows = table(*names, title=_title(answer))
    for finding in answer.findings:
        rows.add_row(*(shortened(visible(cell), _WIDEST) for cell in _cells(finding)))
    show(rows)


def document(value: Mapping[str, object]) -> None:
    """Print plain values as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _title(answer: Answer) -> str:
    force = "in force" if answer.in_force else "not in force"
    verified = "" if answer.verified == "yes" else f", {answer.verified}"
    return f"{answer.rule} on {text_of_day(answer.as_of)} ({force}{verified})"


def _cells(finding: Finding) -> tuple[str, ...]:
    because = "; ".join(
        f"{holding.holder} {range_text(holding.share)} {holding.note}".rstrip()
        for holding in finding.because
    )
    missing = "; ".join(f"{item.subject}: {item.what}" for item in finding.missing)
    return (
        finding.id,
        finding.reached.word,
        finding.level or "",
        finding.told,
        f"{rounded_percent(finding.undeclared, 2)} %",
        because or finding.seed,
        missing,
    )
