"""A snapshot as a source: everything it was told, in the batches that formats yield.

1. A party that several sources describe is told by each of them, out of ``described.jsonl``; any
   other by its one source. Stubs are told by the interests that name them.
2. Compiled again, alone or before further sources, this gives what the sources themselves would:
   the same arrays and texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from msgspec.json import decode, encode

from clearance.adapters.formats.batch import IDENTIFIER, INTERESTS, PARTICULAR, PARTIES, Batch
from clearance.adapters.snapshot.content import Array, Content
from clearance.adapters.snapshot.fuse import Row
from clearance.adapters.snapshot.texts import Positions
from clearance.model.dates import ALWAYS
from clearance.model.errors import IntegrityError
from clearance.model.interest import Direct
from clearance.model.particular import ParticularKind
from clearance.ownership.arrays.graph import Int64

DESCRIBED = "described.jsonl"
ROWS = 1 << 20

_PLACES = ("jurisdiction", "headquarters", "residence")
_DATES = ("start_first", "start_last", "end_first", "end_last")


def described_lines(rows: tuple[Row, ...]) -> dict[str, str]:
    """The file of parties that several sources describe, a line of JSON a row, if there are any."""
    return {DESCRIBED: "".join(encode(row).decode() + "\n" for row in rows)} if rows else {}


def restated(folder: Path, content: Content) -> Iterator[Batch]:
    """Everything that a snapshot with nothing merged was told.

    Raises:
        IntegrityError: the lines of parties that several sources describe cannot be read.
    """
    rows = _described(folder / DESCRIBED)
    if rows:
        yield Batch(parties=pa.Table.from_pylist(rows, schema=PARTIES))
    told = ~content.arrays["party.stub"].astype(bool)
    ids = content.texts["party.id"]
    told[[ids.find(str(row["id"])) for row in rows]] = False
    for places in _lots(np.flatnonzero(told)):
        yield Batch(parties=_table(_party_columns(content, places), PARTIES))
    for places in _lots(np.arange(len(content.arrays["interest.holder"]))):
        yield Batch(interests=_table(_interest_columns(content, places), INTERESTS))


def _described(path: Path) -> list[Row]:
    try:
        with path.open("rb") as stream:
            return [decode(line) for line in stream]
    except FileNotFoundError:  # no party is described by several
        return []
    except (OSError, ValueError):
        remedy = "build the snapshot again"
        raise IntegrityError("cannot be read", file=str(path), remedy=remedy) from None


def _lots(places: Positions) -> Iterator[Positions]:
    for start in range(0, len(places), ROWS):
        yield places[start : start + ROWS]


def _table(columns: dict[str, pa.Array], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_arrays(
        [columns[field.name].cast(field.type) for field in schema], schema=schema
    )


def _party_columns(content: Content, at: Positions) -> dict[str, pa.Array]:
    arrays, tables = content.arrays, content.tables
    branch = arrays["party.branch_of"][at].astype(np.int64)
    sets = pa.array([list(names) for names in content.list_sets], pa.list_(pa.string()))
    columns = {
        "id": _texts(content, "party.id", at),
        "name": _texts(content, "party.name", at),
        "kind": pa.array(arrays["party.kind"][at]),
        "lists": sets.take(pa.array(arrays["party.lists"][at])),
        "identifiers": _identifiers(content, at),
        "other_names": _listed(content, "other_name", at),
        "particulars": _particulars(content, at),
        "capital": pa.array(arrays["party.capital"][at].astype(bool)),
        "branch_of": _texts(content, "party.id", branch),
        "statement": _texts(content, "party.statement", at),
        "statement_date": _dates(arrays["party.statement_date"][at]),
        "line": pa.array(np.zeros(len(at), np.int64)),
    }
    for name in _PLACES:
        columns[name] = _words(tables["codes"], arrays[f"party.{name}"][at])
    for name in _DATES:
        columns[f"residence_{name}"] = pa.array(arrays[f"party.residence_{name}"][at])
    for name in ("unspecified", "source"):
        columns[name] = _words(tables[name], arrays[f"party.{name}"][at])
    return columns


def _interest_columns(content: Content, at: Positions) -> dict[str, pa.Array]:
    arrays, tables = content.arrays, content.tables
    columns = {
        "interested_party": _texts(content, "party.id", arrays["interest.holder"][at]),
        "subject": _texts(content, "party.id", arrays["interest.subject"][at]),
        "direct": _words(tuple(word.value for word in Direct), arrays["interest.direct"][at]),
        "statement": _texts(content, "interest.statement", at),
        "record": _texts(content, "interest.record", at),
        "statement_date": _dates(arrays["interest.statement_date"][at]),
        "closed": pa.array(np.zeros(len(at), bool)),
        "joint": _texts(content, "joint.id", arrays["interest.joint"][at]),
        "components": _components(content, at),
        "line": pa.array(np.zeros(len(at), np.int64)),
    }
    for name in ("type", "flags", "low", "high", *_DATES):
        columns[name] = pa.array(arrays[f"interest.{name}"][at])
    for name in ("source", "detail", "unspecified"):
        columns[name] = _words(tables[name], arrays[f"interest.{name}"][at])
    return columns


def _texts(content: Content, name: str, at: Array) -> pa.Array:
    """The texts of a column at these places; of a negative one the empty text."""
    rows = np.asarray(at).astype(np.int64)
    texts = content.texts[name]
    if pa.types.is_null(texts.array.type):
        return pa.repeat("", len(rows))
    return texts.array.take(pa.array(rows, mask=rows < 0)).fill_null("").cast(pa.string())


def _words(words: tuple[str, ...], codes: Array) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(codes))


def _dates(days: Array) -> pa.Array:
    return pa.array(days, pa.int32(), mask=days == ALWAYS)


def _places(content: Content, name: str, at: Positions) -> tuple[pa.Array, Int64]:
    """The offsets of the lists of some parties, and where their items stand."""
    start = content.arrays[f"party.{name}_start"].astype(np.int64)
    return _spread(start[at], start[at + 1])


def _spread(begin: Int64, end: Int64) -> tuple[pa.Array, Int64]:
    counts = end - begin
    ends = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    items = np.repeat(begin - ends[:-1], counts) + np.arange(ends[-1])
    return pa.array(ends.astype(np.int32)), items


def _listed(content: Content, name: str, at: Positions) -> pa.Array:
    offsets, items = _places(content, name, at)
    return pa.ListArray.from_arrays(offsets, _texts(content, f"party.{name}", items))


def _identifiers(content: Content, at: Positions) -> pa.Array:
    offsets, items = _places(content, "identifier", at)
    codes = content.arrays["party.identifier_scheme"][items]
    parts = [_words(content.tables["scheme"], codes), _texts(content, "party.identifier", items)]
    return _pairs(offsets, parts, IDENTIFIER)


def _particulars(content: Content, at: Positions) -> pa.Array:
    offsets, items = _places(content, "particular", at)
    kinds = tuple(kind.word for kind in ParticularKind)
    codes = content.arrays["party.particular_kind"][items]
    parts = [_words(kinds, codes), _texts(content, "party.particular", items)]
    return _pairs(offsets, parts, PARTICULAR)


def _pairs(offsets: pa.Array, parts: list[pa.Array], kind: pa.DataType) -> pa.Array:
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(parts, fields=list(kind)))


def _components(content: Content, at: Positions) -> pa.Array:
    row = content.arrays["interest.component_row"]
    begin, end = np.searchsorted(row, at, "left"), np.searchsorted(row, at, "right")
    offsets, items = _spread(begin, end)
    party = content.arrays["interest.component_party"][items]
    return pa.ListArray.from_arrays(offsets, _texts(content, "party.id", party))
