"""Bad input: one clear line (what, where, what to do), the documented exit code, no remains."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from clearance.cli.app import main

GOOD_INTERESTS = "interested_party,subject,share\nP,S,51\n"
GOOD_PARTIES = "id,name,headquarters\nP,Parent,XA\nS,Sub,XS\n"
GOOD_CUSTOMERS = "id,name,country\nC1,Sub,XS\n"


@dataclass(frozen=True)
class Case:
    """A file that is wrong, and what must be said of it."""

    title: str
    file: str
    content: bytes
    says: tuple[str, ...]
    code: int = 2


def _zip_bomb() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("interests.csv", b"interested_party,subject\n" + b"a,b\n" * 30_000_000)
    return raw.getvalue()


def _interests(
    line: str, header: str = "interested_party,subject,share,minimum,maximum,start,end"
) -> bytes:
    return f"{header}\n{line}\n".encode()


ATTRIBUTE = (
    Case(
        "unknown column",
        "interests.csv",
        b"interested_party,subject,shares\nP,S,5\n",
        ("shares", "share"),
    ),
    Case("a missing column", "interests.csv", b"subject,share\nS,5\n", ("interested_party",)),
    Case(
        "wrong encoding",
        "interests.csv",
        "interested_party,subject\nP,Müller\n".encode("latin-1"),
        ("UTF-8",),
        3,
    ),
    Case(
        "101 percent",
        "interests.csv",
        _interests("P,S,101,,,,"),
        ("interests.csv:2", "share", "101"),
    ),
    Case(
        "a negative share",
        "interests.csv",
        _interests("P,S,-3,,,,"),
        ("interests.csv:2", "share", "-3"),
    ),
    Case(
        "a percent sign",
        "interests.csv",
        _interests("P,S,50%,,,,"),
        ("interests.csv:2", "share", "50%"),
    ),
    Case(
        "a decimal comma",
        "interests.csv",
        _interests('P,S,"50,5",,,,'),
        ("interests.csv:2", "share", "50,5"),
    ),
    Case(
        "no such date",
        "interests.csv",
        _interests("P,S,50,,,2019-02-30,"),
        ("interests.csv:2", "start", "2019-02-30"),
    ),
    Case(
        "end before start",
        "interests.csv",
        _interests("P,S,50,,,2020-01-02,2020-01-01"),
        ("interests.csv:2", "end"),
    ),
    Case(
        "ends out of order",
        "interests.csv",
        _interests("P,S,,60,50,,"),
        ("interests.csv:2", "minimum"),
    ),
    Case(
        "unknown interest type",
        "interests.csv",
        b"interested_party,subject,interest_type\nP,S,shareholdings\n",
        ("interests.csv:2", "interest_type", "shareholding"),
    ),
    Case(
        "an empty id",
        "interests.csv",
        b"interested_party,subject\n,S\n",
        ("interests.csv:2", "interested_party"),
    ),
    Case("an empty file", "interests.csv", b"", ("interests.csv", "empty"), 3),
    Case(
        "cut-off JSON",
        "interests.csv",
        b'[{"statementId":"1","recordType":"entity","recordId":"x"',
        ("interests.csv",),
        3,
    ),
    Case(
        "a truncated gzip",
        "interests.csv",
        gzip.compress(GOOD_INTERESTS.encode() * 500)[:-20],
        ("interests.csv",),
        3,
    ),
    Case("a party twice", "parties.csv", b"id,name\nP,One\nP,Two\n", ("parties.csv:3", "P")),
    Case(
        "an unknown kind",
        "parties.csv",
        b"id,kind\nP,company\n",
        ("parties.csv:2", "kind", "company"),
    ),
)


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "interests.csv").write_text(GOOD_INTERESTS)
    (tmp_path / "parties.csv").write_text(GOOD_PARTIES)
    (tmp_path / "customers.csv").write_text(GOOD_CUSTOMERS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["clearance", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), capsys.readouterr().err

    return call


@pytest.mark.parametrize("case", ATTRIBUTE, ids=lambda case: case.title)
def test_attribute_says_what_is_wrong_and_where(folder: Path, run: Run, case: Case) -> None:
    (folder / case.file).write_bytes(case.content)
    code, said = run(
        "attribute", "--rule", "product", "--interests", "interests.csv", "--parties", "parties.csv"
    )
    _is_one_clear_line(said, case.says)
    assert code == case.code


COMMANDS = (
    ("an unknown rule", ("--rule", "us-ofac-500"), ("us-ofac-500", "us-ofac-50")),
    ("a seed that is nobody", ("--rule", "product", "--seed", "Q"), ("'Q'", "--seed")),
    ("no such day", ("--rule", "product", "--as-of", "2026-02-30"), ("2026-02-30",)),
    ("a region that is no code", ("--rule", "provider-regions", "--regions", "X1"), ("X1",)),
    ("no such rule file", ("--rule", "./none.toml"), ("none.toml", "no such file")),
)


@pytest.mark.parametrize(("title", "words", "says"), COMMANDS, ids=[case[0] for case in COMMANDS])
def test_attribute_refuses_words_it_cannot_use(
    folder: Path, run: Run, title: str, words: tuple[str, ...], says: tuple[str, ...]
) -> None:
    code, said = run("attribute", "--interests", "interests.csv", *words)
    _is_one_clear_line(said, says)
    assert code == 2


def _is_one_clear_line(said: str, parts: tuple[str, ...]) -> None:
    assert said.count("\n") == 1, said
    assert said.startswith("clearance: ")
    assert "Traceback" not in said
    for part in parts:
        assert part in said
