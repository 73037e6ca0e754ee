"""``docs/reference/commands.md`` is the program's own help; ``UPDATE_DOCS=1`` writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.testing import CliRunner

from clearance.cli import app as cli

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
HEAD = """\
# Commands

This page is the program's own help; a test compares them.

## Exit codes

"""


def test_the_page_of_commands_is_the_programs_help() -> None:
    text = HEAD + _exit_codes() + "".join(_pages((), typer.main.get_command(cli.app)))
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def _exit_codes() -> str:
    lines = (cli.__doc__ or "").splitlines()
    return "\n".join(line for line in lines if line.startswith("|")) + "\n"


def _pages(words: tuple[str, ...], command: object) -> Iterator[str]:
    commands = getattr(command, "commands", {})
    if not commands or getattr(command, "invoke_without_command", False):
        shown = CliRunner().invoke(cli.app, [*words, "--help"], env={"COLUMNS": "100"}).output
        name = " ".join(("clearance", *words))
        help = shown.replace("Usage: root", "Usage: clearance").strip()
        yield f"\n## {name}\n\n```text\n{help}\n```\n"
    for name in sorted(commands):
        yield from _pages((*words, name), commands[name])
