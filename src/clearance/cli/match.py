"""``clearance match``: who customers, or one record, are in a reference."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from clearance.model.errors import InputError


class Format(enum.StrEnum):
    """How answers are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


app = typer.Typer(name="match", invoke_without_command=True)


@app.callback()
def command(
    context: typer.Context,
    reference: Annotated[
        Path | None, typer.Option(metavar="SNAPSHOT", help="A snapshot made by 'reference build'.")
    ] = None,
    customers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Customers: CSV, JSON lines or Parquet.")
    ] = None,
    name: Annotated[str, typer.Option(metavar="NAME", help="One record, by its name.")] = "",
    country: Annotated[str, typer.Option(metavar="CODE", help="Its country.")] = "",
    lei: Annotated[str, typer.Option(metavar="LEI", help="Its LEI.")] = "",
    number: Annotated[
        str, typer.Option(metavar="SCHEME:NUMBER", help="Its number in a register.")
    ] = "",
    address: Annotated[str, typer.Option(metavar="TEXT", help="Its address.")] = "",
    website: Annotated[str, typer.Option(metavar="TEXT", help="Its site or e-mail.")] = "",
    phone: Annotated[str, typer.Option(metavar="TEXT", help="Its phone number.")] = "",
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="entity, person, state, arrangement or unknown.")
    ] = "unknown",
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="A folder for matches.jsonl and matches.csv.")
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A model that 'match train' made; the shipped one."),
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.TABLE,
) -> None:
    """Give match, ambiguous or none, with candidates, evidence, and what would settle it.

    Exit code 0, whatever the answers are; 2 for input that cannot be used, 4 if nothing could be
    written, 5 if the snapshot is damaged.
    """
    if context.invoked_subcommand is not None:
        return
    from clearance.adapters.snapshot.folder import damage_told
    from clearance.adapters.told import Told
    from clearance.bootstrap import matching
    from clearance.cli import render_match
    from clearance.cli.progress import Bar

    if reference is None:
        raise InputError("missing", file="--reference", remedy="name a snapshot")
    if (customers is None) is not bool(name or lei or number):
        raise InputError(
            "one of them is needed", file="--customers, --name", remedy="give a file or one record"
        )
    if customers is None and out is not None:
        what = "answers about a file's customers go to a folder, not one record's"
        raise InputError(what, file="--out", remedy="leave it out, or give --customers")
    if customers is not None:
        with Bar() as bar:
            told = Told(bar.stage, bar.passed)
            run = matching.match_customers(reference, customers, out, model=model, told=told)
        render_match.run(run, format.value)
        return
    record = matching.record_of(
        name,
        country=country,
        lei=lei,
        number=number,
        address=address,
        website=website,
        phone=phone,
        kind=kind,
    )
    with damage_told(reference):
        who = matching.Matcher.open(reference, model).resolve(record)
    render_match.one(record, who, format.value)
