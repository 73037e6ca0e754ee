"""The pages of the evaluation: their marks, and the table that is made from the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.matching.side_by_side import Result, best_threshold, called
from benchmarks.matching.written import BESIDE, PAGE, between, features, side_by_side
from tests.usecases.test_evaluate import outcomes

from clearance.usecases.evaluate import Measured

ROOT = Path(__file__).parents[2]


def test_the_page_lists_the_features_as_they_are() -> None:
    assert "\n".join(features()) in (ROOT / PAGE).read_text()


@pytest.mark.parametrize(
    ("page", "mark"),
    [(PAGE, "slices"), (PAGE, "side by side"), (PAGE, "features"), (BESIDE, "matching")],
)
def test_every_mark_holds_a_table(page: Path, mark: str) -> None:
    text = (ROOT / page).read_text()
    inside = text.partition(f"<!-- {mark}: begin -->")[2].partition(f"<!-- {mark}: end -->")[0]
    assert "|---|" in inside


def test_what_stands_between_marks_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("head\n<!-- it: begin -->\nold\n<!-- it: end -->\ntail\n")
    between(page, "it", ["new", "lines"])
    text = "head\n<!-- it: begin -->\n\nnew\nlines\n\n<!-- it: end -->\ntail\n"
    assert page.read_text() == text
    with pytest.raises(SystemExit, match="no marks for that"):
        between(page, "that", ["new"])


def test_a_tool_without_a_set_has_a_dash_there() -> None:
    figure = Measured(0.5, 0.4, 0.6)
    lines = list(side_by_side([Result("Clearance", "open set", 10, figure, figure, 0.9, 0.001)]))
    assert lines[2].startswith("| **Clearance** | .500 (.400–.600) | – |")
    assert lines[2].endswith("| 100 |")


def test_who_calls_strangers_a_match_is_counted_among_questions_without_an_answer() -> None:
    some = outcomes((0.95, False, False), (0.2, False, False), (0.97, True, True))
    assert called(0.9, some) == 0.5
    assert best_threshold(some) == 0.97
