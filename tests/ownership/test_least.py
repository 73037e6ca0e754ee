"""The least solution of a cycle group's equations."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.ownership.readings.equation import Equation, Piece, Pieces, Whole
from clearance.ownership.readings.least import least

F = Fraction


def sums(*pieces: tuple[Fraction, dict[int, Fraction]], smallest: bool = False) -> Pieces:
    return Pieces.of([Piece(constant, slope) for constant, slope in pieces], smallest)


CASES: list[tuple[str, dict[int, Equation], dict[int, Fraction]]] = [
    (
        "two that hold each other",
        {1: sums((F(8, 10), {2: F(2, 10)})), 2: sums((F(6, 10), {1: F(3, 10)}))},
        {1: F(92, 94), 2: F(84, 94)},
    ),
    (
        "a closed loop holds nothing",
        {1: sums((F(0), {2: F(1)})), 2: sums((F(0), {1: F(1)}))},
        {1: F(0), 2: F(0)},
    ),
    (
        "a closed loop behind an unstated share is nothing, too",
        {1: sums((F(0), {2: F(1)}), (F(1), {}), smallest=True), 2: sums((F(0), {1: F(1)}))},
        {1: F(0), 2: F(0)},
    ),
    (
        "what is over the whole is capped",
        {1: sums((F(1, 10), {2: F(1)})), 2: sums((F(0), {1: F(1)}))},
        {1: F(1), 2: F(1)},
    ),
    (
        "the larger piece counts once it is the larger",
        {1: sums((F(1, 10), {}), (F(0), {2: F(9, 10)})), 2: sums((F(1, 2), {1: F(1, 2)}))},
        {1: F(9, 11), 2: F(10, 11)},
    ),
    (
        "a slow loop is solved, not waited for",
        {1: sums((F(1, 10**9), {1: 1 - F(1, 10**8)}))},
        {1: F(1, 10)},
    ),
]


@pytest.mark.parametrize(("name", "equations", "expected"), CASES, ids=lambda one: str(one)[:30])
@pytest.mark.parametrize("upper", [False, True])
def test_the_least_solution_is_exact(
    name: str, equations: dict[int, Equation], expected: dict[int, Fraction], upper: bool
) -> None:
    assert least(equations, {}, upper) == expected, name


def test_a_member_known_only_as_a_whole_gives_the_same() -> None:
    plain = CASES[0][1]
    asked: dict[int, Equation] = {
        member: Whole(each.at, tuple(plain)) for member, each in plain.items()
    }
    assert least(asked, {}, False) == CASES[0][2]


def test_what_is_given_does_not_move() -> None:
    equations: dict[int, Equation] = {1: sums((F(0), {2: F(1, 4), 3: F(1, 2)}))}
    assert least(equations, {2: F(1), 3: F(1, 2)}, False) == {1: F(1, 2)}


def test_a_ring_too_large_to_solve_is_bounded_on_both_sides() -> None:
    size, kept = 100, F(9, 10)
    ring: dict[int, Equation] = {
        member: sums((F(1, 20), {(member + 1) % size: kept})) for member in range(size)
    }
    low, high = least(ring, {}, False), least(ring, {}, True)
    for member in ring:
        assert low[member] <= F(1, 2) <= high[member]
        assert high[member] - low[member] < F(1, 10**12)


@st.composite
def systems(draw: st.DrawFn) -> dict[int, Equation]:
    size = draw(st.integers(1, 5))
    smallest = draw(st.booleans())
    found: dict[int, Equation] = {}
    for member in range(size):
        pieces = []
        for _ in range(draw(st.integers(1, 3))):
            weights = [draw(st.integers(0, 6)) for _ in range(size + 1)]
            whole = max(sum(weights), draw(st.integers(1, 12)))
            slope = {at: F(weights[at], whole) for at in range(size) if weights[at]}
            pieces.append(Piece(F(weights[size], whole), slope))
        found[member] = Pieces.of(pieces, smallest)
    return found


@given(systems(), st.booleans())
def test_it_solves_every_equation_and_rounds_from_nothing_never_pass_it(
    equations: dict[int, Equation], upper: bool
) -> None:
    point = least(equations, {}, upper)
    assert {member: each.at(point) for member, each in equations.items()} == point
    rough = dict.fromkeys(equations, 0.0)
    for _ in range(400):
        rough = {member: each.near(rough) for member, each in equations.items()}
    for member, value in point.items():
        assert rough[member] <= float(value) + 1e-9
        assert float(value) <= rough[member] + 0.1
