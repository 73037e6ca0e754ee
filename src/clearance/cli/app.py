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
| 141 | whoever read the output stopped reading |

What goes wrong is told in one line on standard error: what, where, and what to do.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from clearance.adapters.collecting import rarely_collecting
from clearance.cli import (
    attribute,
    campaigns,
    decision,
    demo,
    doctor,
    explain,
    impact,
    key,
    log,
    log_check,
    match,
    match_train,
    network,
    policy,
    pull,
    reference,
    release,
    screen,
    search,
    serve,
    state,
    verify,
)
from clearance.cli.faults import INTERRUPTED, USAGE, misused, stop, stop_outside
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
app.command("attribute", short_help="Apply a rule to a graph on paper.")(attribute.command)
app.command("screen", short_help="Screen a portfolio under a policy.")(screen.command)
app.command("impact", short_help="Say what a change of policy would do.")(impact.command)
app.add_typer(match.app, name="match", short_help="Say which party a record is.")
match.app.command("train", short_help="Learn from judgements.")(match_train.train)
match.app.command("evaluate", short_help="Say how good matching is.")(match_train.evaluate)
app.command("serve", short_help="Answer a gateway.")(serve.command)
app.command("search", short_help="Look parties up by a name.")(search.command)
app.add_typer(campaigns.app, name="campaigns", short_help="Find accounts that act as one.")
app.add_typer(decision.app, name="decision", short_help="Explain or repeat a past answer.")
app.command("demo", short_help="Re-enact the reported case at 1:100.")(demo.command)
app.command("explain", short_help="Show who owns a party, and the sums.")(explain.command)
app.command("verify", short_help="Check a proof against a snapshot.")(verify.command)
reference.app.command("pull", short_help="Download what publishers offer.")(pull.command)
app.add_typer(reference.app, name="reference", short_help="Build and check reference data.")
app.add_typer(network.app, name="network", short_help="Say where a request comes from.")
log.app.command("verify", short_help="Check a whole log.")(log_check.verify)
log.app.command("prove", short_help="Write an entry's receipt.")(log_check.prove)
log.app.command("check", short_help="Check a receipt.")(log_check.check)
log.app.command("export", short_help="Write a log as static files.")(log_check.export)
log.app.command("witness", short_help="Look whether a log only grew.")(log_check.witness)
log.app.command("cosign", short_help="Keep what a witness signed.")(log_check.cosign)
app.add_typer(log.app, name="log", short_help="Keep and check the log.")
policy.app.add_typer(release.app, name="release", short_help="Release versions, by two people.")
app.add_typer(policy.app, name="policy")
app.add_typer(key.app, name="key", short_help="Keys of the management API.")
app.command("doctor", short_help="Say whether everything is there and fresh.")(doctor.command)
app.add_typer(state.app, name="state", short_help="The database of a decision point.")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"clearance {version('clearance')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None: ...


def main() -> NoReturn:
    """Run one command; whatever goes wrong becomes one line on standard error and a code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        told = None if sys.stdout.isatty() else "utf-8"  # files are the same in every locale
        sys.stdout.reconfigure(encoding=told, errors="backslashreplace")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing multiplies matrices; threads wait
    try:
        with rarely_collecting():
            code = app(standalone_mode=False) or 0
        sys.stdout.flush()
    except ClearanceError as error:
        stop(error.message(), code_of(error))
    except USAGE as error:
        misused(error, EXIT_CODES[InputError])
    except MemoryError:
        stop("the memory is full; use a larger machine or less input", EXIT_CODES[StorageError])
    except (OSError, SystemExit) as error:
        stop_outside(error, EXIT_CODES[StorageError])
    if code == INTERRUPTED:
        stop("interrupted; run the command again", INTERRUPTED)
    sys.exit(code)


def code_of(error: ClearanceError) -> int:
    """The exit code of an error, by its root."""
    return next(code for root, code in EXIT_CODES.items() if isinstance(error, root))


if __name__ == "__main__":
    main()
