"""Files about accounts that an operator gives: verified organisations, and accounts cleared.

``--accounts``: ``account,organisation``. ``--cleared``: ``account,kinds,reviewer``, where ``kinds``
are the kinds of evidence that were known when a reviewer cleared the account, divided by blanks.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clearance.adapters.customer_rows import rows_of
from clearance.campaigns.evidence import Kind
from clearance.model.errors import InputError


def read_organisations(path: Path) -> Mapping[str, str]:
    """The verified organisation of each account; empty takes the log's word away.

    Raises:
        InputError: a column is missing, or an account stands twice.
    """
    return {name: row["organisation"] for name, row in _rows(path, "organisation").items()}


def read_cleared(path: Path) -> Mapping[str, frozenset[Kind]]:
    """The kinds of evidence under which each account was cleared.

    Raises:
        InputError: a column is missing, a kind is unknown, or an account stands twice.
    """
    return {
        name: frozenset(_kind(word, path) for word in row["kinds"].split())
        for name, row in _rows(path, "kinds").items()
    }


def _kind(word: str, path: Path) -> Kind:
    try:
        return Kind(word)
    except ValueError:
        raise InputError(
            f"no kind of evidence is called {word[:40]!r}",
            file=str(path),
            field="kinds",
            remedy=f"use {', '.join(Kind)}",
        ) from None


def _rows(path: Path, column: str) -> dict[str, Mapping[str, str]]:
    found: dict[str, Mapping[str, str]] = {}
    for row in rows_of(path):
        for name in ("account", column):
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
