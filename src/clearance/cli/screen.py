"""``clearance screen``: a portfolio against who really owns each customer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer


def command(
    reference: Annotated[
        Path, typer.Option(metavar="SNAPSHOT", help="A snapshot made by 'reference build'.")
    ],
    policy: Annotated[
        str,
        typer.Option(metavar="POLICY", help="A shipped policy's id, or a path to a policy file."),
    ],
    customers: Annotated[
        Path, typer.Option(metavar="FILE", help="The portfolio: CSV, JSON lines or Parquet.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for results, report and proofs.")
    ],
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day, YYYY-MM-DD; today (UTC).")
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The --out of an earlier run, to say what changed."),
    ] = None,
    regions: Annotated[
        str | None,
        typer.Option(
            metavar="LIST", help="A region list, by id or path, in place of the policy's."
        ),
    ] = None,
    proofs: Annotated[bool, typer.Option(help="Write a proof for every customer.")] = True,
) -> None:
    """Give every customer an outcome, its reasons, a proof, and what would settle a review.

    Writes results.jsonl, results.csv, report.html and the proofs; with --previous changes.csv.
    Exit code 0, whatever the outcomes are; 2 for input that cannot be used, 4 if nothing could be
    written, 5 if the snapshot is damaged. Nothing is left half-written.
    """
    from clearance.adapters.screen_run import Told
    from clearance.bootstrap import screening
    from clearance.cli import render_screen
    from clearance.cli.progress import Bar

    with Bar(1000) as bar:
        run = screening.screen(
            reference,
            policy,
            customers,
            out,
            as_of=as_of,
            previous=previous,
            regions=regions,
            proofs=proofs,
            told=Told(bar.stage, permille(bar.advance)),
        )
    render_screen.screening(run)


def permille(advance: Callable[[int], None]) -> Callable[[int, int], None]:
    """Steps of a thousand from counts done and in all."""
    shown = 0

    def passed(done: int, total: int) -> None:
        nonlocal shown
        step = done * 1000 // max(total, 1) - shown
        shown += step
        advance(step)

    return passed
