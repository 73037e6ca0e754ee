"""BODS relationships: what each way of writing them means."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.bods_records import interest, only_interest, relationship, statement
from tests.adapters.formats.reading import DATA, Read, Row, band, flags, kind, read_file, read_lines

from clearance.model.dates import ALWAYS, NEVER, day_of, text_of_day
from clearance.model.party import PartyKind


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"exact": 40}, "40"),
        ({"exact": 76.5}, "76.5"),
        ({"exact": "76.5"}, "76.5"),
        ({"exact": 0}, "0"),
        ({"minimum": 25, "maximum": 50}, "[25,50]"),
        ({"minimum": 25.0, "exclusiveMaximum": 50}, "[25,50)"),
        ({"exclusiveMinimum": 25, "exclusiveMaximum": 50}, "(25,50)"),
        ({"exclusiveMinimum": 25}, "(25,100]"),
        ({"maximum": 10}, "[0,10]"),
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True}, "(25,50]"),
        ({"minimum": 25, "maximum": 50, "exclusiveMaximum": False}, "[25,50]"),
        ({"minimum": 0, "exclusiveMinimum": 1}, "(1,100]"),
        ({"minimum": 0, "exclusiveMinimum": True}, "(0,100]"),
        ({"minimum": 30, "exclusiveMinimum": 25}, "[30,100]"),
        ({"minimum": "", "maximum": ""}, "?"),
        ({"minimum": "", "maximum": "50"}, "[0,50]"),
        ({}, "?"),
        (None, "?"),
        ({"exact": 50, "minimum": 25, "maximum": 75}, "50"),
    ],
)
def test_a_share_is_read_under_the_keys_of_both_versions(
    tmp_path: Path, share: object, expected: str
) -> None:
    read = read_lines(tmp_path, [relationship(interest(share))])
    assert [band(row) for row in read.interests] == [expected]
    assert read.rejects == []


@pytest.mark.parametrize(
    ("share", "says"),
    [
        ({"exact": 101}, "'101' is outside 0 to 100"),
        ({"exact": -1}, "'-1' is outside"),
        ({"minimum": 60, "maximum": 50}, "a share from 60.0 % to 50.0 %"),
        ({"exact": "half"}, "'half' is no percentage"),
        ({"exclusiveMinimum": 50, "exclusiveMaximum": 50}, "above and below"),
    ],
)
def test_an_impossible_share_is_told_and_the_interest_stays_without_a_size(
    tmp_path: Path, share: object, says: str
) -> None:
    read = read_lines(tmp_path, [relationship(interest(share)), relationship(interest(share))])
    assert [band(row) for row in read.interests] == ["?", "?"]
    assert [(line, field) for line, field, _ in read.rejects] == [
        (1, "interests.share"),
        (2, "interests.share"),
    ]
    assert says in read.rejects[0][2]


@pytest.mark.parametrize(
    ("way", "beneficial", "expected"),
    [
        ("direct", False, set()),
        ("direct", None, set()),
        ("direct", True, {"attributed"}),
        ("indirect", False, {"attributed", "indirect"}),
        ("unknown", False, {"attributed"}),
        (None, False, {"attributed"}),
    ],
)
def test_what_is_beneficial_or_not_direct_is_attributed(
    tmp_path: Path, way: str | None, beneficial: bool | None, expected: set[str]
) -> None:
    record = relationship(interest(directOrIndirect=way, beneficialOwnershipOrControl=beneficial))
    assert flags(only_interest(tmp_path, record)) == expected


@pytest.mark.parametrize(
    ("type_", "expected", "rejects"),
    [
        ("votingRights", "votingRights", 0),
        ("nominator", "nominator", 0),
        ("voting-rights", "votingRights", 0),
        (None, "unknownInterest", 0),
        ("", "unknownInterest", 0),
        ("friendship", "unknownInterest", 1),
    ],
)
def test_types_are_codes_and_a_missing_one_is_kept_as_unknown(
    tmp_path: Path, type_: str | None, expected: str, rejects: int
) -> None:
    read = read_lines(tmp_path, [relationship(interest(type=type_))])
    assert [kind(row) for row in read.interests] == [expected]
    assert len(read.rejects) == rejects


def test_a_relationship_without_interests_is_an_interest_of_unknown_kind(tmp_path: Path) -> None:
    row = only_interest(tmp_path, relationship())
    assert (kind(row), band(row), row["interested_party"]) == ("unknownInterest", "?", "A")


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2019-01-02", "2020-03-04", ("2019-01-02", "2019-01-02", "2020-03-04", "2020-03-04")),
        ("2019-02", "2020", ("2019-02-01", "2019-02-28", "2020-01-01", "2020-12-31")),
        ("2019-01-02", "2019-01-02", ("2019-01-02",) * 4),
    ],
)
def test_dates_are_the_days_they_may_mean(
    tmp_path: Path, start: str, end: str, expected: tuple[str, ...]
) -> None:
    row = only_interest(tmp_path, relationship(interest(startDate=start, endDate=end)))
    names = ("start_first", "start_last", "end_first", "end_last")
    assert tuple(text_of_day(row[name]) for name in names) == expected


@pytest.mark.parametrize(
    ("start", "end"), [("2019-02-30", None), (None, "soon"), ("2020-01-02", "2020-01-01")]
)
def test_impossible_dates_are_told_and_any_day_is_possible(
    tmp_path: Path, start: str | None, end: str | None
) -> None:
    read = read_lines(tmp_path, [relationship(interest(startDate=start, endDate=end))])
    (row,) = read.interests
    assert (row["start_first"], row["start_last"]) == (ALWAYS, NEVER)
    assert (row["end_first"], row["end_last"]) == (ALWAYS, NEVER)
    assert len(read.rejects) == 1


def test_a_closed_record_ends_on_its_statements_date_unless_it_says_otherwise(
    tmp_path: Path,
) -> None:
    record = relationship(interest(), interest(endDate="2020-04-01"), recordStatus="closed")
    ends = [row["end_first"] for row in read_lines(tmp_path, [record]).interests]
    assert ends == [day_of("2020-05-01"), day_of("2020-04-01")]


def test_closed_without_any_date_may_end_on_any_day(tmp_path: Path) -> None:
    record = relationship(interest(), recordStatus="closed", statementDate=None)
    read = read_lines(tmp_path, [record])
    assert (read.interests[0]["end_first"], read.interests[0]["end_last"]) == (ALWAYS, NEVER)
    assert read.rejects[0][1] == "interests.endDate"


@pytest.mark.parametrize(
    ("holder", "reason"),
    [
        ({"reason": "subjectExemptFromDisclosure", "description": "x"}, "subjectExempt"),
        ({"unspecifiedReason": "informationUnknownToPublisher"}, "informationUnknown"),
        ({"unspecified": {"reason": "noBeneficialOwners"}}, "noBeneficialOwners"),
        ({}, "unstated"),
        (None, "unstated"),
    ],
)
def test_an_unspecified_holder_is_a_party_of_kind_unknown_that_keeps_its_reason(
    tmp_path: Path, holder: object, reason: str
) -> None:
    read = read_lines(tmp_path, [relationship(interest(), interestedParty=holder)])
    (row,) = read.interests
    party = read.party(row["interested_party"])
    assert party["kind"] == PartyKind.UNKNOWN
    assert party["unspecified"].startswith(reason)
    assert row["unspecified"] == party["unspecified"]


def test_two_unspecified_holders_are_two_parties(tmp_path: Path) -> None:
    records = [
        relationship(interest(), interestedParty={"reason": "unknown"}, recordId=record)
        for record in ("r1", "r2")
    ]
    assert len({row["id"] for row in read_lines(tmp_path, records).parties}) == 2


def test_a_statement_reference_is_led_back_to_its_record_wherever_that_stands(
    tmp_path: Path,
) -> None:
    read = read_lines(
        tmp_path,
        [
            relationship(
                interest(),
                subject={"describedByEntityStatement": "s-B"},
                interestedParty={"describedByPersonStatement": "s-A"},
            ),
            statement("A", "person", {"personType": "knownPerson"}),
            statement("B", "entity", {"entityType": "registeredEntity"}),
        ],
    )
    assert [(row["interested_party"], row["subject"]) for row in read.interests] == [("A", "B")]
    assert read.rejects == []


def test_a_reference_to_no_statement_is_told_and_kept_as_a_stub(tmp_path: Path) -> None:
    record = relationship(interest(), subject={"describedByEntityStatement": "s-9"})
    read = read_lines(tmp_path, [record])
    assert [row["subject"] for row in read.interests] == ["s-9"]
    assert [reject[:2] for reject in read.rejects] == [(1, "subject")]


def test_the_source_is_the_register_that_the_url_names(tmp_path: Path) -> None:
    record = relationship(
        interest(), source={"type": ["officialRegister"], "url": "https://r.xa/x"}
    )
    assert only_interest(tmp_path, record)["source"] == "r.xa"


def test_components_are_parties_whatever_kind_of_record_names_them() -> None:
    read = read_file(DATA / "bods-indirect.jsonl")
    (row,) = [row for row in read.interests if "components" in flags(row)]
    assert (row["interested_party"], row["subject"]) == ("P", "B")
    assert row["components"] == ["C", "D"]
    assert band(row) == "60"
    assert [reject[:2] for reject in read.rejects] == [(9, "componentRecords")]
    (direct,) = [row for row in read.interests if row["record"] == "P-B" and band(row) == "5"]
    assert direct["components"] == []


def test_members_of_a_joint_arrangement_hold_their_own_parts_together() -> None:
    read = read_file(DATA / "bods-joint.json")
    members = [row for row in read.interests if row["subject"] == "J"]
    assert [(row["joint"], flags(row)) for row in members] == [("J", {"joint"})] * 2
    (whole,) = [row for row in read.interests if row["subject"] == "B"]
    assert (whole["interested_party"], whole["joint"], band(whole)) == ("J", "", "100")


def test_trusts_and_nominations_are_no_joint_arrangements(tmp_path: Path) -> None:
    for subtype in ("trust", "nomination"):
        details = {"entityType": {"type": "arrangement", "subtype": subtype}}
        records = [statement("B", "entity", details), relationship(interest({"exact": 50}))]
        assert [row["joint"] for row in read_lines(tmp_path, records).interests] == [""]


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"recordId": None}, "recordId", "no recordId"),
        ({"recordDetails": None}, "recordDetails", "no recordDetails"),
        ({"recordType": "thing"}, "recordType", "'thing' is no record type"),
        ({"recordId": 7}, "recordId", "Expected `str | null`, got `int`"),
        ({"recordDetails": {"subject": 7}}, "recordDetails.subject", "got `int`"),
        ({"recordDetails": {"interestedParty": "A"}}, "subject", "no subject is named"),
        ({"statementDate": "2020-13-01"}, "statementDate", "'2020-13-01' is no date"),
    ],
)
def test_every_unusable_statement_is_rejected_with_line_field_and_reason(
    tmp_path: Path, change: Row, field: str, says: str
) -> None:
    read: Read = read_lines(tmp_path, [relationship(interest()), relationship(interest()) | change])
    assert read.records == 2
    assert [(line, where) for line, where, _ in read.rejects] == [(2, field)]
    assert says in read.rejects[0][2]
