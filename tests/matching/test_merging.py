"""Which parties are one: by rank, never across numbers that contradict, people first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import merging as slow

from clearance.matching.identifiers import contradicting
from clearance.matching.merging import Merges, Rank, Tie, resolve
from clearance.model.party import Identifier

SIZE = 8
NUMBER, NAME, JUDGED = Rank.NUMBER, Rank.NAME, Rank.JUDGEMENT


def resolved(
    ties: Sequence[tuple[Rank, int, int]],
    numbers: Mapping[int, str] | None = None,
    related: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> Merges:
    """The merges of ties written short; numbers as ``SCHEME:id SCHEME:id``."""
    held = {party: _numbers(text) for party, text in (numbers or {}).items()}
    holds = {frozenset(pair) for pair in related}
    kept: dict[int, dict[int, str]] = {}
    for one, other in apart:
        kept.setdefault(one, {})[other] = "judged different"
        kept.setdefault(other, {})[one] = "judged different"
    return resolve(
        [Tie(rank, one, other, "") for rank, one, other in ties],
        lambda party: held.get(party, ()),
        lambda one, other: frozenset((one, other)) in holds,
        kept,
    )


def _numbers(text: str) -> tuple[Identifier, ...]:
    return tuple(Identifier(*one.split(":")) for one in text.split())


@pytest.mark.parametrize(
    ("ties", "numbers", "related", "apart", "groups", "refused"),
    [
        ([(NAME, 0, 1)], {}, [], [], [(0, 1)], []),
        ([(NAME, 0, 1), (NUMBER, 1, 2)], {}, [], [], [(0, 1, 2)], []),
        ([(NAME, 0, 1)], {0: "XA-R:1", 1: "XA-R:2"}, [], [], [], ["XA-R 1 is not 2"]),
        ([(NAME, 0, 1)], {0: "XA-R:1", 1: "XB-R:2"}, [], [], [(0, 1)], []),
        ([(NAME, 0, 1)], {0: "VAT:1", 1: "VAT:2"}, [], [], [(0, 1)], []),
        (
            [(NAME, 0, 1), (NAME, 1, 2)],
            {0: "XA-R:1", 2: "XA-R:2"},
            [],
            [],
            [(0, 1)],
            ["XA-R 1 is not 2"],
        ),
        (
            [(NUMBER, 1, 2), (NAME, 0, 1)],
            {0: "XA-R:1", 2: "XA-R:2"},
            [],
            [],
            [(1, 2)],
            ["XA-R 1 is not 2"],
        ),
        ([(JUDGED, 0, 1)], {0: "XA-R:1", 1: "XA-R:2"}, [], [], [(0, 1)], []),
        ([(NUMBER, 0, 1)], {}, [], [(0, 1)], [], ["judged different"]),
        (
            [(JUDGED, 0, 1), (JUDGED, 1, 2)],
            {},
            [],
            [(0, 2)],
            [(0, 1)],
            ["judged different"],
        ),
        ([(NUMBER, 0, 1)], {}, [(0, 1)], [], [], ["one holds an interest in the other"]),
        ([(JUDGED, 0, 1)], {}, [(0, 1)], [], [(0, 1)], []),
        (
            [(NUMBER, 0, 1)],
            {0: "XA-R:1 XA-R:2", 1: "XA-R:1"},
            [],
            [],
            [],
            ["XA-R 1 is not 2"],
        ),
    ],
)
def test_ties_are_taken_unless_they_contradict(
    ties: list[tuple[Rank, int, int]],
    numbers: dict[int, str],
    related: list[tuple[int, int]],
    apart: list[tuple[int, int]],
    groups: list[tuple[int, ...]],
    refused: list[str],
) -> None:
    found = resolved(ties, numbers, related, apart)
    assert list(found.groups) == groups
    assert [one.because for one in found.refused] == refused
    assert len(found.used) + len(found.refused) == len(ties)


_PARTY = st.integers(0, SIZE - 1)
_PAIR = st.tuples(_PARTY, _PARTY).filter(lambda pair: pair[0] < pair[1])
_TIES = st.lists(st.tuples(st.sampled_from(Rank), _PAIR).map(lambda t: (t[0], *t[1])), max_size=14)
_HELD = st.dictionaries(_PARTY, st.sampled_from(["XA-R:1", "XA-R:2", "XB-R:1", "XA-R:1 XB-R:1"]))
_PAIRS = st.lists(_PAIR, max_size=4)


@given(_TIES, _HELD, _PAIRS, _PAIRS)
def test_it_finds_the_groups_that_looking_at_every_pair_finds(
    ties: list[tuple[Rank, int, int]],
    numbers: dict[int, str],
    related: list[tuple[int, int]],
    apart: list[tuple[int, int]],
) -> None:
    found = resolved(ties, numbers, related, apart)
    held = {party: _numbers(numbers.get(party, "")) for party in range(SIZE)}
    assert list(found.groups) == slow.groups(
        SIZE,
        [Tie(rank, one, other, "") for rank, one, other in ties],
        held,
        {frozenset(pair) for pair in related},
        {frozenset(pair) for pair in apart},
    )


@given(_TIES, _HELD)
def test_no_chain_joins_numbers_that_contradict_and_order_does_not_matter(
    ties: list[tuple[Rank, int, int]], numbers: dict[int, str]
) -> None:
    found_ties = [tie for tie in ties if tie[0] is not JUDGED]
    found = resolved(found_ties, numbers)
    for group in found.groups:
        held = [_numbers(numbers.get(party, "")) for party in group]
        assert not any(contradicting(one, other) for one in held for other in held)
    assert resolved(list(reversed(found_ties)), numbers) == found
