"""``clearance campaigns``: which accounts act as one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from clearance.campaigns.queries import EngineName

app = typer.Typer(
    name="campaigns",
    help="Accounts that act as one hidden network, with evidence that a reviewer can weigh.",
    no_args_is_help=True,
)

Log = Annotated[Path, typer.Argument(metavar="LOG", help="A log made by 'campaigns ingest'.")]
By = Annotated[EngineName, typer.Option(help="What asks the log; spark on a cluster.")]
Organisations = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Verified organisations: account,organisation.")
]
Known = Annotated[
    list[Path] | None,
    typer.Option(metavar="FILE", help="Texts that anybody may use: no anchors; repeatable."),
]
Key = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="The log's key, where it is not beside the log."),
]


@app.command("ingest")
def ingest(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE... LOG",
            help="Parquet, CSV or JSON lines, plain or packed; then the log to make or add to.",
        ),
    ],
    key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Sixteen secret bytes; made if not given.")
    ] = None,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="Keep prompts and outputs beside their sketches.")
    ] = False,
) -> None:
    """Read interaction logs into daily partitions with keyed sketches of prompt and output.

    A row needs time, account and prompt (or sketch); all else may be missing. Rejects are filed in
    rejects.jsonl. What is there already is merged by day; a row that is there is not added again.
    """
    from clearance.bootstrap import campaigns
    from clearance.cli import render_campaigns
    from clearance.cli.progress import Bar
    from clearance.model.errors import InputError

    if len(sources) < 2:
        raise InputError("names one path", file="SOURCE... LOG", remedy="give sources and a log")
    *read, log = sources
    with Bar() as bar:
        done = campaigns.ingest(
            read, log, key=key, keep_text=keep_text, passed=bar.passed, stage=bar.stage
        )
    render_campaigns.ingested(log, done)


@app.command("find")
def find(
    log: Log,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder for results and report.")],
    accounts: Organisations = None,
    cleared: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="A facts.csv with a reviewer's decisions; repeatable."),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The --out of an earlier run, to link successors."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Leave earlier days out, YYYY-MM-DD.")
    ] = None,
    calibrate: Annotated[
        int, typer.Option(metavar="COPIES", min=0, help="Calibrate on so many permuted copies.")
    ] = 0,
    engine: By = EngineName.DUCKDB,
    known: Known = None,
    key: Key = None,
) -> None:
    """Find campaigns, rank them, and say for each what speaks for and against it.

    Writes campaigns.json, members.csv, facts.csv and report.html. Exit code 0, whatever is found.
    """
    from clearance.adapters.campaigns.finding import FindOrder
    from clearance.bootstrap import campaigns
    from clearance.cli import render_campaigns
    from clearance.cli.progress import Bar

    by_reviewers, public = tuple(cleared or ()), tuple(known or ())
    order = FindOrder(
        log, out, accounts, by_reviewers, previous, since, calibrate, engine, public, key
    )
    with Bar() as bar:
        run = campaigns.find(order, bar.stage)
    render_campaigns.found(out, run)


@app.command("calibrate")
def calibrate(
    log: Log,
    copies: Annotated[int, typer.Option(min=1, help="How many permuted copies.")] = 20,
    accounts: Organisations = None,
    known: Known = None,
    key: Key = None,
) -> None:
    """Count what the same settings flag on copies of the log in which nobody coordinates."""
    from clearance.bootstrap import campaigns
    from clearance.cli import render_campaigns
    from clearance.cli.progress import Bar

    with Bar() as bar:
        told = partial(bar.passed, total=copies)
        said = campaigns.calibrate(log, accounts, copies, told, tuple(known or ()), key)
    render_campaigns.calibrated(said)


@app.command("simulate")
def simulate(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to make.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same log.")] = 1,
    accounts: Annotated[int, typer.Option(help="Accounts outside campaigns.")] = 2000,
    rows: Annotated[int, typer.Option(help="Their requests.")] = 60_000,
    members: Annotated[str, typer.Option(help="Sizes of campaigns; '' for none.")] = "20,50,170",
    exchanges: Annotated[int, typer.Option(help="Requests of campaigns.")] = 40_000,
    days: Annotated[int, typer.Option(help="Days of the log.")] = 28,
    variant: Annotated[str, typer.Option(help="How campaigns hide; 'base' or another.")] = "base",
    crowds: Annotated[bool, typer.Option(help="Add what only looks like a campaign.")] = True,
    outputs: Annotated[bool, typer.Option("--outputs", help="Write outputs too.")] = False,
) -> None:
    """Invent a log with its truth: campaigns, evasion variants and every hard negative."""
    from clearance.bootstrap import campaigns

    written = campaigns.simulate(
        out,
        seed=seed,
        accounts=accounts,
        rows=rows,
        members=members,
        exchanges=exchanges,
        days=days,
        variant=variant,
        crowds=crowds,
        outputs=outputs,
    )
    typer.echo(f"{written} rows in {out}: log, truth.csv, plan.json")
