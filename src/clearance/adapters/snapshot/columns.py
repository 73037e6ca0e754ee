"""Tables of batches as the columns that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clearance.adapters.snapshot.gather import Gathered
from clearance.adapters.snapshot.intern import intern
from clearance.adapters.snapshot.vocabulary import Vocabulary
from clearance.model.dates import ALWAYS, NEVER
from clearance.model.party import PartyKind
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Int32, Int64, InterestColumns, PartyColumns


@dataclass(frozen=True, slots=True)
class Renumbered:
    """A vocabulary in order: its words, and the new number of each old one."""

    words: tuple[str, ...]
    new: Int32

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Renumbered:
        """The vocabulary sealed."""
        return cls(*vocabulary.sealed())


def numbers(table: pa.Table, name: str, fill: int = 0) -> NDArray[np.generic]:
    """A column as an array; null is ``fill``."""
    column = table.column(name).combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    if column.null_count:
        column = column.fill_null(bool(fill) if pa.types.is_boolean(column.type) else fill)
    found: NDArray[np.generic] = column.to_numpy(zero_copy_only=False)
    return found


def party_columns(table: pa.Table, row: Int64, branch: Int32, gathered: Gathered) -> PartyColumns:
    """Facts of parties by index; stubs are entities of which nothing is known."""
    told = row >= 0
    at = np.where(told, row, 0)
    region = Renumbered.of(gathered.word("jurisdiction"))
    sets, lists = _list_sets(table, at, told)

    def of(name: str, fill: int, stub: int) -> NDArray[np.generic]:
        values = numbers(table, name, fill)
        return (
            np.where(told, values[at], values.dtype.type(stub))
            if len(values)
            else np.full(len(row), stub, values.dtype)
        )

    return PartyColumns(
        kind=of("kind", PartyKind.UNKNOWN, PartyKind.ENTITY).astype(np.uint8),
        capital=of("capital", 1, 1).astype(np.bool_),
        jurisdiction=region.new[of("jurisdiction", 0, 0).astype(np.int32)],
        headquarters=region.new[of("headquarters", 0, 0).astype(np.int32)],
        residence=region.new[of("residence", 0, 0).astype(np.int32)],
        residence_start_first=of("residence_start_first", ALWAYS, ALWAYS).astype(np.int32),
        residence_start_last=of("residence_start_last", ALWAYS, ALWAYS).astype(np.int32),
        residence_end_first=of("residence_end_first", NEVER, NEVER).astype(np.int32),
        residence_end_last=of("residence_end_last", NEVER, NEVER).astype(np.int32),
        lists=lists,
        branch_of=branch,
        codes=region.words,
        list_sets=sets,
    )


def interest_columns(
    table: pa.Table, mentions: tuple[Int32, Int32, Int32], component: Int32, gathered: Gathered
) -> InterestColumns:
    """Stated interests in the order of the table.

    Args:
        mentions: each row's holder, subject and joint arrangement.
        component: the parties that the rows' components name, row after row.
    """
    counts = list_lengths(table, "components")
    rows = np.repeat(np.arange(len(table), dtype=np.int64), counts)
    order = np.lexsort((component, rows))
    source = Renumbered.of(gathered.word("source"))
    holder, subject, joint = mentions
    return InterestColumns(
        holder=holder,
        subject=subject,
        type=numbers(table, "type").astype(np.uint8),
        flags=numbers(table, "flags").astype(np.uint8),
        low=numbers(table, "low").astype(np.int64),
        high=numbers(table, "high", WHOLE).astype(np.int64),
        start_first=numbers(table, "start_first", ALWAYS).astype(np.int32),
        start_last=numbers(table, "start_last", ALWAYS).astype(np.int32),
        end_first=numbers(table, "end_first", NEVER).astype(np.int32),
        end_last=numbers(table, "end_last", NEVER).astype(np.int32),
        source=source.new[numbers(table, "source").astype(np.int32)],
        joint=joint,
        component_row=rows[order],
        component_party=component[order],
    )


def joint_codes(table: pa.Table) -> tuple[pa.Array, Int32]:
    """The joint arrangements in order, and each row's, -1 where it is in none."""
    found = intern([table.column("joint")])
    return found.ids, found.mentions[0]


def list_lengths(table: pa.Table, name: str) -> Int64:
    """How many items each row's list has."""
    lengths = [chunk.value_lengths().fill_null(0).to_numpy() for chunk in table.column(name).chunks]
    return np.concatenate(lengths).astype(np.int64) if lengths else np.zeros(0, np.int64)


def _list_sets(
    table: pa.Table, at: Int64, told: NDArray[np.bool_]
) -> tuple[tuple[tuple[str, ...], ...], Int32]:
    """The distinct sets of lists in order (the empty one first), and each party's."""
    rows = np.flatnonzero(list_lengths(table, "lists") > 0)
    listed = table.column("lists").take(pa.array(rows)).to_pylist()
    sets = [tuple(sorted(set(names))) for names in listed]
    known = {found: number for number, found in enumerate(sorted({(), *sets}))}
    codes = np.zeros(max(len(table), 1), np.int32)
    codes[rows] = [known[found] for found in sets]
    return tuple(known), np.where(told, codes[at], np.int32(0)).astype(np.int32)
