"""The report: ``report.json`` for machines, ``report.md`` for the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Race

ASKED = 10_000_000
"""Targets are for worlds of this size."""

ORDER = (
    "build", "opening", "cascade", "product", "provider-regions", "explain", "bods", "screen",
    "unidentified", "impact", "attribute", "matching", "networks",
)  # fmt: skip
"""How figures follow each other, by the beginning of their names."""


@dataclass(slots=True)
class World:
    """What was measured on the worlds of one size."""

    figures: dict[str, Figure] = field(default_factory=dict)
    races: list[Race] = field(default_factory=list)


def write_report(
    folder: Path,
    size: int,
    about: Mapping[str, str],
    figures: Sequence[Figure],
    races: Sequence[Race],
) -> Path:
    """Write both; what was measured before and not again stays. The path of the table."""
    stored = folder / "report.json"
    worlds = _stored(stored)
    world = worlds.setdefault(size, World())
    known = world.figures | {figure.name: figure for figure in figures}
    world.figures = dict(sorted(known.items(), key=lambda entry: _place(entry[0])))
    world.races = list(races) or world.races
    document = {
        "machine": dict(about),
        "worlds": {str(each): _document(world) for each, world in sorted(worlds.items())},
    }
    stored.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    table = folder / "report.md"
    table.write_text(markdown(about, worlds))
    return table


def markdown(about: Mapping[str, str], worlds: Mapping[int, World]) -> str:
    """The tables of a report, the largest world first."""
    told = ", ".join(f"{name} {value}" for name, value in about.items())
    parts = [f"Machine: {told}."]
    for size in sorted(worlds, reverse=True):
        parts.append(f"### {size:,} parties")
        if worlds[size].figures:
            parts.append(_figures(worlds[size].figures.values(), asked=size >= ASKED))
        if worlds[size].races:
            parts.append(_races(worlds[size].races))
    return "\n\n".join(parts) + "\n"


def copy_into(page: Path, tables: str) -> None:
    """Put the tables between the marks of a page."""
    before, mark, rest = page.read_text().partition(" -->\n")
    _, end, after = rest.partition("<!-- end")
    page.write_text(f"{before}{mark}\n{tables}\n{end}{after}")


def _place(name: str) -> int:
    return next((at for at, start in enumerate(ORDER) if name.startswith(start)), len(ORDER))


def _document(world: World) -> dict[str, object]:
    return {
        "figures": [asdict(one) | {"met": one.met} for one in world.figures.values()],
        "races": [asdict(race) for race in world.races],
    }


def _stored(path: Path) -> dict[int, World]:
    if not path.exists():
        return {}
    worlds = {}
    for size, found in json.loads(path.read_bytes())["worlds"].items():
        for one in found["figures"]:
            one.pop("met")
        figures = [Figure(**one) for one in found["figures"]]
        races = [Race(**one) for one in found["races"]]
        worlds[int(size)] = World({figure.name: figure for figure in figures}, races)
    return worlds


def _figures(figures: Iterable[Figure], *, asked: bool) -> str:
    lines = ["| what | measured | asked for | seen besides |", "|---|---:|---:|---|"]
    for one in figures:
        target = _asked(one) if asked else "–"
        lines.append(f"| {one.what} | {_number(one.value)} {one.unit} | {target} | {one.note} |")
    return "\n".join(lines)


def _asked(one: Figure) -> str:
    if one.target is None:
        return "–"
    sign = "≥" if one.more else "≤"
    return f"{sign} {one.target:,}{'' if one.met else ' (missed)'}"


def _races(races: Sequence[Race]) -> str:
    lines = [
        "| question | tool | seconds | against ours | same answer |",
        "|---|---|---:|---:|---|",
    ]
    for one in races:
        same = "yes" if one.agrees else "no"
        told = f"{same}: {one.note}" if one.note else same
        lines.append(
            f"| {one.question} | {one.tool} | {_number(one.seconds)} | {one.ratio:.1f} × | {told} |"
        )
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
