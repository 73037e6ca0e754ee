"""The header of a plain CSV or Parquet source: every column known, none twice, none missing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from clearance.model.errors import InputError
from clearance.model.spelling import meant

SHOWN = 8
"""How many unknown columns a complaint names."""

WIDTH = 40
"""How much of a column's name it shows."""

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Columns:
    """What one kind of table may have: every column, and those it must have."""

    kind: str
    known: tuple[str, ...]
    required: tuple[str, ...]


def delimiter_of(line: str) -> str:
    """The delimiter that the header line uses most; a comma where it has one column."""
    return max(DELIMITERS, key=line.count)


def refuse_returns(line: str, file: str) -> None:
    """Nothing, where a header line is one line.

    Raises:
        InputError: it holds the ends of others.
    """
    if "\r" in line:
        raise InputError(
            "lines end with CR alone", file=file, line=1, remedy="save with LF or CRLF"
        )


def split_header(line: str, delimiter: str) -> tuple[str, ...]:
    """The column names on the header line, trimmed."""
    return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))


def check_header(names: Sequence[str], columns: Columns, file: str) -> None:
    """Nothing unless the header can be used.

    Raises:
        InputError: an unknown, repeated or missing column, by name, with the likely meaning.
    """
    unknown = [name for name in names if name not in columns.known]
    if unknown:
        raise InputError(
            f"unknown column{'s' if len(unknown) > 1 else ''} "
            + ", ".join(repr(name[:WIDTH]) for name in unknown[:SHOWN])
            + ("…" if len(unknown) > SHOWN else ""),
            file=file,
            line=1,
            field=unknown[0][:WIDTH],
            remedy=_meant(unknown[0], columns),
        )
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(
            f"the column {repeated[0]!r} stands twice",
            file=file,
            line=1,
            field=repeated[0],
            remedy="keep one of them",
        )
    missing = [name for name in columns.required if name not in names]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}",
            file=file,
            line=1,
            field=missing[0],
            remedy=f"{columns.kind} need {' and '.join(columns.required)}",
        )


def _meant(name: str, columns: Columns) -> str:
    allowed = f"{columns.kind} may have {', '.join(columns.known)}"
    return meant(name.replace(" ", "_"), columns.known, allowed)
