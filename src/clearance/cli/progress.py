"""A progress bar for whatever takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

PATIENCE = 1.0
"""Seconds before anything is shown."""


class Bar(AbstractContextManager["Bar"]):
    """A bar on standard error; nothing at all where that is no terminal."""

    def __init__(self) -> None:
        self._total = 0
        self._done = 0
        self._name = ""
        self._begun = time.monotonic()
        self._show: Callable[[str, int, int], None] | None = None
        self._stop: Callable[[], None] | None = None
        self._silent = not sys.stderr.isatty()

    def passed(self, done: int, total: int) -> None:
        """So much is done, of so much in all."""
        self._done, self._total = done, total
        self._draw()

    def stage(self, name: str) -> None:
        """Another stage begins."""
        self._name = name
        self._draw()

    def __exit__(self, *failure: object) -> None:
        if self._stop is not None:
            self._stop()

    def _draw(self) -> None:
        if self._silent or time.monotonic() - self._begun < PATIENCE:
            return
        if self._show is None:
            self._show, self._stop = _rich_bar()
        self._show(self._name, self._done, self._total)


def _rich_bar() -> tuple[Callable[[str, int, int], None], Callable[[], None]]:
    from rich.console import Console
    from rich.progress import Progress

    progress = Progress(console=Console(stderr=True), transient=True)
    task = progress.add_task("", total=None)
    progress.start()

    def show(name: str, done: int, total: int) -> None:
        completed = min(done, total) if total else done
        progress.update(task, description=name, completed=completed, total=total or None)

    return show, progress.stop
