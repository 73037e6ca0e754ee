"""Texts of an ascending column, looked for together as they are one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.snapshot.texts import Texts, column_of

WORDS = st.text("aé漢𐍈", max_size=3)


@given(st.sets(WORDS), st.lists(WORDS))
def test_all_are_found_where_each_is(held: set[str], asked: list[str]) -> None:
    column = Texts(column_of(pa.array(sorted(held), pa.large_string())))
    assert column.find_all(asked).tolist() == [column.find(one) for one in asked]


@pytest.mark.parametrize("held", [[], ["b"], ["a", "b", "c"]])
def test_no_text_is_found_nowhere(held: list[str]) -> None:
    column = Texts(column_of(pa.array(held, pa.large_string())))
    assert column.find_all([]).tolist() == []
    assert np.array_equal(column.find_all(["", "bb", "z"]), [-1, -1, -1])
