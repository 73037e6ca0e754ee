"""FollowTheMoney: ownership and lists, and what is neither."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.adapters.formats.reading import Row, band, flags, kind, read_lines

from clearance.model.dates import ALWAYS, NEVER, day_of
from clearance.model.party import PartyKind


def entity(schema: str = "Company", id: str = "e", **properties: object) -> Row:
    listed = {
        key: value if isinstance(value, list) else [value] for key, value in properties.items()
    }
    return {"id": id, "schema": schema, "properties": listed, "datasets": ["xa_register"]}


def ownership(**properties: object) -> Row:
    return entity("Ownership", "o", **({"owner": "A", "asset": "B"} | properties))


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("50%", "50"),
        ("50,5", "50.5"),
        ("25-50", "[25,50]"),
        ("more than 25%", "(25,100]"),
        ([], "?"),
        (["25%", "50%"], "[25,50]"),
        (["more than 25%", "25"], "[25,100]"),
    ],
)
def test_ownership_is_a_disjoint_shareholding(
    tmp_path: Path, stated: object, expected: str
) -> None:
    (row,) = read_lines(tmp_path, [ownership(percentage=stated)]).interests
    assert (row["interested_party"], row["subject"], kind(row)) == ("A", "B", "shareholding")
    assert (band(row), flags(row), row["source"]) == (expected, set(), "xa_register")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("beneficial", {"attributed"}),
        ("indirect", {"attributed", "indirect"}),
        ("Ultimate ownership", {"attributed"}),
        ("direct", set()),
        ("registered", set()),
    ],
)
def test_a_figure_is_attributed_only_where_it_says_so(
    tmp_path: Path, word: str, expected: set[str]
) -> None:
    (row,) = read_lines(tmp_path, [ownership(ownershipType=word)]).interests
    assert flags(row) == expected


def test_several_dates_of_one_link_are_what_they_may_mean_together(tmp_path: Path) -> None:
    stated = ownership(startDate=["2019-02", "2018-05-01"], endDate="2021")
    (row,) = read_lines(tmp_path, [stated]).interests
    starts = (row["start_first"], row["start_last"])
    assert starts == (day_of("2018-05-01"), day_of("2019-02-28"))
    assert (row["end_first"], row["end_last"]) == (day_of("2021-01-01"), day_of("2021-12-31"))


def test_owners_and_assets_are_paired(tmp_path: Path) -> None:
    rows = read_lines(tmp_path, [ownership(owner=["A", "C"], asset=["B", {"id": "D"}])]).interests
    pairs = [(row["interested_party"], row["subject"]) for row in rows]
    assert pairs == [("A", "B"), ("A", "D"), ("C", "B"), ("C", "D")]
    assert {row["record"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("role", "expected"), [("Director", "boardMember"), ("Chair", "boardChair")]
)
def test_a_directorship_is_a_seat_on_the_board(tmp_path: Path, role: str, expected: str) -> None:
    stated = entity("Directorship", "d", director="A", organization="B", role=role)
    (row,) = read_lines(tmp_path, [stated]).interests
    assert (row["interested_party"], row["subject"], kind(row)) == ("A", "B", expected)


@pytest.mark.parametrize("schema", ["Family", "Associate", "UnknownLink", "Vessel", "Address"])
def test_what_is_no_ownership_yields_nothing(tmp_path: Path, schema: str) -> None:
    assert read_lines(tmp_path, [entity(), entity(schema)]).counts == (2, 1, 0, 0)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("Company", (PartyKind.ENTITY, True)),
        ("LegalEntity", (PartyKind.ENTITY, True)),
        ("Organization", (PartyKind.ENTITY, True)),
        ("PublicBody", (PartyKind.STATE, False)),
        ("Trust", (PartyKind.ARRANGEMENT, False)),
        ("Person", (PartyKind.PERSON, False)),
    ],
)
def test_kinds(tmp_path: Path, schema: str, expected: tuple[PartyKind, bool]) -> None:
    row = read_lines(tmp_path, [entity(schema)]).party("e")
    assert (row["kind"], row["capital"]) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"jurisdiction": "xa", "country": "xb"}, ("XA", "")),
        ({"country": "xb"}, ("XB", "")),
        ({"jurisdiction": "xa", "mainCountry": "xb"}, ("XA", "XB")),
        ({"mainCountry": "xb"}, ("", "XB")),
        ({"jurisdiction": ["xa", "XA"]}, ("XA", "")),
    ],
)
def test_where_an_entity_is(tmp_path: Path, properties: Row, expected: tuple[str, str]) -> None:
    row = read_lines(tmp_path, [entity(**properties)]).party("e")
    assert (row["jurisdiction"], row["headquarters"]) == expected


def test_no_country_says_where_a_person_lives(tmp_path: Path) -> None:
    stated = entity("Person", country="xa", nationality="xb", mainCountry="xc", name=["N", "M"])
    row = read_lines(tmp_path, [stated]).party("e")
    assert (row["jurisdiction"], row["headquarters"], row["residence"]) == ("", "", "")
    assert (row["name"], row["other_names"]) == ("N", ["M"])


def test_numbers_are_identifiers_under_the_name_of_their_property(tmp_path: Path) -> None:
    stated = entity(leiCode="L", registrationNumber=["1", "2"], ogrnCode="3", innCode="4")
    found = read_lines(tmp_path, [stated]).party("e")["identifiers"]
    assert [(one["scheme"], one["id"]) for one in found] == [
        ("XI-LEI", "L"),
        ("registrationNumber", "1"),
        ("registrationNumber", "2"),
        ("ogrnCode", "3"),
        ("RU-INN", "4"),
    ]


@pytest.mark.parametrize(
    ("datasets", "topics", "target", "expected"),
    [
        (["us_ofac_sdn"], ["sanction"], None, ["us-ofac-sdn"]),
        (["us_ofac_sdn", "eu_fsf"], [], True, ["eu-fsf", "us-ofac-sdn"]),
        (["gb_hmt_sanctions", "gb_fcdo_sanctions"], ["sanction"], None, ["gb-hmt"]),
        (["xa_land_sanctions"], ["sanction"], None, ["xa-land-sanctions"]),
        (["xa_register"], ["sanction"], None, []),
        ([], ["sanction"], None, []),
        (["us_ofac_sdn"], ["role.pep"], None, []),
        (["us_ofac_sdn"], ["sanction.linked"], None, []),
        (["us_ofac_sdn"], ["sanction"], False, []),
    ],
)
def test_a_list_seeds_by_its_dataset_and_a_topic_alone_seeds_nothing(
    tmp_path: Path, datasets: list[str], topics: list[str], target: bool | None, expected: list[str]
) -> None:
    stated = entity(topics=topics) | {"datasets": datasets, "target": target}
    assert read_lines(tmp_path, [stated]).party("e")["lists"] == expected


@pytest.mark.parametrize(
    ("record", "field", "says"),
    [
        (ownership(percentage="a lot"), "properties.percentage", "'a lot' is not understood"),
        (ownership(percentage="101 %"), "properties.percentage", "outside 0 to 100"),
        (ownership(owner=[]), "properties.owner", "names nobody"),
        (ownership(asset=[""]), "properties.asset", "names nobody"),
        (ownership(startDate="then"), "properties.startDate, endDate", "'then' is no date"),
        (
            ownership(startDate="2020", endDate="2019"),
            "properties.startDate, endDate",
            "ends before it starts",
        ),
        (entity(jurisdiction="land"), "properties.jurisdiction", "'land' is no ISO 3166 code"),
        (entity(jurisdiction=["xa", "xb"]), "properties.jurisdiction", "several places"),
        (entity(id=""), "id", "no id"),
        (
            {"id": "x", "schema": "Company", "properties": {"name": "bare"}},
            "properties[...]",
            "Expected",
        ),
    ],
)
def test_every_fault_is_told_with_its_field(
    tmp_path: Path, record: Row, field: str, says: str
) -> None:
    read = read_lines(tmp_path, [entity(id="good"), record])
    assert [(line, where) for line, where, _ in read.rejects] == [(2, field)]
    assert says in read.rejects[0][2]


def test_a_fault_in_dates_leaves_any_day_possible(tmp_path: Path) -> None:
    (row,) = read_lines(tmp_path, [ownership(startDate="then")]).interests
    assert (row["start_first"], row["start_last"]) == (ALWAYS, NEVER)
