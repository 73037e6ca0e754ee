"""``clearance match`` and ``search``: what cannot be used is told in one line, nothing is left."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import Run

SNAPSHOT = ("--reference", "snapshot")
CUSTOMERS = ("--customers", "customers.csv")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("match",), 2, ("--reference", "missing")),
        (("match", *SNAPSHOT), 2, ("--customers, --name", "give a file or one record")),
        (("match", *SNAPSHOT, *CUSTOMERS, "--name", "Sub"), 2, ("give a file or one record",)),
        (("match", *SNAPSHOT, "--name", "Sub", "--country", "Nowhere"), 2, ("no region code",)),
        (("match", *SNAPSHOT, "--name", "Sub", "--kind", "persn"), 2, ("--kind", "write one of")),
        (("match", *SNAPSHOT, "--name", "Sub", "--out", "new"), 2, ("--out", "--customers")),
        (("match", *SNAPSHOT, "--number", "77"), 2, ("--number", "SCHEME:NUMBER")),
        (("match", *SNAPSHOT, "--name", "Sub", "--model", "none"), 2, ("none", "No such file")),
        (("match", *SNAPSHOT, "--name", "Sub", "--model", "policy.toml"), 2, ("no model file",)),
        (("match", *SNAPSHOT, "--customers", "none.csv"), 2, ("none.csv", "no such file")),
        (("match", *SNAPSHOT, *CUSTOMERS, "--out", "customers.csv"), 4, ("no folder",)),
        (("match", *SNAPSHOT, *CUSTOMERS, "--out", "answers"), 4, ("answers", "holds")),
        (("match", *SNAPSHOT, *CUSTOMERS, "--out", "snapshot/x"), 2, ("never changes",)),
        (("match", "--reference", "none", "--name", "Sub"), 2, ("none", "no such folder")),
        (("search", "…", *SNAPSHOT), 2, ("TEXT", "give a name")),
        (("search", "Sub", *SNAPSHOT, "--limit", "0"), 2, ("--limit", "1 to 100")),
        (("search", "Sub", *SNAPSHOT, "--country", "x"), 2, ("no region code",)),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_used_is_told(
    screened: Path, run: Run, words: tuple[str, ...], code: int, told: tuple[str, ...]
) -> None:
    before = sorted(screened.iterdir())
    said = run(*words)
    assert said.code == code, said.err
    assert said.err.count("\n") == 1
    assert not [part for part in told if part not in said.err], said.err
    assert sorted(screened.iterdir()) == before


def test_a_snapshot_whose_names_are_damaged_is_refused(screened: Path, run: Run) -> None:
    for file in (screened / "snapshot").glob("match.*"):
        data = bytearray(file.read_bytes())
        data[len(data) // 2 :] = bytes(byte ^ 0xFF for byte in data[len(data) // 2 :])
        file.write_bytes(data)
    said = run("match", *SNAPSHOT, "--name", "Subsidiary Works", "--country", "XS")
    assert (said.code, said.err.count("\n")) == (5, 1), said.err


def test_answers_to_a_folder_are_whole_and_the_same_each_time(screened: Path, run: Run) -> None:
    for out in ("once", "twice"):
        assert run("match", *SNAPSHOT, *CUSTOMERS, "--out", out).code == 0
    names = sorted(entry.name for entry in (screened / "once").iterdir())
    assert names == ["matches.csv", "matches.jsonl"]
    for name in names:
        once, twice = ((screened / out / name).read_bytes() for out in ("once", "twice"))
        assert once == twice
    assert "C1,Subsidiary Works,XS,match,S,Subsidiary Works" in (
        screened / "once" / "matches.csv"
    ).read_text("utf-8")


@pytest.mark.parametrize("format", ["json", "csv"])
def test_what_programs_read_is_the_same_in_every_locale(
    screened: Path, run: Run, format: str
) -> None:
    said = []
    for encoding in ("utf-8", "ascii", "latin-1"):
        assert isinstance(sys.stdout, io.TextIOWrapper)
        sys.stdout.reconfigure(encoding=encoding)
        said.append(run("match", *SNAPSHOT, "--name", "Ромашка 🌼", "--format", format).out)
    assert said[1:] == said[:1] * 2
    if format == "json":
        assert json.loads(said[0])["names"] == ["Ромашка 🌼"]


@pytest.mark.parametrize("option", ["--name", "--address", "--website", "--phone"])
def test_bytes_that_nobody_can_decode_are_no_fault(screened: Path, run: Run, option: str) -> None:
    words = {"--name": "Subsidiary Works", "--country": "XS", option: "\udcff\udcfe"}
    said = run("match", *SNAPSHOT, *(part for pair in words.items() for part in pair))
    assert (said.code, said.err) == (0, "")
