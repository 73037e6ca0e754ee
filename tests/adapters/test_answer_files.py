"""A row that is written at once is the row that the CSV writer writes."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.answer_files import AnswerLines, plain_row

CELLS = st.lists(
    st.one_of(
        st.text(st.sampled_from("ab, ;'\"\n\r\t=é漢"), max_size=6),
        st.integers(),
        st.floats(allow_nan=False),
    ),
    min_size=1,
    max_size=5,
)


def written(row: list[str | int | float]) -> str:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


@given(CELLS)
def test_any_row_is_written_as_the_writer_of_csv_does(row: list[str | int | float]) -> None:
    lines = AnswerLines()
    lines.add({}, row)
    assert lines.taken()[1].decode() == written(row)


@pytest.mark.parametrize("row", [["a", 1, 2.5], ["a, b", "", "c"], ["", ""], [" a", "b "]])
def test_a_row_without_quotes_and_line_ends_is_written_at_once(
    row: list[str | int | float],
) -> None:
    assert plain_row(row) == written(row)


@pytest.mark.parametrize("row", [['a"b', "c"], ["a\nb", "c"], ["a\rb", "c"], [""], ["a"]])
def test_any_other_is_left_to_the_writer(row: list[str | int | float]) -> None:
    assert plain_row(row) == ""
