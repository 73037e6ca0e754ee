"""The published data, file by file: what is read and rejected, and what is no source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.adapters.formats.reading import Row, band, flags, kind, read_file

from clearance.adapters.formats.registry import NotASource

pytestmark = pytest.mark.real_data

READ = {
    "bods04_real/demo/all_demo.jsonl": ("bods", 1204, 542, 1256),
    "bods04_real/gleif/2138002S3XGZ38WN5Q72.jsonl": ("bods", 118, 44, 74),
    "bods04_real/gleif/2138008KTNTDICZU8L25.jsonl": ("bods", 11, 8, 6),
    "bods04_real/gleif/2138008RB4WDK7HYYS91.jsonl": ("bods", 4, 2, 2),
    "bods04_real/gleif/213800AG2V6YE68H5N63.jsonl": ("bods", 43, 18, 25),
    "bods04_real/gleif/213800BC4TEGCCQH9V07.jsonl": ("bods", 3, 3, 2),
    "bods04_real/gleif/213800DBE5Y9ZM58PN63.jsonl": ("bods", 1, 1, 0),
    "bods04_real/gleif/213800E11LI1SCETU492.jsonl": ("bods", 22, 9, 13),
    "bods04_real/gleif/213800LH1BZH3DI6G760.jsonl": ("bods", 237, 86, 152),
    "bods04_real/gleif/253400JT3MQWNDKMJE44.jsonl": ("bods", 8, 4, 4),
    "bods04_real/gleif/4OFD47D73QFJ1T1MOF29.jsonl": ("bods", 17, 7, 10),
    "bods04_real/uk_psc/00031014.jsonl": ("bods", 62, 31, 43),
    "bods04_real/uk_psc/00102498.jsonl": ("bods", 282, 136, 406),
    "bods04_real/uk_psc/00184594.jsonl": ("bods", 122, 58, 137),
    "bods04_real/uk_psc/01126618.jsonl": ("bods", 5, 3, 2),
    "bods04_real/uk_psc/04152338.jsonl": ("bods", 3, 2, 3),
    "bods04_real/uk_psc/05975475.jsonl": ("bods", 166, 83, 240),
    "bods04_real/uk_psc/07068789.jsonl": ("bods", 46, 23, 66),
    "bods04_real/uk_psc/07640868.jsonl": ("bods", 15, 8, 19),
    "bods04_real/uk_psc/10336040.jsonl": ("bods", 49, 24, 60),
    "bods_official/examples/bods-package-annotations.json": ("bods", 3, 2, 1),
    "bods_official/examples/bods-package-entity-owning-entity.json": ("bods", 3, 2, 1),
    "bods_official/examples/bods-package-fi-soe.json": ("bods", 9, 4, 5),
    "bods_official/examples/bods-package-linking-annotations.json": ("bods", 3, 2, 1),
    "bods_official/examples/bods-package.json": ("bods", 3, 2, 1),
    "bods_official/examples/fermcat.json": ("bods", 23, 13, 17),
    "bods_official/examples/full-pep-declaration.json": ("bods", 3, 2, 2),
    "bods_official/examples/indirect-ownership.json": ("bods", 6, 3, 3),
    "bods_official/examples/joint-ownership.json": ("bods", 7, 4, 3),
    "bods_official/examples/levent.json": ("bods", 7, 4, 4),
    "bods_official/examples/listed-company-exempt-from-disclosure.json": ("bods", 2, 2, 1),
    "bods_official/examples/mixed-direct-and-indirect-ownership.json": ("bods", 6, 3, 4),
    "bods_official/examples/multiple-indirect-ownership.json": ("bods", 9, 4, 5),
    "bods_official/examples/multiple-tax-residencies.json": ("bods", 3, 2, 1),
    "bods_official/examples/mutilple-indirect-ownership-2.json": ("bods", 9, 4, 5),
    "bods_official/examples/nomination.json": ("bods", 8, 4, 4),
    "bods_official/examples/plc-entity-statement.json": ("bods", 1, 1, 0),
    "bods_official/examples/simple-pep-declaration.json": ("bods", 3, 2, 2),
    "bods_official/examples/tecido.json": ("bods", 11, 4, 18),
    "gleif_raw/lei-data.json": ("gleif-json", 13, 13, 0),
    "gleif_raw/lei-data.xml": ("gleif-xml", 13, 13, 0),
    "gleif_raw/lei-updates-data.json": ("gleif-json", 5, 5, 0),
    "gleif_raw/lei-updates-data2-new.json": ("gleif-json", 12, 12, 0),
    "gleif_raw/lei-updates-data2-new.xml": ("gleif-xml", 12, 12, 0),
    "gleif_raw/lei-updates-data2.json": ("gleif-json", 12, 12, 0),
    "gleif_raw/lei-updates-data2.xml": ("gleif-xml", 12, 12, 0),
    "gleif_raw/lei-updates-replaces-data.json": ("gleif-json", 2, 2, 0),
    "gleif_raw/relationship-update-data.json": ("gleif-json", 6, 2, 4),
    "gleif_raw/repex-data.json": ("gleif-json", 10, 3, 10),
    "gleif_raw/repex-data.xml": ("gleif-xml", 10, 3, 10),
    "gleif_raw/repex-updates-data2-new.json": ("gleif-json", 7, 4, 7),
    "gleif_raw/repex-updates-data2-new.xml": ("gleif-xml", 7, 4, 7),
    "gleif_raw/repex-updates-data2.json": ("gleif-json", 7, 4, 7),
    "gleif_raw/repex-updates-data2.xml": ("gleif-xml", 7, 4, 7),
    "gleif_raw/reporting-exceptions-data.json": ("gleif-json", 3, 2, 2),
    "gleif_raw/rr-data.json": ("gleif-json", 10, 0, 10),
    "gleif_raw/rr-data.xml": ("gleif-xml", 10, 0, 10),
    "gleif_raw/rr-updates-data.json": ("gleif-json", 3, 0, 3),
    "gleif_raw/rr-updates-data2-new.json": ("gleif-json", 10, 0, 10),
    "gleif_raw/rr-updates-data2-new.xml": ("gleif-xml", 10, 0, 10),
    "gleif_raw/rr-updates-data2.json": ("gleif-json", 11, 0, 11),
    "gleif_raw/rr-updates-data2.xml": ("gleif-xml", 11, 0, 11),
    "uk_psc_raw/fixtures/basic-company-data-1.csv": ("uk-companies", 1, 1, 0),
    "uk_psc_raw/fixtures/company-data-1.json": ("uk-companies", 2, 2, 0),
    "uk_psc_raw/fixtures/psc-data-1.json": ("uk-psc", 3, 3, 2),
    "uk_psc_raw/fixtures/psc-data-10.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-11.json": ("uk-psc", 2, 2, 4),
    "uk_psc_raw/fixtures/psc-data-12.json": ("uk-psc", 2, 2, 3),
    "uk_psc_raw/fixtures/psc-data-13.json": ("uk-psc", 2, 2, 1),
    "uk_psc_raw/fixtures/psc-data-14.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-15.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-16.json": ("uk-psc", 2, 2, 1),
    "uk_psc_raw/fixtures/psc-data-2.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-3.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-4.json": ("uk-psc", 2, 2, 1),
    "uk_psc_raw/fixtures/psc-data-5.json": ("uk-psc", 2, 2, 1),
    "uk_psc_raw/fixtures/psc-data-6.json": ("uk-psc", 2, 2, 2),
    "uk_psc_raw/fixtures/psc-data-7.json": ("uk-psc", 2, 2, 1),
    "uk_psc_raw/fixtures/psc-data-8.json": ("uk-psc", 4, 6, 6),
    "uk_psc_raw/fixtures/psc-data-9.json": ("uk-psc", 2, 2, 1),
}
"""Format, records, party rows and interest rows of every file that is a source."""

REJECTS: dict[str, list[tuple[int, str, str]]] = {}
"""Every reject of every file: there is none."""


@pytest.fixture
def published(real_data: Callable[[str], Path]) -> Path:
    return real_data("ownership")


@pytest.mark.parametrize("name", READ)
def test_every_file_is_read_whole(published: Path, name: str) -> None:
    read = read_file(published / name)
    assert (read.format, *read.counts[:3]) == READ[name]
    assert read.rejects == REJECTS.get(name, [])


def test_every_other_file_is_named_as_no_source(published: Path) -> None:
    files = sorted(path for path in published.rglob("*") if path.is_file())
    others = [path for path in files if str(path.relative_to(published)) not in READ]
    conformance = [path for path in others if "conformance" in path.parts]
    for path in others:
        if path in conformance and path.suffix == ".json":
            continue
        with pytest.raises(NotASource):
            read_file(path)
    assert len(others) > 60


@pytest.mark.parametrize("name", [name for name in READ if name.endswith(".xml")])
def test_gleif_xml_and_json_say_the_same(published: Path, name: str) -> None:
    def rows(path: Path) -> tuple[list[Row], list[list[set[str]]]]:
        read = read_file(path)
        told = [
            [set(one["text"].split(", ")) for one in row["particulars"]] for row in read.parties
        ]
        left = {"line": 0, "particulars": None}
        return [row | left for row in read.parties + read.interests], told

    xml, whole = rows(published / name)
    json, parts = rows((published / name).with_suffix(".json"))
    assert xml == json
    # The published JSON keeps the last of repeated address lines only.
    for ours, theirs in zip(whole, parts, strict=True):
        assert all(part <= full for part, full in zip(theirs, ours, strict=True))


def test_no_end_that_the_register_leaves_open_is_read_as_closed(published: Path) -> None:
    found: Counter[str] = Counter()
    for path in sorted((published / "bods04_real/uk_psc").glob("*.jsonl")):
        found.update(band(row) for row in read_file(path).interests)
    assert set(found) == {"(25,50]", "(50,75)", "[75,100]", "(50,100]", "?"}


def test_no_consolidation_is_a_share(published: Path) -> None:
    for path in sorted((published / "bods04_real/gleif").glob("*.jsonl")):
        for row in read_file(path).interests:
            assert band(row) == "?"
            if kind(row) == "otherInfluenceOrControl" and row["detail"].startswith("IS_"):
                marked = "CONSOLIDATED" in row["detail"]
                assert ("consolidation" in flags(row)) is marked


def test_the_statements_that_use_0_3_keys_are_led_back_to_their_records(published: Path) -> None:
    read = read_file(published / "bods04_real/uk_psc/04152338.jsonl")
    assert {row["subject"] for row in read.interests} == {"GB-COH-04152338"}
    assert [band(row) for row in read.interests] == ["[75,100]", "[75,100]", "(50,100]"]


def test_the_official_indirect_example_runs_through_its_components(published: Path) -> None:
    read = read_file(published / "bods_official/examples/indirect-ownership.json")
    (row,) = [row for row in read.interests if "components" in flags(row)]
    assert (band(row), row["components"]) == ("30", ["d4ab89ea169a"])
    assert flags(row) == {"attributed", "indirect", "components"}


def test_the_official_nomination_keeps_nominee_and_nominator(published: Path) -> None:
    read = read_file(published / "bods_official/examples/nomination.json")
    assert sorted(kind(row) for row in read.interests) == [
        "boardMember",
        "nominator",
        "nominee",
        "otherInfluenceOrControl",
    ]


def test_the_official_joint_example_is_one_block_of_two(published: Path) -> None:
    read = read_file(published / "bods_official/examples/joint-ownership.json")
    members = [row for row in read.interests if row["joint"]]
    assert [(band(row), flags(row)) for row in members] == [("50", {"joint"})] * 2
