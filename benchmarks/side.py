"""The same world and question put to each tool in one process, answers compared.

``python -m benchmarks.side PARTIES REPEAT`` prints one line of JSON, a list of races.
Ours is timed with more to do: the day's slice, fusion and both ends; the others get the fused
holdings of the day and find the lower end alone.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import peers
from benchmarks.figures import Race
from benchmarks.process import timed
from benchmarks.questions import answered, opened
from clearance.adapters.snapshot.reference import Reference
from clearance.model.interest import Measure
from clearance.model.share import WHOLE
from clearance.ownership.attribute import Attribution

CLOSE = 1e-9
HUNDREDTHS = WHOLE // 10_000
BEAR = {
    "duckdb": 20_000_000,
    "networkx": 1_000_000,
    "clingo": 200_000,
    "scipy": 20_000_000,
    "networkx, multiplied": 200_000,
}
"""The largest world that each tool is asked about: more would take minutes or all the memory."""

Found = set[int] | NDArray[np.float64]


def problem_of(answer: Attribution) -> peers.Problem:
    """The holdings of the day as the others take them: lower ends in hundredths of a percent."""
    if answer.live is None:
        raise ValueError("the rule was not in force")
    held = answer.live.measures[Measure.SHARES]
    some = np.flatnonzero(held.low > 0)
    return peers.Problem(
        size=answer.graph.size,
        holder=held.holder[some].astype(np.int64),
        subject=held.subject[some].astype(np.int64),
        share=held.low[some] // HUNDREDTHS,
        seeds=np.flatnonzero(answer.seeds.certain),
    )


def races(reference: Reference, repeat: int) -> list[Race]:
    """Every tool that can bear the world, on both questions."""
    found = []
    for question, rule, tools in (
        ("cascade", "cascade-50", CASCADES),
        ("product", "product", PRODUCTS),
    ):
        answer = answered(reference, rule)
        ours = statistics.median(timed(lambda: answered(reference, rule), repeat).wall)  # noqa: B023
        expected = cascade_of(answer) if question == "cascade" else product_of(answer)
        found.append(Race(question, "clearance", len(reference), ours, 1.0, True))
        problem = problem_of(answer)
        found += [
            _race(question, tool, solve, problem, (expected, ours))
            for tool, solve in tools.items()
            if problem.size <= BEAR[tool if question == "cascade" else SAME.get(tool, tool)]
        ]
    return found


def cascade_of(answer: Attribution) -> set[int]:
    """Who is surely reached."""
    return set(np.flatnonzero(answer.answered[0].owned.certain).tolist())


def product_of(answer: Attribution) -> NDArray[np.float64]:
    """The lower end of everybody's share, of 1."""
    return answer.answered[0].owned.low / WHOLE


CASCADES: dict[str, Callable[[peers.Problem], Found]] = {
    "duckdb": peers.duckdb_cascade,
    "networkx": peers.networkx_cascade,
    "clingo": peers.clingo_cascade,
}
PRODUCTS: dict[str, Callable[[peers.Problem], Found]] = {
    "scipy": peers.scipy_product,
    "networkx": peers.networkx_product,
}
SAME = {"networkx": "networkx, multiplied"}
"""Names of limits that differ from question to question."""


def _race(
    question: str,
    tool: str,
    solve: Callable[[peers.Problem], Found],
    problem: peers.Problem,
    ours: tuple[Found, float],
) -> Race:
    answers: list[Found] = []
    timing = timed(lambda: answers.append(solve(problem)), 1 if tool == "networkx" else 3)
    seconds = statistics.median(timing.wall)
    agrees, note = compared(answers[-1], ours[0])
    return Race(question, tool, problem.size, seconds, seconds / ours[1], agrees, note)


def compared(theirs: Found, ours: Found) -> tuple[bool, str]:
    """Is it the same answer, and how far apart are they?"""
    if isinstance(theirs, set) and isinstance(ours, set):
        return theirs == ours, f"{len(ours)} reached, {len(theirs ^ ours)} differ"
    apart = float(np.abs(np.asarray(theirs) - np.asarray(ours)).max(initial=0.0))
    return apart <= CLOSE, f"largest difference {apart:.1e}"


if __name__ == "__main__":
    print(json.dumps([asdict(race) for race in races(opened(Path(sys.argv[1])), int(sys.argv[2]))]))
