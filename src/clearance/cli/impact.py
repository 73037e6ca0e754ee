"""``clearance impact``: whom a change of policy would deny, review or free, before it does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.options import PolicyName, RegionListName, Snapshot


def command(
    reference: Snapshot,
    customers: Annotated[
        Path, typer.Option(metavar="FILE", help="The portfolio: CSV, JSON lines or Parquet.")
    ],
    policy: PolicyName,
    against: Annotated[
        str, typer.Option(metavar="POLICY", help="The policy it would follow: an id, or a path.")
    ],
    on: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day, YYYY-MM-DD; when it takes effect, or today."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder for impact.html, impact.json, customers.csv."),
    ] = None,
    resolved: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The --out of a screening, for who each customer is."),
    ] = None,
    reading: Annotated[
        list[str] | None,
        typer.Option(metavar="POLICY", help="A policy to put beside it; may be repeated."),
    ] = None,
    line: Annotated[
        str | None,
        typer.Option(metavar="AMOUNT", help="Count customers with this revenue or more apart."),
    ] = None,
    revenue_basis: Annotated[
        str,
        typer.Option(metavar="TEXT", help="What the revenue is, and of which day; shown with it."),
    ] = "",
    truth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Known right answers: customer,denied (yes or no)."),
    ] = None,
    regions: RegionListName = None,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A model that 'match train' made; the shipped one."),
    ] = None,
    state: Annotated[
        str,
        typer.Option(metavar="STATE", help="Whose posted facts count: SQLite or postgresql://."),
    ] = "",
) -> None:
    """Say what a policy would change: who, how much revenue, with bounds, and what would settle it.

    Nobody is decided about. Both policies are judged as a screening and the gateway judge them.
    """
    from clearance.adapters.told import Told
    from clearance.bootstrap import impacting
    from clearance.cli import render_impact
    from clearance.cli.progress import Bar

    with Bar() as bar:
        run = impacting.impact(
            reference,
            customers,
            policy,
            against,
            on=on,
            out=out,
            resolved=resolved,
            readings=reading or (),
            line=line,
            revenue_basis=revenue_basis,
            truth=truth,
            model=model,
            regions=regions,
            state=state,
            told=Told(bar.stage, bar.passed),
        )
    render_impact.impact(run)
