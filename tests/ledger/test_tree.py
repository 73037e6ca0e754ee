"""The tree, its proofs and its tiles say what RFC 6962 defines."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import merkle

from clearance.ledger.proofs import consistency, inclusion
from clearance.ledger.tiles import (
    ENTRIES,
    Tile,
    TileNodes,
    bundled,
    hashes,
    named,
    tiles_of,
    unbundled,
)
from clearance.ledger.tree import NOTHING, Edge, leaf_hash
from clearance.ledger.verify import is_consistent, is_included
from clearance.model.errors import IntegrityError

LEAVES = [leaf_hash(at.to_bytes(2, "big")) for at in range(700)]
SIZES = st.integers(1, len(LEAVES)) | st.sampled_from([1, 2, 255, 256, 257, 511, 512, 513])


def nodes_of(size: int) -> TileNodes:
    return TileNodes(size, lambda wanted: merkle.tile(LEAVES[:size], wanted))


def test_published_vectors_are_judged_as_published(real_data: Callable[[str], Path]) -> None:
    judged = 0
    for line in real_data("standards/merkle/vectors.jsonl").read_text().splitlines():
        case = json.loads(line)
        if "start" in case:
            continue  # of subtrees, which no log here proves
        proof = [b64decode(text) for text in case["proof"] or []]
        holds = (
            is_consistent(
                case["size1"], _of(case["root1"]), proof, case["size2"], _of(case["root2"])
            )
            if "size1" in case
            else is_included(
                _of(case["leafHash"]), case["leafIdx"], proof, case["treeSize"], _of(case["root"])
            )
        )
        assert holds is not case["wantErr"], case["path"]
        judged += 1
    assert judged == 196


def _of(text: str | None) -> bytes:
    return b64decode(text or "")


@given(st.lists(st.integers(0, 300), max_size=6))
def test_a_tree_grows_to_the_same_root_however_leaves_come(batches: list[int]) -> None:
    edge = NOTHING
    for count in batches:
        edge, _ = edge.grown(LEAVES[edge.size : edge.size + count])
        assert edge.root() == merkle.root(LEAVES[: edge.size])


@given(SIZES, st.integers(0, len(LEAVES)))
def test_rows_that_become_complete_are_the_nodes_of_the_tree(size: int, before: int) -> None:
    edge, _ = NOTHING.grown(LEAVES[: min(before, size)])
    _, rows = edge.grown(LEAVES[edge.size : size])
    for level, row in enumerate(rows):
        first = edge.size >> level
        for at, found in enumerate(row if level else [], first):
            assert found == merkle.root(LEAVES[at << level : at + 1 << level])


@given(SIZES, st.data())
def test_inclusion_is_proved_as_the_standard_says_and_checks(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    found = inclusion(index, size, nodes_of(size))
    assert found == merkle.path(index, LEAVES[:size])
    root = merkle.root(LEAVES[:size])
    assert is_included(LEAVES[index], index, found, size, root)
    assert not is_included(LEAVES[index - 1], index, found, size, root) or size == 1
    assert not is_included(LEAVES[index], index, [*found, root], size, root)
    assert not found or not is_included(LEAVES[index], index, found[:-1], size, root)


@given(SIZES, st.data())
def test_consistency_is_proved_as_the_standard_says_and_checks(
    size: int, data: st.DataObject
) -> None:
    old = data.draw(st.integers(1, size))
    found = consistency(old, size, nodes_of(size))
    assert found == merkle.proof(old, LEAVES[:size])
    old_root, root = merkle.root(LEAVES[:old]), merkle.root(LEAVES[:size])
    assert is_consistent(old, old_root, found, size, root)
    assert not is_consistent(old, root, found, size, old_root) or old == size
    assert not is_consistent(0, old_root, found, size, root)


def test_a_proof_of_a_wide_tree_is_read_from_its_upper_tiles() -> None:
    wide = 70_000
    leaves = [leaf_hash(at.to_bytes(4, "big")) for at in range(wide)]
    edge, rows = NOTHING.grown(leaves)
    stored = [leaves, *rows[1:]]

    def read(tile: Tile) -> bytes:
        return b"".join(stored[8 * tile.level][tile.first : tile.first + tile.width])

    nodes = TileNodes(wide, read, kept=2)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        assert is_included(leaves[index], index, inclusion(index, wide, nodes), wide, edge.root())


def test_a_tree_has_the_tiles_of_the_standard() -> None:
    listed = list(tiles_of(70_000))
    assert sum(tile.level == 0 for tile in listed) == 274
    assert [tile.path for tile in listed if tile.level > 0] == [
        "tile/1/000",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]
    assert [tile.path for tile in tiles_of(256)] == [
        "tile/entries/000",
        "tile/0/000",
        "tile/1/000.p/1",
    ]
    assert list(tiles_of(0)) == []


@given(st.integers(ENTRIES, 7), st.integers(0, 10**9), st.integers(1, 256))
def test_a_tile_has_one_path(level: int, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert named(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/1000",
        "tile/00/000",
        "tile/0/x000/001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/001/002",
        "tile/entries/../000",
        "/tile/0/000",
        "tile/0/000\n",
    ],
)
def test_other_spellings_name_no_tile(path: str) -> None:
    assert named(path) is None


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    tile = Tile(ENTRIES, 0, len(entries))
    data = bundled(entries)
    assert unbundled(data, tile) == entries
    with pytest.raises(IntegrityError):
        unbundled(data[:-1], tile)
    with pytest.raises(IntegrityError):
        unbundled(data + b"\x00\x00", tile)


def test_a_tile_of_another_length_is_refused() -> None:
    with pytest.raises(IntegrityError, match="holds 31 bytes, 32 belong there"):
        hashes(bytes(31), Tile(0, 0, 1))


def test_an_empty_edge_stays_as_it_is() -> None:
    assert Edge(0, {}).grown([])[0] == NOTHING
