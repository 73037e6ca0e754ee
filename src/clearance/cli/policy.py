"""``clearance policy``: check policy and rule files, show and compare them, release versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearance.adapters.policies import reading as policies
from clearance.cli.options import Format, Shown

app = typer.Typer(
    help="Check, list and show policies, rules and region lists.", no_args_is_help=True
)


@app.command("check")
def check(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Policies, rules or region lists (TOML)."),
    ],
) -> None:
    """Say every mistake in files, one a line: file:line: field: what; remedy."""
    from clearance.usecases.check_policy import check as check_all

    documents = [(str(file), policies.read_text(file)) for file in files]
    checked = check_all(documents, policies.shelf_of)
    for one in checked:
        for problem in one.problems:
            typer.echo(problem.error().message())
        if not one.problems:
            typer.echo(f"{one.file}: a sound {one.kind}")
            if one.end_uses:
                typer.echo(f"  end uses: {one.end_uses}")
    if any(one.problems for one in checked):
        raise typer.Exit(1)


@app.command("list")
def list_shipped() -> None:
    """List the shipped policies, rules and region lists."""
    from clearance.adapters.policies.shipped import shelf_rows

    rows = shelf_rows()
    wide = max(len(id) for _, id, _, _ in rows)
    for kind, id, title, verified in rows:
        unsure = "" if verified == "yes" else "  (not verified, see show)"
        typer.echo(f"{kind:12} {id:{wide}}  {title}{unsure}")


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A shipped id, or a path.")],
    toml: Annotated[bool, typer.Option("--toml", help="The document as it is written.")] = False,
) -> None:
    """Show a policy, a rule or a region list with its citations."""
    from clearance.adapters.policies.shipped import document_lines, document_text

    typer.echo(document_text(name) if toml else "\n".join(document_lines(name)))


@app.command("diff")
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="A shipped policy's id, or a path.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The policy to compare it with.")],
    format: Shown = Format.TABLE,
) -> None:
    """Say in words what differs between two policies: every field, rules by their ids."""
    from clearance.adapters.policies.diff import difference_lines, differences_json
    from clearance.adapters.policies.loaded import load_policy

    shown = differences_json if format is Format.JSON else difference_lines
    for line in shown(load_policy(before), load_policy(after)):
        typer.echo(line)


@app.command("bundle", short_help="Print a policy with all it refers to.")
def bundle(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A shipped id, or a path.")],
) -> None:
    """Print a policy with all it refers to, as the one JSON document that a release is.

    The management API takes it (POST /v1/releases); its SHA-256 is the digest in decisions.
    """
    from clearance.adapters.policies.bundle import bundle as bundled

    typer.echo(bundled(name).document.decode(), nl=False)


@app.command("observed", short_help="Hold a forecast against the log.")
def observed(
    forecast: Annotated[
        Path, typer.Option(metavar="DIR", help="The --out of 'impact', kept from before.")
    ],
    log: Annotated[str, typer.Option(metavar="LOG", help="The log: SQLite file or postgresql://.")],
    format: Shown = Format.TABLE,
) -> None:
    """Say afterwards what a change of policy did: the forecast of an impact run beside the log.

    The mildest answer that a customer got under the policy is held against the forecast; who asked
    nothing is not counted as right.
    """
    from clearance.adapters.impact.observed_lines import observed_json, observed_lines
    from clearance.adapters.impact.observing import observed as look

    found = look(forecast, log)
    for line in [observed_json(found)] if format is Format.JSON else observed_lines(found):
        typer.echo(line)
