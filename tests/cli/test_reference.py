"""The reference commands as a user meets them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.adapters.snapshot.tables import write

from clearance.cli import app


@pytest.fixture
def interests(tmp_path: Path) -> Path:
    return write(tmp_path, "i.csv", "interested_party,subject,share", "A,B,60", "A,C,101")


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    monkeypatch.setattr(sys, "argv", ["clearance", "reference", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        app.main()
    out, err = capsys.readouterr()
    code = caught.value.code
    return (code if isinstance(code, int) else 0), out, err


def test_build_info_and_validate(
    tmp_path: Path,
    interests: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    out = tmp_path / "out"
    code, told, err = run(monkeypatch, capsys, "build", out, interests)
    assert (code, err) == (0, "")
    assert "2 parties, 1 interests" in told
    assert "is outside 0 to 100" in told
    code, told, _ = run(monkeypatch, capsys, "info", out, "--format", "json")
    document = json.loads(told)
    assert code == 0
    assert document["built"] == "2023-11-14"
    assert document["sources"][0]["name"] == "i.csv"
    code, told, _ = run(monkeypatch, capsys, "info", out)
    assert document["digest"] in told
    code, told, _ = run(monkeypatch, capsys, "validate", out)
    assert (code, told.startswith("valid: ")) == (0, True)


def test_a_broken_snapshot_exits_with_1_and_names_the_file(
    tmp_path: Path,
    interests: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    run(monkeypatch, capsys, "build", out, interests)
    path = out / "interest.low.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    code, told, _ = run(monkeypatch, capsys, "validate", out)
    assert code == 1
    assert "broken: interest.low.npy: does not have the digest" in told
    path.unlink()
    code, told, err = run(monkeypatch, capsys, "info", out)
    assert (code, told) == (5, "")
    assert "interest.low.npy: is missing" in err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("build", "{out}", "{file}", "--strict"), 1, ""),
        (("build", "{out}", "{folder}/none.csv"), 2, "there is no such file"),
        (("build", "{folder}", "{file}"), 4, "is there already"),
        (("build", "{out}", "{folder}/odd.txt"), 3, "not a source"),
        (("build", "{out}", "{folder}/empty.csv"), 3, "is empty"),
        (("build", "{out}", "{folder}/latin.csv"), 3, "is not UTF-8"),
        (("build", "{out}", "{folder}/columns.csv"), 2, "unknown column 'colour'"),
        (("build", "{out}", "{folder}/wide.csv"), 3, "not a source"),
        (("build", "{out}", "{folder}/long.csv"), 2, "long.csv:2: a row that does not end within"),
        (("build", "{out}", "{folder}/mac.csv"), 2, "mac.csv:1: lines end with CR alone"),
        (("build", "{out}", "{folder}/cut.parquet"), 3, "the Parquet file is broken"),
        (("info", "{folder}"), 5, "no snapshot"),
        (("validate", "{folder}"), 1, ""),
    ],
)
def test_bad_input_is_one_line_with_its_code_and_leaves_nothing(
    tmp_path: Path,
    interests: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    write(tmp_path, "odd.txt", "nothing we know")
    write(tmp_path, "columns.csv", "interested_party,subject,colour", "A,B,red")
    write(tmp_path, "wide.csv", "x" * 1_000_000)
    write(tmp_path, "long.csv", "interested_party,subject", "A," + "x" * 20_000_000)
    (tmp_path / "mac.csv").write_bytes(b"interested_party,subject\rA,B\r")
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "latin.csv").write_bytes(b"interested_party,subject\nA,B\xe9\n")
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and no more")
    before = sorted(path.name for path in tmp_path.iterdir())
    places = {"out": tmp_path / "out", "file": interests, "folder": tmp_path}
    found, _, err = run(monkeypatch, capsys, *(word.format(**places) for word in words))
    assert found == code
    assert message in err
    assert err.count("\n") <= 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before
