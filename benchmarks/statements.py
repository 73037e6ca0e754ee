"""A world as BODS 0.4 statements, one JSON object a line: parties first, then relationships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson
import pyarrow as pa

from benchmarks.world import BenchWorld, make_world

Object = dict[str, object]
PUBLISHED = {
    "publicationDate": "2026-01-15",
    "bodsVersion": "0.4",
    "publisher": {"name": "Register of worlds"},
}


def write_statements(out: Path, parties: int, seed: int = 3) -> int:
    """Write the statements of a world of so many parties; how many there are."""
    written = 0
    with out.open("wb") as stream:
        for statement in statements(make_world(parties, seed)):
            stream.write(orjson.dumps(statement) + b"\n")
            written += 1
    return written


def statements(world: BenchWorld) -> Iterator[Object]:
    """Every statement of a world."""
    for row in _rows(world.parties):
        yield _party(row)
    for row in _rows(world.interests):
        yield _relationship(row)


def _rows(table: pa.Table) -> Iterator[dict[str, str]]:
    for batch in table.to_batches(max_chunksize=50_000):
        yield from batch.to_pylist()


def _statement(id: str, record: str, kind: str, day: str, details: Object) -> Object:
    return {
        "statementId": f"{id:0>36}",
        "declarationSubject": record,
        "statementDate": day,
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        "publicationDetails": PUBLISHED,
    }


def _party(row: dict[str, str]) -> Object:
    if row["kind"] == "entity":
        return _statement(row["id"], row["id"], "entity", "2025-06-01", _entity(row))
    unknown = row["kind"] == "unknown"
    details: Object = {"isComponent": False, "personType": "knownPerson"}
    if unknown:
        details |= {"personType": "anonymousPerson"}
        details["unspecifiedPersonDetails"] = {"reason": "subjectUnableToConfirmOrIdentify"}
    else:
        details["names"] = [{"type": "individual", "fullName": row["name"]}]
    return _statement(row["id"], row["id"], "person", "2025-06-01", details)


def _entity(row: dict[str, str]) -> Object:
    scheme, _, number = row["identifiers"].partition(":")
    place = {"name": row["jurisdiction"], "code": row["jurisdiction"]}
    details: Object = {
        "isComponent": False,
        "entityType": {"type": "registeredEntity"},
        "name": row["name"],
        "jurisdiction": place,
        "identifiers": [{"id": number, "scheme": scheme}],
    }
    if row["headquarters"]:
        details["addresses"] = [{"type": "business", "address": "1 High Street", "country": place}]
    return details


def _relationship(row: dict[str, str]) -> Object:
    low, high = float(row["minimum"]), float(row["maximum"])
    share = {"exact": low} if low == high else {"minimum": low, "maximum": high}
    interest: Object = {
        "type": "shareholding",
        "directOrIndirect": "direct",
        "beneficialOwnershipOrControl": False,
        "share": share,
    }
    if row["start"]:
        interest["startDate"] = row["start"]
    if row["end"]:
        interest["endDate"] = row["end"]
    details: Object = {
        "isComponent": False,
        "subject": row["subject"],
        "interestedParty": row["interested_party"],
        "interests": [interest],
    }
    return _statement(row["statement"], row["statement"], "relationship", "2025-06-01", details)
