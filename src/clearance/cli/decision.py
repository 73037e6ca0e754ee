"""``clearance decision``: past answers of the decision point."""

from __future__ import annotations

from typing import Annotated

import orjson
import typer

from clearance.cli.options import Format, Shown

app = typer.Typer(help="Explain a past decision, or make it again.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="The id that the answer carried.")]
Log = Annotated[str, typer.Option(metavar="LOG", help="The log: SQLite file or postgresql://.")]


@app.command("replay", short_help="Decide again, and compare.")
def replay(id: Id, log: Log, format: Shown = Format.TABLE) -> None:
    """Decide again from the facts and the policy of that moment, and compare byte for byte.

    The exit code is 0 where the bytes are equal, else 1.
    """
    from clearance.adapters.decisions.again_json import replay_json
    from clearance.bootstrap.decisions import replay as again
    from clearance.cli.render_decision import replay_lines

    found = again(log, id)
    _show(replay_json(found) if format is Format.JSON else None, replay_lines(found))
    if found.verdict != "equal":
        raise typer.Exit(1)


@app.command("explain", short_help="Say why it was decided so.")
def explain(id: Id, log: Log, format: Shown = Format.TABLE) -> None:
    """Say what was asked, what was known, every reason, and the policy that decided."""
    from clearance.adapters.decisions.again_json import decision_json
    from clearance.bootstrap.decisions import decision
    from clearance.cli.render_decision import decision_lines

    found = decision(log, id)
    _show(decision_json(found) if format is Format.JSON else None, decision_lines(found))


def _show(document: object, lines: list[str]) -> None:
    if document is None:
        typer.echo("\n".join(lines))
    else:
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
