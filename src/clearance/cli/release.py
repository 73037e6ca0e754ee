"""``clearance policy release``: bring a policy into effect by steps, and by two people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.bootstrap.days import day_or_today
from clearance.cli.log import Mark
from clearance.usecases.releases import Release

app = typer.Typer(
    help="Bring a policy into effect by steps, and by two people.", no_args_is_help=True
)

Folder = Annotated[
    Path, typer.Option("--releases", metavar="DIR", help="The folder where releases are kept.")
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who does it; it is believed as it is told.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The day, YYYY-MM-DD; today (UTC).")
]
Which = Annotated[str, typer.Argument(metavar="RELEASE", help="SERIES/NUMBER, as status has it.")]
HERE = Path("releases")


@app.command("draft")
def draft(
    policy: Annotated[str, typer.Argument(metavar="POLICY", help="A shipped id, or a path.")],
    series: Annotated[
        str, typer.Option(metavar="NAME", help="The name under which versions follow each other.")
    ],
    by: By,
    releases: Folder = HERE,
    on: On = None,
) -> None:
    """Keep a policy with all it refers to as the next release of a series."""
    from clearance.adapters.releases import steps

    _told(steps.draft(releases, series, policy, by, day_or_today(on, "--on")))


@app.command("validate")
def validate(release: Which, by: By, releases: Folder = HERE, on: On = None) -> None:
    """Say that a draft is sound, and in how much it differs from what is in effect."""
    from clearance.adapters.releases import steps

    _told(steps.validate(releases, release, by, day_or_today(on, "--on")))


@app.command("impact")
def impact(
    release: Which,
    report: Annotated[Path, typer.Option(metavar="DIR", help="The --out of 'clearance impact'.")],
    by: By,
    releases: Folder = HERE,
    on: On = None,
) -> None:
    """Take an impact run as this release's: of its documents, against those in effect."""
    from clearance.adapters.releases import steps

    done = steps.impact_run(releases, release, report, by, day_or_today(on, "--on"))
    _told(done)
    typer.echo(f"the run's digest, for the approval: {done.steps[-1].evidence}")


@app.command("approve")
def approve(
    release: Which,
    seen: Annotated[
        str, typer.Option("--impact", metavar="DIGEST", help="The impact run that was seen.")
    ],
    by: By,
    releases: Folder = HERE,
    on: On = None,
) -> None:
    """Approve a release as a second person; from then on, on its day, it is in effect."""
    from clearance.adapters.releases import steps

    _told(steps.approve(releases, release, seen, by, day_or_today(on, "--on")))


@app.command("withdraw")
def withdraw(release: Which, by: By, releases: Folder = HERE, on: On = None) -> None:
    """Take back a release that was never in effect."""
    from clearance.adapters.releases import steps

    _told(steps.withdraw(releases, release, by, day_or_today(on, "--on")))


@app.command("log")
def log(
    log: Annotated[str, typer.Option(metavar="LOG", help="SQLite file or postgresql:// URL.")],
    key: Annotated[Path, typer.Option(metavar="FILE", help="The log's key.")],
    releases: Folder = HERE,
    mark: Mark = None,
) -> None:
    """Write every step that a log does not have yet; who took it is sealed."""
    from clearance.adapters.releases.logged import log_steps

    typer.echo(f"{log_steps(releases, log, key, mark)} steps written")


@app.command("status")
def status(releases: Folder = HERE, on: On = None) -> None:
    """Say where every release stands on a day, and who did what; everything read is checked."""
    from clearance.adapters.releases.status import status_lines

    lines = list(status_lines(releases, day_or_today(on, "--on")))
    for line in lines or [f"no releases in {releases}"]:
        typer.echo(line)


def _told(release: Release) -> None:
    typer.echo(f"{release.series}/{release.number} is {release.state.value}: {release.policy}")
