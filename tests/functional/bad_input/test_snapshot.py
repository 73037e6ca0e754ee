"""A damaged snapshot is told, by file, whichever file it is and however it was damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.functional.bad_input.saying import EXPLAIN, SCREEN, VERIFY, Run, one_clear_line, refused

Damage = Callable[[bytes], bytes]
OWNERS = ("explain", "S", "--reference", "snapshot", "--owners")


def _flipped(at: float) -> Damage:
    def flip(content: bytes) -> bytes:
        place = int(at * (len(content) - 1))
        return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]

    return flip


FLIPS = (_flipped(0.5), _flipped(1))


def _damaged(snapshot: Path, damage: Damage) -> list[Path]:
    """Every file of a snapshot that the damage changes."""
    files = sorted(snapshot.iterdir())
    return [file for file in files if file.stat().st_size and damage(b"ab") != b"ab"]


@pytest.mark.parametrize("flip", FLIPS, ids=["middle", "last"])
def test_validate_and_screen_name_each_file_with_a_flipped_byte(
    screened: Path, run: Run, flip: Damage
) -> None:
    before = {entry.name for entry in screened.iterdir()}
    for file in _damaged(screened / "snapshot", flip):
        content = file.read_bytes()
        file.write_bytes(flip(content))
        said = run("reference", "validate", "snapshot")
        assert (said.code, said.err) == (1, "")
        assert file.name in said.out
        said = run(*SCREEN)
        assert said.code == 5
        assert one_clear_line(said.err, (file.name, "build the snapshot again"))
        assert {entry.name for entry in screened.iterdir()} == before
        file.write_bytes(content)


@pytest.mark.parametrize("flip", FLIPS, ids=["middle", "last"])
def test_a_flipped_byte_never_ends_in_a_traceback(screened: Path, run: Run, flip: Damage) -> None:
    for file in _damaged(screened / "snapshot", flip):
        content = file.read_bytes()
        file.write_bytes(flip(content))
        for words in (EXPLAIN, VERIFY):
            said = run(*words)
            assert said.code in (0, 1, 2, 5)
            assert said.code in (0, 1) or one_clear_line(said.err, ())
        file.write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda content: content[: len(content) // 2], "bytes"),
        (lambda content: b"", "bytes"),
        (lambda content: content + b" ", "bytes"),
        (None, "missing"),
    ],
    ids=["cut", "emptied", "longer", "missing"],
)
def test_opening_names_a_file_of_another_size(
    screened: Path, run: Run, damage: Damage | None, says: str
) -> None:
    for file in sorted((screened / "snapshot").iterdir()):
        if file.name == "manifest.json":
            continue
        content = file.read_bytes()
        if damage is None:
            file.unlink()
        elif damage(content) != content:
            file.write_bytes(damage(content))
        else:
            continue
        said = run("reference", "info", "snapshot")
        assert said.code == 5
        assert one_clear_line(said.err, (file.name, says))
        file.write_bytes(content)


def test_a_file_that_does_not_belong_there_is_named(screened: Path, run: Run) -> None:
    (screened / "snapshot" / "notes.txt").write_text("mine")
    said = run("reference", "validate", "snapshot")
    assert (said.code, said.err) == (1, "")
    assert "notes.txt" in said.out
    refused(run, SCREEN, 5, ("notes.txt", "does not belong"))


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"format":', b"\xff\xfe\0", b"[" * 100_000, b'{"format":"clearance-snapshot"}'],
)
def test_a_manifest_that_is_none_is_named(screened: Path, run: Run, content: bytes) -> None:
    (screened / "snapshot" / "manifest.json").write_bytes(content)
    for words in (SCREEN, EXPLAIN, VERIFY, OWNERS, ("reference", "info", "snapshot")):
        refused(run, words, 5, ("manifest.json",))
    assert run("reference", "validate", "snapshot").code == 1
