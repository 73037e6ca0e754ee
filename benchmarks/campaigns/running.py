"""One log made, ingested and searched, each step a process of its own, and held to its truth."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.campaigns.cases import Case
from benchmarks.process import MIB, Usage, clearance


@dataclass(frozen=True, slots=True)
class Told:
    """What a log took and what was found in it.

    **Shape**: seconds by the clock and on the cores; ``peak`` GiB, the larger of both steps;
    ``read`` files of earlier days that the last ingest opened, where a day was added.
    """

    case: str
    rows: int
    accounts: int
    planted: int
    ingest: float
    find: float
    cpu: float
    peak: float
    precision: float
    recall: float
    day: float | None = None
    read: int | None = None


def measured(case: Case, folder: Path) -> Told:
    """Make the log, take it in, search it; text and log are removed afterwards."""
    made, log, out = (folder / f"{case.name}.{part}" for part in ("made", "log", "out"))
    for path in (made, log, out):
        shutil.rmtree(path, ignore_errors=True)
    clearance("campaigns", "simulate", str(made), *case.options())
    days = sorted((made / "log").iterdir())
    last = days[-1:] if case.day else []
    ingest = clearance("campaigns", "ingest", *map(str, days[: len(days) - len(last)]), str(log))
    day, read = _added(last, log) if last else (None, None)
    find = clearance("campaigns", "find", str(log), "--out", str(out))
    steps = [one for one in (ingest, day, find) if one]
    told = Told(
        case.name,
        case.rows + case.exchanges,
        sum(1 for _ in _truth(made)),
        sum(case.members),
        ingest.wall,
        find.wall,
        sum(one.cpu for one in steps),
        max(one.peak for one in steps) / MIB,
        *_held_to_truth(made, out),
        day.wall if day else None,
        read,
    )
    for path in (made, log, out):
        shutil.rmtree(path)
    return told


def kept(case: Case, folder: Path) -> Told:
    """What an earlier run found, or measured now: a run that was cut short goes on."""
    path = folder / f"{case.name}.json"
    if path.exists():
        return Told(**json.loads(path.read_text("utf-8")))
    told = measured(case, folder)
    path.write_text(json.dumps(asdict(told), indent=1) + "\n", "utf-8")
    return told


def _added(day: list[Path], log: Path) -> tuple[Usage, int]:
    """Add a day; how many files of earlier days were read, told by their time of access."""
    earlier = [one for one in log.glob("day=*/*") if one.is_file()]
    for one in earlier:
        os.utime(one, (1, 1))
    used = clearance("campaigns", "ingest", *map(str, day), str(log))
    return used, sum(one.stat().st_atime > 1 for one in earlier)


def _truth(made: Path) -> Iterator[tuple[str, bool]]:
    with (made / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["account"], row["group"].startswith("campaign-")


def planted(made: Path) -> set[str]:
    """The accounts that are in a campaign in truth."""
    return {account for account, member in _truth(made) if member}


def flagged(out: Path) -> set[str]:
    """The accounts that are linked."""
    with (out / "members.csv").open(encoding="utf-8", newline="") as file:
        return {row["account"] for row in csv.DictReader(file) if row["verdict"] == "linked"}


def _held_to_truth(made: Path, out: Path) -> tuple[float, float]:
    """Precision and recall of the accounts that are linked."""
    truth, found = planted(made), flagged(out)
    both = len(truth & found)
    return both / max(1, len(found)), both / max(1, len(truth))
