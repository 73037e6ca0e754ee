"""``python -m benchmarks.campaigns.again FOLDER``: one log told in two ways, and its calibration.

The log is searched as it was made, and again with its rows shuffled, its accounts renamed and its
files cut into others that come one after another. What was found is written into the page. Two
minutes, two cores.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.matching.written import between
from benchmarks.process import Usage, clearance

PAGE = Path("docs/benchmark-campaigns.md")
PARTS = 7
COPIES = 20
_PLAN = (
    "--seed", "9105", "--accounts", "20000", "--rows", "600000", "--members", "50,200,600",
    "--exchanges", "150000",
)  # fmt: skip


def main(folder: Path) -> None:
    """Make the log in a new folder, search it twice, calibrate, write the lines."""
    folder.mkdir(parents=True)
    (folder / "key").write_bytes(bytes(range(16)))
    clearance("campaigns", "simulate", str(folder / "made"), *_PLAN)
    _found(folder, "one", [folder / "made" / "log"])
    names, parts = _told_otherwise(folder)
    _found(folder, "two", parts)
    spent = _campaigns("calibrate", folder / "one.log", "--copies", COPIES)
    lines = [_compared(folder, names), "", _calibrated(folder / "one.log", spent)]
    print("\n".join(lines))
    between(PAGE, "again", lines)
    shutil.rmtree(folder)


def _campaigns(*words: object) -> Usage:
    return clearance("campaigns", *map(str, words))


def _found(folder: Path, name: str, sources: list[Path]) -> None:
    log = folder / f"{name}.log"
    for source in sources:
        _campaigns("ingest", source, log, "--key", folder / "key")
    _campaigns("find", log, "--out", folder / name)


def _told_otherwise(folder: Path) -> tuple[Mapping[str, str], list[Path]]:
    """The new name of each account, and the files of the log told so."""
    rng = np.random.default_rng(9105)
    days = sorted((folder / "made" / "log").iterdir())
    whole = pa.concat_tables([pq.read_table(day) for day in days])
    whole = whole.take(pa.array(rng.permutation(len(whole))))
    accounts = whole["account"].to_pylist()
    old = sorted(set(accounts))
    names = dict(zip(old, (f"n{at}" for at in rng.permutation(len(old)).tolist()), strict=True))
    column = whole.schema.get_field_index("account")
    whole = whole.set_column(column, "account", pa.array([names[one] for one in accounts]))
    ends = np.linspace(0, len(whole), PARTS + 1).astype(int).tolist()
    parts = [folder / f"{at}.parquet" for at in range(PARTS)]
    for at, part in enumerate(parts):
        pq.write_table(whole.slice(ends[at], ends[at + 1] - ends[at]), part)
    return names, [parts[at] for at in rng.permutation(PARTS).tolist()]


def _compared(folder: Path, names: Mapping[str, str]) -> str:
    one, two = (
        json.loads((folder / at / "campaigns.json").read_text("utf-8")) for at in ("one", "two")
    )
    members = _members(folder / "one", names) == _members(folder / "two")
    return (
        f"{one['requests']:,} requests of {one['accounts']:,} accounts, shuffled, renamed and cut "
        f"into {PARTS} files that come one after another: of {len(one['campaigns'])} campaigns, "
        f"members and verdicts: {_said(members)}; evidence and every p: "
        f"{_said(_evidence(one) == _evidence(two))}."
    )


def _members(out: Path, names: Mapping[str, str] | None = None) -> set[tuple[str, frozenset[str]]]:
    """Each campaign's verdict and members, under new names if there are any."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    with (out / "members.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            account = names[row["account"]] if names else row["account"]
            found[row["campaign"], row["verdict"]].add(account)
    return {(verdict, frozenset(members)) for (_, verdict), members in found.items()}


def _evidence(said: Mapping[str, list[Mapping[str, object]]]) -> list[object]:
    return [one["evidence"] for one in said["campaigns"]]


def _said(alike: bool) -> str:
    return "the same" if alike else "DIFFERENT"


def _calibrated(log: Path, spent: Usage) -> str:
    said = json.loads((log / "calibration.json").read_text("utf-8"))
    flagged = said["linked"] + said["review"]
    return (
        f"Calibrated on {said['copies']} permuted copies of it in {spent.wall:.0f} s: "
        f"{flagged} campaigns flagged."
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
