"""``clearance screen`` and ``clearance explain`` as a user runs them, on files in a folder."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from clearance.cli.app import main

PARTIES = """id,name,kind,jurisdiction,headquarters,identifiers
p1,Pine Group,entity,XA,XA,
p2,Alder Ltd,entity,XS,,XS-REG:1
p3,Birch Ltd,entity,XS,,XS-REG:2
p4,Cedar Ltd,entity,XS,,XS-REG:3
n1,A Person,person,,,
"""
INTERESTS = """interested_party,subject,share
p1,p2,51
n1,p2,49
n1,p3,100
p2,p4,40
n1,p4,60
"""
CUSTOMERS = """id,name,country,register,register_number,annual_revenue
c1,Alder Ltd,XS,XS-REG,1,1000
c2,=Birch Ltd(),XS,XS-REG,2,200
c3,<script>alert(1)</script>,XA,,,30
c4,Nobody Ltd,XS,,,4
c5,Cedar Ltd,XS,,,5
"""
REGIONS = """id = "r"
title = "unsupported"
listing = "unsupported"
source = "assumed"
retrieved = 2025-09-05
verified = "assumed"
codes = ["XA"]
"""
POLICY = "provider-regions-2025-09-05"


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def clearance(folder: Path, *words: str) -> Done:
    """Run a command of the program in ``folder``, in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", ["clearance", *words])
        try:
            main()
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    for name, text in (
        ("parties.csv", PARTIES),
        ("interests.csv", INTERESTS),
        ("customers.csv", CUSTOMERS),
        ("regions.toml", REGIONS),
    ):
        (folder / name).write_text(text)
    built = clearance(folder, "reference", "build", "snapshot", "parties.csv", "interests.csv")
    assert built.returncode == 0, built.stderr
    return folder


def screen(folder: Path, out: str, *more: str) -> Done:
    words = ("--reference", "snapshot", "--policy", POLICY, "--regions", "./regions.toml")
    customers = () if "--customers" in more else ("--customers", "customers.csv")
    day = () if "--as-of" in more else ("--as-of", "2025-09-05")
    return clearance(folder, "screen", *words, *customers, "--out", out, *day, *more)


def results(folder: Path) -> dict[str, dict[str, object]]:
    lines = (folder / "results.jsonl").read_text().splitlines()
    return {record["customer"]: record for record in map(json.loads, lines)}


def test_a_portfolio_is_screened_from_end_to_end(world: Path) -> None:
    done = screen(world, "out")
    assert (done.returncode, done.stderr) == (0, "")
    found = results(world / "out")
    assert {id: record["outcome"] for id, record in found.items()} == {
        "c1": "deny",
        "c2": "allow",
        "c3": "deny",
        "c4": "review",
        "c5": "allow",
    }
    assert found["c5"]["matched"] == "name"
    groups = {id: record["group"] for id, record in found.items()}
    assert groups == {"c1": "p1", "c2": "n1", "c3": None, "c4": None, "c5": "n1"}
    assert sorted(entry.name for entry in (world / "out").iterdir()) == [
        "proofs.index",
        "proofs.jsonl",
        "report.html",
        "results.csv",
        "results.jsonl",
        "standings.jsonl",
    ]
    assert "Left to people: 1 of 5 customers (20 %)" in done.stdout
    assert "<script>alert" not in (world / "out" / "report.html").read_text()
    assert ",=Birch" not in (world / "out" / "results.csv").read_text()


def test_the_same_run_writes_the_same_bytes(world: Path) -> None:
    for out in ("once", "twice"):
        assert screen(world, out).returncode == 0
    for entry in (world / "once").iterdir():
        assert entry.read_bytes() == (world / "twice" / entry.name).read_bytes(), entry.name


