"""A second process writes what this one would write, and fails as this one would fail."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from tests.adapters.test_proofs import WORLD
from tests.ownership.proof_world import prover_of

from clearance.adapters.aside import MANY, Aside, worth_while
from clearance.adapters.proofs import INDEX, NAME, ProofFiles
from clearance.model.errors import StorageError

PARTIES = len(WORLD.everybody())


def filled(files: Aside | ProofFiles, folder: Path) -> tuple[bytes, bytes]:
    with files as sink:
        for number in range(1_200):
            assert sink.add(f"c{number}", number % PARTIES) == f"{NAME}#c{number}"
    return (folder / NAME).read_bytes(), (folder / INDEX).read_bytes()


def test_the_bytes_are_those_of_one_process(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    here = filled(ProofFiles(one, [prover_of(WORLD)]), one)
    there = filled(Aside(lambda: ProofFiles(two, [prover_of(WORLD)])), two)
    assert here == there


def test_a_failure_there_is_a_failure_here(tmp_path: Path) -> None:
    def opened() -> NoReturn:
        raise StorageError("the disk is full", file="proofs.jsonl")

    with pytest.raises(StorageError, match=r"proofs\.jsonl: the disk is full"):
        filled(Aside(opened), tmp_path)


def test_a_process_that_is_killed_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError, match="ended from outside"):
        filled(Aside(lambda: os._exit(9)), tmp_path)


def test_a_failure_here_ends_it(tmp_path: Path) -> None:
    def failing(sink: Aside) -> None:
        with sink:
            sink.add("c0", 0)
            raise KeyError

    sink = Aside(lambda: ProofFiles(tmp_path, [prover_of(WORLD)]))
    with pytest.raises(KeyError):
        failing(sink)
    assert not sink._process.is_alive()


@pytest.mark.parametrize(
    ("customers", "system", "cores", "expected"),
    [
        (MANY, "linux", 2, True),
        (MANY - 1, "linux", 2, False),
        (MANY, "darwin", 8, False),
        (MANY, "linux", 1, False),
        (MANY, "linux", None, False),
    ],
)
def test_it_is_used_where_it_pays(
    monkeypatch: pytest.MonkeyPatch, customers: int, system: str, cores: int | None, expected: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert worth_while(customers) is expected
