"""``facts.csv``: what a search found of each account, with room for a reviewer's word.

    account,campaign,verdict,confidence,since,expires,evidence,new_evidence,decision,reviewer

1. A reviewer fills in ``decision`` (``confirmed`` or ``cleared``) and ``reviewer``; the file then
   goes to ``state import-campaigns``, and to the next ``campaigns find`` by ``--cleared``.
2. Kinds of evidence are divided by blanks. ``new_evidence`` is what a clearing did not know of.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from clearance.adapters.foreign_text import cell
from clearance.adapters.portfolio.rows import Row, rows_of
from clearance.campaigns.evidence import Kind, Verdict
from clearance.model.dates import day_of, text_of_day
from clearance.model.errors import InputError, shown
from clearance.model.natural import natural
from clearance.usecases.campaign_facts import Cleared, Membership, Ruling, words

COLUMNS = (
    "account", "campaign", "verdict", "confidence", "since", "expires", "evidence",
    "new_evidence", "decision", "reviewer",
)  # fmt: skip
_CLEARING = ("account", "evidence", "decision", "reviewer")
_Word = TypeVar("_Word", Kind, Verdict, Ruling)
_Read = TypeVar("_Read")


def write_facts(path: Path, found: Iterable[Membership]) -> None:
    """Write ``facts.csv``."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_cells(one) for one in found)


def _cells(one: Membership) -> tuple[object, ...]:
    days = text_of_day(one.since), text_of_day(one.expires)
    kinds = words(one.evidence), words(one.news)
    who = one.ruling.value, cell(one.reviewer)
    return (
        _written(one.account),
        one.campaign,
        one.verdict.value,
        one.confidence,
        *days,
        *kinds,
        *who,
    )


def read_facts(path: Path) -> Iterator[Membership]:
    """The memberships of a file, in its order.

    Raises:
        InputError: a column is missing, a cell cannot be used, or an account stands in a campaign
            twice.
    """
    seen: set[tuple[str, str]] = set()
    for row in _rows(path, COLUMNS):
        one = _placed(path, row, _membership)
        if (one.account, one.campaign) in seen:
            raise InputError(
                "stands in this campaign twice", file=str(path), line=row.line, field="account"
            )
        seen.add((one.account, one.campaign))
        yield one


def read_cleared(paths: Sequence[Path]) -> Cleared:
    """The kinds of evidence that each cleared account was cleared of, over all files.

    Only accounts, evidence, decisions and reviewers are read.

    Raises:
        InputError: a column is missing, or a cell cannot be used.
    """
    found: dict[str, frozenset[Kind]] = {}
    for path in paths:
        for row in _rows(path, _CLEARING):
            account, kinds, ruling = _placed(path, row, _clearing)
            if ruling is Ruling.CLEARED:
                found[account] = found.get(account, frozenset()) | kinds
    return found


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    for row in rows_of(path):
        for name in columns:
            if name not in row.values:
                raise InputError(
                    "the column is missing",
                    file=str(path),
                    line=row.header_line,
                    field=name,
                    remedy="give the facts.csv of 'campaigns find'",
                )
        yield row


def _placed(path: Path, row: Row, read: Callable[[Mapping[str, str]], _Read]) -> _Read:
    """What a row says; an error names where it stands."""
    try:
        return read(row.values)
    except InputError as error:
        raise InputError(
            error.what, file=str(path), line=row.line, field=error.field, remedy=error.remedy
        ) from None


def _membership(row: Mapping[str, str]) -> Membership:
    account, evidence, ruling = _clearing(row)
    if not row["campaign"]:
        raise InputError("missing", field="campaign")
    return Membership(
        account,
        row["campaign"],
        _word(Verdict, row["verdict"], "verdict"),
        _percent(row["confidence"]),
        day_of(row["since"]),
        day_of(row["expires"]),
        evidence,
        _kinds(row["new_evidence"], "new_evidence"),
        ruling,
        row["reviewer"],
    )


def _clearing(row: Mapping[str, str]) -> tuple[str, frozenset[Kind], Ruling]:
    if not row["account"]:
        raise InputError("missing", field="account")
    ruling = _word(Ruling, row["decision"], "decision")
    if ruling is not Ruling.OPEN and not row["reviewer"]:
        raise InputError("missing", field="reviewer", remedy="a decision names who made it")
    return _account(row["account"]), _kinds(row["evidence"], "evidence"), ruling


def _kinds(text: str, field: str) -> frozenset[Kind]:
    return frozenset(_word(Kind, word, field) for word in text.split())


def _word(words: type[_Word], text: str, field: str) -> _Word:
    try:
        return words(text)
    except ValueError:
        known = ", ".join(one.value for one in words if one.value)
        raise InputError(f"{shown(text)} is none", field=field, remedy=f"use {known}") from None


def _percent(text: str) -> int:
    found = natural(text, 100)
    if found is None:
        raise InputError(f"{shown(text)} is no percentage", field="confidence", remedy="0 to 100")
    return found


def _written(account: str) -> str:
    """An account as a cell; an apostrophe of its own gets one before it."""
    return f"'{account}" if account.startswith("'") else cell(account)


def _account(text: str) -> str:
    """An account as it was before it became a cell."""
    return text.removeprefix("'")
