"""``clearance impact`` as a user runs it, on files in a folder."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from tests.functional.test_screen import clearance

from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.portfolio import put_accounts, put_facts
from clearance.model.account import Account
from clearance.policy.facts import Manner, Posted
from clearance.usecases.posting import About, telling

PARTIES = """id,name,kind,jurisdiction,headquarters,identifiers
p1,Pine Group,entity,XA,XA,
p2,Alder Ltd,entity,XS,,XS-REG:1
p3,Birch Ltd,entity,XS,,XS-REG:2
p4,Cedar Ltd,entity,XS,,XS-REG:3
p5,Cedar Ltd,entity,XS,,XS-REG:4
n1,A Person,person,,,
"""
INTERESTS = """interested_party,subject,share
p1,p2,51
n1,p2,49
n1,p3,100
p1,p4,60
n1,p5,100
"""
CUSTOMERS = """id,name,country,register,register_number,segment,annual_revenue
c1,Alder Ltd,XS,XS-REG,1,large,1000.50
c2,=Birch <script>alert(1)</script>,XS,XS-REG,2,small,200
c3,Pine Group,XA,,,large,30
c4,Nobody Ltd,XS,,,small,4
c5,Cedar Ltd,XS,,,small,5
"""
BEFORE = """id = "before"
title = "By location"
effective = 2026-01-01
verified = "yes"
[[citations]]
text = "terms"
[regions]
listing = "unsupported"
codes = ["XA"]
unlisted = "allow"
unknown = "review"
[[region_rules]]
fact = "headquarters"
outcome = "deny"
unstated = "review"
basis = "contract"
citation = "terms"
"""
OWNED = """
[[ownership]]
rule = "provider-regions"
basis = "contract"
citation = "terms"
"""
AFTER = BEFORE.replace("before", "after").replace("2026-01-01", "2026-03-01") + OWNED
COMPARED = ("--policy", "after.toml", "--against", "before.toml", "--reference", "snapshot")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, text in (
        ("parties.csv", PARTIES),
        ("interests.csv", INTERESTS),
        ("customers.csv", CUSTOMERS),
        ("before.toml", BEFORE),
        ("after.toml", AFTER),
        ("known.csv", "customer,denied\nc1,yes\nc2,no\n"),
    ):
        (folder / name).write_text(text)
    built = clearance(folder, "reference", "build", "snapshot", "parties.csv", "interests.csv")
    assert built.returncode == 0, built.stderr
    return folder


def impact(folder: Path, *more: str) -> tuple[int, str, str]:
    day = () if "--on" in more else ("--on", "2026-03-01")
    customers = () if "--customers" in more else ("--customers", "customers.csv")
    done = clearance(folder, "impact", *COMPARED, *customers, *day, *more)
    return done.returncode, done.stdout, done.stderr


def listed(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "customers.csv").open(newline="") as file:
        return {row["customer"]: row for row in csv.DictReader(file)}


def test_a_change_is_compared_from_end_to_end(world: Path) -> None:
    code, told, wrong = impact(world, "--out", "out", "--line", "1000", "--truth", "known.csv")
    assert (code, wrong) == (0, "")
    assert "its basis and date are not stated" in told
    found = json.loads((world / "out" / "impact.json").read_text())
    moves = {move: one["customers"] for move, one in found["whole"]["moves"].items()}
    assert moves == {
        "newly_denied": 1,
        "newly_in_review": 2,
        "otherwise_stricter": 0,
        "freed": 0,
        "otherwise_milder": 0,
        "same": 2,
    }
    assert found["whole"]["at_stake"]["certain"] == {"customers": 1, "annual_revenue": 1000.5}
    assert found["whole"]["at_stake"]["possible"]["customers"] == 3
    assert found["from_the_line_on"]["customers"] == 1
    assert found["owners_regions"][0]["name"] == "XA"
    assert [one["policy"] for one in found["labelled"]] == ["before", "after"]
    assert found["revenue_basis"] is None
    assert {id: row["after"] for id, row in listed(world / "out").items()} == {
        "c1": "deny",
        "c4": "review",
        "c5": "review",
    }


def test_a_kept_resolution_gives_the_same_answer_without_matching(world: Path) -> None:
    words = ("--reference", "snapshot", "--policy", "after.toml", "--customers", "customers.csv")
    screened = clearance(world, "screen", *words, "--out", "screened", "--as-of", "2026-03-01")
    assert screened.returncode == 0, screened.stderr
    assert impact(world, "--out", "matched")[0] == 0
    assert impact(world, "--out", "kept", "--resolved", "screened")[0] == 0
    for name in ("impact.json", "impact.html", "customers.csv"):
        assert (world / "matched" / name).read_bytes() == (world / "kept" / name).read_bytes()


def test_impact_says_of_each_policy_what_a_screening_does(world: Path) -> None:
    impact(world, "--out", "compared")
    for policy, column in (("before.toml", "before"), ("after.toml", "after")):
        words = ("--reference", "snapshot", "--policy", policy, "--customers", "customers.csv")
        out = f"as-{column}"
        clearance(world, "screen", *words, "--out", out, "--as-of", "2026-03-01", "--no-proofs")
        lines = (world / out / "results.jsonl").read_text().splitlines()
        said = {one["customer"]: one["outcome"] for one in map(json.loads, lines)}
        moved = listed(world / "compared")
        assert {id: row[column] for id, row in moved.items()} == {id: said[id] for id in moved}


def test_several_readings_stand_side_by_side(world: Path) -> None:
    readings = ("--reading", "press-any-owner", "--reading", "press-50-or-more")
    (world / "list.toml").write_text(
        'id = "l"\ntitle = "l"\nlisting = "unsupported"\nsource = "s"\nretrieved = 2026-01-01\n'
        'verified = "yes"\ncodes = ["XA"]\n'
    )
    code, _, wrong = impact(world, "--out", "read", *readings, "--regions", "./list.toml")
    assert (code, wrong) == (0, "")
    found = json.loads((world / "read" / "impact.json").read_text())
    assert [one["policy"] for one in found["readings"]] == ["press-any-owner", "press-50-or-more"]
    assert all(one["customers"] == 5 for one in found["readings"])


def test_what_others_wrote_neither_runs_nor_steers(world: Path) -> None:
    impact(world, "--out", "shown", "--revenue-basis", "<b>billed</b>")
    html = (world / "shown" / "impact.html").read_text()
    assert "<script" not in html
    assert "<b>billed" not in html
    assert 'http-equiv="Content-Security-Policy"' in html


def test_a_day_out_of_a_policys_days_is_told(world: Path) -> None:
    code, told, _ = impact(world, "--on", "2026-02-01")
    assert code == 0
    assert "after is in effect from 2026-03-01, not on 2026-02-01; it is judged as if" in told


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("--customers", "none.csv"), 2, "none.csv: no such file"),
        (("--on", "2026-02-30"), 2, "--on: '2026-02-30' is no date"),
        (("--line", "much"), 2, "--line: 'much' is no revenue"),
        (("--line", "-1"), 2, "--line: '-1' is no revenue"),
        (("--reading", "nobodys"), 2, "no policy 'nobodys' is shipped"),
        (("--resolved", "nowhere"), 2, "no results there"),
        (("--truth", "customers.csv"), 2, "customers.csv:1: columns id, name"),
        (("--truth", "unknown.csv"), 2, "unknown.csv:2: customer: 'c9' is no customer"),
        (("--truth", "twice.csv"), 2, "twice.csv:3: customer: 'c1' is labelled twice"),
        (("--truth", "word.csv"), 2, "word.csv:2: denied: 'maybe' is neither yes nor no"),
        (("--out", "taken"), 4, "taken"),
        (("--out", "snapshot/out"), 2, "lies in the snapshot"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    world: Path, more: tuple[str, ...], code: int, told: str
) -> None:
    (world / "taken").mkdir(exist_ok=True)
    (world / "taken" / "else.txt").write_text("mine")
    for name, rows in (("unknown", "c9,no"), ("twice", "c1,no\nc1,no"), ("word", "c1,maybe")):
        (world / f"{name}.csv").write_text(f"customer,denied\n{rows}\n")
    out = () if "--out" in more else ("--out", "bad")
    ended, _, wrong = impact(world, *more, *out)
    assert (ended, told in wrong, len(wrong.splitlines())) == (code, True, 1), wrong
    assert not (world / "bad").exists()
    assert (world / "taken" / "else.txt").read_text() == "mine"


def test_results_of_another_portfolio_are_refused(world: Path) -> None:
    (world / "other").mkdir(exist_ok=True)
    others = "".join(f'{{"customer":"c{at}","reasons":[]}}\n' for at in range(2, 6))
    for line, told in (
        ('{"customer":"c1","reasons":[],"party":"p9"}', "'c1' is 'p9' there, which the reference"),
        ('{"customer":"zz","reasons":[],"party":"p2"}', "no result of customer 'c1'"),
        ('{"customer":"c1"', "results.jsonl:1: no result"),
    ):
        (world / "other" / "results.jsonl").write_text(f"{line}\n{others}")
        code, _, wrong = impact(world, "--resolved", "other")
        assert (code, told in wrong) == (2, True), wrong


def test_what_a_state_has_posted_counts(world: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(world, tmp_path / "posted"))
    uses = """
