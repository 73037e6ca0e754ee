"""The tables of the docs, from the figures that stand in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.campaigns.cases import CASES, Case
from benchmarks.campaigns.running import Told
from benchmarks.campaigns.sketching import ASKED
from benchmarks.campaigns.sketching import NAME as SKETCHING

_SCALE = (
    "| log | accounts | planted | from text | of it finding | cores' seconds | s a million rows "
    "| memory | precision | recall |",
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
)
_PEERS = ("| tool | precision | recall | seconds | memory |", "|---|---:|---:|---:|---:|")


def scale_table(folder: Path, machine: Mapping[str, str]) -> list[str]:
    """What each log took and gave; a target that was missed says so."""
    told = ", ".join(f"{name} {value}" for name, value in machine.items())
    lines = [f"Machine: {told}.", "", *_SCALE]
    lines += [_scale(case, said) for case, said in _told(folder)]
    days = [(case, said) for case, said in _told(folder) if said.day is not None]
    lines += [line for case, said in days for line in ("", _day(case, said))]
    return lines + _sketching(folder / f"{SKETCHING}.json")


def peers_table(folder: Path) -> list[str]:
    """What each tool took and gave on the same log."""
    path = folder / "peers.json"
    told = json.loads(path.read_text("utf-8")) if path.exists() else []
    return [
        *_PEERS,
        *(
            f"| {one['tool']} | {one['precision']:.3f} | {one['recall']:.3f} "
            f"| {one['seconds']:,.0f} | {one['peak']:.1f} GiB |"
            for one in told
        ),
    ]


def _told(folder: Path) -> Iterator[tuple[Case, Told]]:
    for case in CASES:
        path = folder / f"{case.name}.json"
        if path.exists():
            yield case, Told(**json.loads(path.read_text("utf-8")))


def _scale(case: Case, said: Told) -> str:
    whole = said.ingest + said.find + (said.day or 0.0)
    return (
        f"| {case.what} | {said.accounts:,} | {said.planted:,} "
        f"| {_against(whole, case.limit)} | {_against(said.find, case.find)} "
        f"| {said.cpu:,.0f} | {whole / said.rows * 1e6:.1f} "
        f"| {said.peak:.1f} GiB | {said.precision:.4f} | {said.recall:.4f} |"
    )


def _day(case: Case, said: Told) -> str:
    taken = _against(said.day or 0.0, case.day)
    opened = f"files of earlier days that it opened: {said.read}"
    return f"The day itself took {taken}; {opened} (for what was answered the evening before)."


def _sketching(path: Path) -> list[str]:
    if not path.exists():
        return []
    said = json.loads(path.read_text("utf-8"))
    told = f"Sketching alone: {said['rate']:,.0f} prompts of {said['words']:.0f} words a second"
    return ["", f"{told} by two threads, of {ASKED:,}."]


def _against(seconds: float, limit: float | None) -> str:
    if limit is None:
        return f"{seconds:,.0f} s"
    return f"{seconds:,.0f} s of {limit:,.0f}" + (" (missed)" if seconds > limit else "")
