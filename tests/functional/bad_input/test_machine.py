"""The machine says no in the middle: full disk, Ctrl-C, a reader who left. Nothing stays half."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import SCREEN, Run, contents, one_clear_line, refused

BUILD = ("reference", "build", "new", "parties.csv", "interests.csv")
PROGRAM = (sys.executable, "-m", "clearance.cli.app")


@pytest.mark.parametrize("words", [BUILD, SCREEN], ids=["build", "screen"])
def test_a_full_disk_leaves_nothing(screened: Path, words: tuple[str, ...]) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600))

    before = contents(screened)
    done = subprocess.run(
        [*PROGRAM, *words], preexec_fn=little, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 4, done.stderr
    assert one_clear_line(done.stderr, ())
    assert contents(screened) == before


@pytest.mark.parametrize("words", [BUILD, SCREEN], ids=["build", "screen"])
def test_an_interrupt_at_the_last_moment_leaves_nothing(
    screened: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    def interrupted(*places: object) -> None:
        raise KeyboardInterrupt

    before = contents(screened)
    monkeypatch.setattr(os, "rename", interrupted)
    said = run(*words)
    assert said.code == 130
    assert one_clear_line(said.err, ("interrupted",))
    assert contents(screened) == before


@pytest.mark.parametrize(
    ("file", "words"),
    [("interests.csv", BUILD), ("customers.csv", SCREEN), ("proof.json", ("verify", "proof.json"))],
    ids=["build", "screen", "verify"],
)
def test_a_pipe_is_refused_at_once(
    screened: Path, run: Run, file: str, words: tuple[str, ...]
) -> None:
    (screened / file).unlink(missing_ok=True)
    os.mkfifo(screened / file)
    refused(run, words, 2, (file, "is a pipe", "write it to a file first"))


@pytest.mark.parametrize(
    "words",
    [("policy", "list"), ("policy", "show", "provider-regions-2025-09-05"),
     ("reference", "info", "snapshot")],
    ids=" ".join,
)  # fmt: skip
def test_a_reader_who_left_is_no_complaint(screened: Path, words: tuple[str, ...]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *words], stdout=write, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


def test_output_that_nobody_can_write_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, "policy", "list"], stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert done.returncode == 4
    assert one_clear_line(done.stderr, ("No space left",))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("file", ["customers.csv", "policy.toml", "snapshot/manifest.json"])
def test_a_file_without_permission_is_named(screened: Path, run: Run, file: str) -> None:
    (screened / file).chmod(0)
    said = run(*SCREEN)
    (screened / file).chmod(0o600)
    assert said.code == 4
    assert one_clear_line(said.err, (file,))
