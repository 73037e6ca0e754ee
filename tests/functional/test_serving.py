"""Questions while the snapshot changes: every one answered, each by one snapshot alone."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

from clearance import Matcher
from clearance.adapters.snapshot.builder import Builder
from clearance.model.record import Record

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "serving.md"
WORKERS, SWAPS = 4, 6
WORDS = ("Aurora", "Borealis", "Cassiopeia")


def snapshot(out: Path, prefix: str) -> Path:
    """Three companies whose ids say which snapshot they are of."""
    path = out.with_suffix(".csv")
    rows = (f"{prefix}{word},{word} Shipping {prefix},XA" for word in WORDS)
    path.write_text("\n".join(["id,name,jurisdiction", *rows]))
    Builder(out, [path], created_by="test", built="2024-05-06").compile().write()
    return out


def lead(link: Path, folder: Path) -> None:
    """Let the link lead elsewhere, in one step."""
    new = link.with_suffix(".next")
    new.symlink_to(folder)
    new.replace(link)


def guided() -> Any:
    """The class that the guide shows."""
    code = re.search(r"`current\.py`:\n\n```python\n(.*?)```", GUIDE.read_text(), re.S)
    assert code
    space: dict[str, Any] = {}
    exec(code[1], space)
    return space["Current"]


def test_no_answer_is_lost_or_torn_while_the_snapshot_changes(tmp_path: Path) -> None:
    first, second = (snapshot(tmp_path / name, name) for name in ("one", "two"))
    link = tmp_path / "current"
    link.symlink_to(first)
    current = guided()(link)
    done = Event()

    def ask(number: int) -> tuple[str, ...]:
        records = [Record(f"{number}", (f"{word} Shiping",), countries=("XA",)) for word in WORDS]
        found = current.matcher().resolve_all(records)
        return tuple(each.candidates[0].record.id for each in found)

    def work(number: int) -> list[tuple[str, ...]]:
        answers: list[tuple[str, ...]] = []
        while not (done.is_set() and len(answers) >= SWAPS):
            answers.append(ask(number))
        return answers

    answers = [ask(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        asked: list[Future[list[tuple[str, ...]]]] = [
            pool.submit(work, number) for number in range(WORKERS)
        ]
        for swap in range(SWAPS):
            copy = shutil.copytree(second if swap % 2 == 0 else first, tmp_path / f"copy{swap}")
            lead(link, copy)
            answers.append(ask(WORKERS))
        done.set()
        answers += [one for future in asked for one in future.result()]
    whole = {tuple(f"{prefix}{word}" for word in WORDS) for prefix in ("one", "two")}
    assert set(answers) == whole


def test_a_snapshot_in_use_answers_on_after_its_folder_is_gone(tmp_path: Path) -> None:
    matcher = Matcher.open(snapshot(tmp_path / "one", "one"))
    shutil.rmtree(tmp_path / "one")
    found = matcher.resolve(Record("x", ("Aurora Shiping one",), countries=("XA",)))
    assert found.candidates[0].record.id == "oneAurora"
