"""A log made, ingested, searched and held against its truth."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.campaigns.quality.cases import Case
from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engines import opened
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.invented import write_log
from clearance.adapters.campaigns.log_folder import days_of
from clearance.campaigns.evidence import Verdict
from clearance.campaigns.queries import EngineName
from clearance.campaigns.simulation.log import invent
from clearance.usecases.detect import detect
from clearance.usecases.findings import Finding

Truth = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Counts of accounts, told apart by truth and verdict; ``wrong`` by group."""

    id: str
    planted: int
    linked: int
    right: int
    review: int
    campaigns: int
    silent: tuple[str, ...]
    wrong: Mapping[str, int]
    seconds: float


def judged(case: Case, folder: Path) -> Judgement:
    """Make the log in the folder, search it, and forget it."""
    began = time.perf_counter()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = invent(case.plan)
    write_log(made, folder / "made")
    accounts = zip(made.accounts.name.tolist(), made.accounts.group, strict=True)
    truth = {f"account-{number:07d}": group for number, group in accounts}
    (folder / "key").write_bytes(case.plan.seed.to_bytes(16, "little"))
    ingest([folder / "made" / "log"], folder / "log", folder / "key", keep_text=False)
    with opened(EngineName.DUCKDB, folder / "log", days_of(folder / "log")) as engine:
        log = AskedLog(engine)
        found = log.findings(detect(log))
    shutil.rmtree(folder)
    linked = _members(one for one in found if one.verdict is Verdict.LINKED)
    said = counted(case.id, linked, _members(found), truth)
    campaigns = sum(one.verdict is Verdict.LINKED for one in found)
    return replace(said, campaigns=campaigns, seconds=round(time.perf_counter() - began, 1))


def _members(found: Iterable[Finding]) -> set[str]:
    return {one.account for each in found for one in each.members}


def counted(id: str, linked: set[str], flagged: set[str], truth: Truth) -> Judgement:
    """What was told, held against the truth."""
    planted = {name for name, group in truth.items() if group.startswith("campaign-")}
    wrong = Counter(truth[name] for name in flagged - planted)
    crowds = {*truth.values()} - {truth[name] for name in flagged} - {"ordinary"}
    return Judgement(
        id,
        len(planted),
        len(linked),
        len(linked & planted),
        len(flagged - linked),
        0,
        tuple(sorted(crowds)),
        dict(sorted(wrong.items())),
        0.0,
    )
