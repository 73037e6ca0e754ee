"""``clearance screen``: a portfolio against who really owns each customer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.options import Day, PolicyName, RegionListName, Snapshot


def command(
    reference: Snapshot,
    policy: PolicyName,
    customers: Annotated[
        Path, typer.Option(metavar="FILE", help="The portfolio: CSV, JSON lines or Parquet.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for results, report and proofs.")
    ],
    as_of: Day = None,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The --out of an earlier run, to say what changed."),
    ] = None,
    regions: RegionListName = None,
    names: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Your own names of regions: lines of code TAB name."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A model that 'match train' made; the shipped one."),
    ] = None,
    proofs: Annotated[bool, typer.Option(help="Write a proof for every customer.")] = True,
) -> None:
    """Give every customer an outcome, its reasons, a proof, and what would settle a review.

    Writes results.jsonl, results.csv, report.html and the proofs; with --previous changes.csv.
    Exit code 0, whatever the outcomes are; 2 for input that cannot be used, 4 if nothing could be
    written, 5 if the snapshot is damaged. Nothing is left half-written.
    """
    from clearance.adapters.told import Told
    from clearance.bootstrap import screening
    from clearance.cli import render_screen
    from clearance.cli.progress import Bar

    with Bar() as bar:
        run = screening.screen(
            reference,
            policy,
            customers,
            out,
            as_of=as_of,
            previous=previous,
            regions=regions,
            proofs=proofs,
            names=names,
            model=model,
            told=Told(bar.stage, bar.passed),
        )
    render_screen.screening(run)
