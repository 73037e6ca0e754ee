"""The whole state from one database into another, or into files: backup, restore, moving.

1. What is copied is one moment; others may go on writing to the source.
2. The target is empty and gets all or nothing; afterwards both hold the same, counted and digested
   row by row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Select, Table, func, insert, select, update

from clearance.adapters.output_folder import output_folder
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.steps import check
from clearance.adapters.sql.tables import metadata, state
from clearance.model.errors import InputError, IntegrityError

AT_ONCE = 5000

Counts = Mapping[str, int]
"""Rows by table."""


def copy(source: Database, target: Database) -> Counts:
    """Bring everything from one database into another that is new or holds nothing yet.

    Raises:
        InputError: the source has no state, or the target has one already.
        StorageError: one of them refuses; the target is then as it was.
        IntegrityError: the target holds something else afterwards; it is then as it was.
    """
    check(source)
    migrate(target)
    with source.reading() as giving, target.writing() as taking:
        _refuse_used(taking, target)
        counts = {table.name: _copy(giving, taking, table) for table in metadata.sorted_tables}
        for table in metadata.sorted_tables:
            if _digest(giving, table) != _digest(taking, table):
                raise IntegrityError(
                    f"table {table.name} differs after copying",
                    file=target.place,
                    remedy="copy again",
                )
    return counts


def export(source: Database, out: Path) -> Counts:
    """Everything as JSON lines, a file a table, in a folder that appears whole or not at all.

    Raises:
        StorageError: the folder cannot be written.
    """
    check(source)
    names = [f"{table.name}.jsonl" for table in metadata.sorted_tables]
    counts: dict[str, int] = {}
    with output_folder(out, names) as folder, source.reading() as giving:
        for table in metadata.sorted_tables:
            with (folder / f"{table.name}.jsonl").open("wb") as file:
                counts[table.name] = 0
                for line in _lines(giving, table):
                    file.write(line + b"\n")
                    counts[table.name] += 1
    return counts


def _refuse_used(taking: Connection, target: Database) -> None:
    if taking.execute(select(state.c.moment)).scalar_one():
        raise InputError(
            "holds a state already", file=target.place, remedy="copy into a new database"
        )


def _copy(giving: Connection, taking: Connection, table: Table) -> int:
    if table is state:
        row = giving.execute(select(state)).mappings().one()
        taking.execute(update(state).values(dict(row)))
        return 1
    count, stream = 0, giving.execution_options(yield_per=AT_ONCE)
    for rows in stream.execute(_ordered(table)).mappings().partitions():
        taking.execute(insert(table), [dict(row) for row in rows])
        count += len(rows)
    _count_on(taking, table)
    return count


def _count_on(taking: Connection, table: Table) -> None:
    """Let the numbers of new rows follow those that were copied; SQLite does so by itself."""
    counted = table.c.get("entry")
    if counted is not None and taking.dialect.name == "postgresql":
        last = taking.execute(select(func.max(counted))).scalar()
        if last:
            taking.execute(
                select(func.setval(func.pg_get_serial_sequence(table.name, "entry"), last))
            )


def _ordered(table: Table) -> Select[*tuple[Any, ...]]:
    return select(table).order_by(*table.primary_key.columns)


def _lines(connection: Connection, table: Table) -> Iterator[bytes]:
    names = [str(column.name) for column in table.columns]
    stream = connection.execution_options(yield_per=AT_ONCE)
    for row in stream.execute(_ordered(table)):
        values = dict(zip(names, row, strict=True))
        yield orjson.dumps(values, default=_text, option=orjson.OPT_SORT_KEYS)


def _text(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    raise TypeError(type(value))


def _digest(connection: Connection, table: Table) -> bytes:
    """The sum of every row's digest: the same in whatever order a database sorts."""
    total = 0
    for line in _lines(connection, table):
        total += int.from_bytes(hashlib.sha256(line).digest(), "big")
    return (total % 2**256).to_bytes(32, "big")
