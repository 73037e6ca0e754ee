"""The command line: which file answers which word, and which error ends with which code.

| code | meaning |
|---|---|
| 0 | done |
| 1 | done; the answer is negative (invalid proof, broken snapshot, rejects under --strict) |
| 2 | the caller's input cannot be used |
| 3 | a supplier's data cannot be used |
| 4 | the machine could not read or write |
| 5 | stored bytes do not agree with their digests |
| 130 | interrupted |
"""

from __future__ import annotations

import sys

import typer

from clearance.cli import attribute, demo, explain, policy, pull, reference, screen, verify
from clearance.model.errors import (
    ClearanceError,
    InputError,
    IntegrityError,
    SourceError,
    StorageError,
)

EXIT_CODES: dict[type[ClearanceError], int] = {
    InputError: 2,
    SourceError: 3,
    StorageError: 4,
    IntegrityError: 5,
}

app = typer.Typer(
    name="clearance",
    help="Who really owns a customer, what a dated policy says of it, and a proof of the answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("attribute")(attribute.command)
app.command("screen")(screen.command)
app.command("demo")(demo.command)
app.command("explain")(explain.command)
app.command("verify")(verify.command)
reference.app.command("pull")(pull.command)
app.add_typer(reference.app, name="reference")
app.add_typer(policy.app, name="policy")


def main() -> None:
    """Run one command; every error of ours becomes one line on standard error and a code."""
    try:
        app()
    except ClearanceError as error:
        _stop(error.message(), code_of(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{error.strerror or error}", EXIT_CODES[StorageError])


def code_of(error: ClearanceError) -> int:
    """The exit code of an error, by its root."""
    return next(code for root, code in EXIT_CODES.items() if isinstance(error, root))


def _stop(message: str, code: int) -> None:
    sys.stderr.write(f"clearance: {message}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
