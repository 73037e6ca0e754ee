"""A table of hashes stands in the order of its buckets and tags, whoever shares a bucket."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.matching.index.hashing import ordered
from clearance.matching.index.layout import Hashes

HASHES = st.integers(0, 2**64 - 1)


def holds(keys: Hashes) -> bool:
    """Is the table of these keys that of a plain sort?"""
    directory, tag, order = ordered(keys)
    bits = (len(directory) - 1).bit_length() - 1
    bucket = [int(key) >> (64 - bits) for key in keys]
    low = [int(key) & 0xFFFFFFFF for key in keys]
    plain = sorted(range(len(keys)), key=lambda at: (bucket[at], low[at]))
    begins = [sum(one < at for one in bucket) for at in range(len(directory))]
    made = (order.tolist(), tag.tolist(), directory.tolist())
    return made == (plain, [low[at] for at in plain], begins)


@given(st.lists(HASHES, max_size=60))
def test_any_keys_stand_in_order(keys: list[int]) -> None:
    assert holds(np.array(keys, np.uint64))


@given(st.lists(HASHES, min_size=1, max_size=4), st.lists(st.integers(0, 3), max_size=300))
def test_keys_of_many_rows_keep_the_order_of_their_rows(few: list[int], which: list[int]) -> None:
    assert holds(np.array([few[at % len(few)] for at in which], np.uint64))


@pytest.mark.parametrize("size", [0, 1, 2, 31, 33, 500])
def test_a_bucket_that_all_share_is_sorted(size: int) -> None:
    keys = np.array([(at * 7919) % 1009 for at in range(size)], np.uint64)
    assert holds(keys)
