"""A day's digest: the tables that later questions are answered from, made from the day's rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from clearance.adapters.campaigns.database import database
from clearance.campaigns.queries import DIGEST
from clearance.campaigns.sketch.bottom import Int64
from clearance.campaigns.sketch.repeated import repeated, within

OVERNIGHT = "overnight"
"""Echoes out of the evening before; written when both days are there."""

TABLES = (*DIGEST, OVERNIGHT)
MEMORY = "2GB"
"""What a day may take; two are digested at a time."""


def write_digest(rows: pa.Table, folder: Path) -> None:
    """Write the digest of a day's rows beside them.

    **Cost**: about a second for half a million rows, on one core.
    """
    with database(1, MEMORY) as asked:
        for name, table in digest_views(rows).items():
            asked.register(name, table)
        for name, statement in DIGEST.items():
            made = asked.sql(statement).to_arrow_table()
            pyarrow.parquet.write_table(made, folder / f"{name}.parquet", compression="zstd")


def digest_views(rows: pa.Table) -> Mapping[str, pa.Table]:
    """What a digest is made from: the rows, tokens that repeat, tokens that pass on, copies."""
    plain = [name for name in rows.column_names if "sketch" not in name]
    token, row = flat(rows["sketch"])
    again = np.flatnonzero(repeated(token))
    again = again[repeated(token[again])]
    uses = _table(rows, token[again], row[again], timed=False)
    return {
        "rows": rows.select(plain),
        "uses": uses,
        **passed_on(rows, rows),
        "repeated": _repeated(rows, token, row),
    }


def passed_on(givers: pa.Table, askers: pa.Table) -> Mapping[str, pa.Table]:
    """The views over tokens of outputs that prompts hold: ``given`` and ``asked``."""
    token, row = flat(askers["sketch"])
    given, giver = flat(givers["output_sketch"])
    heard = within(given, token)
    said = within(token, given[heard])
    return {
        "given": _table(givers, given[heard], giver[heard], timed=True),
        "asked": _table(askers, token[said], row[said], timed=True),
    }


def _repeated(rows: pa.Table, token: Int64, row: Int64) -> pa.Table:
    """Rows whose text, the sum of its tokens, stands in another row too; no text is none."""
    text = np.zeros(len(rows), np.int64)
    np.add.at(text, row, token)
    worded = np.flatnonzero(text)
    again = worded[repeated(text[worded])]
    again = again[repeated(text[again])]
    names = ("account", "time")
    columns = {name: pa.array(rows[name].to_numpy()[again]) for name in names}
    return pa.table(columns | {"text": pa.array(text[again])})


def flat(sketches: pa.ChunkedArray) -> tuple[Int64, Int64]:
    """Every token of a column and the row that it stands in."""
    tokens: list[Int64] = []
    owners: list[Int64] = []
    done = 0
    for chunk in sketches.chunks:
        sizes = np.diff(chunk.offsets.to_numpy())
        if chunk.null_count:
            sizes = np.where(chunk.is_valid().to_numpy(zero_copy_only=False), sizes, 0)
        tokens.append(chunk.flatten().to_numpy())
        owners.append(np.repeat(np.arange(done, done + len(chunk)), sizes))
        done += len(chunk)
    nothing = np.zeros(0, np.int64)
    return np.concatenate([nothing, *tokens]), np.concatenate([nothing, *owners])


def _table(rows: pa.Table, token: Int64, row: Int64, *, timed: bool) -> pa.Table:
    columns: dict[str, pa.Array] = {
        "account": pa.array(rows["account"].to_numpy()[row]),
        "token": pa.array(token),
    }
    if timed:
        columns["time"] = pa.array(rows["time"].to_numpy()[row])
    return pa.table(columns)
