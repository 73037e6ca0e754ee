"""Logs into daily partitions: read, type, sketch, sort out by day, merge, sum up.

1. Days that a source touches are made anew from what stood there and what came; no other is read.
2. Nothing is changed before every source was read; a day is replaced whole, the manifest last.
3. Two threads type and sketch while the next batch is read; two write days.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from clearance.adapters.campaigns.columns import NAMES, SKETCH, WORD
from clearance.adapters.campaigns.database import database
from clearance.adapters.campaigns.digest import OVERNIGHT, write_digest
from clearance.adapters.campaigns.log_folder import (
    FORMAT,
    MANIFEST,
    REJECTS,
    day_folder,
    fingerprint,
    key_of,
    manifest_of,
    put,
    refuse_foreign,
    stored,
    write_key,
)
from clearance.adapters.campaigns.overnight import write_overnight
from clearance.adapters.campaigns.sources import read
from clearance.adapters.campaigns.staging import Staging
from clearance.adapters.campaigns.typed import Typist
from clearance.adapters.formats.batch import Reject
from clearance.adapters.formats.in_order import WORKERS, in_order
from clearance.adapters.formats.source import open_source
from clearance.campaigns.sketch.siphash import UInt64
from clearance.model.errors import StorageError

_GROUP = 200_000
_MEMORY = "1GB"
_HASHES = ("row", "sketch.list.element", "output_sketch.list.element")


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did: rows read, rejected, found to stand there twice, and days touched."""

    rows: int
    rejects: int
    repeated: int
    days: tuple[int, ...]


def ingest(
    sources: Sequence[Path],
    log: Path,
    key: Path | None,
    *,
    keep_text: bool,
    passed: Callable[[int, int], None] = lambda done, total: None,
    stage: Callable[[str], None] = lambda name: None,
) -> Ingested:
    """Read sources into a log, new or there already.

    Raises:
        InputError: a source is missing or lacks a column, or the key is another log's.
        SourceError: a source is broken.
        StorageError: the log cannot be written; it is then as it was.
    """
    refuse_foreign(log)
    secret, words = key_of(log, key)
    staging = log.with_name(f".{log.name}.part-{os.getpid()}")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        (staging / "in").mkdir(parents=True)
        run = _Run(log, staging, keep_text)
        stage("reading and sketching")
        run.read(sources, words, passed)
        stage("writing days")
        done = run.write()
        shutil.rmtree(staging / "in")
        if key is None:
            write_key(staging, secret)
        run.tell(done, fingerprint(secret), sources)
        put(staging, log)
    except OSError as error:
        what = str(error.strerror or error)
        raise StorageError(what, file=str(log), remedy="free space or choose another") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return done


