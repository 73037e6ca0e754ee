"""Echoes across midnight: found, whatever the order in which days come."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engine import DuckEngine
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.log_folder import days_of

MIDNIGHT, HOUR = 1_767_657_600, 3_600
ANSWER = "the tide turns twice a day and the moon is the reason for both of its turns"
KEY = bytes(range(16))


def row(account: str, hour: float, prompt: str, output: str = "") -> dict[str, object]:
    said = {"account": account, "time": MIDNIGHT + hour * HOUR, "prompt": prompt}
    return said | {"output": output}


def echoes(folder: Path, *days: list[dict[str, object]]) -> int:
    """How many pairs of accounts echo, where days are ingested one after another."""
    folder.mkdir()
    (folder / "key").write_bytes(KEY)
    for number, rows in enumerate(days):
        path = folder / f"{number}.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
        ingest([path], folder / "log", folder / "key", keep_text=False)
    with DuckEngine(folder / "log", days_of(folder / "log")) as engine:
        return len(AskedLog(engine).view.echoes.count)


EVENING = [row("a", -1, "why does the sea rise", ANSWER), row("b", -2, "a word on bread")]
MORNING = [row("b", 1, f"go on from here: {ANSWER}"), row("c", 2, "a word on wine")]


@pytest.mark.parametrize("days", list(itertools.permutations((EVENING, MORNING))))
def test_an_output_of_the_evening_is_heard_in_the_morning(
    days: tuple[list[dict[str, object]], ...], tmp_path: Path
) -> None:
    assert echoes(tmp_path / "log", *days) == 1


CASES: dict[str, tuple[list[list[dict[str, object]]], int]] = {
    "an output of noon is too old": (
        [[row("a", -12, "why does the sea rise", ANSWER)], MORNING], 0,
    ),
    "one's own output is no echo": (
        [[row("b", -1, "why does the sea rise", ANSWER)], MORNING], 0,
    ),
    "a day between is too long": (
        [EVENING, [row("c", 3, "soup")], [row("b", 25, f"go on from here: {ANSWER}")]], 0,
    ),
    "what many were given is common property": (
        [[row(name, -1, "why does the sea rise", ANSWER) for name in "adef"], MORNING], 0,
    ),
    "rows that come late are heard": ([EVENING[1:], MORNING, EVENING[:1]], 1),
    "late rows may make it common property": (
        [EVENING, MORNING, [row(name, -1, "on the sea", ANSWER) for name in "def"]], 0,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("days", "expected"), CASES.values(), ids=CASES)
def test_who_is_heard(days: list[list[dict[str, object]]], expected: int, tmp_path: Path) -> None:
    assert echoes(tmp_path / "log", *days) == expected
