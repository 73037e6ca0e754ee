"""A log whose tables cannot be read is told by name, whatever was done to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clearance.adapters.campaigns.asked_log import AskedLog
from clearance.adapters.campaigns.engine import DuckEngine
from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.campaigns.log_folder import days_of
from clearance.model.errors import IntegrityError

WHEN = ("2026-01-05T10:00:00Z", "2026-01-06T10:00:00Z")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    rows = [{"time": time, "account": f"a{at}", "prompt": "x"} for time in WHEN for at in range(9)]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    ingest([path], tmp_path / "log", None, keep_text=False)
    return tmp_path / "log"


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def overwrite(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes([7]) * 150 + whole[154:])


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut, overwrite, remove])
@pytest.mark.parametrize("day", ["2026-01-05", "2026-01-06"])
def test_a_damaged_table_is_told_and_nothing_is_found(
    damage: Callable[[Path], None], day: str, log: Path
) -> None:
    damage(log / f"day={day}" / "habits.parquet")
    with (
        pytest.raises(IntegrityError, match=r"log: .*ingest it anew"),
        DuckEngine(log, days_of(log)) as engine,
    ):
        AskedLog(engine)
