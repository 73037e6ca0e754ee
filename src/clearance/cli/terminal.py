"""Tables and texts on a terminal; loaded only where something is laid out for people."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

WIDE = 160
"""Columns of what is printed into a file or another program."""


def table(*names: str, title: str | None = None, min_width: int | None = None) -> Table:
    """An empty table whose cells are folded, never cut."""
    made = Table(title=title, title_justify="left", min_width=min_width)
    for name in names:
        made.add_column(name, overflow="fold")
    return made


def show(*renderables: object, width: int = WIDE) -> None:
    """Print one below the other; ``width`` columns wide where no terminal is."""
    wide = None if sys.stdout.isatty() else width
    console = Console(width=wide, highlight=False, markup=False)
    for renderable in renderables:
        console.print(renderable)
