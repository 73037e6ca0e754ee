"""The report: ``report.json`` for machines, ``report.md`` for the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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

    def take(self, figures: Iterable[Figure], races: Sequence[Race]) -> None:
        """Put what was measured anew in the place of what was measured before."""
        known = self.figures | {figure.name: figure for figure in figures}
        self.figures = dict(sorted(known.items(), key=lambda entry: _place(entry[0])))
        self.races = list(races) or self.races


def write_report(
    folder: Path,
    size: int,
    about: Mapping[str, str],
    figures: Sequence[Figure],
    races: Sequence[Race],
) -> Path:
    """Write both; what was measured before and not again stays, with its day. The table's path."""
    stored, day = folder / "report.json", about.get("day", "")
    worlds = _stored(stored)
    worlds.setdefault(size, World()).take(
        [replace(one, day=day) for one in figures], [replace(one, day=day) for one in races]
    )
    _write(stored, about, worlds)
    table = folder / "report.md"
    table.write_text(markdown(about, worlds))
    return table


def publish(report: Path, measured: Path, page: Path) -> None:
    """Take a report into the figures that are published, and put their tables on the page.

    Rows that the report does not hold stay as they were published, with the day they were taken.
    """
    worlds, about = _stored(measured), json.loads(report.read_bytes())["machine"]
    for size, world in _stored(report).items():
        worlds.setdefault(size, World()).take(world.figures.values(), world.races)
    _write(measured, about, worlds)
    copy_into(page, markdown(about, worlds))


def _write(path: Path, about: Mapping[str, str], worlds: Mapping[int, World]) -> None:
    document = {
        "machine": dict(about),
        "worlds": {str(size): _document(world) for size, world in sorted(worlds.items())},
    }
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


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
    lines = ["| what | measured | asked for | seen besides | taken |", "|---|---:|---:|---|---|"]
    for one in figures:
        target = _asked(one) if asked else "–"
        value = f"{_number(one.value)} {one.unit}"
        lines.append(f"| {one.what} | {value} | {target} | {one.note} | {one.day} |")
    return "\n".join(lines)


def _asked(one: Figure) -> str:
    if one.target is None:
        return "–"
    sign = "≥" if one.more else "≤"
    return f"{sign} {one.target:,}{'' if one.met else ' (missed)'}"


def _races(races: Sequence[Race]) -> str:
    lines = [
        "| question | tool | seconds | against ours | same answer | taken |",
        "|---|---|---:|---:|---|---|",
    ]
    for one in races:
        same = "yes" if one.agrees else "no"
        told = f"{same}: {one.note}" if one.note else same
        lines.append(
            f"| {one.question} | {one.tool} | {_number(one.seconds)} | {one.ratio:.1f} × | {told} "
            f"| {one.day} |"
        )
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
