"""``clearance policy observed``: an impact run, and a log of decisions made under its policy."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import AT, KEY
from tests.functional.test_impact import AFTER, BEFORE, CUSTOMERS, INTERESTS, PARTIES
from tests.functional.test_screen import clearance

from clearance.adapters.decisions.facts_json import known_bytes
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.entry import Kind, framed
from clearance.model.plain import canonical
from clearance.policy.facts import Facts
from clearance.usecases.decide import Known


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, text in (
        ("parties.csv", PARTIES),
        ("interests.csv", INTERESTS),
        ("customers.csv", CUSTOMERS.replace("c4,", "=c4,")),
        ("before.toml", BEFORE),
        ("after.toml", AFTER),
    ):
        (folder / name).write_text(text)
    clearance(folder, "reference", "build", "snapshot", "parties.csv", "interests.csv")
    words = ("--policy", "after.toml", "--against", "before.toml", "--out", "forecast")
    data = ("--reference", "snapshot", "--customers", "customers.csv", "--on", "2026-03-01")
    assert clearance(folder, "impact", *words, *data).returncode == 0
    return folder


def logged(folder: Path, *decisions: tuple[str, str]) -> None:
    """A log of decisions about customers, under the later policy."""
    digest = json.loads((folder / "forecast" / "impact.json").read_text())["after"]["digest"]
    place = folder / "log.db"
    place.unlink(missing_ok=True)
    create(str(place), KEY)
    with LogWriter.open(str(place), KEY) as log:
        for at, (customer, outcome) in enumerate(decisions):
            known = known_bytes(Known(Facts({}, customer=customer), {}))
            facts = sha256(known).hexdigest()
            body = {"facts": facts, "outcome": outcome, "policy": {"digest": digest, "id": "after"}}
            id = f"d{at}"
            leaf = framed(Kind.DECISION, id, AT, canonical(body).encode())
            log.append(leaf, id, [], [(facts, known)])


def test_a_forecast_is_held_against_the_log(world: Path) -> None:
    logged(world, ("c1", "deny"), ("c1", "deny"), ("=c4", "allow"), ("c2", "deny"), ("c3", "deny"))
    done = clearance(world, "policy", "observed", "--forecast", "forecast", "--log", "log.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "5 decisions about 4 customers",
        "newly_denied: 1 forecast; 1 as said, 0 within bounds, 0 outside, 0 not seen",
        "newly_in_review: 2 forecast; 0 as said, 1 within bounds, 0 outside, 1 not seen",
        "  c2: nothing forecast, was deny",
        "  c3: nothing forecast, was deny",
    ]
    words = ("--forecast", "forecast", "--log", "log.db", "--format", "json")
    found = json.loads(clearance(world, "policy", "observed", *words).stdout)
    assert found["differing"][0] == {"customer": "c2", "forecast": None, "was": "deny"}


@pytest.mark.parametrize(
    ("forecast", "log", "code", "told"),
    [
        ("nowhere", "log.db", 2, "impact.json: no impact run"),
        ("bare", "log.db", 2, "customers.csv: no impact run"),
        ("forecast", "none.db", 4, "none.db"),
    ],
)
def test_what_is_not_there_is_told_in_one_line(
    world: Path, forecast: str, log: str, code: int, told: str
) -> None:
    logged(world)
    (world / "bare").mkdir(exist_ok=True)
    (world / "bare" / "impact.json").write_text((world / "forecast" / "impact.json").read_text())
    done = clearance(world, "policy", "observed", "--forecast", forecast, "--log", log)
    assert (done.returncode, told in done.stderr, len(done.stderr.splitlines())) == (code, True, 1)
    assert not (world / "none.db").exists()