class _Run:
    """One ingest under way."""

    def __init__(self, log: Path, staging: Path, keep_text: bool) -> None:
        self._log, self._folder, self._keep = log, staging, keep_text
        self._staging = Staging(staging / "in")
        self._rejects: list[Reject] = []
        self._rows = 0

    def read(
        self, sources: Sequence[Path], key: UInt64, passed: Callable[[int, int], None]
    ) -> None:
        raws = (raw for path in sources for source in open_source(path) for raw in read(source))
        with database(WORKERS, _MEMORY, in_order=True) as opened:
            typist = Typist(key, opened, keep_text=self._keep)
            for typed in in_order(typist.typed, raws):
                self._staging.add(typed)
                self._rejects.extend(typed.rejects)
                self._rows += len(typed.rows)
                passed(self._rows, 0)

    def write(self) -> Ingested:
        self._staging.close()
        days = sorted(self._staging.days)
        repeated = sum(in_order(self._day, days))
        nights = {*days, *(day + 1 for day in days if self._rows_of(day + 1))}
        list(in_order(self._night, sorted(nights)))
        return Ingested(self._rows, len(self._rejects), repeated, tuple(days))

    def _day(self, day: int) -> int:
        """Merge a day with what stands there; how many rows were there twice."""
        before, target = day_folder(self._log, day), day_folder(self._folder, day)
        target.mkdir()
        rows = _merged(before / "rows.parquet", list(self._staging.take(day, "rows")))
        _, first = np.unique(rows["row"].to_numpy(), return_index=True)
        account, time = rows["account"].to_numpy()[first], rows["time"].to_numpy()[first]
        kept = first[np.lexsort((rows["row"].to_numpy()[first], time, account))]
        repeated = len(rows) - len(kept)
        rows = _canonical(rows.take(pa.array(kept)))
        _write(rows, target / "rows.parquet")
        names = _merged(before / "accounts.parquet", list(self._staging.take(day, "names")))
        _write(_once(names), target / "accounts.parquet")
        write_digest(rows, target)
        return repeated

    def _rows_of(self, day: int) -> Path | None:
        """A day's rows, made anew or as they stand."""
        folders = (day_folder(self._folder, day), day_folder(self._log, day))
        paths = (folder / "rows.parquet" for folder in folders)
        return next((path for path in paths if path.is_file()), None)

    def _night(self, day: int) -> None:
        """What passes from the evening before into a day; the day's other tables stay."""
        target, rows = day_folder(self._folder, day), self._rows_of(day)
        if rows is None:
            return
        if not target.exists():
            shutil.copytree(day_folder(self._log, day), target, copy_function=os.link)
            (target / f"{OVERNIGHT}.parquet").unlink()
        write_overnight(self._rows_of(day - 1), rows, target)

    def tell(self, done: Ingested, key: str, sources: Sequence[Path]) -> None:
        """Write the manifest and the rejects: both tell of every ingest so far."""
        before = manifest_of(self._log) if (self._log / MANIFEST).is_file() else {}
        earlier = before.get("ingests")
        ingests = [*earlier] if isinstance(earlier, list) else []
        ingests.append(
            {
                "sources": [path.name for path in sources],
                "rows": done.rows,
                "rejects": done.rejects,
                "repeated": done.repeated,
                "days": len(done.days),
            }
        )
        said = {"format": FORMAT, "key": key, "ingests": ingests}
        (self._folder / MANIFEST).write_text(json.dumps(said, indent=1) + "\n", "utf-8")
        old = self._log / REJECTS
        with (self._folder / REJECTS).open("w", encoding="utf-8") as file:
            if old.is_file():
                file.write(old.read_text("utf-8"))
            for one in self._rejects:
                place = {"source": Path(one.source).name, "line": one.line}
                file.write(json.dumps(place | {"field": one.field, "reason": one.reason}) + "\n")


def _merged(before: Path, tables: list[pa.Table]) -> pa.Table:
    if before.is_file():
        tables.insert(0, stored(before))
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()


def _canonical(rows: pa.Table) -> pa.Table:
    """The same rows with words numbered by first use, so that the order of sources is forgotten."""
    for at, field in enumerate(rows.schema):
        if field.type == WORD:
            words = rows.column(at).cast(pa.string()).combine_chunks().dictionary_encode()
            rows = rows.set_column(at, field, words.cast(WORD))
    return rows


def _once(names: pa.Table) -> pa.Table:
    """Each account of a day once."""
    grouped = names.group_by("account", use_threads=False).aggregate(
        [("name", "max"), ("organisation", "max")]
    )
    named = grouped.rename_columns(["account", "name", "organisation"])
    return named.cast(NAMES).sort_by("account")


def _write(table: pa.Table, path: Path) -> None:
    """Hashes as they are, since nothing packs them; all else packed."""
    leaves = [
        f"{field.name}.list.element" if field.type == SKETCH else field.name
        for field in table.schema
    ]
    packed = [name for name in leaves if name not in _HASHES]
    pyarrow.parquet.write_table(
        table,
        path,
        compression={name: "zstd" if name in packed else "none" for name in leaves},
        compression_level=dict.fromkeys(packed, 1),
        use_dictionary=packed,
        row_group_size=_GROUP,
    )
