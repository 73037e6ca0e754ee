"""``clearance verify``: does a proof prove what it claims?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    proof: Annotated[
        Path,
        typer.Argument(metavar="PROOF", help="A proof, or a proofs file: proofs.jsonl#CUSTOMER."),
    ],
    reference: Annotated[
        Path | None,
        typer.Option(
            metavar="SNAPSHOT",
            help="The snapshot it speaks of; without it completeness is not checked.",
        ),
    ] = None,
    customer: Annotated[
        str | None, typer.Option(metavar="ID", help="Whose proof in a proofs file.")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY", help="A policy's id or path, to hold the proof's regions against."
        ),
    ] = None,
    regions: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="With --policy a region list in place of its own; alone region codes, XA,XB.",
        ),
    ] = None,
) -> None:
    """Say that a proof is valid, or name the first step that fails; exit 1 if one does."""
    from clearance.bootstrap import verifying
    from clearance.cli import render_verify

    found = verifying.verify(proof, customer, reference, policy=policy, regions=regions)
    for line in render_verify.lines(found):
        typer.echo(line)
    if not all(one.checked.valid for one in found):
        raise typer.Exit(1)
