"""Raw columns as the typed columns of a partition; rows that cannot be used are rejected by name.

1. Times are microseconds since 1970, UTC. Numbers are seconds, milliseconds, microseconds or
   nanoseconds by their size; text is ISO 8601; a time without a zone is UTC.
2. A row needs a time between 2000 and 2100 and an account; anything else may be missing.
3. Hashes and sketches are keyed; the texts go no further unless they are to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.adapters.campaigns.casts import (
    as_text,
    bytes_of,
    given_sketch,
    kept_text,
    micros_of,
    whole,
    whole_numbers,
)
from clearance.adapters.campaigns.columns import (
    FACTS,
    HASHED,
    KEPT_TEXT,
    NUMBERS,
    ROWS,
    SKETCH,
    WORD,
)
from clearance.adapters.campaigns.sources import Raw
from clearance.adapters.formats.batch import Reject
from clearance.campaigns.sketch.bottom import TOKENS, Int64, hash_rows, sketch_rows
from clearance.campaigns.sketch.siphash import UInt64

EARLIEST, LATEST = 946_684_800_000_000, 4_102_444_800_000_000


@dataclass(frozen=True, slots=True)
class Typed:
    """Rows ready for a partition, the names of their accounts, and what was rejected."""

    rows: pa.Table
    names: pa.Table
    rejects: tuple[Reject, ...]


class Typist:
    """Types raw rows under one key, several batches at a time if threads ask.

    Args:
        key: two secret words.
        database: what reads times that are text; its answers are in the order of rows.
        keep_text: whether prompts and outputs stay.
    """

    def __init__(
        self, key: UInt64, database: duckdb.DuckDBPyConnection, *, keep_text: bool
    ) -> None:
        self._key, self._database, self._keep = key, database, keep_text
        database.execute("set TimeZone = 'UTC'")

    def typed(self, raw: Raw) -> Typed:
        """The rows of some raw ones.

        Raises:
            InputError: a column's type cannot be used.
        """
        table = raw.table
        if not len(table):
            return Typed(self._rows({}, 0), _names({}, self._hashed(None, 0)), raw.rejects)
        columns = {name: whole(table[name]) for name in table.column_names}
        time = self._micros(columns["time"], "time", raw)
        name = as_text(columns["account"], "account", raw)
        good = pc.and_(
            pc.and_(pc.greater_equal(time, EARLIEST), pc.less(time, LATEST)),
            pc.greater(pc.binary_length(name), 0),
        ).fill_null(fill_value=False)
        rejects = raw.rejects + _refused(raw, time, name, good)
        columns = {key: column.filter(good) for key, column in columns.items()}
        columns |= {"time": time.filter(good), "account": name.filter(good)}
        rows = self._rows(self._columns(columns, raw), len(columns["time"]))
        return Typed(rows, _names(columns, rows["account"]), rejects)

    def _columns(self, given: dict[str, pa.Array], raw: Raw) -> dict[str, pa.Array]:
        count = len(given["time"])
        made: dict[str, pa.Array] = {"time": given["time"]}
        for name in HASHED:
            column = as_text(given[name], name, raw) if name in given else None
            made[name] = self._hashed(column, count)
        for name in FACTS:
            if name in given:
                made[name] = as_text(given[name], name, raw).dictionary_encode().cast(WORD)
        for name in NUMBERS:
            if name in given:
                made[name] = whole_numbers(given[name], name, raw)
        if "created" in given:
            made["created"] = self._micros(given["created"], "created", raw)
        for text, sketch in (("prompt", "sketch"), ("output", "output_sketch")):
            if text in given:
                column = as_text(given[text], text, raw)
                made[sketch] = self._sketched(column)
                if self._keep:
                    made[text] = kept_text(column, text, raw)
            elif sketch in given:
                made[sketch] = given_sketch(given[sketch], sketch, raw)
        return made

    def _rows(self, made: dict[str, pa.Array], count: int) -> pa.Table:
        """The columns of a partition; a hash that is missing is 0, a word is empty."""
        schema = pa.schema([*ROWS, *KEPT_TEXT]) if self._keep else ROWS
        absent = dict.fromkeys(("address", "payment"), pa.repeat(0, count).cast(pa.int64()))
        absent |= dict.fromkeys(FACTS, pa.repeat("", count).dictionary_encode().cast(WORD))
        columns = [
            made.get(field.name, absent.get(field.name, pa.nulls(count, field.type)))
            for field in schema
        ]
        table = pa.Table.from_arrays(columns, schema=schema)
        return table.set_column(0, schema.field(0), pa.array(self._identity(table)))

    def _identity(self, table: pa.Table) -> Int64:
        """A number for all that a row says, texts by their sketches."""
        mixed = np.zeros(len(table), np.uint64)
        for name in ("account", "time", "address", "payment"):
            mixed = _mix(mixed ^ whole(table[name]).to_numpy().view(np.uint64))
        for name in (*NUMBERS, "created"):
            column = whole(table[name]).fill_null(-1).to_numpy(zero_copy_only=False)
            mixed = _mix(mixed ^ column.astype(np.uint64))
        for name in FACTS:
            word = self._hashed(whole(table[name]), len(table)).to_numpy()
            mixed = _mix(mixed ^ word.view(np.uint64))
        for name in ("sketch", "output_sketch"):
            mixed = _mix(mixed ^ _sums(whole(table[name])))
        return (mixed >> np.uint64(1)).astype(np.int64)

    def _micros(self, column: pa.Array, name: str, raw: Raw) -> pa.Array:
        """A column of times as microseconds; null where it is no time."""
        kind = column.type
        if pa.types.is_timestamp(kind):
            return column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64())
        if pa.types.is_date(kind):
            return column.cast(pa.timestamp("us")).cast(pa.int64())
        if pa.types.is_integer(kind) or pa.types.is_floating(kind):
            return micros_of(column)
        given = pa.table({"given": as_text(column, name, raw)})
        database = self._database.cursor()
        database.register("given", given)
        number = "try_cast(given as double)"
        found = database.sql(
            f"select {number} as number, case when {number} is null "  # noqa: S608  no outside text
            "then epoch_us(try_cast(given as timestamptz)) end as stamp from given"
        ).to_arrow_table()
        return pc.coalesce(whole(found["stamp"]), micros_of(whole(found["number"])))

    def _hashed(self, column: pa.Array | None, count: int) -> pa.Array:
        out = np.zeros(count, np.int64)
        if column is not None and len(column):
            encoded = column.dictionary_encode()
            data, offsets = bytes_of(encoded.dictionary)
            words = np.zeros(len(offsets) - 1, np.int64)
            hash_rows(data, offsets, self._key, words)
            known = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            out = np.where(known >= 0, np.append(words, 0)[known], 0)
        return pa.array(out, pa.int64())

    def _sketched(self, column: pa.Array) -> pa.Array:
        """The sketch of each text."""
        data, offsets = bytes_of(column)
        out = np.empty((len(column), TOKENS), np.int64)
        sizes = np.zeros(len(column), np.int64)
        sketch_rows(data, offsets, self._key, out, sizes)
        ends = np.concatenate((np.zeros(1, np.int32), sizes.cumsum().astype(np.int32)))
        kept = out[np.arange(TOKENS) < sizes[:, None]]
        return pa.ListArray.from_arrays(pa.array(ends), pa.array(kept))


def _refused(raw: Raw, time: pa.Array, name: pa.Array, good: pa.Array) -> tuple[Reject, ...]:
    bad = np.flatnonzero(~good.to_numpy(zero_copy_only=False))
    named = pc.greater(pc.binary_length(name), 0).to_numpy(zero_copy_only=False)
    stated = time.is_valid().to_numpy(zero_copy_only=False)
    return tuple(
        Reject(raw.source, int(raw.lines[row]), *_why(bool(named[row]), bool(stated[row])))
        for row in bad
    )


def _why(named: bool, stated: bool) -> tuple[str, str]:
    if not named:
        return "account", "missing"
    return "time", "not between 2000 and 2100" if stated else "missing, or no time"


def _names(columns: dict[str, pa.Array], account: pa.Array) -> pa.Table:
    """Each account of these rows once, with its name and its organisation."""
    if not columns:
        return pa.table(
            {
                "account": account,
                "name": pa.array([], pa.string()),
                "organisation": pa.array([], pa.string()),
            }
        )
    organisation = columns.get("organisation")
    if organisation is None:
        organisation = pa.repeat("", len(account))
    table = pa.table(
        {
            "account": account,
            "name": columns["account"].cast(pa.string()),
            "organisation": organisation.cast(pa.string()).fill_null(""),
        }
    )
    return (
        table.group_by("account", use_threads=False)
        .aggregate([("name", "first"), ("organisation", "max")])
        .rename_columns(["account", "name", "organisation"])
    )


def _sums(sketches: pa.Array) -> NDArray[np.uint64]:
    """The sum of each row's tokens."""
    filled = sketches.fill_null(pa.scalar([], SKETCH)) if sketches.null_count else sketches
    ends = filled.offsets.to_numpy()
    total = np.concatenate(
        (np.zeros(1, np.uint64), filled.values.to_numpy().view(np.uint64).cumsum())
    )
    sums: NDArray[np.uint64] = total[ends[1:]] - total[ends[:-1]]
    return sums


def _mix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = (value ^ (value >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    mixed: NDArray[np.uint64] = value ^ (value >> np.uint64(29))
    return mixed
