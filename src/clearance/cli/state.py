"""``clearance state``: the database behind a decision point."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="state",
    help="The database of a decision point: customers, accounts, facts, policies, keys.",
    no_args_is_help=True,
)

State = Annotated[
    str, typer.Argument(metavar="STATE", help="An SQLite file, or postgresql://user@host/name.")
]
Given = Annotated[Path, typer.Argument(metavar="FILE", help="CSV, JSON lines or Parquet.")]
Source = Annotated[str, typer.Option(metavar="NAME", help="Who says so; the file's name.")]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="The day from which it holds; always.")
]
By = Annotated[str, typer.Option(metavar="NAME", help="Who does it; the user of the machine.")]


@app.command("init")
def init(state: State) -> None:
    """Make a new state, with every table; refused where there is one."""
    from clearance.bootstrap import state as states

    typer.echo(f"made, at step {states.init(state)}")


@app.command("migrate")
def migrate(state: State) -> None:
    """Bring an older state to the tables of this version, whole or not at all."""
    from clearance.bootstrap import state as states

    before, after = states.migrate_state(state)
    typer.echo(f"at step {after}" if before == after else f"from step {before} to {after}")


@app.command("import-customers", short_help="Keep a portfolio's customers.")
def import_customers(
    state: State, file: Given, source: Source = "", since: Since = None, by: By = ""
) -> None:
    """Keep the customers of a file; what stands already is not written again."""
    from clearance.bootstrap import state as states

    changed = states.import_customers(state, file, by_name(by), source or file.name, since)
    typer.echo(f"{changed} rows changed")


@app.command("import-accounts", short_help="Keep accounts and whose they are.")
def import_accounts(
    state: State, file: Given, source: Source = "", since: Since = None, by: By = ""
) -> None:
    """Keep accounts: columns id, customer, and any of segment, channel, opened."""
    from clearance.bootstrap import state as states

    changed = states.import_accounts(state, file, by_name(by), source or file.name, since)
    typer.echo(f"{changed} rows changed")


@app.command("import-screening", short_help="Keep what a screening found.")
def import_screening(
    state: State,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The --out of 'screen'.")],
    by: By = "",
) -> None:
    """Keep who customers are and how they stand, from the screening's day on."""
    from clearance.bootstrap import state as states

    typer.echo(f"{states.import_screening(state, folder, by_name(by))} rows changed")


@app.command("import-campaigns", short_help="Keep what a search for campaigns found.")
def import_campaigns(
    state: State,
    facts: Annotated[Path, typer.Argument(metavar="FACTS", help="facts.csv of 'campaigns find'.")],
    by: By = "",
) -> None:
    """Keep findings about accounts until they expire, and what reviewers decided about them."""
    from clearance.bootstrap import state as states

    typer.echo(f"{states.import_campaigns(state, facts, by_name(by))} rows changed")


@app.command("copy", short_help="Copy everything into a new database.")
def copy(
    state: State,
    target: Annotated[str, typer.Argument(metavar="TARGET", help="A new database, of any kind.")],
) -> None:
    """Copy one moment of a state: a backup, a restored one, or from SQLite to PostgreSQL."""
    from clearance.bootstrap import state as states

    _counts(states.copy_state(state, target))


@app.command("export", short_help="Write everything as JSON lines.")
def export(
    state: State,
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
) -> None:
    """Write a state as JSON lines, a file a table; secrets are in it."""
    from clearance.bootstrap import state as states

    _counts(states.export_state(state, out))


@app.command("sweep", short_help="Look which accounts stand otherwise, and tell.")
def sweep(
    state: State,
    policy: Annotated[
        list[str] | None,
        typer.Option(metavar="POLICY", help="Where no policy is approved: an id or a path."),
    ] = None,
    series: Annotated[
        str, typer.Option(metavar="NAME", help="Of the approved policies those of a series.")
    ] = "",
    by: By = "",
) -> None:
    """Judge all accounts anew, and have webhooks told of those that stand otherwise.

    'serve --manage' does so by itself when facts, policies or the day change.
    """
    from clearance.bootstrap.sweeping import Wanted
    from clearance.bootstrap.sweeping import sweep as look

    found = look(Wanted(state, policy or (), series), by_name(by))
    typer.echo(f"{found.accounts} accounts looked at, {found.new} for the first time")
    for before, now, count in found.moved:
        typer.echo(f"{count} stood at {before}, now at {now}")
    if not found.whole:
        typer.echo("other policies decide meanwhile: sweep again")


def _counts(counts: Mapping[str, int]) -> None:
    wide = max(len(name) for name in counts)
    for name, rows in sorted(counts.items()):
        typer.echo(f"{name:{wide}}  {rows}")


def by_name(name: str) -> str:
    """Who does it: as told, or the user of the machine."""
    return name or getpass.getuser()
