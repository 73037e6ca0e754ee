"""Published data, end to end: a snapshot of every file that is a source, and answers from it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from clearance.bootstrap import explaining, referencing
from clearance.model.dates import day_of
from clearance.model.interest import Measure
from clearance.model.verdict import Reached
from clearance.usecases.build_reference import BuildReport
from clearance.usecases.tree import Node

pytestmark = pytest.mark.real_data

SOURCES = ("bods04_real", "bods_official/examples", "uk_psc_raw/fixtures")
UK_GROUPS = (
    "00031014", "00102498", "00184594", "01126618", "04152338", "05975475", "07068789",
    "07640868", "10336040",
)  # fmt: skip
DAYS = ("2017-01-01", "2020-06-30", "2025-03-01")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    root = Path(os.environ.get("CLEARANCE_TEST_DATA", "")) / "ownership"
    if not root.is_dir() or not os.environ.get("CLEARANCE_TEST_DATA"):
        pytest.skip("CLEARANCE_TEST_DATA names no folder of published data")
    published = [path for path in (root / "gleif_raw").iterdir() if "-out." not in path.name]
    out = tmp_path_factory.mktemp("registers") / "snapshot"
    sources = [root / name for name in SOURCES] + sorted(published)
    return out, referencing.build_reference(out, sources)


def test_every_record_is_used_or_listed_and_what_is_no_source_is_named(
    built: tuple[Path, BuildReport],
) -> None:
    out, report = built
    assert report.figures["rejects"] == len((out / "rejects.jsonl").read_text().splitlines())
    assert sorted(name.split(":")[0].rsplit("/", 1)[-1] for name in report.not_sources) == [
        "LICENCES.md",
        "manifest.json",
    ]
    assert not referencing.validate_snapshot(out).faults


@pytest.mark.parametrize("number", UK_GROUPS)
def test_a_uk_group_has_a_tree_on_each_of_three_days(
    built: tuple[Path, BuildReport], number: str
) -> None:
    trees = [
        explaining.explain(built[0], f"GB-COH-{number}", "regime-uk-ofsi", as_of=day)
        for day in DAYS
    ]
    for day, tree in zip(DAYS, trees, strict=True):
        assert all(
            tie.interest.period.live(day_of(day))[1]
            for node in _nodes(tree.upward)
            for tie in node.ties
        )


def test_a_gleif_group_is_evidence_of_control_and_never_a_share(
    built: tuple[Path, BuildReport],
) -> None:
    day = "2025-03-01"
    group = explaining.explain(
        built[0], "213800LH1BZH3DI6G760", "regime-eu-asset-freeze", as_of=day
    )
    children = group.downward.children
    assert len(children) > 10
    assert all(tie.interest.consolidation for node in children for tie in node.ties)
    below = (
        explaining.explain(built[0], children[0].party.id, "regime-eu-asset-freeze", as_of=day)
        .answers[0]
        .finding
    )
    assert (below.reached, below.measure) == (Reached.NO, Measure.SHARES)
    assert below.share.maximum == 0


def test_the_official_indirect_figure_is_not_added_to_what_flows_through(
    built: tuple[Path, BuildReport],
) -> None:
    found = explaining.explain(built[0], "ad3f6c2fcc9e", "regime-us-ofac-50", as_of="2020-01-01")
    assert found.answers[0].finding.undeclared * 100 == 40


def test_the_official_nomination_names_nominee_and_nominator(
    built: tuple[Path, BuildReport],
) -> None:
    found = explaining.explain(built[0], "104AB1984C", "regime-us-ofac-50", as_of="2024-01-01")
    types = {tie.interest.type.name for node in _nodes(found.upward) for tie in node.ties}
    assert {"nominee", "nominator"} <= types


def _nodes(root: Node) -> Iterator[Node]:
    yield root
    for child in root.children:
        yield from _nodes(child)
