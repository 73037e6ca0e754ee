"""``clearance demo``: the reported case at 1:100."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for the world, answers and pictures.")
    ] = Path("demo"),
) -> None:
    """Re-enact the reported case with invented companies and regions that no country has."""
    from clearance.demo.play import play

    play(out)
