"""``clearance network``: compile what sources say of addresses, and ask it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.options import Day, Format, Shown

app = typer.Typer(
    help="Where a request comes from: what every source says of an address.",
    no_args_is_help=True,
)

Database = Annotated[
    Path, typer.Option(metavar="DATABASE", help="A database made by 'network build'.")
]
Limit = Annotated[int, typer.Option(min=0, help="Days after which a source is called stale.")]


@app.command("build", short_help="Compile sources into a database.")
def build(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The database to write (.mmdb).")],
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE", help="TOML lists of sources, or files of sources."),
    ],
    format: Shown = Format.TABLE,
) -> None:
    """Compile country, hosting, VPN, Tor and own lists into one database with all their votes."""
    from clearance.bootstrap import network
    from clearance.cli import render_network

    render_network.built(out, network.build(out, sources), as_json=format is Format.JSON)


@app.command("lookup", short_help="Say what sources say of addresses.")
def lookup(
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS", help="IPv4 or IPv6.")],
    database: Database = Path("networks.mmdb"),
    as_of: Day = None,
    stale_after: Limit = 60,
    format: Shown = Format.TABLE,
) -> None:
    """Say every source's vote about addresses, who agrees, and whose data is stale."""
    from clearance.bootstrap import network
    from clearance.cli import render_network

    found = network.look_up(database, addresses, as_of, stale_after)
    render_network.looked_up(found, as_json=format is Format.JSON)


@app.command("info", short_help="Say what a database was compiled from.")
def info(
    database: Annotated[Path, typer.Argument(metavar="DATABASE", help="The database.")],
    as_of: Day = None,
    stale_after: Limit = 60,
    format: Shown = Format.TABLE,
) -> None:
    """Say what a database was compiled from, and how old that is; exit 1 if a source is stale."""
    from clearance.bootstrap import network
    from clearance.cli import render_network

    described = network.describe(database, as_of, stale_after)
    render_network.described(described, as_json=format is Format.JSON)
    raise typer.Exit(1 if described.stale else 0)
