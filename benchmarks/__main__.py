"""``python -m benchmarks``: measure, put side by side, and write ``bench/report.md``.

Worlds are generated once into the scratch folder and used again. Figures of an earlier run that
are not measured again stay in the report; ``--docs`` takes a report into the published figures
(``benchmarks/measured.json``) and their page, where whatever it does not hold stays with its day.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.machine import machine
from benchmarks.report import publish, write_report
from benchmarks.runs import FIGURES, Job, races
from benchmarks.scratch import Scratch

DOCS = Path("docs/benchmarks.md")
MEASURED = Path("benchmarks/measured.json")


def main() -> None:
    """Run what was asked for, a line on the screen for each figure."""
    chosen = _arguments()
    job = Job(Scratch(chosen.folder, chosen.size), chosen.repeat)
    if chosen.docs:
        publish(chosen.folder / "report.json", MEASURED, DOCS)
        return
    figures: list[Figure] = []
    for name, measure in FIGURES.items():
        if chosen.only in (None, name):
            for figure in measure(job):
                print(_line(figure), flush=True)
                figures.append(figure)
    raced = races(job) if chosen.only in (None, "peers") else []
    for race in raced:
        print(f"{race.question:8} {race.tool:10} {race.seconds:8.2f} s  {race.ratio:6.1f} ×  "
              f"{'agrees' if race.agrees else 'DIFFERS'}  {race.note}")  # fmt: skip
    table = write_report(chosen.folder, chosen.size, machine(), figures, raced)
    print(table)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000_000, help="parties of the world")
    parser.add_argument("--only", choices=[*FIGURES, "peers"], help="one benchmark alone")
    parser.add_argument("--repeat", type=int, default=5, help="runs that a median is taken of")
    parser.add_argument("--folder", type=Path, default=Path("bench"), help="the scratch folder")
    parser.add_argument(
        "--docs", action="store_true", help="publish the last figures, measure none"
    )
    return parser.parse_args()


def _line(figure: Figure) -> str:
    verdict = {True: "met", False: "MISSED", None: ""}[figure.met]
    target = "" if figure.target is None else f"of {figure.target:,}"
    value = f"{figure.value:,.2f} {figure.unit}"
    return f"{figure.name:20} {value:>24} {target:12} {verdict:7} {figure.note}"


if __name__ == "__main__":
    main()
