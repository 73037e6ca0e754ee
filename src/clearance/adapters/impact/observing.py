"""The forecast in an impact run's folder, and the decisions in a log."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import orjson

from clearance.adapters.foreign_text import cell
from clearance.adapters.impact.export import COLUMNS
from clearance.adapters.impact.export import NAME as CUSTOMERS
from clearance.adapters.impact.folder import JSON as REPORT
from clearance.adapters.ledger.reader import LogReader
from clearance.ledger.entry import Kind, entry
from clearance.model.errors import ClearanceError, InputError
from clearance.model.outcome import Outcome
from clearance.model.plain import Fields
from clearance.usecases.impact_observed import Expected, Observed, Watch
from clearance.usecases.impacted import Move

AT_ONCE = 2048


def observed(forecast: Path, log: str) -> Observed:
    """What an impact run said, held against what a log holds.

    Raises:
        InputError: there is no run, or it was of no policy's document.
        StorageError: there is no log.

    **Cost**: some 10 µs a decision.
    """
    before, after = _digests(forecast / REPORT)
    expected = dict(_expected(forecast / CUSTOMERS))
    watch = Watch(before, after)
    with LogReader.open(log) as reader:
        for customer, policy, outcome in _decisions(reader):
            watch.add(customer, policy, outcome)
    return watch.observed(expected)


def _digests(path: Path) -> tuple[str, str]:
    """The digests of the earlier and the later policy."""
    try:
        fields = Fields(json.loads(path.read_bytes()), "impact")
        found = [fields.object(name).text("digest", "") for name in ("before", "after")]
    except (OSError, ValueError, ClearanceError):
        raise _no_run(path) from None
    if not all(found):
        what = "the run drew its policies on another list of regions"
        raise InputError(what, file=str(path), remedy="run impact without --regions")
    return found[0], found[1]


def _expected(path: Path) -> Iterator[tuple[str, Expected]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != COLUMNS:
                raise _no_run(path)
            for row in rows:
                yield row["customer"], _row(row)
    except (OSError, ValueError, KeyError, csv.Error):
        raise _no_run(path) from None


def _row(row: dict[str, str]) -> Expected:
    after, least, most = (
        Outcome[row[name].upper()] for name in ("after", "at_the_least", "at_the_most")
    )
    return Expected(Move(row["change"]), after, least, most)


def _decisions(reader: LogReader) -> Iterator[tuple[str, str, Outcome]]:
    """Customer, policy and outcome of every decision about a known account."""
    size, customers = reader.head().size, dict[str, str]()
    for first in range(0, size, AT_ONCE):
        for stored in reader.store.entries(first, min(AT_ONCE, size - first)):
            read = entry(stored.leaf)
            if read.kind is not Kind.DECISION:
                continue
            body = Fields(read.body, "decision")
            facts = body.text("facts", "")
            if facts and facts not in customers:
                customers[facts] = _customer(reader.evidence(facts))
            if customers.get(facts):
                policy = body.object("policy").text("digest")
                yield customers[facts], policy, Outcome[body.text("outcome").upper()]


def _customer(encoded: bytes | None) -> str:
    """Whom facts are about, as the list writes it; nobody where they are not kept any more."""
    if encoded is None:
        return ""
    return cell(Fields(orjson.loads(encoded), "known").object("facts").text("customer", ""))


def _no_run(path: Path) -> InputError:
    return InputError("no impact run", file=str(path), remedy="name the --out of clearance impact")
