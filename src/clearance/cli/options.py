"""Options that several commands take: one name, one meaning, one text of help."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer


class Format(enum.StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"


Shown = Annotated[Format, typer.Option(help="How to print.")]

Snapshot = Annotated[
    Path, typer.Option(metavar="SNAPSHOT", help="A snapshot made by 'reference build'.")
]
PolicyName = Annotated[
    str, typer.Option(metavar="POLICY", help="A shipped policy's id, or a path to a policy file.")
]
Day = Annotated[str | None, typer.Option(metavar="DAY", help="The day, YYYY-MM-DD; today (UTC).")]
RegionListName = Annotated[
    str | None,
    typer.Option(metavar="LIST", help="A region list, by id or path, in place of the policy's."),
]
