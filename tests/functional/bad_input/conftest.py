"""A small good world in the current folder, and the command line on it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import FILES, Run, Said

from clearance.cli.app import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command in this process."""

    def call(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["clearance", *words])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capfd.readouterr()
        return Said(int(stop.value.code or 0), out, err)

    return call


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Parties, interests, customers, regions, a policy and a rule that are all good."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a snapshot and the answers of one screening, made once."""
    from clearance.adapters.screening.run import ScreenOrder
    from clearance.adapters.screening.screening import screen_portfolio
    from clearance.adapters.snapshot.builder import Builder
    from clearance.adapters.told import Told
    from clearance.model.dates import day_of

    folder = tmp_path_factory.mktemp("built")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    sources = [folder / "parties.csv", folder / "interests.csv"]
    Builder(folder / "snapshot", sources, created_by="a test", built="2026-01-02").compile().write()
    day = day_of("2026-01-02")
    screen_portfolio(
        ScreenOrder(
            folder / "snapshot",
            str(folder / "policy.toml"),
            folder / "customers.csv",
            folder / "answers",
            day,
        ),
        Told(),
    )
    return folder


@pytest.fixture
def screened(world: Path, built: Path) -> Path:
    """The good world with its snapshot and its answers."""
    shutil.copytree(built / "snapshot", world / "snapshot")
    shutil.copytree(built / "answers", world / "answers")
    return world
