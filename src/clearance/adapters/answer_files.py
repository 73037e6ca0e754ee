"""Answers as they come, one a line: JSON lines for programs, and a CSV of the same for people.

1. JSON lines hold everything and keep names as they were given.
2. The CSV is for spreadsheets: whoever makes its rows neutralises cells that would run.
3. Both are UTF-8 without a byte order mark, lines end in ``\\n``, and bytes are stable.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from clearance.model.plain import Json

_BUFFER = 1 << 20


class AnswerFiles:
    """Writes both files of a folder; nothing is held back but the buffers."""

    def __init__(self, folder: Path, lines: str, table: str, columns: Sequence[str]) -> None:
        import orjson

        self._dumps = orjson.dumps
        self._stack = ExitStack()
        self._lines = self._stack.enter_context((folder / lines).open("wb", buffering=_BUFFER))
        file = self._stack.enter_context(
            (folder / table).open("w", encoding="utf-8", newline="", buffering=_BUFFER)
        )
        self._table = csv.writer(file, lineterminator="\n")
        self._table.writerow(columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._stack.close()

    def write(self, line: Mapping[str, Json], row: Sequence[str | int | float]) -> None:
        """One answer to both files."""
        self._lines.write(self._dumps(line) + b"\n")
        self._table.writerow(row)
