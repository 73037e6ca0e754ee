"""A folder that appears whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clearance.adapters.output_folder import output_folder, settle_ahead
from clearance.model.errors import StorageError

OURS = ("a.txt", "b.txt")


def written(folder: Path, error: BaseException) -> None:
    (folder / "a.txt").write_text("new")
    raise error


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_folder_appears_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "out"
    with output_folder(target, OURS) as folder:
        (folder / "a.txt").write_text("a")
        assert not target.exists()
    assert names(target) == ["a.txt"]
    assert names(target.parent) == ["out"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), output_folder(tmp_path / "out", OURS) as folder:
        written(folder, error())
    assert names(tmp_path) == []


def test_an_earlier_run_survives_a_failure(tmp_path: Path) -> None:
    target = tmp_path / "out"
    with output_folder(target, OURS) as folder:
        (folder / "a.txt").write_text("old")
    with pytest.raises(ValueError, match="no"), output_folder(target, OURS) as folder:
        written(folder, ValueError("no"))
    assert (target / "a.txt").read_text() == "old"


def test_an_earlier_run_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out"
    for name in OURS:
        with output_folder(target, OURS) as folder:
            (folder / name).write_text(name)
    assert names(target) == ["b.txt"]
    assert names(tmp_path) == ["out"]


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("mine")
    with pytest.raises(StorageError, match=r"thesis\.txt"), output_folder(target, OURS):
        raise AssertionError
    assert names(tmp_path) == ["out"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(StorageError, match="is no folder"), output_folder(tmp_path / "out", OURS):
        raise AssertionError


def test_a_full_disk_is_the_machines_fault(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No space"), output_folder(tmp_path / "out", OURS):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == []


@pytest.mark.parametrize("able", [True, False])
def test_what_the_disk_begins_with_early_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, able: bool
) -> None:
    if not able:
        monkeypatch.delattr(os, "posix_fadvise", raising=False)
    with output_folder(tmp_path / "out", OURS) as folder, (folder / "a.txt").open("wb") as file:
        file.write(b"a" * 100_000)
        settle_ahead(folder)
        file.write(b"b")
    assert (tmp_path / "out" / "a.txt").read_bytes() == b"a" * 100_000 + b"b"
