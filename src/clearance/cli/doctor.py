"""``clearance doctor``: is everything there, sound and fresh?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.model.errors import InputError


def command(
    state: Annotated[str, typer.Option(metavar="STATE", help="The state to look at.")] = "",
    log: Annotated[str, typer.Option(metavar="LOG", help="The log to look at.")] = "",
    networks: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The database of networks to look at.")
    ] = None,
    policy: Annotated[
        list[str] | None, typer.Option(metavar="POLICY", help="A policy; may be repeated.")
    ] = None,
) -> None:
    """Say what is good, worth knowing and bad; exit 1 if anything is bad. Nothing is changed."""
    from clearance.bootstrap.doctor import Grade, Parts, examine

    parts = Parts(state, log, networks, policy or ())
    if parts == Parts():
        raise InputError(
            "nothing to look at", file="doctor", remedy="name --state, --log, --networks, --policy"
        )
    findings = list(examine(parts))
    for one in findings:
        typer.echo(f"{one.grade.value:4}  {one.subject}: {one.said}")
    if any(one.grade is Grade.BAD for one in findings):
        raise typer.Exit(1)
