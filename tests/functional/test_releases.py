"""``clearance policy release`` as two people use it, and a folder that somebody edits."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from tests.functional.test_impact import AFTER, BEFORE, CUSTOMERS, INTERESTS, PARTIES
from tests.functional.test_screen import Done, clearance


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two policies and an impact run for each."""
    folder = tmp_path_factory.mktemp("ran")
    for name, text in (
        ("parties.csv", PARTIES),
        ("interests.csv", INTERESTS),
        ("customers.csv", CUSTOMERS),
        ("before.toml", BEFORE),
        ("after.toml", AFTER),
    ):
        (folder / name).write_text(text)
    clearance(folder, "reference", "build", "snapshot", "parties.csv", "interests.csv")
    data = ("--reference", "snapshot", "--customers", "customers.csv")
    for policy, out in (("before.toml", "first"), ("after.toml", "second")):
        words = ("--policy", policy, "--against", "before.toml", "--out", out)
        done = clearance(folder, "impact", *data, *words, "--on", "2026-03-01")
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def here(ran: Path, tmp_path: Path) -> Path:
    shutil.copytree(ran, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("snapshot"))
    return tmp_path


def release(folder: Path, act: str, *words: str, by: str = "Ada", on: str = "2026-01-02") -> Done:
    who = () if act == "status" else ("--by", by)
    return clearance(folder, "policy", "release", act, *words, *who, "--on", on)


def digest(folder: Path, out: str) -> str:
    return hashlib.sha256((folder / out / "impact.json").read_bytes()).hexdigest()


def ready(folder: Path, policy: str, which: str, out: str) -> None:
    """Draft, validate, and take an impact run."""
    for done in (
        release(folder, "draft", policy, "--series", "regions"),
        release(folder, "validate", which),
        release(folder, "impact", which, "--report", out),
    ):
        assert done.returncode == 0, done.stderr


def approved(folder: Path, policy: str, which: str, out: str) -> None:
    ready(folder, policy, which, out)
    done = release(folder, "approve", which, "--impact", digest(folder, out)[:12], by="Ben")
    assert done.stdout.startswith(f"{which} is approved"), done.stderr


def test_two_versions_come_into_effect_one_after_the_other(here: Path) -> None:
    approved(here, "before.toml", "regions/1", "first")
    approved(here, "after.toml", "regions/2", "second")
    for day, states in (
        ("2026-01-02", ("effective", "approved")),
        ("2026-02-28", ("effective", "approved")),
        ("2026-03-01", ("superseded", "effective")),
    ):
        lines = release(here, "status", on=day).stdout.splitlines()
        shown = [line.split()[-1] for line in lines if line.startswith("regions/")]
        assert tuple(shown) == states, day
    assert any("differences from release regions/1" in line for line in lines)
    assert any("1 newly denied, 2 newly in review" in line for line in lines)


def test_the_documents_are_kept_whatever_becomes_of_the_files(here: Path) -> None:
    approved(here, "before.toml", "regions/1", "first")
    kept = (here / "releases" / "regions" / "1" / "bundle.json").read_bytes()
    (here / "before.toml").write_text(BEFORE.replace("deny", "review"))
    assert release(here, "status").returncode == 0
    assert BEFORE in json.loads(kept)["policy"]
    done = release(here, "draft", "before.toml", "--series", "regions")
    assert done.stdout.startswith("regions/2 is draft")
    assert (here / "releases" / "regions" / "1" / "bundle.json").read_bytes() == kept


@pytest.mark.parametrize(
    ("act", "words", "by", "told"),
    [
        ("approve", ("--impact", "RUN"), "Ada", "Ada drafted release regions/1 and cannot approve"),
        ("approve", ("--impact", "RUN"), " ADA ", "cannot approve"),
        ("approve", ("--impact", "00000000"), "Ben", "approve rests on 00000000, not on"),
        ("approve", ("--impact", "R"), "Ben", "approve rests on"),
        ("approve", ("--impact", "RUN"), " ", "nobody is named for approve"),
        ("validate", (), "Ada", "release regions/1 is impact run: no validate now"),
        ("impact", ("--report", "second"), "Ada", "judged another policy than this release"),
        ("impact", ("--report", "nowhere"), "Ada", "no report"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused_and_changes_nothing(
    here: Path, act: str, words: tuple[str, ...], by: str, told: str
) -> None:
    ready(here, "before.toml", "regions/1", "first")
    steps = here / "releases" / "regions" / "1" / "steps.jsonl"
    before = steps.read_bytes()
    run = digest(here, "first")
    known = {"RUN": run, "R": run[:4]}
    done = release(here, act, "regions/1", *(known.get(one, one) for one in words), by=by)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert steps.read_bytes() == before


def test_an_impact_run_counts_only_against_what_is_in_effect(here: Path) -> None:
    approved(here, "after.toml", "regions/1", "second")
    for act, more in (
        ("draft", ("after.toml", "--series", "regions")),
        ("validate", ("regions/2",)),
    ):
        assert release(here, act, *more, on="2026-04-01").returncode == 0
    words = ("regions/2", "--report", "second")
    done = release(here, "impact", *words, on="2026-04-01")
    assert "the run is not against release regions/1, now in effect" in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("validate", "regions/9"), "no release regions/9"),
        (("validate", "regions"), "'regions' is no release; write SERIES/NUMBER"),
        (("draft", "before.toml", "--series", "../up"), "'../up' is no name of a series"),
        (("draft", "none.toml", "--series", "s"), "none.toml: no such file"),
    ],
)
def test_a_name_that_is_none_is_told(here: Path, words: tuple[str, ...], told: str) -> None:
    done = release(here, *words)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert not (here / "releases" / "s").exists()


