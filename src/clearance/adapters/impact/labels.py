"""Customers whose right answer is known: ``customer,denied`` with ``yes`` or ``no``.

1. A label is what somebody who knows says should happen, not what a policy says.
2. A customer outside the portfolio is a mistake: the labels are then of another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from clearance.adapters.portfolio.rows import Row, rows_of
from clearance.model.customer import Customer
from clearance.model.errors import InputError

COLUMNS = ("customer", "denied")
_WORDS = {"yes": True, "no": False}


def read_labels(path: Path, customers: Sequence[Customer]) -> Mapping[str, bool]:
    """Whether each labelled customer should be denied.

    Raises:
        InputError: no such file, another column, another word, or a customer who is not there or
            is there twice.
    """
    known = {one.id for one in customers}
    found: dict[str, bool] = {}
    for row in rows_of(path):
        customer, word = _cells(row, path)
        if customer not in known:
            raise _error(f"{customer!r} is no customer of the portfolio", path, row, "customer")
        if customer in found:
            raise _error(f"{customer!r} is labelled twice", path, row, "customer")
        if word not in _WORDS:
            raise _error(f"{word[:40]!r} is neither yes nor no", path, row, "denied")
        found[customer] = _WORDS[word]
    return found


def _cells(row: Row, path: Path) -> tuple[str, str]:
    if set(row.values) != set(COLUMNS):
        raise InputError(
            f"columns {', '.join(row.values)[:80]}",
            file=str(path),
            line=row.header_line,
            remedy=f"write the columns {', '.join(COLUMNS)}",
        )
    return row.values["customer"], row.values["denied"].lower()


def _error(what: str, path: Path, row: Row, field: str) -> InputError:
    return InputError(
        what, file=str(path), line=row.line, field=field, remedy="correct or leave out the row"
    )
