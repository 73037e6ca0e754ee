"""``clearance log`` as a user meets it; what the guide for auditors shows is not repeated."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import KEY, filled
from typer.testing import CliRunner

from clearance.cli.app import app
from clearance.model.errors import ClearanceError, InputError, StorageError

RUN = CliRunner()


def run(*words: object, said: str | None = None) -> str:
    result = RUN.invoke(app, ["log", *map(str, words)], input=said)
    if isinstance(result.exception, ClearanceError):
        raise result.exception
    return f"{result.exit_code} {result.output}"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "log.key"
    file.write_text(KEY.text)
    (tmp_path / "log.key.pub").write_text(KEY.verifier.text)
    return file


def test_a_key_is_for_its_owner_only_and_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "new.key"
    text = run("keygen", file, "--name", "example.org/log").split()[1]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (tmp_path / "new.key.pub").read_text().strip() == text
    with pytest.raises(StorageError):
        run("keygen", file, "--name", "example.org/log")
    with pytest.raises(InputError, match="cannot name a key"):
        run("keygen", tmp_path / "other.key", "--name", "two words")
    assert not (tmp_path / "other.key").exists()


def test_an_answer_for_programs_says_what_the_one_for_people_says(
    tmp_path: Path, key: Path
) -> None:
    place = filled(tmp_path / "log.db", 30)
    found = json.loads(run("verify", place, "--key", f"{key}.pub", "--format", "json")[2:])
    assert found == {
        "holds": True,
        "origin": KEY.name,
        "size": 30,
        "kinds": {"decision": 29, "erasure": 1},
        "lost": 0,
        "erased": 1,
        "aside": True,
        "flaws": [],
        "more": 0,
    }
    run("prove", place, "d0007", "--out", tmp_path / "out")
    receipt, entry = tmp_path / "out" / "d0007.tlog-proof", tmp_path / "out" / "d0007.entry"
    told = run("check", receipt, "--entry", entry, "--key", KEY.verifier.text, "--format", "json")
    assert json.loads(told[2:])["holds"] is True
    assert json.loads(told[2:])["index"] == 7


def test_disclosed_values_are_checked_and_erased_ones_are_not_disclosed(
    tmp_path: Path, key: Path
) -> None:
    place, out = filled(tmp_path / "log.db", 30), tmp_path / "out"
    run("prove", place, "d0007", "--out", out, "--disclose")
    check = ("check", out / "d0007.tlog-proof", "--entry", out / "d0007.entry",
             "--key", KEY.verifier.text, "--sealed", out / "d0007.sealed.json")  # fmt: skip
    assert run(*check).startswith("0 proved: decision d0007")
    sealed = out / "d0007.sealed.json"
    sealed.write_text(sealed.read_text().replace("192.0.2.7", "192.0.2.8"))
    assert "the ip that was disclosed is not the one that was sealed" in run(*check)
    sealed.write_text("[")
    with pytest.raises(InputError, match="no disclosed values"):
        run(*check)
    assert run("erase", place, "--key", key, "--why", "asked", "--subject", "account-7")
    run("prove", place, "d0007", "--out", out, "--disclose")
    assert json.loads(sealed.read_text()) == {}
    assert run(*check).startswith("0 proved")
    assert "2 sealed values were erased" in run("verify", place, "--key", f"{key}.pub")


def test_what_is_appended_comes_from_standard_input_and_must_be_json(
    tmp_path: Path, key: Path
) -> None:
    place = tmp_path / "log.db"
    assert run("init", place, "--key", key) == f"0 {KEY.name}: made, 0 entries\n"
    words = ("append", place, "--key", key, "--kind", "exception", "--id", "x1")
    assert run(*words, said='{"who":"x"}') == "0 entry 0: exception x1\n"
    with pytest.raises(InputError, match="is no JSON"):
        run(*words, said="{")
    with pytest.raises(InputError, match="too large"):
        run(*words, said=json.dumps("x" * 70_000))
    assert run("verify", place, "--key", f"{key}.pub").startswith(f"0 {KEY.name} holds: 1 entries")


MISUSES = {
    "erase nobody": ("erase", "log.db", "--key", "log.key", "--why", "x"),
    "erase twice over": ("erase", "log.db", "--key", "log.key", "--why", "x", "--id", "a",
                         "--subject", "b"),
    "no kind": ("append", "log.db", "--key", "log.key", "--kind", "note", "--id", "x"),
}  # fmt: skip


@pytest.mark.parametrize("words", MISUSES.values(), ids=MISUSES)
def test_misuse_is_told(words: tuple[str, ...]) -> None:
    assert run(*words).startswith("2 ")


BAD = {
    "a key that is none": (("verify", "{log}", "--key", "a+b"), InputError, "no Ed25519 key"),
    "a key file that is not there": (("verify", "{log}", "--key", "no"), InputError, "cannot be"),
    "no log": (("verify", "{no}", "--key", "{pub}"), StorageError, "no log"),
    "a folder without a log": (("verify", "{dir}", "--key", "{pub}"), StorageError, "checkpoint"),
    "no such entry": (("prove", "{log}", "x", "--out", "{no}"), InputError, "no entry 'x'"),
    "nothing sealed": (("erase", "{log}", "--key", "{key}", "--why", "w", "--id", "e"),
                       InputError, "keeps nothing sealed"),
    "a receipt that is none": (("check", "{pub}", "--entry", "{pub}", "--key", "{pub}"),
                               InputError, "is no receipt"),
    "a public key for a private one": (("init", "{no}", "--key", "{pub}"), InputError,
                                       "is no private key"),
    "an earlier checkpoint that is none": (("verify", "{log}", "--key", "{pub}", "--earlier",
                                            "{pub}"), InputError, "is no signed note"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "root", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_used_is_told(
    tmp_path: Path, key: Path, words: tuple[str, ...], root: type[ClearanceError], told: str
) -> None:
    place = filled(tmp_path / "log.db", 3)
    (tmp_path / "dir").mkdir()
    names = {"log": place, "key": key, "pub": f"{key}.pub", "no": tmp_path / "no",
             "dir": tmp_path / "dir"}  # fmt: skip
    with pytest.raises(root, match=told):
        run(*(word.format(**names) for word in words))
