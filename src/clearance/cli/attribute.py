"""``clearance attribute``: the bare engine on a graph on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.options import Day, Format, Shown
from clearance.model.rule import Reading


def command(
    rule: Annotated[
        str, typer.Option(metavar="RULE", help="A shipped rule's id, or a path to a rule file.")
    ],
    interests: Annotated[
        Path, typer.Option(metavar="FILE", help="Who holds what: CSV or any reference format.")
    ],
    parties: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Who the parties are: CSV; only the id is required."),
    ] = None,
    seed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="A restricted party's id; replaces the rule's own criteria."
        ),
    ] = None,
    regions: Annotated[
        str | None,
        typer.Option(metavar="CODES", help="Region codes, XA,XB; replaces the rule's list."),
    ] = None,
    as_of: Day = None,
    method: Annotated[Reading | None, typer.Option(help="Replaces the rule's readings.")] = None,
    assume_in_force: Annotated[
        bool, typer.Option("--assume-in-force", help="Compute outside the rule's dates, too.")
    ] = False,
    format: Shown = Format.TABLE,
) -> None:
    """Say for every party whether a rule reaches it, how much is held, and why."""
    from clearance.bootstrap import attributing
    from clearance.cli import render

    answer = attributing.attribute(
        rule,
        interests,
        parties,
        seeds=tuple(seed) if seed else None,
        regions=None if regions is None else [code.strip().upper() for code in regions.split(",")],
        as_of=as_of,
        method=method,
        assume_in_force=assume_in_force,
    )
    render.attribution(answer, as_json=format is Format.JSON)
