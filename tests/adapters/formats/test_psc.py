"""The PSC register: who holds, in which band, and what is said instead of a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.formats.reading import DATA, Row, band, flags, kind, read_file, read_lines

from clearance.adapters.formats.psc_statements import NOTES, UNNAMED
from clearance.model.dates import ALWAYS, NEVER, day_of
from clearance.model.party import PartyKind

SHARES = "ownership-of-shares-25-to-50-percent"


def record(kind_: str = "individual-person-with-significant-control", **data: object) -> Row:
    links = {"self": "/company/00000001/persons-with-significant-control/x/abc"}
    stated = {"kind": kind_, "name": "Invented Name", "links": links, "notified_on": "2020-01-02"}
    return {"company_number": "00000001", "data": stated | data}


def test_every_nature_is_a_row_of_one_attributed_holder(tmp_path: Path) -> None:
    codes = [SHARES, "voting-rights-50-to-75-percent", "significant-influence-or-control"]
    stated = record(natures_of_control=codes, ceased_on="2021-03-04")
    read = read_lines(tmp_path, [stated])
    assert [(kind(row), band(row), row["detail"]) for row in read.interests] == [
        ("shareholding", "(25,50]", codes[0]),
        ("votingRights", "(50,75)", codes[1]),
        ("otherInfluenceOrControl", "?", codes[2]),
    ]
    assert {row["interested_party"] for row in read.interests} == {"GB-COH-PER-00000001-abc"}
    assert {row["record"] for row in read.interests} == {"GB-COH-REL-00000001-abc"}
    assert all("attributed" in flags(row) for row in read.interests)
    row = read.interests[0]
    assert (row["start_last"], row["end_first"]) == (day_of("2020-01-02"), day_of("2021-03-04"))


@pytest.mark.parametrize(
    ("kind_", "name", "expected"),
    [
        ("individual-person-with-significant-control", "A", (PartyKind.PERSON, False)),
        ("individual-beneficial-owner", "A", (PartyKind.PERSON, False)),
        ("corporate-entity-person-with-significant-control", "A", (PartyKind.ENTITY, True)),
        ("corporate-entity-beneficial-owner", "A", (PartyKind.ENTITY, True)),
        ("legal-person-person-with-significant-control", "Abbey", (PartyKind.ENTITY, False)),
        ("legal-person-beneficial-owner", "Government of XA", (PartyKind.STATE, False)),
        ("super-secure-person-with-significant-control", "", (PartyKind.UNKNOWN, False)),
        ("super-secure-beneficial-owner", "", (PartyKind.UNKNOWN, False)),
    ],
)
def test_kinds_of_holders(
    tmp_path: Path, kind_: str, name: str, expected: tuple[PartyKind, bool]
) -> None:
    read = read_lines(tmp_path, [record(kind_, name=name, natures_of_control=[SHARES])])
    holder = read.party(read.interests[0]["interested_party"])
    assert (holder["kind"], holder["capital"]) == expected


@pytest.mark.parametrize(
    ("identification", "expected"),
    [
        (("686734", "Companies House", None), "GB-COH-00686734"),
        (("SC057974", "Scotland", None), "GB-COH-SC057974"),
        (("oc300001", None, "England & Wales"), "GB-COH-OC300001"),
        (("123456", "Register of Companies, Scotland", None), "GB-COH-ENT-00000001-abc"),
        (("41-0406690", "Companies House", None), "GB-COH-ENT-00000001-abc"),
        (("12345678", "Register of XA", "XA"), "GB-COH-ENT-00000001-abc"),
        ((None, "Companies House", None), "GB-COH-ENT-00000001-abc"),
    ],
)
def test_a_company_on_this_register_is_known_by_its_number(
    tmp_path: Path, identification: tuple[str | None, ...], expected: str
) -> None:
    names = ("registration_number", "place_registered", "country_registered")
    stated = record(
        "corporate-entity-person-with-significant-control",
        natures_of_control=[SHARES],
        identification=dict(zip(names, identification, strict=True)),
    )
    assert read_lines(tmp_path, [stated]).interests[0]["interested_party"] == expected


def test_nationality_is_not_read(tmp_path: Path) -> None:
    stated = record(nationality="Landish", natures_of_control=[SHARES])
    assert "Landish" not in str(read_lines(tmp_path, [stated]).parties)


def test_usual_residence_holds_from_the_day_it_was_notified(tmp_path: Path) -> None:
    stated = record(
        country_of_residence="XA", natures_of_control=[SHARES], notified_on="2020-01-02"
    )
    person = next(
        row for row in read_lines(tmp_path, [stated]).parties if row["kind"] == PartyKind.PERSON
    )
    assert person["residence"] == "XA"
    assert person["residence_start_first"] == day_of("2020-01-02")


def test_a_body_is_registered_in_one_place_and_has_its_office_in_another(tmp_path: Path) -> None:
    stated = record(
        kind="corporate-entity-person-with-significant-control",
        identification={"country_registered": "XU", "registration_number": "7"},
        address={"country": "XA"},
        natures_of_control=[SHARES],
    )
    body = next(
        row for row in read_lines(tmp_path, [stated]).parties if row["jurisdiction"] == "XU"
    )
    assert body["headquarters"] == "XA"


@pytest.mark.parametrize(
    ("number", "expected"), [("00000001", "GB"), ("SC000001", "GB"), ("OE000001", "")]
)
def test_the_company_itself_is_a_party_where_its_number_says(
    tmp_path: Path, number: str, expected: str
) -> None:
    stated = record(natures_of_control=[SHARES]) | {"company_number": number}
    assert read_lines(tmp_path, [stated]).party(f"GB-COH-{number}")["jurisdiction"] == expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [(code, "unknownInterest") for code in sorted(UNNAMED)]
    + [(code, "enjoymentAndUseOfAssets") for code in sorted(NOTES)]
    + [("psc-exists-but-not-identified-partnership", "unknownInterest")],
)
def test_a_statement_is_an_unnamed_holder_or_a_note(
    tmp_path: Path, statement: str, expected: str
) -> None:
    read = read_lines(
        tmp_path, [record("persons-with-significant-control-statement", statement=statement)]
    )
    (row,) = read.interests
    assert (kind(row), row["detail"]) == (expected, statement)
    holder = read.party(row["interested_party"])
    assert (holder["kind"], holder["unspecified"]) == (PartyKind.UNKNOWN, statement)
    assert read.rejects == []


def test_an_exemption_is_an_unknown_holder_while_it_lasts(tmp_path: Path) -> None:
    exemption = {
        "exemption_type": "psc-exempt-as-trading-on-regulated-market",
        "items": [{"exempt_from": "2016-04-06", "exempt_to": "2017-01-01"}],
    }
    read = read_lines(tmp_path, [record("exemptions", exemptions={"x": exemption})])
    (row,) = read.interests
    assert (kind(row), row["unspecified"]) == ("unknownInterest", exemption["exemption_type"])
    assert row["end_first"] == day_of("2017-01-01")


def test_a_protected_person_has_an_interest_of_unknown_kind(tmp_path: Path) -> None:
    stated = record(
        "super-secure-person-with-significant-control",
        description="super-secure-persons-with-significant-control",
    )
    (row,) = read_lines(tmp_path, [stated]).interests
    reason = "super-secure-persons-with-significant-control"
    assert (kind(row), row["unspecified"]) == ("unknownInterest", reason)


def test_the_totals_record_is_counted_and_holds_nothing(tmp_path: Path) -> None:
    totals = {"data": {"kind": "totals#persons-of-significant-control-snapshot"}}
    read = read_lines(tmp_path, [record(natures_of_control=[SHARES]), totals])
    assert read.counts == (2, 2, 1, 0)


@pytest.mark.parametrize(
    ("change", "field", "kept"),
    [
        ({"company_number": "?"}, "company_number", []),
        ({"data": {"kind": "committee"}}, "data.kind", []),
        (record(natures_of_control=["luck"]), "data.natures_of_control", ["unknownInterest"]),
        (
            record(natures_of_control=[SHARES], notified_on="2020-02-31"),
            "data.notified_on, ceased_on",
            ["shareholding"],
        ),
        (record("persons-with-significant-control-statement", statement="hm"), "data.statement", 1),
        ({"data": {"kind": 7}}, "data.kind", []),
    ],
)
def test_every_fault_is_told_with_its_field(
    tmp_path: Path, change: Row, field: str, kept: object
) -> None:
    read = read_lines(tmp_path, [record(natures_of_control=[SHARES]) | change])
    assert [(line, where) for line, where, _ in read.rejects] == [(1, field)]
    found = [kind(row) for row in read.interests]
    assert found == (["unknownInterest"] if kept == 1 else kept)


def test_ceased_without_a_date_may_have_ended_on_any_day(tmp_path: Path) -> None:
    read = read_lines(tmp_path, [record(natures_of_control=[SHARES], ceased=True)])
    assert (read.interests[0]["end_first"], read.interests[0]["end_last"]) == (ALWAYS, NEVER)
    assert read.rejects[0][1] == "data.ceased_on"


def test_company_data_reads_the_same_folded_or_not_and_as_json() -> None:
    first, *others = (read_file(path) for path in sorted(DATA.glob("uk-companies*")))
    assert len(others) == 2
    row = first.party("GB-COH-00000001")
    assert (row["name"], row["jurisdiction"], row["capital"]) == ("ALDER LTD", "GB", True)
    assert row["other_names"] == ["OLD ALDER LTD"]
    assert row["statement_date"] == day_of("2024-09-11")
    assert not first.party("GB-COH-00000002")["capital"]
    assert first.party("GB-COH-FC000003")["jurisdiction"] == ""
    for other in others:
        assert [one | {"line": 0} for one in other.parties] == [
            one | {"line": 0} for one in first.parties
        ]


@pytest.mark.real_data
def test_every_published_statement_is_known(real_data: Callable[[str], Path]) -> None:
    text = real_data("ownership/uk_psc_raw/psc_descriptions.yml").read_text()
    section = text.split("\nstatement_description:")[1].split("super_secure_description:")[0]
    codes = set(re.findall(r"^    '([a-z0-9-]+)'", section, re.MULTILINE))
    assert len(codes) > 25
    known = UNNAMED | NOTES
    assert sorted(code for code in codes if code.removesuffix("-partnership") not in known) == []