[[end_uses]]
id = "uses"
uses = ["weapons"]
declared = "deny"
observed = "deny"
doubtful = "review"
confidence = 80
basis = "own-choice"
citation = "Usage policy"
"""
    (folder / "uses.toml").write_text((folder / "after.toml").read_text() + uses)
    with_uses = ("--policy", "uses.toml", "--state", "state.db", "--out", "posted")
    state = Database(str(folder / "state.db"))
    migrate(state)
    with changing(state, "tests") as change:
        put_accounts(change, [Account("a-1", "c2")], "tests")
        said = Posted("end_use", "weapons", "desk", manner=Manner.DECLARED)
        put_facts(change, [telling(About.ACCOUNT, "a-1", said)])
        put_facts(change, [telling(About.CUSTOMER, "c5", said)])
        put_facts(change, [telling(About.ACCOUNT, "a-gone", said)])
    state.close()
    base = ("impact", "--reference", "snapshot", "--customers", "customers.csv")
    against = (*base, "--against", "after.toml")
    done = clearance(folder, *against, *with_uses, "--on", "2026-03-01")
    assert done.returncode == 0, done.stderr
    rows = listed(folder / "posted").items()
    denied = {id for id, row in rows if "end_use_declared" in " ".join(row.values())}
    assert denied == {"c2", "c5"}
    done = clearance(folder, *against, "--policy", "uses.toml", "--state", "none.db")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
