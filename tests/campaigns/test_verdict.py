"""Which evidence makes which verdict; who is one actor; what shares by chance."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.campaigns.actors import Accounts, actors_of
from clearance.campaigns.discovery import adjusted
from clearance.campaigns.evidence import Evidence, Kind
from clearance.campaigns.log_view import pairs, shared
from clearance.campaigns.sharing import Sharing
from clearance.campaigns.verdict import DOING, LINKING, counts, verdict

SURE = {kind: Evidence(kind, 50, 1, 50.0, 1e-9, q=1e-8) for kind in Kind}
T, S, P, A, E = Kind.TEMPLATE, Kind.SYNCHRONY, Kind.PAYMENT, Kind.ADDRESS, Kind.ECHO
C = Kind.COPIES

CASES: list[tuple[tuple[Kind, ...], int, str]] = [
    ((), 5, "none"),
    ((A,), 5, "none"),
    ((T,), 0, "none"),
    ((T,), 2, "none"),
    ((T,), 3, "review"),
    ((T, A), 0, "review"),
    ((S,), 5, "none"),
    ((P,), 5, "none"),
    ((E,), 5, "none"),
    ((P, A), 5, "none"),
    ((T, S), 0, "linked"),
    ((T, P), 0, "linked"),
    ((T, E), 0, "linked"),
    ((S, P), 0, "linked"),
    ((S, A), 0, "linked"),
    ((E, P), 0, "linked"),
    ((C,), 0, "none"),
    ((T, C), 2, "none"),
    ((T, C), 3, "review"),
    ((C, A), 0, "review"),
    ((T, C, A), 0, "review"),
    ((C, P), 0, "linked"),
    ((C, S), 0, "linked"),
    ((T, C, E), 0, "linked"),
]


@pytest.mark.parametrize(("kinds", "traits", "expected"), CASES)
def test_a_verdict_asks_for_two_kinds(kinds: tuple[Kind, ...], traits: int, expected: str) -> None:
    assert verdict([SURE[kind] for kind in kinds], traits).value == expected


@given(st.sets(st.sampled_from(list(Kind))), st.integers(0, 9))
def test_no_verdict_comes_of_addresses_and_traits_alone(kinds: set[Kind], traits: int) -> None:
    said = verdict([SURE[kind] for kind in sorted(kinds)], traits).value
    if said == "linked":
        assert len(kinds - {C} if T in kinds else kinds) >= 2
        assert kinds & LINKING
        assert kinds & DOING
    if not kinds - {A}:
        assert said == "none"


@pytest.mark.parametrize(
    ("lift", "q", "coverage", "detail"),
    [(1.19, 1e-9, 1.0, "10 s"), (9.0, 0.02, 1.0, "10 s"), (9.0, 1e-9, 1.0, "10 min")],
)
def test_weak_or_slow_synchrony_does_not_count(
    lift: float, q: float, coverage: float, detail: str
) -> None:
    assert not counts(Evidence(S, 9, 1, lift, q, q, coverage, detail))


@pytest.mark.parametrize(
    ("lift", "q", "coverage", "expected"),
    [(25.0, 1e-9, 0.74, False), (25.0, 1e-9, 0.75, True), (9.9, 1e-9, 1.0, False),
     (25.0, 2e-5, 1.0, False)],
)  # fmt: skip
def test_addresses_that_a_few_busy_members_share_do_not_count(
    lift: float, q: float, coverage: float, expected: bool
) -> None:
    assert counts(Evidence(A, 9, 1, lift, q, q, coverage)) is expected


def accounts(*rows: tuple[int, int, int]) -> Accounts:
    """Accounts as (organisation, card, address)."""
    organisation, card, address = (np.array(one, np.int64) for one in zip(*rows, strict=True))
    ones = np.ones(len(rows), np.int64)
    return Accounts(np.arange(len(rows)), organisation, card, address, ones)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (((0, 0, 0), (0, 0, 0)), [0, 1]),
        (((7, 1, 1), (7, 2, 2)), [0, 0]),
        (((0, 5, 9), (0, 5, 9)), [0, 0]),
        (((0, 5, 9), (0, 5, 8)), [0, 1]),
        (((0, 5, 0), (0, 5, 0)), [0, 1]),
        (((0, 0, 9), (0, 0, 9)), [0, 1]),
        (((3, 5, 9), (4, 5, 9)), [0, 1]),
        (((0, 1, 1), (3, 1, 1), (0, 1, 1)), [0, 1, 0]),
    ],
)
def test_whoever_is_openly_one_customer_is_one_actor(
    rows: tuple[tuple[int, int, int], ...], expected: list[int]
) -> None:
    assert actors_of(accounts(*rows)).of.tolist() == expected


@given(st.lists(st.floats(1e-9, 1.0), min_size=1, max_size=30))
def test_q_is_the_least_rate_at_which_a_test_is_told(values: list[float]) -> None:
    q = adjusted(np.array(values))
    ranked = sorted(values)
    for p, found in zip(values, q, strict=True):
        slow = min(
            ranked[at] * len(values) / (at + 1) for at in range(len(ranked)) if ranked[at] >= p
        )
        assert found == pytest.approx(min(1.0, slow))


def test_chance_sharing_is_what_random_members_show() -> None:
    rng = np.random.default_rng(4)
    cards, _ = shared(rng.integers(0, 400, 900), rng.integers(0, 250, 900))
    sharing = Sharing(P, cards, 400)
    tests = [sharing.test(rng.choice(400, 40, replace=False)) for _ in range(200)]
    told = [one for one in tests if one is not None]
    observed = np.mean([one.observed for one in told])
    assert observed == pytest.approx(np.mean([one.expected for one in told]), rel=0.15)
    assert np.mean([one.p <= 0.05 for one in told]) <= 0.1


def test_members_who_share_are_told() -> None:
    cards, names = pairs(np.array([0, 1, 2, 3, 3]), np.array([9, 9, 8, 7, 9]))
    sharing = Sharing(P, cards, 10)
    assert names.tolist() == [7, 8, 9]
    for members in combinations(range(4), 2):
        expected = set(members) <= {0, 1, 3}
        assert sharing.sharers(np.array(members)).tolist() == [expected, expected]


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        ([(0, 7, 1), (0, 7, 2), (1, 7, 1), (1, 7, 2)], 1.0),
        ([(0, 7, 1), (0, 8, 2), (1, 8, 1), (1, 7, 2)], 1.0),
        ([(0, 7, 1), (0, 8, 2), (0, 9, 3), (1, 8, 1), (1, 9, 2), (1, 7, 3)], 0.0),
        ([(0, 7, 1), (1, 8, 1)], 0.5),
    ],
)
def test_a_place_is_where_members_keep_to(
    visits: list[tuple[int, int, int]], expected: float
) -> None:
    """Visits are (member, address, day): a pool that all change through is no place."""
    who, address, day = (np.array(one) for one in zip(*visits, strict=True))
    whole, things = pairs(who, address * 100 + day)
    assert Sharing(A, whole, 9, things // 100).widest(np.arange(2)) == expected


def test_days_of_one_address_are_no_new_proof() -> None:
    """Two neighbours among four, at one address for twenty days or at twenty for one."""
    who = np.array([0, 1] * 20)
    held, _ = pairs(who, np.repeat(np.arange(20), 2))
    for place, sure in ((np.zeros(20, np.int64), False), (np.arange(20), True)):
        said = Sharing(A, held, 40, place).test(np.arange(4))
        assert said is not None
        assert said.observed == 20
        assert (said.p < 1e-6) is sure


def test_addresses_are_held_to_a_stricter_rate_than_other_kinds() -> None:
    said = {kind: Evidence(kind, 50, 1, 50.0, 1e-4, q=1e-3) for kind in Kind}
    assert [kind for kind in Kind if not counts(said[kind])] == [A]
