"""``clearance reference pull``: the publishers' newest files, licence first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.progress import Bar


def command(
    publisher: Annotated[str, typer.Argument(metavar="PUBLISHER", help="gleif or uk-psc.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that the files go to.")],
    base: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Scheme and host of a mirror, in place of the publisher's."
        ),
    ] = "",
) -> None:
    """Download the published files; what broke off goes on where it stopped."""
    from clearance.bootstrap import referencing

    found = referencing.publisher(publisher)
    typer.echo(f"{found.title}\nlicence: {found.licence}, {found.licence_url}")
    with Bar() as bar:
        files = referencing.pull(found, out, base=base, progress=lambda name: _passed(bar, name))
    for file in files:
        typer.echo(f"{file} ({file.stat().st_size:,} bytes)")
    typer.echo(f"next: clearance reference build SNAPSHOT {out}")


def _passed(bar: Bar, name: str) -> Callable[[int, int], None]:
    """The reporter of one file: a stage of the one bar."""
    bar.stage(name)
    return bar.passed
