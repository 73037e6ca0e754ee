"""``clearance match train`` and ``evaluate``, on judgements of invented customers."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clearance.bootstrap import referencing, teaching
from clearance.bootstrap.matching import Matcher
from clearance.cli.app import app
from clearance.demo.draw import Draw
from clearance.demo.names import Names
from clearance.model.errors import InputError
from clearance.model.record import Record

PARTIES, CUSTOMERS = 200, 120


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of invented companies, customers who write their names badly, judgements."""
    folder = tmp_path_factory.mktemp("judged")
    names = Names(Draw(7))
    companies = [names.company() for _ in range(PARTIES)]
    _csv(folder / "parties.csv", ("id", "name", "kind", "jurisdiction"),
         [(f"P{at}", name, "entity", "XA") for at, name in enumerate(companies)])  # fmt: skip
    referencing.build_reference(folder / "snapshot", [folder / "parties.csv"])
    asked = [(f"C{at}", _badly(companies[at]), "XA") for at in range(CUSTOMERS)]
    _csv(folder / "customers.csv", ("id", "name", "country"), asked)
    same = [(f"P{at}", f"C{at}", "positive") for at in range(0, CUSTOMERS, 2)]
    other = [(f"P{at + 1}", f"C{at}", "negative") for at in range(1, CUSTOMERS, 2)]
    lines = [json.dumps([*one, None, "somebody", "2026-01-01"]) for one in (*same, *other)]
    (folder / "judged.ijson").write_text("\n".join(lines) + "\n")
    return folder


def _csv(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _badly(name: str) -> str:
    first, *rest = name.split()
    return " ".join([first[:3] + first[4:], *rest[:-1]])


def train(place: Path, out: Path) -> teaching.Taught:
    return teaching.train(
        place / "judged.ijson", place / "snapshot", out, customers=place / "customers.csv"
    )


def test_a_model_is_learned_twice_the_same_and_match_uses_it(place: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    taught = train(place, first)
    train(place, second)
    assert taught == teaching.Taught(CUSTOMERS, 0, ("persons",))
    assert first.read_bytes() == second.read_bytes()
    shipped, own = Matcher.open(place / "snapshot"), Matcher.open(place / "snapshot", first)
    record = Record("q", (_badly("Talomi Optics Ltd"),), countries=("XA",))
    assert shipped.resolve(record).probability != own.resolve(record).probability


def test_the_report_has_slices_intervals_and_a_picture(place: Path, tmp_path: Path) -> None:
    judged, customers = place / "judged.ijson", place / "customers.csv"
    told = teaching.evaluate(judged, place / "snapshot", tmp_path / "out", customers=customers)
    labels = ["country XA", "kind entity", "name only", "script Latin"]
    assert [one.name for one in told] == ["all", *labels]
    assert told[0].f1.value > 0.9
    assert told[0].f1.low <= told[0].f1.value <= told[0].f1.high
    report = (tmp_path / "out" / "report.md").read_text()
    assert "| country XA (small) |" in report
    assert (tmp_path / "out" / "calibration.svg").read_text().startswith("<svg")


def test_both_commands_say_what_they_did(place: Path, tmp_path: Path) -> None:
    shared = ["--reference", str(place / "snapshot"), "--customers", str(place / "customers.csv")]
    judged, out = str(place / "judged.ijson"), str(tmp_path / "model.json")
    trained = CliRunner().invoke(app, ["match", "train", judged, *shared, "--out", out])
    assert trained.exit_code == 0, trained.output
    assert f"from {CUSTOMERS} entities and 0 persons" in trained.output
    assert "too few persons were judged" in trained.output
    judged_by = CliRunner().invoke(app, ["match", "evaluate", judged, *shared, "--model", out])
    assert judged_by.exit_code == 0, judged_by.output
    assert "| all (small) |" in judged_by.output


def test_judgements_of_two_parties_need_no_customers(place: Path, tmp_path: Path) -> None:
    lines = [json.dumps([f"P{at}", f"P{at + 1}", "negative", None, None, None]) for at in range(40)]
    judged = tmp_path / "judged.ijson"
    judged.write_text("\n".join(lines) + "\n")
    told = teaching.evaluate(judged, place / "snapshot")
    assert told[0].recall_95.value == 0.0
    with pytest.raises(InputError, match="too few to learn from"):
        teaching.train(judged, place / "snapshot", tmp_path / "model.json")
    assert not (tmp_path / "model.json").exists()


def test_judgements_about_nobody_known_are_refused(place: Path, tmp_path: Path) -> None:
    judged = tmp_path / "nobody.ijson"
    judged.write_text(json.dumps(["X1", "X2", "positive", None, None, None]) + "\n")
    with pytest.raises(InputError, match="no judgement is about"):
        teaching.evaluate(judged, place / "snapshot")
