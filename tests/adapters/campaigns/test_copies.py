"""The same text from several at once is one act: told as copies, and no sign of synchrony."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engine import DuckEngine
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.log_folder import days_of

NOON, DAY = 1_767_614_400, 86_400
SAID = "the spring sale of the shop by the harbour begins today"
Row = tuple[str, int, str]

CASES: dict[str, tuple[list[Row], int]] = {
    "two within a minute are a copy": ([("a", 0, SAID), ("b", 50, SAID)], 0),
    "two a while apart are none": ([("a", 0, SAID), ("b", 70, SAID)], 2),
    "one alone is none, however often": ([("a", 0, SAID), ("a", 20, SAID)], 2),
    "a chain is one act": ([("a", 0, SAID), ("b", 50, SAID), ("c", 100, SAID)], 0),
    "other words are other acts": ([("a", 0, SAID), ("b", 5, f"{SAID} and ends tomorrow")], 2),
    "no words are no text": ([("a", 0, ""), ("b", 0, "")], 2),
}


def asked(rows: list[Row], folder: Path) -> tuple[int, list[int]]:
    """How many times of requests are left, and how many actors have each shared act."""
    path = folder / "log.jsonl"
    lines = ({"account": who, "time": NOON + at, "prompt": text} for who, at, text in rows)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    ingest([path], folder / "log", None, keep_text=False)
    with DuckEngine(folder / "log", days_of(folder / "log")) as engine:
        log = AskedLog(engine)
        everybody = log.requests(np.arange(log.view.actors))
        return len(everybody.time), log.view.copies.count.tolist()


@pytest.mark.parametrize(("rows", "left"), CASES.values(), ids=CASES)
def test_copies_are_left_out_of_times(rows: list[Row], left: int, tmp_path: Path) -> None:
    assert asked(rows, tmp_path)[0] == left


def test_once_is_chance_and_twice_on_two_days_is_told(tmp_path: Path) -> None:
    (tmp_path / "once").mkdir()
    (tmp_path / "twice").mkdir()
    once: list[Row] = [("a", 0, SAID), ("b", 5, SAID), ("c", DAY, SAID)]
    again: list[Row] = [*once, ("a", DAY, f"{SAID} again"), ("b", DAY + 9, f"{SAID} again")]
    assert asked(once, tmp_path / "once") == (1, [])
    assert asked(again, tmp_path / "twice") == (1, [2, 2])
