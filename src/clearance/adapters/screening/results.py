"""``results.jsonl`` and ``results.csv``: every customer, a line each, in the portfolio's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from clearance.adapters.answer_files import AnswerFiles
from clearance.adapters.decisions.judgement_json import licensed_json, winding_json
from clearance.adapters.foreign_text import cell
from clearance.adapters.matching.result_json import DECIMALS, resolution_json
from clearance.adapters.matching.results import told
from clearance.adapters.screening.result_json import (
    amount,
    cached_percent,
    holding_json,
    missing_json,
    share_json,
)
from clearance.matching.resolution import Weighed
from clearance.model.dates import text_of_day
from clearance.model.errors import InputError
from clearance.model.plain import Json
from clearance.model.share import range_text
from clearance.policy.reasons.reason import Reason
from clearance.usecases.same import of_same
from clearance.usecases.screened import Screened, Under

JSONL = "results.jsonl"
CSV = "results.csv"
COLUMNS = (
    "customer",
    "name",
    "country",
    "segment",
    "annual_revenue",
    "outcome",
    "reasons",
    "why",
    "party",
    "matched",
    "rule",
    "reached",
    "level",
    "share_minimum",
    "share_maximum",
    "share",
    "path",
    "missing",
    "flags",
    "proof",
    "match",
    "probability",
    "candidates",
    "group",
    "wind_down",
    "no_new_use",
    "exit",
    "licences",
)


def result_files(folder: Path) -> AnswerFiles:
    """Both files, to be written."""
    return AnswerFiles(folder, JSONL, CSV, COLUMNS)


def cells(screened: Screened) -> tuple[str | int | float, ...]:
    customer, share, who = screened.customer, screened.share, screened.resolution
    return (
        cell(customer.id),
        cell(customer.name),
        customer.country,
        cell(customer.segment),
        amount(customer.revenue),
        screened.outcome.word,
        *_reason_cells(screened.reasons),
        cell(screened.party),
        screened.matched,
        screened.rule,
        "" if screened.reached is None else screened.reached.word,
        screened.level.value if screened.level else "",
        "" if share is None else cached_percent(share.minimum),
        "" if share is None else cached_percent(share.maximum),
        "" if share is None else range_text(share),
        cell(path_text(screened)) if screened.path else "",
        cell("; ".join(f"{one.subject}: {one.what}" for one in screened.missing)),
        " ".join(screened.flags),
        screened.proof,
        who.answer.value if who else "",
        round(who.probability, DECIMALS) if who else "",
        cell("; ".join(map(_under, screened.under, who.candidates))) if who else "",
        cell(screened.group),
        *_terms(screened),
    )


def _terms(screened: Screened) -> tuple[str, str, str, str]:
    """The wind-down in force with its two days, and licences with the first day without them."""
    winding = screened.winding
    held = "; ".join(f"{one.id} until {text_of_day(one.until)}" for one in screened.licences)
    if winding is None:
        return "", "", "", cell(held)
    days = text_of_day(winding.no_new_use), text_of_day(winding.exit)
    return cell(winding.id), *days, cell(held)


@of_same
def _reason_cells(reasons: tuple[Reason, ...]) -> tuple[str, str]:
    """Codes and sentences."""
    codes = " ".join(reason.code for reason in reasons)
    return codes, cell("; ".join(reason.text for reason in reasons))


@of_same
def _reasons_json(reasons: tuple[Reason, ...]) -> list[Json]:
    return [
        {
            "code": reason.code,
            "rule": reason.rule,
            "text": reason.text,
            "basis": reason.basis,
            "citation": reason.citation,
        }
        for reason in reasons
    ]


def _under(under: Under, candidate: Weighed) -> str:
    """A candidate and what it would mean."""
    return f"{told(candidate)}: {under.outcome.word}"


def screened_json(screened: Screened) -> dict[str, Json]:
    """One line of ``results.jsonl``."""
    customer = screened.customer
    return {
        "customer": customer.id,
        "name": customer.name,
        "country": customer.country,
        "segment": customer.segment,
        "annual_revenue": amount(customer.revenue),
        "outcome": screened.outcome.word,
        "reasons": _reasons_json(screened.reasons),
        "party": screened.party or None,
        "matched": screened.matched or None,
        "rule": screened.rule or None,
        "reached": None if screened.reached is None else screened.reached.word,
        "level": screened.level.value if screened.level else None,
        "share": share_json(screened.share),
        "path": [holding_json(holding) for holding in screened.path],
        "missing": [missing_json(missing) for missing in screened.missing],
        "flags": list(screened.flags),
        "proof": screened.proof or None,
        "match": resolution_json(screened.resolution) if screened.resolution else None,
        "under": [
            {"party": one.party, "outcome": one.outcome.word, "reasons": list(one.reasons)}
            for one in screened.under
        ],
        "group": screened.group or None,
        "wind_down": winding_json(screened.winding),
        "licences": [licensed_json(one) for one in screened.licences],
    }


def path_text(screened: Screened) -> str:
    """The path in one line: ``P -51 %-> S; …``."""
    return "; ".join(
        f"{one.holder} -{range_text(one.share)}-> {one.subject}" for one in screened.path
    )


def read_results(folder: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Customer id and record of each line of an earlier run.

    Raises:
        InputError: there is no such file, or a line is no result.
    """
    import orjson

    path = folder / JSONL
    try:
        file = path.open("rb")
    except OSError:
        raise InputError(
            "no results there", file=str(path), remedy="name the --out of an earlier run"
        ) from None
    with file:
        for number, line in enumerate(file, 1):
            try:
                record = orjson.loads(line)
                customer = record["customer"]
                if not isinstance(customer, str):
                    raise TypeError
                yield customer, record
            except (orjson.JSONDecodeError, KeyError, TypeError):
                raise InputError(
                    "no result", file=str(path), line=number, remedy="screen again"
                ) from None
