"""How a command ends when something goes wrong: one line on standard error, and a code.

1. What is echoed is made visible and kept short: nothing that somebody wrote steers the terminal.
2. Whoever stops reading the output (``| head``) gets no complaint.
3. Output that could not be written is given up, so that the interpreter does not try again.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import NoReturn

import typer

from clearance.adapters.foreign_text import shortened, visible

INTERRUPTED = 130
READER_GONE = 141

USAGE: type[Exception] = typer.BadParameter.__mro__[2]
"""The root of what Typer says of a command line it cannot use."""

_LONGEST = 1500
_QUOTED = re.compile(r"'[^']{120,}'")


def stop(message: str, code: int) -> NoReturn:
    """Say what went wrong and end."""
    text = shortened(visible(_QUOTED.sub(lambda found: f"{found[0][:80]}…'", message)), _LONGEST)
    _give_up_output()
    sys.stderr.write(f"clearance: {text}\n")
    sys.exit(code)


def misused(error: Exception, code: int) -> NoReturn:
    """Say what is wrong with the command line; where there is nothing on it, help."""
    context = getattr(error, "ctx", None)
    text = getattr(error, "format_message", error.__str__)().rstrip(".")
    if context is not None and text == context.get_help().rstrip("."):
        sys.stderr.write(f"{text}\n")
        sys.exit(code)
    command = context.command_path if context is not None else "clearance"
    said = text[:1].lower() + text[1:].replace("Value error, ", "")
    stop(f"{said}; see {command} --help", code)


def stop_outside(error: OSError | SystemExit, code: int) -> NoReturn:
    """End after an error of the system's, or as somebody below has decided."""
    cause = error if isinstance(error, OSError) else error.__context__
    if isinstance(cause, BrokenPipeError):
        _give_up_output()
        sys.exit(READER_GONE)
    if isinstance(error, SystemExit):
        raise error
    place = f"{error.filename}: " if error.filename else ""
    stop(f"{place}{error.strerror or error}; check the path, the rights and the disk", code)


def _give_up_output() -> None:
    """Write what is left of the output, or nothing more if that fails."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
