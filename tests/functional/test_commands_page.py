"""``docs/reference/commands.md`` is the program's own help; ``UPDATE_DOCS=1`` writes it anew."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click
import typer

from clearance.cli import app as cli

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
HEAD = """\
# Commands

This page is the program's own help; a test compares them.

## Exit codes

"""


def test_the_page_of_commands_is_the_programs_help() -> None:
    text = HEAD + _exit_codes() + "".join(_pages(typer.main.get_command(cli.app), "clearance"))
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


def _exit_codes() -> str:
    lines = (cli.__doc__ or "").splitlines()
    return "\n".join(line for line in lines if line.startswith("|")) + "\n"


def _pages(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path, terminal_width=100, max_content_width=100)
    context.help_option_names = ["-h", "--help"]
    commands = getattr(command, "commands", {})
    if not commands:
        yield f"\n## {path}\n\n```text\n{command.get_help(context)}\n```\n"
    for name in sorted(commands):
        yield from _pages(commands[name], f"{path} {name}")
