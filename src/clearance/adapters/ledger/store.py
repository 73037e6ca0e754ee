"""What is kept of a log: entries, tiles, the last checkpoint, and values that can be erased.

1. A batch is one transaction: entries, their sealed values, tiles and the checkpoint that covers
   them, or nothing of it.
2. A batch goes in only where the log still ends where the batch begins.
3. Sealed values are no part of what is signed; erasing one changes no entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from clearance.adapters.ledger.aside import unpacked, without
from clearance.adapters.ledger.engine import Engine, put
from clearance.ledger.entry import Sealed
from clearance.ledger.tiles import WIDTH, Tile
from clearance.ledger.tree import HASH_BYTES
from clearance.model.errors import IntegrityError, StorageError

VERSION = 2

_TABLES = (
    "CREATE TABLE ledger_log (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL,"
    " key TEXT NOT NULL, size INTEGER NOT NULL, checkpoint TEXT NOT NULL,"
    " buffered INTEGER NOT NULL, at_risk INTEGER NOT NULL) STRICT",
    "CREATE TABLE ledger_entry (at INTEGER PRIMARY KEY, id TEXT NOT NULL, leaf BYTEA NOT NULL,"
    " sealed BYTEA NOT NULL) STRICT",
    "CREATE INDEX ledger_entry_id ON ledger_entry (id)",
    "CREATE TABLE ledger_tile (level INTEGER NOT NULL, at INTEGER NOT NULL, hashes BYTEA NOT NULL,"
    " PRIMARY KEY (level, at)) STRICT",
    "CREATE TABLE ledger_evidence (digest TEXT PRIMARY KEY, content BYTEA NOT NULL) STRICT",
    "CREATE TABLE ledger_cosigned (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT",
)
_ROW = "SELECT version, key, size, checkpoint, buffered, at_risk FROM ledger_log WHERE one = 1"
_STEP = (
    "UPDATE ledger_log SET key = ?, size = ?, checkpoint = ?, buffered = ?, at_risk = ?"
    " WHERE one = 1 AND size = ?"
)
_WIDER = "ON CONFLICT (level, at) DO UPDATE SET hashes = excluded.hashes"


Evidence: TypeAlias = tuple[str, bytes]
"""What an entry names by its digest: SHA-256 in hexadecimal, and the bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a log stands.

    **Shape**: ``key`` is the text of the key that signs it; ``buffered`` counts the entries that
    were promised before they were stored; ``at_risk`` is how many more a writer that is at work, or
    was killed at it, may have promised at most, 0 after an orderly end.
    """

    key: str
    size: int
    checkpoint: str
    buffered: int = 0
    at_risk: int = 0


class Logged(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where an entry is in the log, for good, and the receipt of it."""

    index: int
    leaf_hash: bytes
    receipt: bytes


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An entry to be stored.

    **Shape**: ``sealed`` as :mod:`aside` packs it; ``evidence`` is what it names by its SHA-256;
    ``ticket`` is the number under which somebody waits for it, 0 where nobody does; ``erases`` are
    the sealed values of earlier entries that are forgotten with it, by index and field.
    """

    id: str
    leaf: bytes
    hash: bytes
    sealed: bytes = b""
    evidence: tuple[Evidence, ...] = ()
    ticket: int = 0
    erases: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes in at once, from the entry at ``first`` on, and where the log stands after it."""

    first: int
    rows: Sequence[Row]
    tiles: Sequence[tuple[Tile, bytes]]
    head: Head


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it is kept, with the sealed values that were not erased."""

    index: int
    id: str
    leaf: bytes
    sealed: tuple[Sealed, ...] = ()


class Store:
    """A log's tables on one connection."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def name(self) -> str:
        """What the place is called in messages."""
        return self.engine.name

    def create(self, head: Head) -> None:
        """Make the tables of a new log.

        Raises:
            StorageError: there is one.
        """
        with self.engine.at_once():
            for statement in _TABLES:
                self.engine.tell(statement)
            row = (1, VERSION, head.key, head.size, head.checkpoint, head.buffered, head.at_risk)
            put(self.engine, "ledger_log", [row])

    def head(self) -> Head:
        """Where the log stands.

        Raises:
            StorageError: there is none, or it is of a later version.
        """
        rows = self.engine.ask(_ROW)
        if len(rows) != 1 or rows[0][0] != VERSION:
            raise StorageError(
                f"holds no log of version {VERSION}",
                file=self.name,
                remedy="make one with 'log init', or use the release that wrote it",
            )
        return Head(*rows[0][1:])

    def append(self, batch: Batch) -> None:
        """Store a batch and where the log then stands.

        Raises:
            StorageError: it could not be stored, and nothing of it is.
            IntegrityError: the log does not end where the batch begins.
        """
        head, held = batch.head, self.engine
        entries = [
            (at, row.id, row.leaf, row.sealed) for at, row in enumerate(batch.rows, batch.first)
        ]
        with held.at_once():
            step = (head.key, head.size, head.checkpoint, head.buffered, head.at_risk, batch.first)
            if held.tell(_STEP, step) != 1:
                raise IntegrityError(f"does not end at entry {batch.first}", file=self.name)
            put(held, "ledger_entry", entries)
            evidence = [one for row in batch.rows for one in row.evidence]
            put(held, "ledger_evidence", evidence, "ON CONFLICT (digest) DO NOTHING")
            for row in batch.rows:
                if row.erases:
                    self._forget(row.erases)
            changed = [(one.level, one.index, data) for one, data in batch.tiles]
            put(held, "ledger_tile", changed, _WIDER)

    def _forget(self, places: Sequence[tuple[int, str]]) -> None:
        fields: dict[int, list[str]] = {}
        for at, field in places:
            fields.setdefault(at, []).append(field)
        for at, gone in fields.items():
            for (data,) in self.engine.ask("SELECT sealed FROM ledger_entry WHERE at = ?", (at,)):
                left = without(bytes(data), gone)
                self.engine.tell("UPDATE ledger_entry SET sealed = ? WHERE at = ?", (left, at))

    def risk(self, most: int) -> None:
        """Remember how many entries may be promised before they are stored; 0 at an orderly end."""
        self.engine.tell("UPDATE ledger_log SET at_risk = ? WHERE one = 1", (most,))

    def tile(self, tile: Tile) -> bytes:
        """The hashes of a tile, or the first of a wider one.

        Raises:
            IntegrityError: it is missing or too short.
        """
        rows = self.engine.ask(
            "SELECT hashes FROM ledger_tile WHERE level = ? AND at = ?", (tile.level, tile.index)
        )
        data = bytes(rows[0][0])[: tile.width * HASH_BYTES] if rows else b""
        if len(data) != tile.width * HASH_BYTES:
            raise IntegrityError("is missing or too short", file=f"{self.name}: {tile.path}")
        return data

    def entries(self, first: int, count: int = WIDTH) -> list[Stored]:
        """Entries in order from an index on, without sealed values."""
        rows = self.engine.ask(
            "SELECT at, id, leaf FROM ledger_entry WHERE at >= ? AND at < ? ORDER BY at",
            (first, first + count),
        )
        return [Stored(at, id, bytes(leaf)) for at, id, leaf in rows]

    def found(self, id: str) -> list[Stored]:
        """The entries of an id, earliest first, with their sealed values."""
        rows = self.engine.ask(
            "SELECT at, id, leaf, sealed FROM ledger_entry WHERE id = ? ORDER BY at", (id,)
        )
        return [Stored(at, id, bytes(leaf), unpacked(bytes(aside))) for at, id, leaf, aside in rows]

    def sealed(self, first: int, count: int = 1) -> dict[int, tuple[Sealed, ...]]:
        """What is still kept aside of entries, by their index."""
        rows = self.engine.ask(
            "SELECT at, sealed FROM ledger_entry WHERE at >= ? AND at < ? ORDER BY at",
            (first, first + count),
        )
        return {at: unpacked(bytes(data)) for at, data in rows if data}

    def sealed_of(self, subject: str) -> list[tuple[int, str]]:
        """Which entries keep what aside about somebody.

        **Cost**: all entries are read; an index would cost every entry, and few ask.
        """
        rows = self.engine.each("SELECT at, sealed FROM ledger_entry ORDER BY at")
        return [
            (at, one.field)
            for at, data in rows
            if data
            for one in unpacked(bytes(data))
            if one.subject == subject
        ]

    def evidence(self, digest: str) -> bytes | None:
        """What an entry named by a digest, if it is kept."""
        rows = self.engine.ask("SELECT content FROM ledger_evidence WHERE digest = ?", (digest,))
        return bytes(rows[0][0]) if rows else None

    def all_evidence(self) -> Iterator[Evidence]:
        """Everything that entries name by a digest."""
        for digest, content in self.engine.each("SELECT digest, content FROM ledger_evidence"):
            yield digest, bytes(content)

    def cosign(self, size: int, note: str) -> None:
        """Keep a checkpoint as witnesses signed it."""
        then = "ON CONFLICT (size) DO UPDATE SET note = excluded.note"
        put(self.engine, "ledger_cosigned", [(size, note)], then)

    def cosigned(self, least: int = 0) -> str | None:
        """The first checkpoint of at least that size that witnesses signed."""
        rows = self.engine.ask(
            "SELECT note FROM ledger_cosigned WHERE size >= ? ORDER BY size LIMIT 1", (least,)
        )
        return rows[0][0] if rows else None

    def all_cosigned(self) -> list[tuple[int, str]]:
        """Every checkpoint that witnesses signed, by size."""
        rows = self.engine.ask("SELECT size, note FROM ledger_cosigned ORDER BY size")
        return [(size, text) for size, text in rows]

    def tiles(self) -> Iterator[Tile]:
        """Every tile that is stored, as wide as it is stored."""
        for level, at, count in self.engine.ask(
            "SELECT level, at, length(hashes) FROM ledger_tile"
        ):
            yield Tile(level, at, -(-count // HASH_BYTES))

    def last(self) -> int:
        """The highest index of an entry; -1 without any."""
        (((last,),)) = self.engine.ask("SELECT coalesce(max(at), -1) FROM ledger_entry")
        return int(last)
