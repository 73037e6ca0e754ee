"""Bad input to ``screen``, ``explain`` and ``verify``: words and folders they cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.functional.bad_input.saying import EXPLAIN, SCREEN, VERIFY, Run, refused

Words = tuple[str, ...]

SCREENING: tuple[tuple[Words, int, Words], ...] = (
    (("--customers", "none.csv"), 2, ("none.csv", "no such file")),
    (("--customers", "snapshot"), 2, ("snapshot", "folder")),
    (("--as-of", "soon"), 2, ("--as-of", "soon")),
    (("--as-of", "2026-02-30"), 2, ("--as-of", "2026-02-30")),
    (("--policy", "nobody"), 2, ("nobody",)),
    (("--policy", "./none.toml"), 2, ("none.toml", "no such file")),
    (("--policy", "./regions.toml"), 2, ("regions.toml:",)),
    (("--regions", "nowhere"), 2, ("nowhere",)),
    (("--regions", "./policy.toml"), 2, ("policy.toml:",)),
    (("--reference", "none"), 2, ("none", "no such folder", "reference build")),
    (("--reference", "customers.csv"), 2, ("customers.csv", "no folder")),
    (("--reference", "answers"), 5, ("answers", "no snapshot")),
    (("--previous", "none"), 2, ("none", "--out of an earlier run")),
    (("--previous", "snapshot"), 2, ("snapshot", "--out of an earlier run")),
    (("--previous", "customers.csv"), 2, ("customers.csv", "--out of an earlier run")),
    (("--out", "snapshot"), 4, ("snapshot", "new or empty folder")),
    (("--out", "snapshot/out"), 2, ("snapshot/out", "never changes")),
    (("--out", "customers.csv"), 4, ("customers.csv", "no folder")),
    (("--out", "customers.csv/out"), 4, ("customers.csv", "no folder")),
    (("--out", "."), 4, ("new or empty folder",)),
    (("--out", "/proc/none"), 4, ("/proc", "--out")),
    (("--out", "x" * 300), 4, ("too long",)),
    (("--outt", "x"), 2, ("--outt", "--out")),
)


@pytest.mark.parametrize(("words", "code", "says"), SCREENING, ids=str)
def test_screen_refuses_what_it_cannot_use(
    screened: Path, run: Run, words: Words, code: int, says: Words
) -> None:
    refused(run, (*SCREEN, *words), code, says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", ("earlier", "empty")),
        (b"[]\n", (":1", "no result")),
        (b'{"customer":', (":1", "no result")),
        (b'{"customer":["C1"]}\n', (":1", "no result")),
        (b'{"customer":"C1"}\n', ("'C1'", "--out of an earlier run")),
        (b"\xff\xfe\n", (":1", "no result")),
    ],
)
def test_an_earlier_run_that_is_none_is_named(
    screened: Path, run: Run, content: bytes, says: Words
) -> None:
    (screened / "earlier").mkdir()
    (screened / "earlier" / "results.jsonl").write_bytes(content)
    refused(run, (*SCREEN, "--previous", "earlier"), 2, ("earlier/results.jsonl", *says))


EXPLAINING: tuple[tuple[Words, int, Words], ...] = (
    (("explain", "Z", *EXPLAIN[2:]), 2, ("'Z'", "exact name")),
    (("explain", "", *EXPLAIN[2:]), 2, ("''",)),
    (("explain", "a\0\x1b[31m", *EXPLAIN[2:]), 2, ("no party",)),
    (("explain", "x" * 100_000, *EXPLAIN[2:]), 2, ("no party", "…")),
    (("explain", "NO-REG:2", *EXPLAIN[2:]), 2, ("NO-REG:2",)),
    (("explain", "S", "--reference", "snapshot"), 2, ("--policy", "--owners")),
    (("explain", "S", "--reference", "none", "--owners"), 2, ("none", "no such folder")),
    (("explain", "S", "--reference", "answers", "--owners"), 5, ("answers", "no snapshot")),
    ((*EXPLAIN, "--as-of", "2026-02-30"), 2, ("--as-of", "2026-02-30")),
    ((*EXPLAIN, "--regions", "none.toml"), 2, ("none.toml", "no such file")),
    ((*EXPLAIN, "--format", "pdf"), 2, ("--format", "pdf", "html")),
    (("explain",), 2, ("explain --help",)),
    (("verify", "none.jsonl#C1"), 2, ("none.jsonl", "no such file")),
    (("verify", "answers"), 2, ("answers", "folder")),
    (("verify", "answers/proofs.jsonl"), 2, ("--customer",)),
    (("verify", "answers/proofs.jsonl#C9"), 2, ("'C9'",)),
    (("verify", "answers/proofs.jsonl#C2"), 2, ("'C2'", "identified")),
    (("verify", "customers.csv"), 2, ("customers.csv", "JSON")),
    ((*VERIFY[:3], "none"), 2, ("none", "no such folder")),
    (("reference", "info", "none"), 2, ("none", "no such folder")),
    (("reference", "validate", "customers.csv"), 2, ("customers.csv", "no folder")),
    (("reference", "pull", "nobody", "out"), 2, ("nobody", "gleif")),
    (("reference", "bild"), 2, ("bild", "build")),
    (("policy", "show", "nobody"), 2, ("nobody", "policy list")),
    (("wrong",), 2, ("wrong", "--help")),
    (("--wrong",), 2, ("--wrong", "--help")),
)


@pytest.mark.parametrize(("words", "code", "says"), EXPLAINING, ids=lambda value: str(value)[:60])
def test_the_other_commands_refuse_what_they_cannot_use(
    screened: Path, run: Run, words: Words, code: int, says: Words
) -> None:
    refused(run, words, code, says)
