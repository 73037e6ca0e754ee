"""``clearance explain``: who owns one party, what it owns, and what each rule makes of it."""

from __future__ import annotations

import enum
from typing import Annotated

import typer

from clearance.cli.options import Day, PolicyName, RegionListName, Snapshot
from clearance.model.errors import InputError


class Format(enum.StrEnum):
    """How an explanation is printed."""

    TREE = "tree"
    JSON = "json"
    HTML = "html"


def command(
    party: Annotated[
        str, typer.Argument(metavar="PARTY", help="An id, SCHEME:NUMBER, an LEI or an exact name.")
    ],
    reference: Snapshot,
    policy: PolicyName = "",
    as_of: Day = None,
    owners: Annotated[
        bool, typer.Option("--owners", help="Answer the owner-finding rules instead.")
    ] = False,
    regions: RegionListName = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = Format.TREE,
) -> None:
    """Show the ownership tree of a party, the arithmetic of every rule, and what is missing.

    HTML goes to standard output as one self-contained page with the drawing inline.
    """
    from clearance.adapters.snapshot.folder import damage_told
    from clearance.bootstrap import days, explaining
    from clearance.cli import render_explain

    if not (owners or policy):
        raise InputError("missing", file="--policy", remedy="name a policy, or ask for --owners")
    with damage_told(reference):
        if owners:
            day = days.day_or_today(as_of)
            subject, found = explaining.owners(
                reference, party, policy=policy, as_of=as_of, regions=regions
            )
            render_explain.owners(subject, day, found, format.value)
            return
        explanation = explaining.explain(reference, party, policy, as_of=as_of, regions=regions)
        render_explain.explanation(explanation, format.value)
