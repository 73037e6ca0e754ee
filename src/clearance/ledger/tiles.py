"""Tiles: the tree and its entries as files that never change, 256 hashes or entries each.

1. Tile n of level l holds roots of complete subtrees of 256**l leaves; level 0 holds leaf hashes.
2. The last tile of a level may be partial; its path ends in its width.
3. A bundle holds the entries under a tile of level 0, each after its length in two bytes.

**Source**: C2SP tlog-tiles, sections "Merkle Tree" and "Log entries".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from clearance.ledger.tree import HASH_BYTES, row_above
from clearance.model.errors import IntegrityError

WIDTH = 256
LEVELS = 8
"""Levels of the tree that one tile spans."""

ENTRY_LIMIT = 65_535
"""The most bytes of an entry: its length is told in two."""

ENTRIES = -1
"""The level that bundles of entries count as."""

_PATH = re.compile(
    r"tile/(?P<level>0|[1-9]\d?|entries)/(?P<index>(?:x\d{3}/)*\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """The name of a tile, or with level ``ENTRIES`` of a bundle."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Where it is found under a log's prefix.

        >>> Tile(0, 1234067, 5).path, Tile(ENTRIES, 0).path
        ('tile/0/x001/x234/067.p/5', 'tile/entries/000')
        """
        digits = str(self.index)
        digits = digits.rjust(-(-len(digits) // 3) * 3, "0")
        parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        place = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/{place}" + ("" if self.width == WIDTH else f".p/{self.width}")

    @property
    def first(self) -> int:
        """The index on its level of the tile's first hash or entry."""
        return self.index * WIDTH


def named(path: str) -> Tile | None:
    """The tile of a path, if it is one's, written the one way there is.

    >>> named("tile/entries/x001/002"), named("tile/0/000.p/256")
    (Tile(level=-1, index=1002, width=256), None)
    """
    found = _PATH.fullmatch(path)
    if found is None:
        return None
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    digits = found["index"].replace("x", "").replace("/", "")
    tile = Tile(level, int(digits), int(found["width"] or WIDTH))
    return tile if tile.path == path else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile and bundle of a tree, level by level; bundles first.

    >>> [tile.path for tile in tiles_of(257)][-2:]
    ['tile/0/001.p/1', 'tile/1/000.p/1']
    """
    for level in range(ENTRIES, LEVELS):
        count = size >> LEVELS * max(level, 0)
        yield from (Tile(level, index) for index in range(count // WIDTH))
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)


class TileNodes:
    """The complete nodes of a tree, read from its tiles.

    **Cost**: reading a tile and 255 hashes, once for each tile that is kept, in 16 kB.

    Args:
        size: leaves of the tree.
        read: the bytes of a tile.
        kept: the most tiles to keep; the first that came goes first.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes], kept: int = 4096) -> None:
        self.size = size
        self._read = read
        self._kept = kept
        self._rows: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of a complete node."""
        above = level & LEVELS - 1
        key = (level // LEVELS, index >> LEVELS - above)
        rows = self._rows.get(key) or self._expanded(*key)
        at = (index & WIDTH - 1 >> above) * HASH_BYTES
        return rows[above][at : at + HASH_BYTES]

    def _expanded(self, level: int, index: int) -> list[bytes]:
        count = self.size >> LEVELS * level
        tile = Tile(level, index, min(WIDTH, count - index * WIDTH))
        row = hashes(self._read(tile), tile)
        rows = [b"".join(row)]
        for _ in range(LEVELS - 1):
            row = row_above(row)
            rows.append(b"".join(row))
        if len(self._rows) >= self._kept:
            del self._rows[next(iter(self._rows))]
        self._rows[level, index] = rows
        return rows


def hashes(data: bytes, tile: Tile) -> list[bytes]:
    """The hashes of a tile.

    Raises:
        IntegrityError: there are more or fewer than its width.
    """
    if len(data) != tile.width * HASH_BYTES:
        raise IntegrityError(
            f"holds {len(data)} bytes, {tile.width * HASH_BYTES} belong there", file=tile.path
        )
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def bundled(entries: Sequence[bytes]) -> bytes:
    """Entries one after the other, each after its length.

    >>> bundled([b"a", b""])
    b'\\x00\\x01a\\x00\\x00'
    """
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundled(data: bytes, tile: Tile) -> list[bytes]:
    """The entries of a bundle.

    Raises:
        IntegrityError: lengths and bytes do not agree, or there are more or fewer than its width.
    """
    entries, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(entries) != tile.width:
        raise IntegrityError(f"is no bundle of {tile.width} entries", file=tile.path)
    return entries
