"""Ours and other tools on the same log of two million rows, one after another in one run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.campaigns import peers
from benchmarks.campaigns.cases import series
from benchmarks.campaigns.running import flagged, planted
from benchmarks.process import MIB, clearance, run

Row = dict[str, str | float]


def beside(folder: Path, python: Path) -> Iterator[Row]:
    """What each tool took and gave; figures go to ``peers.json``, once."""
    place, figures = folder / "peers", folder / "peers.json"
    if figures.exists():
        yield from json.loads(figures.read_text("utf-8"))
        return
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    clearance("campaigns", "simulate", str(place / "made"), *series(2).options())
    truth = planted(place / "made")
    rows = [_ours(place, truth)]
    yield rows[0]
    for tool in peers.TOOLS:
        out = place / "flagged.json"
        used = run([str(python), peers.__file__, tool, str(place), str(out)])
        rows.append(_row(tool, used.wall, used.peak, set(json.loads(out.read_text())), truth))
        yield rows[-1]
    figures.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    shutil.rmtree(place)


def _ours(place: Path, truth: set[str]) -> Row:
    log, out = place / "log", place / "out"
    ingest = clearance("campaigns", "ingest", str(place / "made" / "log"), str(log))
    find = clearance("campaigns", "find", str(log), "--out", str(out))
    peak = max(ingest.peak, find.peak)
    return _row("**Clearance**", ingest.wall + find.wall, peak, flagged(out), truth)


def _row(tool: str, seconds: float, peak: float, found: set[str], truth: set[str]) -> Row:
    both = len(found & truth)
    return {
        "tool": tool,
        "precision": both / max(1, len(found)),
        "recall": both / len(truth),
        "seconds": seconds,
        "peak": peak / MIB,
    }
