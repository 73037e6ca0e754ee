"""``clearance reference``: build, update, merge, describe and check snapshots of reference data."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from clearance.cli import merging
from clearance.cli.options import Format, Shown
from clearance.usecases.build_reference import BuildReport

app = typer.Typer(
    name="reference",
    help="Reference data: who owns whom, compiled into a snapshot folder that never changes.",
    no_args_is_help=True,
)
app.command("merge", short_help="Make one party of what several sources describe.")(merging.merge)
app.command("split", short_help="Part ids from a merged party.")(merging.split)
app.command("merges", short_help="Say which parties were merged, and why.")(merging.merges)


Folder = Annotated[Path, typer.Argument(metavar="SNAPSHOT", help="A snapshot folder.")]


Out = Annotated[
    Path, typer.Argument(metavar="OUT", help="The folder to make; it must not be there yet.")
]
Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE",
        help="Files or folders: BODS, FollowTheMoney, GLEIF, UK PSC, CSV, Parquet.",
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Write nothing and exit 1 if a record is rejected.")
]


@app.command("build")
def build(out: Out, sources: Sources, strict: Strict = False, format: Shown = Format.TABLE) -> None:
    """Compile sources, recognised by content, into a snapshot folder."""
    from clearance.bootstrap import referencing

    _make(partial(referencing.build_reference, out, sources, strict=strict), out, format)


@app.command("update", short_help="Add sources to a snapshot, as a new one.")
def update(
    snapshot: Folder,
    out: Out,
    sources: Sources,
    strict: Strict = False,
    format: Shown = Format.TABLE,
) -> None:
    """Add further sources to a snapshot, as a new one; what is unchanged is shared."""
    from clearance.bootstrap import referencing

    _make(partial(referencing.update_reference, snapshot, out, sources, strict=strict), out, format)


def _make(make: Callable[..., BuildReport], out: Path, format: Format) -> None:
    from clearance.adapters.told import Told
    from clearance.cli import render_reference
    from clearance.cli.progress import Bar

    with Bar() as bar:
        report = make(told=Told(bar.stage, bar.passed))
    render_reference.build(out, report, as_json=format is Format.JSON)
    raise typer.Exit(0 if report.digest else 1)


@app.command("info")
def info(snapshot: Folder, format: Shown = Format.TABLE) -> None:
    """Say what a snapshot holds and where it came from."""
    from clearance.bootstrap import referencing
    from clearance.cli import render_reference

    render_reference.info(referencing.snapshot_info(snapshot), as_json=format is Format.JSON)


@app.command("validate", short_help="Check every byte of a snapshot.")
def validate(snapshot: Folder, format: Shown = Format.TABLE) -> None:
    """Check every byte and the sense of a snapshot; exit 1 if anything is wrong."""
    from clearance.bootstrap import referencing
    from clearance.cli import render_reference

    checked = referencing.validate_snapshot(snapshot)
    render_reference.validate(snapshot, checked, as_json=format is Format.JSON)
    raise typer.Exit(1 if checked.faults else 0)
