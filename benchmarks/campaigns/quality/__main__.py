"""``python -m benchmarks.campaigns.quality FOLDER``: measure every log and write the table.

A log that was measured before is not measured again; ``--docs`` writes what is there, only.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.campaigns.quality.cases import Case, cases
from benchmarks.campaigns.quality.judged import Judgement, judged
from benchmarks.campaigns.quality.told import silent, table
from benchmarks.machine import machine
from benchmarks.matching.written import between

PAGE = Path("docs/benchmark-campaigns.md")
SEED = 9_000


def main() -> None:
    """Measure what is missing, a line on the screen for each log."""
    said = _arguments()
    said.folder.mkdir(parents=True, exist_ok=True)
    results = said.folder / f"quality-{said.seed}.jsonl"
    asked = [one for one in cases(said.seed) if said.only in one.id]
    done = _done(results)
    for case in () if said.docs else asked:
        if case.id not in done:
            done[case.id] = _measured(case, said.folder, results)
    about = ", ".join(f"{name} {value}" for name, value in machine().items())
    lines = [*table(asked, done, about), "", silent(done.values())]
    print("\n".join(lines))
    if said.docs:
        between(PAGE, "quality", lines)


def _measured(case: Case, folder: Path, results: Path) -> Judgement:
    one = judged(case, folder / "log")
    with results.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(one)) + "\n")
    print(f"{case.id:45} {one.right}/{one.planted} of {one.linked} linked, {one.wrong}", flush=True)
    return one


def _done(results: Path) -> dict[str, Judgement]:
    if not results.is_file():
        return {}
    lines = results.read_text("utf-8").splitlines()
    return {one.id: one for one in map(_judgement, map(json.loads, lines))}


def _judgement(said: Mapping[str, object]) -> Judgement:
    silent = said["silent"]
    assert isinstance(silent, list)
    return Judgement(**{**said, "silent": tuple(silent)})  # type: ignore[arg-type]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.campaigns.quality", description=__doc__)
    parser.add_argument("folder", type=Path, help="the scratch folder")
    parser.add_argument("--seed", type=int, default=SEED, help="the first seed")
    parser.add_argument("--only", default="", help="logs whose name holds this")
    parser.add_argument("--docs", action="store_true", help="write the docs, measure nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
