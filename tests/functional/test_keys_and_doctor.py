"""``clearance key`` and ``clearance doctor`` as an operator runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.functional.test_screen import clearance

from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys
from clearance.usecases.scopes import Scope

POLICY = "provider-regions-2025-09-05"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert clearance(tmp_path, "state", "init", "state.db").returncode == 0
    return tmp_path


def works(folder: Path, token: str) -> frozenset[Scope]:
    """What a token may do."""
    database = Database(str(folder / "state.db"))
    key = Keys(database).check(token.strip())
    database.close()
    return key.scopes if key else frozenset()


def create(folder: Path, *scopes: str) -> str:
    words = [word for scope in scopes for word in ("--scope", scope)]
    done = clearance(folder, "key", "create", "state.db", "--name", "Ada", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_key_is_made_listed_rotated_and_revoked(folder: Path) -> None:
    token = create(folder, "facts:read")
    assert works(folder, token) == {Scope.FACTS_READ}
    listed = clearance(folder, "key", "list", "state.db").stdout
    id = listed.split()[0]
    assert token.split("_")[2].strip() not in listed
    new = clearance(folder, "key", "rotate", "state.db", id, "--overlap", "0").stdout
    assert works(folder, token) == frozenset()
    assert works(folder, new) == {Scope.FACTS_READ}
    assert clearance(folder, "key", "revoke", "state.db", new.split("_")[1]).returncode == 0
    assert works(folder, new) == frozenset()
    assert [
        line.split()[1] for line in clearance(folder, "key", "list", "state.db").stdout.splitlines()
    ] == ["over", "over"]


def test_all_stands_for_every_scope(folder: Path) -> None:
    assert works(folder, create(folder, "all")) == frozenset(Scope)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("create", "state.db", "--name", "x", "--scope", "fact:read"), "did you mean"),
        (("create", "nothing.db", "--name", "x", "--scope", "all"), "no such database"),
        (("revoke", "state.db", "nothing"), "no key"),
        (("rotate", "state.db", "nothing"), "no key"),
    ],
)
def test_what_cannot_be_done_is_told(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = clearance(folder, "key", *words)
    assert (done.returncode, message in done.stderr, done.stdout) == (2, True, ""), done.stderr


def test_the_doctor_finds_a_sound_state_and_says_what_is_missing(folder: Path) -> None:
    done = clearance(folder, "doctor", "--state", "state.db", "--policy", POLICY)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("good  state: at step")
    assert "note  screening: none yet" in lines
    assert any(line.startswith("good  policy") for line in lines)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--state", "nothing.db"), "bad   state: "),
        (("--log", "nothing.db"), "bad   log: "),
        (("--networks", "nothing.mmdb"), "bad   networks: "),
        (("--policy", "nothing"), "bad   policy nothing: "),
    ],
)
def test_the_doctor_finds_what_is_bad(folder: Path, words: tuple[str, ...], message: str) -> None:
    done = clearance(folder, "doctor", *words)
    assert (done.returncode, message in done.stdout, done.stderr) == (1, True, ""), done


def test_a_state_that_others_may_read_or_that_is_damaged_is_bad(folder: Path) -> None:
    create(folder, "all")
    state = folder / "state.db"
    state.chmod(0o644)
    done = clearance(folder, "doctor", "--state", "state.db")
    assert (done.returncode, "chmod 600" in done.stdout) == (1, True)
    state.chmod(0o600)
    raw = bytearray(state.read_bytes())
    raw[len(raw) // 2 :] = bytes(len(raw) - len(raw) // 2)
    state.write_bytes(raw)
    done = clearance(folder, "doctor", "--state", "state.db")
    assert (done.returncode, "bad   state: " in done.stdout) == (1, True), done.stdout


def test_the_doctor_is_told_what_to_look_at(folder: Path) -> None:
    done = clearance(folder, "doctor")
    assert (done.returncode, "nothing to look at" in done.stderr) == (2, True)
