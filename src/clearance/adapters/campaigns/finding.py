"""``campaigns find`` and ``campaigns calibrate`` from an ingested log to a folder of results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from clearance.adapters.campaigns.account_files import read_organisations
from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.calibration import keep_calibration, kept_calibration
from clearance.adapters.campaigns.engine import THREADS
from clearance.adapters.campaigns.engines import Engine, opened
from clearance.adapters.campaigns.fact_files import read_cleared, write_facts
from clearance.adapters.campaigns.known_texts import NOTHING, KnownTexts, read_known
from clearance.adapters.campaigns.log_folder import days_of
from clearance.adapters.campaigns.results import (
    NAMES,
    read_earlier,
    write_json,
    write_members,
)
from clearance.adapters.output_folder import output_folder
from clearance.adapters.report.campaigns_page import page
from clearance.campaigns.queries import EngineName
from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.usecases.campaign_facts import Cleared, known, memberships
from clearance.usecases.detect import COPIES, Calibrated, Detected, calibrate, detect
from clearance.usecases.findings import Finding, Run, Shared, predecessor

Told = Callable[[str], None]
Opens = Callable[[EngineName, Path, tuple[int, ...]], Engine]


@dataclass(frozen=True, slots=True)
class FindOrder:
    """What is to be found, and with what."""

    log: Path
    out: Path
    accounts: Path | None = None
    cleared: tuple[Path, ...] = ()
    previous: Path | None = None
    since: str | None = None
    copies: int = 0
    engine: EngineName = EngineName.DUCKDB
    known: tuple[Path, ...] = ()
    key: Path | None = None


def find(order: FindOrder, told: Told = lambda stage: None, opens: Opens = opened) -> Run:
    """Find campaigns and write them.

    Args:
        order: what is to be found.
        told: hears of each stage.
        opens: makes the engine that is asked.

    Raises:
        InputError: the log, a day or a file about accounts cannot be used.
        StorageError: the folder cannot be written; nothing is left of it then.
    """
    days = _days(order.log, order.since)
    stated = _stated(order)
    with output_folder(order.out, NAMES) as folder, opens(order.engine, order.log, days) as engine:
        told("reading digests")
        log = AskedLog(engine, stated.organisations, stated.known)
        with ThreadPoolExecutor(THREADS) as pool:
            detected = detect(log, told, pool.map)
            calibrated = kept_calibration(order.log)
            if order.copies:
                said = calibrate(log, order.copies, spread=pool.map)
                calibrated = replace(said, through=days[-1])
        run = _run(log, detected, stated, days, calibrated)
        told("writing")
        write_json(run, folder / NAMES[0])
        write_members(run, folder / NAMES[1])
        write_facts(folder / NAMES[2], memberships(run, stated.cleared))
        (folder / NAMES[3]).write_text(page(run), "utf-8")
    if order.copies and calibrated:
        keep_calibration(calibrated, order.log)
    return run


@dataclass(frozen=True, slots=True)
class _Stated:
    """What the files of an order say: of accounts, of the run before, of public texts."""

    organisations: Mapping[str, str]
    cleared: Cleared
    earlier: Mapping[str, Shared]
    known: KnownTexts


def _stated(order: FindOrder) -> _Stated:
    return _Stated(
        read_organisations(order.accounts) if order.accounts else {},
        read_cleared(order.cleared),
        read_earlier(order.previous) if order.previous else {},
        read_known(order.known, order.log, order.key),
    )


def _run(
    log: AskedLog,
    detected: Detected,
    stated: _Stated,
    days: Sequence[int],
    calibrated: Calibrated | None,
) -> Run:
    """The findings, linked to those before, without who was cleared."""
    found = [
        replace(one, predecessor=predecessor(one.shared, stated.earlier))
        for one in log.findings(detected)
    ]
    kept = [_without(one, stated.cleared) for one in found]
    gone = sum(len(one.members) for one in found) - sum(len(one.members) for one in kept)
    return Run(
        days[0],
        days[-1],
        log.accounts,
        log.total,
        len(detected.searched.cohorts),
        tuple(one for one in kept if one.members),
        gone,
        calibrated,
    )


def calibrated_log(
    log: Path,
    accounts: Path | None,
    copies: int = COPIES,
    told: Callable[[int], None] = print,
    known: KnownTexts = NOTHING,
) -> Calibrated:
    """What the settings flag on permuted copies of a log; later reports on the log tell it.

    Raises:
        InputError: the log or the accounts cannot be used.
        StorageError: the log cannot be written.
    """
    organisations = read_organisations(accounts) if accounts else {}
    days = _days(log, None)
    engine = opened(EngineName.DUCKDB, log, days)
    with engine, ThreadPoolExecutor(THREADS) as pool:
        said = calibrate(AskedLog(engine, organisations, known), copies, told, pool.map)
    said = replace(said, through=days[-1])
    keep_calibration(said, log)
    return said


def _days(log: Path, since: str | None) -> tuple[int, ...]:
    days = days_of(log)
    first = day_of(since) if since else None
    kept = tuple(day for day in days if first is None or day >= first)
    if not kept:
        raise InputError(
            "no day of the log is so late" if days else "the log has no rows",
            file=str(log),
            field="--since" if days else None,
        )
    return kept


def _without(one: Finding, cleared: Cleared) -> Finding:
    """The finding without members who were cleared of all its kinds of evidence."""
    kinds = known(one)
    members = tuple(
        member
        for member in one.members
        if member.account not in cleared or not kinds <= cleared[member.account]
    )
    return replace(one, members=members)
