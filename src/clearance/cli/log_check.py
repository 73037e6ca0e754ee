"""``clearance log verify``, ``prove``, ``check``, ``export``, ``witness``, ``cosign``: checking."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.cli.log import Place
from clearance.cli.options import Format, Shown

Source = Annotated[
    str,
    typer.Argument(
        metavar="LOG", help="An SQLite file, a postgresql:// URL, a folder or URL of tiles."
    ),
]
Keys = Annotated[
    list[str],
    typer.Option(metavar="KEY", help="The log's public key or a witness's: text or file; repeat."),
]
Witnesses = Annotated[int, typer.Option(help="How many witnesses must have signed.")]


def verify(
    log: Source,
    key: Keys,
    earlier: Annotated[
        Path | None,
        typer.Option(metavar="CHECKPOINT", help="A checkpoint that was kept, to compare with."),
    ] = None,
    witnesses: Witnesses = 0,
    format: Shown = Format.TABLE,
) -> None:
    """Check every entry, every tile and what is kept beside them; exit 1 if anything differs."""
    from clearance.bootstrap import ledger_check
    from clearance.cli import render_log

    found = ledger_check.verify(log, key, earlier=earlier, witnesses=witnesses)
    typer.echo(render_log.verified(found, format), nl=False)
    if not found.holds:
        raise typer.Exit(1)


def prove(
    log: Place,
    id: Annotated[str, typer.Argument(metavar="ID", help="What the entry is found by.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files are written.")],
    disclose: Annotated[
        bool, typer.Option("--disclose", help="Write the values that the entry seals, too.")
    ] = False,
    witnessed: Annotated[
        bool, typer.Option("--witnessed", help="Under a checkpoint that a witness signed.")
    ] = False,
) -> None:
    """Write an entry and the receipt that proves it, for somebody who holds the log's key only."""
    from clearance.bootstrap import ledger_check

    proved = ledger_check.prove(log, id, out, disclose=disclose, witnessed=witnessed)
    typer.echo(f"entry {proved.index} of {proved.size:,}")
    for file in proved.files:
        typer.echo(str(file))


def check(
    receipt: Annotated[Path, typer.Argument(metavar="RECEIPT", help="A .tlog-proof file.")],
    entry: Annotated[Path, typer.Option(metavar="FILE", help="The entry it is of.")],
    key: Keys,
    sealed: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Values that were disclosed with it.")
    ] = None,
    witnesses: Witnesses = 0,
    format: Shown = Format.TABLE,
) -> None:
    """Check that the log holds an entry, without the log; exit 1 if it is not proved."""
    from clearance.bootstrap import ledger_check
    from clearance.cli import render_log

    checked = ledger_check.check(receipt, entry, key, sealed=sealed, witnesses=witnesses)
    typer.echo(render_log.checked(checked, format), nl=False)
    if checked.flaw:
        raise typer.Exit(1)


def export(
    log: Place,
    out: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write.")],
) -> None:
    """Write tiles, entries and checkpoint as files that any web server can offer (tlog-tiles)."""
    from clearance.bootstrap import ledger_check

    said = ledger_check.export(log, out)
    typer.echo(f"{out}: {said.origin}, {said.size:,} entries")


def witness(
    log: Source,
    key: Keys,
    state: Annotated[
        Path, typer.Option(metavar="FILE", help="Remembers the checkpoint that was seen last.")
    ],
    cosign: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A witness's key, to sign what was seen."),
    ] = None,
) -> None:
    """Say whether a log has only grown since it was looked at last; print its checkpoint."""
    from clearance.bootstrap import ledger_check

    typer.echo(str(ledger_check.witness(log, key, state, cosign)), nl=False)


def cosign(
    log: Place,
    key: Annotated[
        list[str], typer.Option(metavar="KEY", help="A witness's public key: text or file; repeat.")
    ],
    checkpoint: Annotated[
        Path | None,
        typer.Argument(metavar="[CHECKPOINT]", help="A checkpoint that a witness signed."),
    ] = None,
    ask: Annotated[
        str | None, typer.Option(metavar="URL", help="A witness to ask (tlog-witness).")
    ] = None,
) -> None:
    """Keep what a witness signed, or ask one, so that 'log prove --witnessed' can use it."""
    from clearance.bootstrap import ledger_check

    if (checkpoint is None) == (ask is None):
        raise typer.BadParameter("give either CHECKPOINT or --ask")
    said = ledger_check.cosign(log, key, signed=checkpoint, ask=ask)
    typer.echo(f"{said.origin}: witnessed up to {said.size:,} entries")
