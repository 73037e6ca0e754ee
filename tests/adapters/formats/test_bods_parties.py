"""BODS entities and persons: what each way of writing them means."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.bods_records import statement
from tests.adapters.formats.reading import Row, read_lines

from clearance.model.dates import day_of
from clearance.model.party import PartyKind


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ({"entityType": {"type": "registeredEntity"}}, (PartyKind.ENTITY, True, "")),
        ({"entityType": "legalEntity"}, (PartyKind.ENTITY, True, "")),
        ({"entityType": {"type": "state"}}, (PartyKind.STATE, False, "")),
        (
            {"entityType": {"type": "stateBody", "subtype": "stateAgency"}},
            (PartyKind.STATE, False, ""),
        ),
        (
            {"entityType": {"type": "arrangement", "subtype": "trust"}},
            (PartyKind.ARRANGEMENT, False, ""),
        ),
        (
            {"entityType": "unknownEntity", "unspecifiedEntityDetails": {"reason": "unknown"}},
            (PartyKind.UNKNOWN, True, "unknown"),
        ),
        ({"entityType": "anonymousEntity"}, (PartyKind.UNKNOWN, True, "anonymousEntity")),
    ],
)
def test_kinds_of_entities(
    tmp_path: Path, details: Row, expected: tuple[PartyKind, bool, str]
) -> None:
    row = read_lines(tmp_path, [statement("E", "entity", details)]).party("E")
    assert (row["kind"], row["capital"], row["unspecified"]) == expected


def test_an_entity_is_where_it_is_incorporated_and_where_its_business_is(tmp_path: Path) -> None:
    details = {
        "entityType": {"type": "registeredEntity"},
        "name": "Alder Works",
        "alternateNames": ["Alder", None],
        "jurisdiction": {"name": "Land", "code": "xa-02"},
        "identifiers": [{"scheme": "XA-REG", "id": "7"}, {"schemeName": "Old", "id": 8}],
        "addresses": [
            {"type": "registered", "country": {"code": "XB"}},
            {"type": "business", "country": {"name": "Elsewhere", "code": "XC"}},
        ],
    }
    row = read_lines(tmp_path, [statement("E", "entity", details)]).party("E")
    assert (row["name"], row["jurisdiction"], row["headquarters"]) == ("Alder Works", "XA-02", "XC")
    assert row["other_names"] == ["Alder"]
    numbers = [(one["scheme"], one["id"]) for one in row["identifiers"]]
    assert numbers == [("XA-REG", "7"), ("Old", "8")]
    assert row["source"] == "Register of XA"


@pytest.mark.parametrize("key", ["jurisdiction", "incorporatedInJurisdiction"])
def test_a_jurisdiction_without_a_code_is_told(tmp_path: Path, key: str) -> None:
    read = read_lines(
        tmp_path, [statement("E", "entity", {"entityType": "legalEntity", key: {"name": "Land"}})]
    )
    assert read.party("E")["jurisdiction"] == ""
    assert read.rejects == [(1, "jurisdiction", "'Land' is no ISO 3166 code; it is not used")]


def test_only_a_residence_address_says_where_a_person_lives(tmp_path: Path) -> None:
    details = {
        "personType": "knownPerson",
        "names": [{"type": "other", "fullName": "A. N."}, {"type": "legal", "givenName": "Ann"}],
        "nationalities": [{"name": "Land", "code": "XA"}],
        "taxResidencies": [{"name": "Land", "code": "XA"}],
        "addresses": [{"type": "service", "country": {"code": "XA"}}],
    }
    live = {"addresses": [{"type": "residence", "country": {"code": "XB"}}]}
    read = read_lines(
        tmp_path,
        [
            statement("P", "person", details),
            statement("Q", "person", details | live),
            statement("R", "person", details | live, statementDate=None),
        ],
    )
    assert [read.party(id)["residence"] for id in "PQR"] == ["", "XB", ""]
    assert read.party("Q")["residence_start_first"] == day_of("2020-05-01")
    assert "XA" not in {value for row in read.parties for value in row.values() if value == "XA"}
    assert (read.party("P")["name"], read.party("P")["other_names"]) == ("Ann", ["A. N."])


def test_an_anonymous_person_is_a_party_of_kind_unknown(tmp_path: Path) -> None:
    details = {
        "personType": "anonymousPerson",
        "unspecifiedPersonDetails": {"reason": "interestedPartyExemptFromDisclosure"},
    }
    row = read_lines(tmp_path, [statement("P", "person", details)]).party("P")
    expected = (PartyKind.UNKNOWN, "interestedPartyExemptFromDisclosure")
    assert (row["kind"], row["unspecified"]) == expected
