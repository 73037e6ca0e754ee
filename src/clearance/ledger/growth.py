"""How a log grows: its edge, its open tiles, and which tiles change with each batch.

1. A tile that is full never changes; the open tile of each level is carried along.
2. A tree is taken up again from the open tiles alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clearance.ledger.proofs import folded
from clearance.ledger.tiles import LEVELS, WIDTH, Tile, TileNodes
from clearance.ledger.tree import HASH_BYTES, NOTHING, Edge

_TILE_BYTES = WIDTH * HASH_BYTES


@dataclass(frozen=True, slots=True)
class Growth:
    """A tree at its right edge.

    **Shape**: ``open`` holds for each level of tiles the hashes of its open tile, empty where the
    last tile is full.
    """

    edge: Edge = NOTHING
    open: tuple[bytes, ...] = (b"",) * LEVELS

    def grown(self, leaves: Sequence[bytes]) -> tuple[Growth, tuple[tuple[Tile, bytes], ...]]:
        """The tree after further leaf hashes, and every tile that is new or wider, lowest first.

        **Cost**: as :meth:`Edge.grown`.
        """
        edge, rows = self.edge.grown(leaves)
        open, changed = list(self.open), []
        for level, row in enumerate(rows[::LEVELS]):
            if not row:
                break
            data = open[level] + b"".join(row)
            first = (self.edge.size >> LEVELS * level) // WIDTH
            for at in range(0, len(data), _TILE_BYTES):
                part = data[at : at + _TILE_BYTES]
                index = first + at // _TILE_BYTES
                changed.append((Tile(level, index, len(part) // HASH_BYTES), part))
            open[level] = b"" if len(part) == _TILE_BYTES else part
        return Growth(edge, tuple(open)), tuple(changed)

    def nodes(self, changed: Sequence[tuple[Tile, bytes]] = ()) -> TileNodes:
        """The complete nodes that proofs of the batch's own leaves need."""
        size = self.edge.size
        held = {(tile.level, tile.index): data for tile, data in changed}
        for level, data in enumerate(self.open):
            held[level, (size >> LEVELS * level) // WIDTH] = data
        return TileNodes(size, lambda tile: held[tile.level, tile.index])


def growth(size: int, read: Callable[[Tile], bytes]) -> Growth:
    """The right edge of a tree of that size, from its tiles.

    **Cost**: one tile and 255 hashes a level.
    """
    open = []
    for level in range(LEVELS):
        index, width = divmod(size >> LEVELS * level, WIDTH)
        open.append(read(Tile(level, index, width)) if width else b"")
    nodes = TileNodes(size, read)
    bits = [level for level in range(size.bit_length()) if size >> level & 1]
    roots = {level: nodes(level, (size >> level) - 1) for level in bits}
    return Growth(Edge(size, roots), tuple(open))


def root_of(size: int, nodes: TileNodes) -> bytes:
    """The root of the tree of that size, from its nodes."""
    return folded(0, size, nodes)
