"""``clearance reference merge``, ``split`` and ``merges``: several sources, one party."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.options import Format, Shown

Snapshot = Annotated[Path, typer.Argument(metavar="SNAPSHOT", help="A snapshot folder.")]
Out = Annotated[
    Path, typer.Argument(metavar="OUT", help="The folder to make; it must not be there yet.")
]
Export = Annotated[
    Path | None,
    typer.Option("--export", metavar="FILE", help="Write judgements and merges there."),
]


def merge(
    snapshot: Snapshot,
    out: Out,
    judgements: Annotated[
        Path | None,
        typer.Option(
            "--judgements", metavar="FILE", help="People's judgements, nomenklatura's JSON lines."
        ),
    ] = None,
    export: Export = None,
    format: Shown = Format.TABLE,
) -> None:
    """Make one party of what several sources describe; judgements win."""
    from clearance.bootstrap import merging
    from clearance.cli import render_merges

    report = merging.merge_reference(snapshot, out, judgements=judgements, export=export)
    render_merges.report(out, report, as_json=format is Format.JSON)


def split(
    snapshot: Snapshot,
    out: Out,
    ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids that are not of the group.")],
    format: Shown = Format.TABLE,
) -> None:
    """Part ids from those they were merged with; kept as judged different."""
    from clearance.bootstrap import merging
    from clearance.cli import render_merges

    report = merging.split_reference(snapshot, out, ids)
    render_merges.report(out, report, as_json=format is Format.JSON)


def merges(
    snapshot: Snapshot,
    explain: Annotated[
        str, typer.Option("--explain", metavar="ID", help="Only what concerns this id.")
    ] = "",
    export: Export = None,
    format: Shown = Format.TABLE,
) -> None:
    """Say which parties were merged, by what, and what was refused."""
    from clearance.bootstrap import merging
    from clearance.cli import render_merges

    if export:
        merging.export_judgements(snapshot, export)
    found, refused = merging.merges_of(snapshot, explain)
    render_merges.merges(found, refused, as_json=format is Format.JSON)
