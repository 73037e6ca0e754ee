"""How campaigns look on a terminal."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from clearance.adapters.campaigns.ingest import Ingested
from clearance.adapters.campaigns.results import NAMES
from clearance.adapters.report.campaigns_page import calibration_told
from clearance.adapters.report.words import number
from clearance.campaigns.verdict import counts
from clearance.cli.terminal import show, table
from clearance.usecases.detect import Calibrated
from clearance.usecases.findings import Run


def ingested(log: Path, done: Ingested) -> None:
    """What an ingest did."""
    show(
        Text(
            f"{log}: {number(done.rows)} rows read, {number(done.repeated)} there already, "
            f"{number(done.rejects)} rejected, {len(done.days)} days written"
        )
    )


def found(out: Path, run: Run) -> None:
    """The campaigns of a run and where they stand."""
    made = table("Verdict", "Campaign", "Accounts", "Requests", "Evidence that counts")
    for one in run.findings:
        kinds = ", ".join(
            f"{said.kind.value} {said.lift:.1f}×" for said in one.evidence if counts(said)
        )
        row = (number(len(one.members)), number(one.volume.requests), kinds)
        made.add_row(one.verdict.value, one.id, *row)
    head = (
        f"{number(run.requests)} requests of {number(run.accounts)} accounts, "
        f"{number(run.cohorts)} cohorts tested"
    )
    told = made if run.findings else Text("No accounts were found to act as one.")
    show(Text(head), told, Text(calibration_told(run.calibrated)))
    show(Text(f"Written to {out}: {', '.join(NAMES)}"))


def calibrated(said: Calibrated) -> None:
    """What was flagged where nothing is."""
    show(
        Text(
            f"{said.copies} permuted copies: {said.linked} linked and {said.review} review "
            f"campaigns with {said.accounts} actors, in {said.copies_flagged} copies"
        ),
        Text(calibration_told(said)),
    )
