"""Laying sources over each other, and the tree of what results, against one address at a time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.networks import Block, votes, walked

from clearance.network.agreement import Agreement, agreement
from clearance.network.origin import Origin, Vote
from clearance.network.partition import IPV4, NOTHING, Blocks, Keys, contradiction, partition
from clearance.network.tree import ended, tree

TOP = 2**128 - 1
IPV4_TOP = 2**32 - 1
MAPPED = (0xFFFF << 32, (0xFFFF << 32) + IPV4_TOP)
NEAR = [0, 7, 8, 100, IPV4_TOP - 3, IPV4_TOP + 2, 2**64 - 2, 2**64 + 5, 2**127, TOP - 4]


def keys(numbers: list[int]) -> Keys:
    return np.frombuffer(b"".join(n.to_bytes(16, "big") for n in numbers), "S16")


def blocks(rows: list[Block]) -> Blocks:
    first, last, vote = ([row[column] for row in rows] for column in range(3))
    return Blocks(keys(first), keys(last), np.array(vote, np.int64))


NO_IPV4 = blocks([])
ADDRESS = st.builds(
    lambda base, more: min(base + more, TOP), st.sampled_from(NEAR), st.integers(0, 9)
)
BLOCK = st.builds(
    lambda one, other, vote: (min(one, other), max(one, other), vote),
    ADDRESS, ADDRESS, st.integers(-1, 2),
)  # fmt: skip
SOURCES = st.lists(st.lists(BLOCK, max_size=8), min_size=1, max_size=3)


@given(SOURCES, st.lists(ADDRESS, min_size=20, max_size=20))
def test_every_address_keeps_what_each_source_says(
    sources: list[list[Block]], asked: list[int]
) -> None:
    cut = partition([blocks(rows) for rows in sources], NO_IPV4)
    sides = tree(cut).tolist()
    for address in {*asked, 0, TOP}:
        record = ended(walked(sides, address))
        said = votes(sources, address)
        assert (said == (NOTHING,) * len(sources)) is (record == NOTHING)
        if record != NOTHING:
            assert cut.records[record] == said


@given(SOURCES)
def test_a_partition_has_no_cut_that_nothing_needs(sources: list[list[Block]]) -> None:
    cut = partition([blocks(rows) for rows in sources], NO_IPV4)
    assert cut.starts[0] == b""
    assert (cut.starts[1:] > cut.starts[:-1]).all()
    assert (cut.record[1:] != cut.record[:-1]).all()
    assert len(set(cut.records)) == len(cut.records)


@given(SOURCES, st.integers(0, IPV4_TOP))
def test_a_mapped_address_is_the_address(sources: list[list[Block]], address: int) -> None:
    rows = [(0, 2**24, 0)]
    cut = partition([blocks(rows), *map(blocks, sources)], blocks([(*MAPPED, 0)]))
    sides = tree(cut).tolist()
    assert walked(sides, MAPPED[0] + address) == walked(sides, address)
    assert ended(walked(sides, MAPPED[1] + 1)) != IPV4


def test_rows_that_contradict_each_other_are_found() -> None:
    assert contradiction(blocks([(5, 9, 0), (1, 9, 1), (5, 9, 0)])) is None
    assert contradiction(blocks([(5, 9, 0), (1, 9, 1), (5, 9, 2)])) == (0, 2)


def test_agreement_is_counted_in_addresses_and_voices() -> None:
    one = blocks([(0, 99, 0), (200, 299, 1), (2**40, 2**41, 0)])
    two = blocks([(0, 49, 0), (50, 99, 1)])
    origins: dict[tuple[int, ...], Origin] = {
        (0, 0): Origin((Vote("a", "XA"), Vote("b", "XA"))),
        (0, 1): Origin((Vote("a", "XA"), Vote("b", "XB"))),
        (1, -1): Origin((Vote("a", asn=64496),)),
        (0, -1): Origin((Vote("a", "XA"),)),
    }
    cut = partition([one, two], NO_IPV4)
    found = agreement(cut, [origins[record] for record in cut.records])
    assert found == Agreement(placed=100, compared=100, unanimous=50)
