"""Accounts from CSV, JSON lines or Parquet, recognised by content.

1. Columns: ``id`` and ``customer``, and any of ``segment``, ``channel`` and ``opened``. Names of
   columns are read without regard to case; an unknown one is an error, not a guess.
2. Every error names the file, the line and the field. Nothing is skipped; ids are unique.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from clearance.adapters.portfolio.account_terms import channel, opened
from clearance.adapters.portfolio.rows import Row, rows_of
from clearance.model.account import Account
from clearance.model.errors import InputError
from clearance.model.spelling import meant

_T = TypeVar("_T")

COLUMNS = ("id", "customer", "segment", "channel", "opened")


def read_accounts(path: Path) -> Iterator[Account]:
    """Every account of a file, in its order.

    Raises:
        InputError: the file is missing, of another kind, or a row cannot be used.
    """
    seen: dict[str, int] = {}
    for row in rows_of(path):
        try:
            account = _account(_named(row))
        except InputError as error:
            raise InputError(
                error.what, file=str(path), line=row.line, field=error.field, remedy=error.remedy
            ) from None
        first = seen.setdefault(account.id, row.line)
        if first != row.line:
            what = f"{account.id!r} is the id of line {first} too"
            raise InputError(
                what, file=str(path), line=row.line, field="id", remedy="give each its own id"
            )
        yield account
    if not seen:
        raise InputError("no accounts in it", file=str(path), remedy="give at least one row")


def _named(row: Row) -> Mapping[str, str]:
    values = {given.strip().lower(): text for given, text in row.values.items()}
    for name in values:
        if name not in COLUMNS:
            remedy = meant(name, COLUMNS, f"use {', '.join(COLUMNS)}")
            raise InputError(f"unknown column {name[:80]!r}", remedy=remedy)
    return values


def _account(values: Mapping[str, str]) -> Account:
    for name in ("id", "customer"):
        if not values.get(name):
            raise InputError("missing", field=name, remedy="give each account its id and customer")
    return Account(
        values["id"],
        values["customer"],
        values.get("segment", ""),
        _read("channel", channel, values),
        _read("opened", opened, values),
    )


def _read(field: str, read: Callable[[str], _T], values: Mapping[str, str]) -> _T:
    try:
        return read(values.get(field, ""))
    except InputError as error:
        raise InputError(error.what, field=field, remedy=error.remedy) from None
