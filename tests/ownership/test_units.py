"""Products of units: exact, and honest about what rounding dropped."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearance.model.share import WHOLE
from clearance.ownership.arrays.units import share_of, slack_of

units = st.integers(0, WHOLE)


@given(st.lists(st.tuples(units, units), min_size=1))
def test_a_share_of_a_share_is_rounded_down_and_says_so(pairs: list[tuple[int, int]]) -> None:
    shares = np.array([share for share, _ in pairs], dtype=np.int64)
    weights = np.array([weight for _, weight in pairs], dtype=np.int64)
    part, rounded = share_of(shares, weights)
    assert part.tolist() == [share * weight // WHOLE for share, weight in pairs]
    assert rounded.tolist() == [share * weight % WHOLE != 0 for share, weight in pairs]


@given(units, units, st.integers(0, 1000))
def test_slack_covers_what_the_weight_may_be_off(share: int, weight: int, off: int) -> None:
    truth = share * min(weight + off, WHOLE) / WHOLE
    part, rounded = share_of(np.array([share]), np.array([weight]))
    slack = slack_of(np.array([share]), np.array([float(off)]), rounded)
    assert abs(truth - part[0]) <= slack[0] + 1e-3


def test_percentages_with_two_decimals_stay_exact_three_links_deep() -> None:
    value = np.array([WHOLE])
    for percent in (6667, 5001, 9999):
        value, rounded = share_of(np.array([percent * 10**8]), value)
        assert not rounded.any()
    assert value.tolist() == [6667 * 5001 * 9999]
