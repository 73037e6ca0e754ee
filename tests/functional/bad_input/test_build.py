"""Bad input to ``reference build``: a bad record is set aside, a bad source ends the build."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import Case, Run, contents, refused, title

HEADER = "interested_party,subject,share,minimum,maximum,start,end\n"
ROWS = (
    ("P,S,101,,,,", "share", "101"),
    ("P,S,-3,,,,", "share", "-3"),
    ("P,S,50%,,,,", "share", "percent sign"),
    ('P,S,"50,5",,,,', "share", "50,5"),
    ("P,S,nan,,,,", "share", "nan"),
    ("P,S,50,,,2019-02-30,", "start", "2019-02-30"),
    ("P,S,50,,,2020-01-02,2020-01-01", "end", "before the start"),
    ("P,S,,60,50,,", "minimum", "above the maximum"),
    (",S,5,,,,", "interested_party", "names nobody"),
    ("P,S,5", "", "header has 7"),
)
BUILD = ("reference", "build", "snapshot", "parties.csv", "bad.csv")


def test_a_bad_record_is_set_aside_with_source_line_field_and_reason(world: Path, run: Run) -> None:
    (world / "bad.csv").write_text(
        HEADER + "".join(f"{row}\n" for row, _, _ in ROWS) + "P,S,51,,,,\n"
    )
    said = run(*BUILD, "--format", "json")
    assert (said.code, said.err) == (0, "")
    figures = json.loads(said.out)["figures"]
    assert (figures["interests"], figures["rejects"]) == (1, len(ROWS))
    lines = (world / "snapshot" / "rejects.jsonl").read_text("utf-8").splitlines()
    for at, (line, (_, field, says)) in enumerate(zip(lines, ROWS, strict=True), 2):
        reject = json.loads(line)
        assert (reject["source"], reject["line"], reject["field"]) == ("bad.csv", at, field)
        assert says in reject["reason"]


@pytest.mark.parametrize("row", [row for row, _, _ in ROWS])
def test_strict_leaves_nothing_behind(world: Path, run: Run, row: str) -> None:
    (world / "bad.csv").write_text(f"{HEADER}{row}\n")
    before = contents(world)
    said = run(*BUILD, "--strict")
    assert said.code == 1
    assert "nothing was written" in said.out
    assert contents(world) == before


def _packed(content: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("interests.csv", content)
    return raw.getvalue()


BOMB = b"interested_party,subject\n" + b"a,b\n" * 17_000_000
SOURCES = (
    Case("a zip bomb", "bad.csv", _packed(BOMB), ("bad.csv", "times its size", "unpack it"), 3),
    Case("a zip cut off", "bad.csv", _packed(b"a,b\n" * 99)[:60], ("bad.csv", "broken"), 3),
    Case("an empty zip", "bad.csv", b"PK\x05\x06" + bytes(18), ("bad.csv", "no file"), 3),
    Case("an unknown column", "bad.csv", "interested_party,subject,shares\n", (":1", "share"), 2),
    Case("another encoding", "bad.csv", b"interested_party,subject\nP,M\xfcller\n", ("UTF-8",), 3),
    Case("an empty file", "bad.csv", b"", ("bad.csv", "empty"), 3),
    Case("cut-off JSON", "bad.csv", b'[{"statementId":"1","recordType":"ent', ("cut off",), 3),
    Case("another document", "bad.csv", b"<html></html>", ("not a source", "XML"), 3),
    Case("cut-off Parquet", "bad.csv", b"PAR1" + bytes(99), ("bad.csv", "Parquet"), 3),
)  # fmt: skip


@pytest.mark.parametrize("case", SOURCES, ids=title)
def test_a_source_that_cannot_be_read_ends_the_build(world: Path, run: Run, case: Case) -> None:
    case.write(world)
    refused(run, BUILD, case.code, case.says)


def test_a_single_line_of_200_megabytes_is_refused(world: Path, run: Run) -> None:
    file = world / "bad.csv"
    with file.open("wb") as stream:
        stream.write(b"interested_party,subject\n")
        for _ in range(200):
            stream.write(b"x" * 1_000_000)
    said = run(*BUILD)
    file.unlink()
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "bad.csv:2" in said.err
    assert "16 MB" in said.err
    assert not (world / "snapshot").exists()


def test_what_is_no_source_in_a_folder_is_named_and_passed_over(world: Path, run: Run) -> None:
    (world / "in").mkdir()
    (world / "interests.csv").rename(world / "in" / "interests.csv")
    (world / "in" / "empty.txt").write_bytes(b"")
    (world / "in" / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    said = run("reference", "build", "snapshot", "in")
    assert (said.code, said.err) == (0, "")
    assert "empty.txt" in said.out
    assert "logo.png" in said.out


@pytest.mark.parametrize("epoch", ["nonsense", "1e5", "1.5", "9" * 20])
def test_an_epoch_that_is_no_time_is_told(
    world: Path, run: Run, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    refused(run, (*BUILD[:3], "parties.csv"), 2, ("SOURCE_DATE_EPOCH", epoch, "1970"))


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("parties.csv", ("parties.csv", "already", "new folder")),
        (".", (".", "already")),
        ("none/snapshot", ("none", "no such folder")),
        ("parties.csv/snapshot", ("parties.csv", "no such folder")),
        ("/proc/snapshot", ("/proc/snapshot", "cannot be written")),
    ],
)
def test_a_place_that_cannot_take_a_snapshot_is_told(
    world: Path, run: Run, out: str, says: tuple[str, ...]
) -> None:
    refused(run, ("reference", "build", out, "parties.csv"), 4, says)
