"""``clearance key``: keys of the management API."""

from __future__ import annotations

from typing import Annotated

import typer

from clearance.cli.state import By, State, by_name
from clearance.usecases.scopes import Scope

app = typer.Typer(
    name="key", help="Keys of the management API: each for one person or program.",
    no_args_is_help=True,
)  # fmt: skip

Id = Annotated[str, typer.Argument(metavar="ID", help="The key's id, as 'key list' shows it.")]


@app.command("create")
def create(
    state: State,
    name: Annotated[str, typer.Option(metavar="NAME", help="Whose it is; it signs what it does.")],
    scope: Annotated[
        list[str],
        typer.Option(metavar="SCOPE", help=f"May be repeated; 'all', or: {', '.join(Scope)}."),
    ],
    days: Annotated[int | None, typer.Option(min=1, help="Days until it expires; never.")] = None,
    by: By = "",
) -> None:
    """Make a key and print its token, once."""
    from clearance.bootstrap import keys

    _, token = keys.create(state, by_name(by), name, scope, days)
    typer.echo(token)


@app.command("rotate")
def rotate(
    state: State,
    id: Id,
    overlap: Annotated[
        int, typer.Option(metavar="SECONDS", min=0, help="How long the old one works on.")
    ] = 86_400,
    by: By = "",
) -> None:
    """Make a key's successor and print its token, once."""
    from clearance.bootstrap import keys

    _, token = keys.rotate(state, by_name(by), id, overlap)
    typer.echo(token)


@app.command("revoke")
def revoke(state: State, id: Id, by: By = "") -> None:
    """End a key now."""
    from clearance.bootstrap import keys

    keys.revoke(state, by_name(by), id)
    typer.echo(f"revoked {id}")


@app.command("list")
def every(state: State) -> None:
    """List keys: id, name, scopes, and whether they work."""
    from clearance.adapters.sql.changing import now
    from clearance.bootstrap import keys

    for key in keys.every(state):
        works = "works" if key.valid(now()) else "over"
        typer.echo(f"{key.id}  {works:5}  {key.name}  {' '.join(sorted(key.scopes))}")
