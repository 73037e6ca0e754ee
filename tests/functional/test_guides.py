"""The guides run: files they show are written, commands they show are run, output is compared.

A fenced block right after a line such as ``` `customers.csv`: ``` is that file. In a ``console``
block, lines after ``$ `` are commands; what follows is their output, in which ``…`` stands for
anything and trailing blanks do not count. Where nothing follows, output is not compared.
``$DATABASE_URL`` names a new PostgreSQL database.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDES = (ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md")))
BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S
)


@dataclass(frozen=True)
class Command:
    """One command of a guide and the output it shows."""

    text: str
    shown: tuple[str, ...]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_what_a_guide_shows_is_what_happens(
    guide: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = guide.read_text(encoding="utf-8")
    if "$DATABASE_URL" in text:
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgres"))
    for block in BLOCK.finditer(text):
        if block["file"]:
            (tmp_path / block["file"]).write_text(block["body"], encoding="utf-8")
        elif block["kind"] == "console":
            for command in _commands(block["body"]):
                _run(command, tmp_path)


def _commands(body: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", body, flags=re.M)[1:]:
        command, *shown = part.replace("\\\n", " ").splitlines()
        yield Command(command, tuple(line.rstrip() for line in shown))


def _run(command: Command, folder: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "110",
    }
    done = subprocess.run(
        command.text,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    printed = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
    assert _matches(printed, list(command.shown)), f"$ {command.text}\n--- printed\n" + "\n".join(
        printed
    )
    assert "Traceback" not in done.stderr


def _matches(printed: list[str], shown: list[str]) -> bool:
    """Does the output fit what is shown?"""
    if not shown:
        return True
    pattern = re.escape("\n".join(shown)).replace("…", ".*")
    return re.fullmatch(pattern.strip("\n"), "\n".join(printed).strip("\n"), re.S) is not None
