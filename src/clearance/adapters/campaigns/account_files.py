"""The file of verified organisations that an operator gives: ``account,organisation``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clearance.adapters.portfolio.rows import rows_of
from clearance.model.errors import InputError


def read_organisations(path: Path) -> Mapping[str, str]:
    """The verified organisation of each account; empty takes the log's word away.

    Raises:
        InputError: a column is missing, or an account stands twice.
    """
    return {name: row["organisation"] for name, row in _rows(path).items()}


def _rows(path: Path) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for row in rows_of(path):
        for name in ("account", "organisation"):
            if name not in row.values:
                raise InputError(
                    "the column is missing", file=str(path), line=row.header_line, field=name
                )
        account = row.values["account"]
        if not account or account in found:
            what = "stands twice" if account else "missing"
            raise InputError(what, file=str(path), line=row.line, field="account")
        found[account] = row.values
    return found
