"""``clearance search``: the parties of a reference whose names are like a text."""

from __future__ import annotations

from typing import Annotated

import typer

from clearance.cli.options import Format, Shown, Snapshot


def command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A name, in any script.")],
    reference: Snapshot,
    country: Annotated[
        str, typer.Option(metavar="CODE", help="Rank parties of this country first.")
    ] = "",
    limit: Annotated[int, typer.Option(help="How many to show.")] = 10,
    format: Shown = Format.TABLE,
) -> None:
    """Show the parties most like a text, with what speaks for and against each.

    For people who look somebody up; nothing is decided here. Exit code 0, found or not.
    """
    from clearance.adapters.snapshot.folder import damage_told
    from clearance.bootstrap import matching
    from clearance.cli import render_match

    with damage_told(reference):
        found = matching.search(reference, text, country=country, limit=limit)
    render_match.found(text, found, as_json=format is Format.JSON)
