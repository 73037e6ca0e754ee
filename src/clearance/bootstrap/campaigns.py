"""Campaigns: invent a log, ingest logs, find, calibrate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from clearance.adapters.campaigns.finding import FindOrder
from clearance.adapters.campaigns.ingest import Ingested
from clearance.model.errors import InputError
from clearance.usecases.detect import Calibrated
from clearance.usecases.findings import Run

Told = Callable[[str], None]


def simulate(
    out: Path,
    *,
    seed: int,
    accounts: int,
    rows: int,
    members: str,
    exchanges: int,
    days: int,
    variant: str,
    crowds: bool,
    outputs: bool,
) -> int:
    """Write an invented log with its truth; how many rows it has.

    Raises:
        InputError: a size or the variant cannot be used.
        StorageError: the folder cannot be written.
    """
    from clearance.adapters.campaigns.invented import write_log
    from clearance.campaigns.simulation.log import invent
    from clearance.campaigns.simulation.plan import VARIANTS, Plan

    if variant not in VARIANTS:
        raise InputError(
            f"no variant is called {variant!r}", file="--variant", remedy=f"use {list(VARIANTS)}"
        )
    if accounts < 1 or rows < accounts or days < 4:
        what = "a log needs an account, a row for each, and four days"
        raise InputError(what, file="--accounts, --rows, --days")
    plan = Plan(
        seed,
        accounts,
        rows,
        days,
        _sizes(members),
        exchanges,
        VARIANTS[variant],
        crowds,
        outputs=outputs or VARIANTS[variant].relayed > 0,
    )
    return write_log(invent(plan), out)


def _sizes(text: str) -> tuple[int, ...]:
    """Sizes of campaigns from ``20,50,170``."""
    try:
        sizes = tuple(int(one) for one in text.split(",") if one.strip())
    except ValueError:
        sizes = (0,)
    if any(one < 5 for one in sizes):
        raise InputError(
            f"{text!r} are no sizes", file="--members", remedy="give numbers from 5 up, 20,50,170"
        )
    return sizes


def ingest(
    sources: Sequence[Path],
    log: Path,
    *,
    key: Path | None = None,
    keep_text: bool = False,
    passed: Callable[[int, int], None] = lambda done, total: None,
    stage: Told = lambda name: None,
) -> Ingested:
    """Read logs into daily partitions of keyed sketches.

    Raises:
        InputError: a source is missing or lacks a column, or the key is another log's.
        SourceError: a source is broken.
        StorageError: the log cannot be written; it is then as it was.
    """
    from clearance.adapters.campaigns.ingest import ingest as use

    return use(sources, log, key, keep_text=keep_text, passed=passed, stage=stage)


def find(order: FindOrder, told: Told = lambda stage: None) -> Run:
    """Find campaigns in an ingested log and write them.

    Raises:
        InputError: the log, a day or a file about accounts cannot be used.
        StorageError: the folder cannot be written.
    """
    from clearance.adapters.campaigns.finding import find as use

    return use(order, told)


def calibrate(
    log: Path,
    accounts: Path | None,
    copies: int,
    told: Callable[[int], None],
    known: Sequence[Path] = (),
    key: Path | None = None,
) -> Calibrated:
    """What the same settings flag on permuted copies of a log.

    Raises:
        InputError: the log or the accounts cannot be used.
    """
    from clearance.adapters.campaigns.finding import calibrated_log
    from clearance.adapters.campaigns.known_texts import read_known

    return calibrated_log(log, accounts, copies, told, read_known(known, log, key))
