"""BODS statements as plain records, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.adapters.formats.reading import Row, read_lines


def statement(record: str, type_: str, details: Row, **more: object) -> Row:
    return {
        "statementId": f"s-{record}",
        "recordId": record,
        "recordType": type_,
        "recordStatus": "new",
        "statementDate": "2020-05-01",
        "recordDetails": details,
        "publicationDetails": {"bodsVersion": "0.4", "publisher": {"name": "Register of XA"}},
    } | more


def relationship(*interests: Row, **more: Any) -> Row:
    details = {"subject": "B", "interestedParty": "A", "interests": list(interests)}
    statement_keys = ("recordStatus", "statementDate", "recordId", "statementId", "source")
    around = {key: more.pop(key) for key in list(more) if key in statement_keys}
    return statement(around.pop("recordId", "r"), "relationship", details | more, **around)


def interest(share: object = None, **more: object) -> Row:
    stated = {"type": "shareholding", "directOrIndirect": "direct", "share": share}
    return stated | {"beneficialOwnershipOrControl": False} | more


def only_interest(folder: Path, record: Row) -> Row:
    (row,) = read_lines(folder, [record]).interests
    return row