def test_each_proof_is_found_by_customer_and_valid(world: Path) -> None:
    screen(world, "proved")
    for customer in ("c1", "c2", "c5"):
        done = clearance(
            world, "verify", f"proved/proofs.jsonl#{customer}", "--reference", "snapshot"
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--policy", POLICY, "--regions", "regions.toml"), 0, "valid: p2 is certain"),
        (("--regions", "xa, XB"), 0, "valid: p2 is certain"),
        (("--policy", POLICY), 1, "the proof assumes the regions XA; it should assume XA, XS"),
        (("--regions", "XB"), 1, "the proof assumes the regions XA; it should assume none"),
        (("--regions", "XA,XS"), 1, "the proof assumes the regions XA; it should assume XA, XS"),
        (("--regions", "XA,Q"), 2, "'Q' is no region code"),
        (("--policy", "nobodys"), 2, "no policy 'nobodys' is shipped"),
    ],
)
def test_the_regions_of_a_proof_are_held_against_a_policy(
    world: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    screen(world, "proved")
    proof = "proved/proofs.jsonl#c1"
    done = clearance(world, "verify", proof, "--reference", "snapshot", *words)
    assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done


def test_an_earlier_run_is_compared_with(world: Path) -> None:
    screen(world, "before", "--as-of", "2025-09-04")
    done = screen(world, "after", "--previous", "before")
    assert done.returncode == 0
    changes = (world / "after" / "changes.csv").read_text()
    assert "newly_denied,c1,Alder Ltd" in changes


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (("--customers", "none.csv"), 2, "none.csv: no such file"),
        (("--as-of", "2025-02-30"), 2, "--as-of: '2025-02-30' is no date"),
        (("--previous", "nowhere"), 2, "no results there"),
        (("--policy", "provider-region"), 2, "did you mean 'provider-regions-2025-09-05"),
        (("--reference", "nowhere"), 2, "nowhere"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(
    world: Path, more: tuple[str, ...], code: int, told: str
) -> None:
    done = screen(world, "bad", *more)
    assert done.returncode == code, done.stderr
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (world / "bad").exists()


def test_a_flipped_byte_in_the_snapshot_is_not_screened_with(world: Path, tmp_path: Path) -> None:
    copy = tmp_path / "snapshot"
    copy.mkdir()
    for entry in (world / "snapshot").iterdir():
        (copy / entry.name).write_bytes(entry.read_bytes())
    victim = copy / "low.npy" if (copy / "low.npy").exists() else sorted(copy.glob("*.npy"))[0]
    raw = bytearray(victim.read_bytes())
    raw[-1] ^= 1
    victim.write_bytes(raw)
    done = screen(world, "flipped", "--reference", str(copy))
    assert (done.returncode, (world / "flipped").exists()) == (5, False)


def test_a_folder_with_something_else_in_it_is_left_alone(world: Path) -> None:
    (world / "mine").mkdir(exist_ok=True)
    (world / "mine" / "thesis.txt").write_text("mine")
    done = screen(world, "mine")
    assert done.returncode == 4
    assert (world / "mine" / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["p2", "XS-REG:1", "Alder Ltd"])
def test_a_party_is_explained_by_id_number_or_name(world: Path, name: str) -> None:
    words = ("--reference", "snapshot", "--policy", POLICY, "--regions", "./regions.toml")
    done = clearance(world, "explain", name, *words, "--as-of", "2025-09-05", "--format", "json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["party"]["id"] == "p2"
    assert record["rules"][0]["finding"]["reached"] == "certain"
    assert [child["party"]["id"] for child in record["owners"]["children"]] == ["p1", "n1"]


def test_an_explanation_is_a_tree_and_a_page(world: Path) -> None:
    words = ("--reference", "snapshot", "--policy", POLICY, "--regions", "./regions.toml")
    tree = clearance(world, "explain", "p2", *words, "--as-of", "2025-09-05")
    assert "51 %" in tree.stdout
    assert "⊖ Pine Group" in tree.stdout
    page = clearance(world, "explain", "p2", *words, "--as-of", "2025-09-05", "--format", "html")
    assert page.stdout.startswith("<!doctype html>")
    assert "<svg" in page.stdout
    stated = page.stdout[page.stdout.index("What is stated") :]
    assert all(word in stated for word in ("Pine Group", "51 %", "interests.csv"))


@pytest.mark.parametrize("format", ["tree", "json", "html"])
def test_owners_are_named_with_their_shares(world: Path, format: str) -> None:
    words = ("--reference", "snapshot", "--owners", "--format", format)
    done = clearance(world, "explain", "p4", *words)
    assert done.returncode == 0, done.stderr
    assert "A Person" in done.stdout
    assert done.stdout.startswith("<!doctype html>") is (format == "html")
    assert done.stdout.startswith("{") is (format == "json")


@pytest.mark.parametrize("name", ["nobody", "XS-REG:99"])
def test_nobody_is_told_in_one_line(world: Path, name: str) -> None:
    done = clearance(world, "explain", name, "--reference", "snapshot", "--policy", POLICY)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_an_operators_names_of_regions_stand_in_the_reasons(world: Path) -> None:
    (world / "names.tsv").write_text("XA\tThe Atoll\n", encoding="utf-8")
    assert screen(world, "named", "--names", "names.tsv").returncode == 0
    assert "The Atoll (XA)" in str(results(world / "named")["c3"]["reasons"])
