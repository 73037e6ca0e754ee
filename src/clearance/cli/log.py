"""``clearance log``: for whoever keeps the log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from clearance.ledger.entry import Kind

app = typer.Typer(help="Keep a log that proves itself, and check one.", no_args_is_help=True)

Place = Annotated[
    str, typer.Argument(metavar="LOG", help="An SQLite file, or a postgresql:// URL.")
]
Key = Annotated[Path, typer.Option(metavar="FILE", help="The log's key, made by 'log keygen'.")]
Mark = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Where the writer's mark is: beside an SQLite file; with PostgreSQL none without it.",
    ),
]


@app.command(short_help="Make a key.")
def keygen(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The key file to write.")],
    name: Annotated[
        str, typer.Option(metavar="NAME", help="The log's origin: a URL without scheme.")
    ],
    witness: Annotated[bool, typer.Option("--witness", help="Make a witness's key.")] = False,
) -> None:
    """Make a key, readable by its owner only, and FILE.pub, which anybody may have."""
    from clearance.bootstrap import ledger

    typer.echo(ledger.keygen(file, name, witness=witness).text)


@app.command(short_help="Make an empty log.")
def init(log: Place, key: Key, mark: Mark = None) -> None:
    """Make an empty log with a signed checkpoint."""
    from clearance.bootstrap import ledger

    signer = ledger.init(log, key, mark)
    typer.echo(f"{signer.name}: made, 0 entries")


@app.command(short_help="Add one entry.")
def append(
    log: Place,
    key: Key,
    kind: Annotated[Kind, typer.Option(help="What the entry is about.")],
    id: Annotated[str, typer.Option(metavar="ID", help="What the entry is found by.")],
    body: Annotated[
        str, typer.Option(metavar="FILE", help="What it says, as JSON; - is standard input.")
    ] = "-",
    mark: Mark = None,
) -> None:
    """Add one entry and wait until the disk has it."""
    from clearance.bootstrap import ledger

    data = sys.stdin.buffer.read() if body == "-" else Path(body).read_bytes()
    index = ledger.append(log, key, data, kind=kind, id=id, mark=mark)
    typer.echo(f"entry {index}: {kind.value} {id}")


@app.command(short_help="Erase sealed values.")
def erase(
    log: Place,
    key: Key,
    why: Annotated[str, typer.Option(metavar="TEXT", help="Why; it stays in the log.")],
    subject: Annotated[
        str | None, typer.Option(metavar="ID", help="Whose values, such as an account's.")
    ] = None,
    id: Annotated[str | None, typer.Option(metavar="ID", help="Which entry's values.")] = None,
    mark: Mark = None,
) -> None:
    """Erase sealed values for good and say so in the log; every proof stays as it is."""
    from clearance.bootstrap import ledger

    if (subject is None) == (id is None):
        raise typer.BadParameter("give either --subject or --id")
    count = ledger.erase(log, key, why, subject=subject, id=id, mark=mark)
    typer.echo(f"{count} values erased")


@app.command(short_help="Change the log's key.")
def rotate(
    log: Place,
    key: Key,
    new_key: Annotated[Path, typer.Option(metavar="FILE", help="The key that signs after it.")],
    mark: Mark = None,
) -> None:
    """Let another key of the same name sign; print the checkpoint that both keys signed."""
    from clearance.bootstrap import ledger

    typer.echo(ledger.rotate(log, key, new_key, mark), nl=False)


@app.command(short_help="Copy a log to another database.")
def copy(
    log: Place,
    to: Annotated[str, typer.Argument(metavar="NEW", help="The new file or database.")],
    mark: Mark = None,
    new_mark: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The mark of the new one.")
    ] = None,
) -> None:
    """Copy a log that nobody writes, from SQLite to PostgreSQL or back; check what was copied."""
    from clearance.bootstrap import ledger

    typer.echo(f"{ledger.copy(log, to, mark=mark, new_mark=new_mark):,} entries copied")
