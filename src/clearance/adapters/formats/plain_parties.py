"""Rows of the plain parties table (CSV, Parquet) as columns of parties.

1. Only ``id`` is required; the kind is ``entity`` where not stated.
2. Region codes are ISO 3166-1 or 3166-2, put into upper case; their form is checked, not whether
   they are assigned.
3. ``lists``, ``identifiers`` (each ``scheme:id``), ``other_names``, ``addresses``, ``websites``,
   ``emails`` and ``phones`` are joined by ``;``.
4. A person's particulars are not read.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.adapters.formats.batch import IDENTIFIER, PARTICULAR, PARTIES, Batch
from clearance.adapters.formats.csv_cells import (
    CODED,
    TEXT,
    decode,
    decode_text,
    items,
    read_end,
    read_start,
    read_yes,
    words,
)
from clearance.adapters.formats.csv_header import Columns
from clearance.adapters.formats.plain_faults import Faults
from clearance.adapters.formats.plain_table import Column, columns_of, filled, trimmed
from clearance.model.particular import ParticularKind
from clearance.model.party import PartyKind
from clearance.model.region import region_code
from clearance.ownership.arrays.graph import Bool, Int64

_PARTICULARS = {
    "addresses": ParticularKind.ADDRESS,
    "legal_form": ParticularKind.LEGAL_FORM,
    "websites": ParticularKind.WEBSITE,
    "emails": ParticularKind.EMAIL,
    "phones": ParticularKind.PHONE,
}
"""Columns of particulars, in the order in which a party lists them."""

COLUMNS = Columns(
    "parties",
    (
        "id", "name", "kind", "jurisdiction", "headquarters", "residence", "lists", "capital",
        "branch_of", "identifiers", "residence_start", "residence_end", "other_names",
        *_PARTICULARS,
    ),
    ("id",),
)  # fmt: skip
_LONG = frozenset({"id", "name", "identifiers", "other_names", "branch_of", *_PARTICULARS})
TYPES = {name: TEXT if name in _LONG else CODED for name in COLUMNS.known}
_KIND = words({kind.word: kind.value for kind in PartyKind}, PartyKind.ENTITY, "kind of party")
_CODES = ("jurisdiction", "headquarters", "residence")


def parties(table: pa.Table, lines: Int64, source: str, default: str) -> Batch:
    """A block of text columns as a batch; ``default`` names the source of every row."""
    faults = Faults(lines, source)
    count = len(table)
    column = columns_of(table)
    ids = trimmed(column("id"))
    faults.where(pc.equal(ids, "").to_numpy(zero_copy_only=False), "id", "no id; give one")
    kind = faults.cells("kind", decode(column("kind"), _KIND)).values[0]
    data: dict[str, object] = {}
    for name in _CODES:
        data[name], cells = decode_text(column(name), region_code)
        faults.cells(name, cells)
    start = faults.cells("residence_start", decode(column("residence_start"), read_start)).values
    end = faults.cells("residence_end", decode(column("residence_end"), read_end)).values
    late = end[1] < start[0]
    faults.where(late, "residence_end", "the end is before the start; check both dates")
    capital = faults.cells("capital", decode(column("capital"), read_yes)).values[0]
    branch = trimmed(column("branch_of"))
    own = pc.and_(pc.equal(branch, ids), pc.not_equal(ids, "")).to_numpy(zero_copy_only=False)
    faults.where(own, "branch_of", "a branch of itself; name the head office or nothing")
    data |= {
        "id": ids,
        "name": trimmed(column("name")),
        "kind": kind.astype(np.uint8),
        "residence_start_first": start[0].astype(np.int32),
        "residence_start_last": start[1].astype(np.int32),
        "residence_end_first": end[0].astype(np.int32),
        "residence_end_last": end[1].astype(np.int32),
        "lists": _listed(column("lists")),
        "identifiers": _identifiers(column("identifiers"), faults),
        "other_names": _listed(column("other_names")),
        "particulars": _particulars(column, kind == PartyKind.PERSON),
        "capital": capital != 0,
        "branch_of": branch,
        "source": pa.repeat(default, count),
        "line": lines,
    }
    found, rejects = faults.split(filled(data, count, PARTIES))
    return Batch(parties=found, rejects=rejects, records=count)


def _listed(column: pa.Array) -> pa.Array:
    offsets, values = items(column)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _identifiers(column: pa.Array, faults: Faults) -> pa.Array:
    offsets, values = items(column)
    if not len(values):
        return pa.ListArray.from_arrays(pa.array(offsets), pa.array([], IDENTIFIER))
    place = pc.find_substring(values, ":").to_numpy(zero_copy_only=False)
    length = pc.utf8_length(values).to_numpy(zero_copy_only=False)
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    wrong = np.zeros(len(offsets) - 1, bool)
    wrong[owner[(place <= 0) | (place == length - 1)]] = True
    faults.where(wrong, "identifiers", "an identifier without scheme; write scheme:id, joined by ;")
    cut = pc.split_pattern(values, ":", max_splits=1)
    whole = pc.equal(pc.list_value_length(cut), 2)
    cut = pc.if_else(whole, cut, pa.scalar(["", ""], pa.list_(TEXT)))
    parts = [pc.utf8_trim_whitespace(pc.list_element(cut, part)) for part in (0, 1)]
    pairs = pa.StructArray.from_arrays(parts, fields=list(IDENTIFIER))
    return pa.ListArray.from_arrays(pa.array(offsets), pairs)


def _particulars(column: Column, person: Bool) -> pa.Array:
    """The particulars of every row; a column adds its items after those of the columns before."""
    found = [(kind.word, *items(column(name))) for name, kind in _PARTICULARS.items()]
    counts = [np.where(person, 0, np.diff(offsets)) for _, offsets, _ in found]
    kept = [np.repeat(~person, np.diff(offsets)) for _, offsets, _ in found]
    texts = [
        values.filter(pa.array(keep)) for (_, _, values), keep in zip(found, kept, strict=True)
    ]
    words = [pa.repeat(word, len(text)) for (word, *_), text in zip(found, texts, strict=True)]
    owner = np.concatenate([np.repeat(np.arange(len(person)), count) for count in counts])
    order = pa.array(np.argsort(owner, kind="stable"))
    parts = [pa.concat_arrays(column).take(order) for column in (words, texts)]
    pairs = pa.StructArray.from_arrays(parts, fields=list(PARTICULAR))
    ends = np.cumsum(np.sum(counts, axis=0), dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(np.concatenate((np.zeros(1, np.int32), ends))), pairs)
