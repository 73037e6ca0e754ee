"""From an invented log to findings, by the commands that an operator uses."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clearance.cli.app import app
from clearance.model.errors import IntegrityError


def run(*words: object) -> str:
    """What a command prints; it must succeed."""
    done = CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@dataclass(frozen=True)
class Found:
    """A run's folder and the truth about its accounts."""

    out: Path
    truth: dict[str, str]

    def flagged(self, *verdicts: str) -> set[str]:
        with (self.out / "members.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return {row["account"] for row in rows if not verdicts or row["verdict"] in verdicts}

    def planted(self) -> set[str]:
        return {name for name, group in self.truth.items() if group.startswith("campaign-")}

    def campaigns(self) -> list[dict[str, object]]:
        said = json.loads((self.out / "campaigns.json").read_text("utf-8"))
        campaigns: list[dict[str, object]] = said["campaigns"]
        return campaigns


def search(folder: Path, *plan: object, more: tuple[object, ...] = ()) -> Found:
    run("campaigns", "simulate", folder / "made", *plan)
    run("campaigns", "ingest", folder / "made" / "log", folder / "log")
    run("campaigns", "find", folder / "log", "--out", folder / "out", *more)
    return Found(folder / "out", truth_of(folder / "made"))


def truth_of(made: Path) -> dict[str, str]:
    with (made / "truth.csv").open(encoding="utf-8") as file:
        return {row["account"]: row["group"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return search(tmp_path_factory.mktemp("base"), "--seed", 101, more=("--calibrate", 2))


def test_planted_campaigns_are_found_whole_and_nobody_else(base: Found) -> None:
    flagged, planted = base.flagged("linked"), base.planted()
    assert len(flagged & planted) >= 0.99 * len(planted)
    assert len(flagged & planted) >= 0.99 * len(flagged)


def test_every_crowd_that_only_looks_like_a_campaign_stays_silent(base: Found) -> None:
    crowds = Counter(base.truth[account] for account in base.flagged())
    assert {group for group in base.truth.values() if not group.startswith("campaign-")} == {
        "ordinary", "campus", "carrier-nat", "vpn", "cloud-egress", "homework", "company",
        "company-declared", "wrapper", "persona", "own-key-application", "benchmark", "marketing",
        "migration-week",
    }  # fmt: skip
    assert not [group for group in crowds if group not in {"ordinary"} and "campaign" not in group]


def test_a_finding_names_two_independent_kinds_and_nobody_behind_it(base: Found) -> None:
    for one in base.campaigns():
        evidence = one["evidence"]
        assert isinstance(evidence, list)
        assert len([said for said in evidence if said["counts"]]) >= 2
        assert one["behind_it"] == "unattributed"
        assert one["readings"]


def test_nothing_is_found_where_nothing_is_planted(tmp_path: Path) -> None:
    found = search(tmp_path, "--seed", 102, "--members", "", "--rows", 40_000)
    assert found.flagged() == set()


def test_calibration_flags_nothing_on_permuted_copies(base: Found) -> None:
    said = json.loads((base.out / "campaigns.json").read_text("utf-8"))["calibration"]
    assert (said["copies"], said["linked"], said["review"]) == (2, 0, 0)


def test_every_later_report_tells_the_last_calibration(base: Found, tmp_path: Path) -> None:
    log = base.out.parent / "log"
    run("campaigns", "find", log, "--out", tmp_path / "out", "--since", "2026-01-30")
    said = json.loads((tmp_path / "out" / "campaigns.json").read_text("utf-8"))["calibration"]
    assert (said["copies"], said["linked"], said["through"]) == (2, 0, 20_485)
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "permuted copies of this log up to 2026-02-01" in report


def test_a_damaged_calibration_is_named(base: Found, tmp_path: Path) -> None:
    kept = base.out.parent / "log" / "calibration.json"
    whole = kept.read_text("utf-8")
    kept.write_text(whole[:20], "utf-8")
    done = CliRunner().invoke(
        app, ["campaigns", "find", str(kept.parent), "--out", str(tmp_path / "out")]
    )
    kept.write_text(whole, "utf-8")
    assert done.exit_code != 0
    assert isinstance(done.exception, SystemExit | IntegrityError)


def test_neither_addresses_nor_texts_reach_what_is_written(base: Found) -> None:
    for path in base.out.iterdir():
        assert "2001:db8" not in path.read_text("utf-8")
