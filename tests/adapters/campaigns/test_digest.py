"""What a day is summed up to, held to rows told one by one; and that nothing grows as a square."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference import echoes as slow

from clearance.adapters.campaigns.sources import BATCH, rows_at_once
from clearance.campaigns.queries import DIGEST, ECHO_GIVERS, ECHO_TOKENS

SAID = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 9)), max_size=25)


def asked(
    given_rows: Sequence[slow.Said], asked_rows: Sequence[slow.Said]
) -> list[tuple[int, ...]]:
    with duckdb.connect() as database:
        for name, rows in (("given", given_rows), ("asked", asked_rows)):
            columns = np.array(rows, np.int64).reshape(-1, 3).T
            names = ("account", "token", "time")
            database.register(name, pa.table(dict(zip(names, columns, strict=True))))
        return database.execute(DIGEST["echoes"]).fetchall()


@settings(max_examples=40)
@given(SAID, SAID)
def test_echoes_are_told_as_row_by_row(
    given_rows: list[slow.Said], asked_rows: list[slow.Said]
) -> None:
    expected = slow.echoes(given_rows, asked_rows, ECHO_GIVERS, ECHO_TOKENS)
    assert asked(given_rows, asked_rows) == expected


def test_one_answer_given_and_asked_a_hundred_thousand_times_is_one_echo() -> None:
    times = range(100_000)
    given_rows = [(1, token, 2 * time) for time in times for token in (7, 8)]
    asked_rows = [(2, token, 2 * time + 1) for time in times for token in (7, 8)]
    assert asked(given_rows, asked_rows) == [(1, 2, 2)]


def test_rows_are_read_by_the_hundred_thousand_unless_they_are_large() -> None:
    assert rows_at_once([(1_000, 350_000), (0, 0)]) == BATCH
    assert rows_at_once([(1_000, 350_000), (10, 10_000_000)]) == 256
    assert rows_at_once([(2, 2_000_000_000)]) == 1
    assert rows_at_once([]) == BATCH
