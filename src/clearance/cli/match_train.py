"""``clearance match train`` and ``clearance match evaluate``: from people's judgements."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Judgements = Annotated[
    Path, typer.Argument(metavar="JUDGEMENTS", help="Judged pairs, nomenklatura's resolver format.")
]
Reference = Annotated[
    Path, typer.Option(metavar="SNAPSHOT", help="The snapshot that the pairs were judged in.")
]
Customers = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Customers that the pairs are about.")
]
Used = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="A model that 'match train' made; the shipped one."),
]


def train(
    judgements: Judgements,
    reference: Reference,
    out: Annotated[Path, typer.Option(metavar="MODEL", help="The model file to write.")],
    customers: Customers = None,
    model: Used = None,
) -> None:
    """Learn to match from your own judgements; 'match --model' uses what was learned."""
    from clearance.bootstrap import teaching

    taught = teaching.train(judgements, reference, out, customers=customers, model=model)
    typer.echo(f"{out}: from {taught.entities:,} entities and {taught.persons:,} persons")
    for kind in taught.kept:
        typer.echo(f"too few {kind} were judged: their model is the one there was")


def evaluate(
    judgements: Judgements,
    reference: Reference,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder for report.md and calibration.svg.")
    ] = None,
    customers: Customers = None,
    model: Used = None,
) -> None:
    """Say how good matching is, by script, country and kind, each figure with its interval."""
    from clearance.adapters.matching.evaluation import table
    from clearance.bootstrap import teaching

    told = teaching.evaluate(judgements, reference, out, customers=customers, model=model)
    for line in table(told):
        typer.echo(line)
