"""GLEIF: three ways of writing, one meaning; consolidation is never a share."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.reading import DATA, Row, band, flags, kind, read_file, read_lines

from clearance.model.dates import ALWAYS, NEVER, day_of, text_of_day
from clearance.model.errors import SourceError
from clearance.model.party import PartyKind


def plain(row: Row) -> Row:
    """A row without its place."""
    return {name: value for name, value in row.items() if name != "line"}


@pytest.mark.parametrize("level", ["lei", "rr", "repex"])
def test_xml_json_wrapped_json_and_csv_say_the_same(level: str) -> None:
    files = sorted(DATA.glob(f"gleif-{level}*.*"))
    assert len(files) == 4
    first, *others = [read_file(path) for path in files]
    for other in others:
        assert [plain(row) for row in other.parties] == [plain(row) for row in first.parties]
        assert [plain(row) for row in other.interests] == [plain(row) for row in first.interests]
        assert other.records == first.records
        assert not other.rejects


def test_level_1_says_where_an_entity_is_incorporated_and_run_from() -> None:
    read = read_file(DATA / "gleif-lei.xml")
    row = read.party("XI-LEI-00000000000000000A01")
    assert row["name"] == "Alder & Sons"
    assert (row["jurisdiction"], row["headquarters"]) == ("XA-01", "XB")
    assert row["other_names"] == ["Alder Brothers", "ALDER"]
    assert [(one["scheme"], one["id"]) for one in row["identifiers"]] == [
        ("XI-LEI", "00000000000000000A01"),
        ("RA000999", "77"),
    ]
    assert [(one["kind"], one["text"]) for one in row["particulars"]] == [
        ("address", "1 Alder Row, Floor 2, Room 3, Alderton, A 1, XB-07, XB"),
        ("legal_form", "Limited Partnership"),
    ]
    assert (row["kind"], row["capital"]) == (PartyKind.ENTITY, True)
    assert text_of_day(row["statement_date"]) == "2024-05-06"


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("GENERAL", (PartyKind.ENTITY, True)),
        ("FUND", (PartyKind.ENTITY, True)),
        ("BRANCH", (PartyKind.ENTITY, True)),
        ("SOLE_PROPRIETOR", (PartyKind.ENTITY, False)),
        ("INTERNATIONAL_ORGANIZATION", (PartyKind.ENTITY, False)),
        ("RESIDENT_GOVERNMENT_ENTITY", (PartyKind.STATE, False)),
    ],
)
def test_categories(tmp_path: Path, category: str, expected: tuple[PartyKind, bool]) -> None:
    record = {"LEI": "L", "Entity": {"LegalName": "A", "EntityCategory": category}}
    row = read_lines(tmp_path, [record]).party("XI-LEI-L")
    assert (row["kind"], row["capital"]) == expected


def relationship(type_: str = "IS_DIRECTLY_CONSOLIDATED_BY", **more: object) -> Row:
    stated = {
        "StartNode": {"NodeID": "CHILD"},
        "EndNode": {"NodeID": "PARENT"},
        "RelationshipType": type_,
        "RelationshipStatus": "ACTIVE",
    }
    outer = {key: more.pop(key) for key in ("Registration", "Extension") if key in more}
    return {"Relationship": stated | more} | outer


@pytest.mark.parametrize(
    ("type_", "expected", "consolidation"),
    [
        ("IS_DIRECTLY_CONSOLIDATED_BY", "otherInfluenceOrControl", True),
        ("IS_ULTIMATELY_CONSOLIDATED_BY", "otherInfluenceOrControl", True),
        ("IS_INTERNATIONAL_BRANCH_OF", "enjoymentAndUseOfAssets", False),
        ("IS_FUND-MANAGED_BY", "enjoymentAndUseOfAssets", False),
        ("IS_SUBFUND_OF", "enjoymentAndUseOfAssets", False),
        ("IS_FEEDER_TO", "enjoymentAndUseOfAssets", False),
    ],
)
def test_no_relationship_is_a_share(
    tmp_path: Path, type_: str, expected: str, consolidation: bool
) -> None:
    quantifiers = [{"QuantifierAmount": "100.00", "QuantifierUnits": "PERCENTAGE"}]
    read = read_lines(tmp_path, [relationship(type_, RelationshipQuantifiers=quantifiers)])
    (row,) = read.interests
    assert (row["interested_party"], row["subject"]) == ("XI-LEI-PARENT", "XI-LEI-CHILD")
    assert (kind(row), row["detail"], band(row)) == (expected, type_, "?")
    assert ("consolidation" in flags(row)) is consolidation


def test_a_branch_is_its_head_offices(tmp_path: Path) -> None:
    read = read_lines(tmp_path, [relationship("IS_INTERNATIONAL_BRANCH_OF")])
    assert read.party("XI-LEI-CHILD")["branch_of"] == "XI-LEI-PARENT"


def test_only_the_relationship_period_says_when_it_held(tmp_path: Path) -> None:
    periods = [
        {"PeriodType": "ACCOUNTING_PERIOD", "StartDate": "2018-01-01", "EndDate": "2018-12-31"},
        {"PeriodType": "RELATIONSHIP_PERIOD", "StartDate": "2017-08-14T00:00:00+01:00"},
    ]
    (row,) = read_lines(tmp_path, [relationship(RelationshipPeriods=periods)]).interests
    assert (row["start_first"], row["end_last"]) == (day_of("2017-08-14"), NEVER)
    (row,) = read_lines(tmp_path, [relationship(RelationshipPeriods=periods[:1])]).interests
    assert (row["start_first"], row["end_last"]) == (ALWAYS, NEVER)


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({"Extension": {"Deletion": {"DeletedAt": "2023-11-01T01:39:19Z"}}}, "2023-11-01"),
        (
            {
                "RelationshipStatus": "INACTIVE",
                "Registration": {"LastUpdateDate": "2022-02-03T00:00:00Z"},
            },
            "2022-02-03",
        ),
    ],
)
def test_a_deleted_or_inactive_relationship_has_ended(tmp_path: Path, more: Row, end: str) -> None:
    (row,) = read_lines(tmp_path, [relationship(**more)]).interests
    assert (text_of_day(row["end_last"]), row["closed"]) == (end, True)


@pytest.mark.parametrize("reason", ["NATURAL_PERSONS", "NO_KNOWN_PERSON", "NON_CONSOLIDATING"])
def test_reasons_that_name_no_parent_are_notes_that_never_count(
    tmp_path: Path, reason: str
) -> None:
    category = "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"
    records = [
        {"LEI": lei, "ExceptionCategory": category, "ExceptionReason": reason} for lei in "AB"
    ]
    read = read_lines(tmp_path, records)
    assert [kind(row) for row in read.interests] == ["enjoymentAndUseOfAssets"] * 2
    assert [row["unspecified"] for row in read.parties] == [reason]
    assert read.interests[0]["detail"] == f"{category}: {reason}"


@pytest.mark.parametrize("reason", ["NO_LEI", "NON_PUBLIC", "LEGAL_OBSTACLES"])
def test_reasons_that_admit_a_parent_are_unnamed_holders_that_consolidate(
    tmp_path: Path, reason: str
) -> None:
    category = "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT"
    records = [
        {"LEI": lei, "ExceptionCategory": category, "ExceptionReason": reason} for lei in "AB"
    ]
    read = read_lines(tmp_path, records)
    assert [kind(row) for row in read.interests] == ["otherInfluenceOrControl"] * 2
    assert all("consolidation" in flags(row) for row in read.interests)
    assert len({row["id"] for row in read.parties}) == 2
    assert {(row["kind"], row["unspecified"]) for row in read.parties} == {(0, reason)}


@pytest.mark.parametrize(
    ("record", "field", "says"),
    [
        ({"LEI": "", "Entity": {}}, "LEI", "no LEI"),
        ({"LEI": {}, "Entity": {}}, "LEI", "no LEI"),
        ({"LEI": "L", "Entity": {"LegalJurisdiction": "Land"}}, "Entity.LegalJurisdiction", "Land"),
        (relationship("IS_FRIEND_OF"), "RelationshipType", "IS_FRIEND_OF"),
        (relationship(EndNode={}), "Relationship.NodeID", "no id"),
        (
            relationship(Registration={"RegistrationStatus": "ANNULLED"}),
            "RegistrationStatus",
            "never held",
        ),
        (
            {"LEI": "L", "ExceptionCategory": "X", "ExceptionReason": "NO_LEI"},
            "ExceptionCategory",
            "'X'",
        ),
        (
            {
                "LEI": "L",
                "ExceptionCategory": "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT",
                "ExceptionReason": "WHIM",
            },
            "ExceptionReason",
            "'WHIM'",
        ),
        ({"LEI": "L"}, "", "not a GLEIF record, its keys are LEI"),
    ],
)
def test_every_unusable_record_is_rejected_with_its_reason(
    tmp_path: Path, record: Row, field: str, says: str
) -> None:
    good = {"LEI": "G", "Entity": {"LegalName": "G"}}
    read = read_lines(tmp_path, [good, record])
    assert [(line, where) for line, where, _ in read.rejects] == [(2, field)]
    assert says in read.rejects[0][2]


def test_cut_off_xml_names_the_line_and_the_last_record(tmp_path: Path) -> None:
    text = (DATA / "gleif-lei.xml").read_text()
    path = tmp_path / "cut.xml"
    path.write_text(text[: text.index("00000000000000000A02")])
    with pytest.raises(SourceError, match="broken or cut off after record 1") as caught:
        read_file(path)
    assert caught.value.line is not None


def test_no_entity_of_an_xml_document_is_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    path = tmp_path / "x.xml"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        "<LEIData><LEIRecord><LEI>L</LEI><Entity><LegalName>&s;</LegalName></Entity>"
        "</LEIRecord></LEIData>"
    )
    assert "SECRET" not in str(read_file(path).parties)


def test_a_csv_row_of_another_length_is_rejected(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('"LEI","Entity.LegalName"\n"A","Alder"\n"B"\n"C","Cedar"\n')
    read = read_file(path)
    assert [row["name"] for row in read.parties] == ["Alder", "Cedar"]
    assert read.rejects == [(3, "", "1 cells under 2 columns")]


def test_a_quote_that_never_closes_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('"LEI","Entity.LegalName"\n"A","Alder\n')
    with pytest.raises(SourceError, match="the CSV is broken"):
        read_file(path)


@pytest.mark.parametrize(
    ("authority", "number", "expected"),
    [
        ("RA000585", "686734", ("GB-COH", "00686734")),
        ("RA000587", "SC386824", ("GB-COH", "SC386824")),
        ("RA000463", "1", ("NL-KVK", "1")),
        ("RA000999", "1", ("RA000999", "1")),
    ],
)
def test_a_register_has_one_code_whoever_names_it(
    tmp_path: Path, authority: str, number: str, expected: tuple[str, str]
) -> None:
    stated = {"RegistrationAuthorityID": authority, "RegistrationAuthorityEntityID": number}
    record = {"LEI": "L", "Entity": {"LegalName": "A", "RegistrationAuthority": stated}}
    found = read_lines(tmp_path, [record]).party("XI-LEI-L")["identifiers"]
    assert (found[1]["scheme"], found[1]["id"]) == expected