def test_a_policy_that_is_over_is_not_validated(here: Path) -> None:
    ended = BEFORE.replace("effective = 2026-01-01", "effective = 2025-01-01\nend = 2026-01-01")
    (here / "ended.toml").write_text(ended)
    release(here, "draft", "ended.toml", "--series", "regions")
    done = release(here, "validate", "regions/1")
    assert "the policy ends on 2026-01-01" in done.stderr


def test_a_release_that_was_never_in_effect_can_be_withdrawn(here: Path) -> None:
    approved(here, "after.toml", "regions/1", "second")
    assert release(here, "withdraw", "regions/1", on="2026-02-28").returncode == 0
    assert release(here, "status", on="2026-03-01").stdout.splitlines()[0].endswith("withdrawn")


def test_what_was_in_effect_stays(here: Path) -> None:
    approved(here, "before.toml", "regions/1", "first")
    done = release(here, "withdraw", "regions/1")
    assert "release regions/1 has been in effect since 2026-01-02" in done.stderr


@pytest.mark.parametrize("file", ["bundle.json", "steps.jsonl", "impact.json"])
def test_any_edited_byte_of_a_release_is_found(here: Path, file: str) -> None:
    approved(here, "before.toml", "regions/1", "first")
    path = here / "releases" / "regions" / "1" / file
    sound = path.read_bytes()
    for at in range(0, len(sound), max(1, len(sound) // 12)):
        path.write_bytes(sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :])
        done = release(here, "status")
        assert done.returncode == 5, (at, sound[at : at + 20], done.stdout)
        assert file in done.stderr or "steps.jsonl" in done.stderr
    path.unlink()
    assert release(here, "status").returncode == 5


def test_steps_are_written_into_a_log_once(here: Path) -> None:
    approved(here, "before.toml", "regions/1", "first")
    for words in (("keygen", "log.key", "--name", "example.org/log"), ("init", "log.db")):
        more = ("--key", "log.key") if words[0] == "init" else ()
        assert clearance(here, "log", *words, *more).returncode == 0
    release_log = ("policy", "release", "log", "--log", "log.db", "--key", "log.key")
    for told in ("4 steps written\n", "0 steps written\n"):
        done = clearance(here, *release_log)
        assert (done.returncode, done.stdout) == (0, told), done.stderr
    done = clearance(here, "log", "verify", "log.db", "--key", "log.key.pub", "--format", "json")
    found = json.loads(done.stdout)
    assert found["holds"]
    assert found["kinds"] == {"approval": 1, "policy_release": 3}
    id = "approval-regions-000001-0004"
    done = clearance(here, "log", "prove", "log.db", id, "--out", "proof", "--disclose")
    assert done.returncode == 0, done.stderr
    entry = json.loads((here / "proof" / f"{id}.entry").read_text())
    assert (entry["body"]["act"], entry["body"]["evidence"]) == ("approve", digest(here, "first"))
    assert "Ben" not in json.dumps(entry)
    assert json.loads((here / "proof" / f"{id}.sealed.json").read_text())["by"]["value"] == "Ben"


@pytest.mark.parametrize("left", [0, 1, 2])
def test_steps_cut_off_or_moved_are_found(here: Path, left: int) -> None:
    approved(here, "before.toml", "regions/1", "first")
    path = here / "releases" / "regions" / "1" / "steps.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[left + 1 :]))
    assert release(here, "status").returncode == 5
    other = here / "releases" / "other" / "1"
    shutil.copytree(path.parent, other)
    (other / "steps.jsonl").write_text("".join(lines))
    path.write_text("".join(lines))
    assert "tells of another release" in release(here, "status").stderr


def test_a_policy_is_printed_with_all_it_refers_to(here: Path) -> None:
    done = clearance(here, "policy", "bundle", "before.toml")
    assert done.returncode == 0, done.stderr
    release = json.loads((here / "first" / "impact.json").read_text())["before"]["digest"]
    assert hashlib.sha256(done.stdout.encode()).hexdigest() == release
