"""What ``campaigns find`` writes, and what its next run reads back.

    campaigns.json    every campaign: evidence, traits, counter-evidence, readings, timeline
    members.csv       campaign, verdict, account, organisation, p, requests
    facts.csv         what policies may use, with room for a reviewer's word (``fact_files``)
    report.html       the same for a reader, with pictures

1. Rows have a fixed order; numbers are written as the program holds them.
2. Addresses and texts are nowhere; anchors and cards are keyed numbers.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from clearance.adapters.foreign_text import cell
from clearance.campaigns.verdict import counts
from clearance.model.dates import text_of_day
from clearance.model.errors import InputError
from clearance.usecases.findings import Finding, Run, Shared

NAMES = ("campaigns.json", "members.csv", "facts.csv", "report.html")
FORMAT = 1


def write_json(run: Run, path: Path) -> None:
    """Write ``campaigns.json``."""
    path.write_text(json.dumps(as_json(run), indent=1, ensure_ascii=False) + "\n", "utf-8")


def as_json(run: Run) -> dict[str, object]:
    """A run as plain values."""
    return {
        "format": FORMAT,
        "first_day": text_of_day(run.first_day),
        "last_day": text_of_day(run.last_day),
        "accounts": run.accounts,
        "requests": run.requests,
        "cohorts_tested": run.cohorts,
        "cleared": run.cleared,
        "calibration": asdict(run.calibrated) | {"bound": run.calibrated.bound}
        if run.calibrated
        else None,
        "campaigns": [_campaign(one) for one in run.findings],
    }


def _campaign(one: Finding) -> dict[str, object]:
    return {
        "id": one.id,
        "verdict": one.verdict.value,
        "behind_it": "unattributed",
        "accounts": len(one.members),
        "actors": one.actors,
        "requests": one.volume.requests,
        "evidence": [
            dict(asdict(said).items()) | {"counts": counts(said)} for said in one.evidence
        ],
        "traits": [asdict(trait) for trait in one.traits],
        "counter_evidence": list(one.counter),
        "readings": [asdict(reading) for reading in one.readings],
        "volume": asdict(one.volume),
        "timeline": [[text_of_day(day), n] for day, n in one.timeline],
        "pivots": [asdict(pivot) | {"day": text_of_day(pivot.day)} for pivot in one.pivots],
        "predecessor": asdict(one.predecessor) if one.predecessor else None,
        "known_by": asdict(one.shared),
    }


def write_members(run: Run, path: Path) -> None:
    """Write ``members.csv``."""
    header = ("campaign", "verdict", "account", "organisation", "p", "requests")
    _write(path, header, _members(run))


def _members(run: Run) -> Iterator[tuple[object, ...]]:
    for one in run.findings:
        for member in one.members:
            said = (cell(member.account), cell(member.organisation), f"{member.p:.3g}")
            yield one.id, one.verdict.value, *said, member.requests


def _write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read_earlier(folder: Path) -> dict[str, Shared]:
    """By what the campaigns of an earlier run are known again.

    Raises:
        InputError: the folder holds no such run.
    """
    path = folder / NAMES[0]
    try:
        said = json.loads(path.read_text("utf-8"))
        return {str(one["id"]): _shared(one["known_by"]) for one in said["campaigns"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            "no run of 'campaigns find'", file=str(path), remedy="give the --out of one"
        ) from None


def _shared(said: Mapping[str, list[int]]) -> Shared:
    return Shared(tuple(said["accounts"]), tuple(said["anchors"]), tuple(said["cards"]))
