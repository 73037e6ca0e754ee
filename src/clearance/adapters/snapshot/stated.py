"""What a reference keeps beside the graph, to say in explanations what was stated, and where."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clearance.adapters.snapshot.columns import Renumbered, list_lengths, numbers
from clearance.adapters.snapshot.content import Array, Content, arrays_of
from clearance.adapters.snapshot.fuse import Fused
from clearance.adapters.snapshot.gather import Gathered
from clearance.adapters.snapshot.intern import Interned, intern
from clearance.adapters.snapshot.lookup import indexes
from clearance.adapters.snapshot.texts import Texts, column_of, picked
from clearance.model.dates import ALWAYS
from clearance.model.interest import Direct
from clearance.model.particular import ParticularKind
from clearance.ownership.arrays.graph import Graph, Int64

WORDS = ("source", "unspecified", "detail")

PARTY_TEXTS = (
    "source", "unspecified", "name", "statement", "statement_date", "other_names", "identifiers",
    "particulars",
)  # fmt: skip
"""Columns of parties that are needed here, besides the graph."""

INTEREST_TEXTS = ("statement", "statement_date", "record", "detail", "unspecified", "direct")
"""Columns of interests that are needed here, besides the graph."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The interests as stated: the table, its row behind each row of the graph, joint ids."""

    table: pa.Table
    row: Int64
    joints: pa.Array


def content_of(
    graph: Graph,
    ids: Interned,
    fused: Fused,
    stated: Stated,
    gathered: Gathered,
) -> Content:
    """The graph's arrays, and every fact and word that the engine does not need."""
    words = {name: Renumbered.of(gathered.word(name)) for name in WORDS}
    arrays = arrays_of(graph)
    texts = {"party.id": Texts(ids.ids), "joint.id": Texts(column_of(stated.joints))}
    schemes = _parties(fused, words, arrays, texts)
    _interests(stated, (words, gathered), arrays, texts)
    indexes(arrays, texts, schemes)
    tables = {name: words[name].words for name in words}
    tables |= {"codes": graph.parties.codes, "scheme": schemes}
    return Content(arrays, texts, tables, graph.parties.list_sets)


def _parties(
    fused: Fused, words: dict[str, Renumbered], arrays: dict[str, Array], texts: dict[str, Texts]
) -> tuple[str, ...]:
    """Names, identifiers, particulars and origin of parties; the identifiers' schemes in order."""
    row, table = fused.row, fused.table
    arrays["party.stub"] = row < 0
    for name in ("source", "unspecified"):
        codes = np.append(words[name].new[numbers(table, name).astype(np.int32)], 0)
        arrays[f"party.{name}"] = _narrow(np.where(row >= 0, codes[row], 0))
    for name in ("name", "statement"):
        texts[f"party.{name}"] = Texts(picked(column_of(table.column(name)), row))
    dates = np.append(numbers(table, "statement_date", ALWAYS).astype(np.int32), np.int32(ALWAYS))
    arrays["party.statement_date"] = dates[row]
    start, at = _items(table, "other_names", row)
    arrays["party.other_name_start"] = start
    texts["party.other_name"] = Texts(picked(_flat(table, "other_names"), at))
    start, at = _items(table, "identifiers", row)
    pairs = _flat(table, "identifiers")
    scheme = intern([pa.chunked_array([pc.struct_field(pairs, 0)])])
    arrays["party.identifier_start"] = start
    arrays["party.identifier_scheme"] = _narrow(scheme.mentions[0][at])
    texts["party.identifier"] = Texts(picked(column_of(pc.struct_field(pairs, 1)), at))
    start, at = _items(table, "particulars", row)
    pairs = _flat(table, "particulars")
    arrays["party.particular_start"] = _narrow(start)
    arrays["party.particular_kind"] = _kinds(pc.struct_field(pairs, 0))[at]
    texts["party.particular"] = Texts(picked(column_of(pc.struct_field(pairs, 1)), at))
    conflicts = sorted(fused.conflicts.items())
    arrays["party.conflict_of"] = np.array([index for index, _ in conflicts], np.int32)
    arrays["party.conflict"] = np.array([bits for _, bits in conflicts], np.uint8)
    return tuple(scheme.ids.to_pylist())


def _interests(
    stated: Stated, words: tuple[dict[str, Renumbered], Gathered],
    arrays: dict[str, Array], texts: dict[str, Texts],
) -> None:  # fmt: skip
    """What was stated in each row of the graph."""
    table, row = stated.table, stated.row
    for name in ("statement", "record"):
        texts[f"interest.{name}"] = Texts(picked(column_of(table.column(name)), row))
    dates = numbers(table, "statement_date", ALWAYS).astype(np.int32)
    arrays["interest.statement_date"] = dates[row]
    for name in ("detail", "unspecified"):
        codes = words[0][name].new[numbers(table, name).astype(np.int32)]
        arrays[f"interest.{name}"] = _narrow(codes[row])
    known, new = words[1].word("direct").sealed()
    places = {word.value: number for number, word in enumerate(Direct)}
    direct = np.array([places.get(word, 0) for word in known], np.uint8)
    arrays["interest.direct"] = direct[new[numbers(table, "direct").astype(np.int32)]][row]


def _items(table: pa.Table, name: str, row: Int64) -> tuple[Int64, Int64]:
    """Where each party's items begin, and where they stand in the table's flat list."""
    lengths = np.append(list_lengths(table, name), 0)
    begins = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))[:-1]
    counts = np.where(row >= 0, lengths[row], 0)
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    at = np.repeat(begins[row] - start[:-1], counts) + np.arange(start[-1])
    return start, at


def _kinds(words: pa.Array) -> NDArray[np.uint8]:
    """The number of each particular's kind."""
    known = pa.array([kind.word for kind in ParticularKind])
    found: NDArray[np.uint8] = pc.index_in(words, known).to_numpy().astype(np.uint8)
    return found


def _flat(table: pa.Table, name: str) -> pa.Array:
    kind = table.schema.field(name).type.value_type
    chunks = [chunk.flatten() for chunk in table.column(name).chunks]
    return pa.concat_arrays(chunks) if chunks else pa.array([], kind)


def _narrow(codes: NDArray[np.generic]) -> Array:
    """The same numbers in the smallest unsigned type that holds them."""
    return codes.astype(np.min_scalar_type(int(codes.max(initial=0))))
