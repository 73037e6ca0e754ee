"""One record, several statements: the latest replaces the earlier ones, whole.

1. A record is a source and the source's own record id; rows without one stand for themselves.
2. Latest is by statement date (none is earliest), then by position in the input.
3. All rows of the winning statement stay, all rows of the others go, those of the same statement
   in another file too.
4. A closed statement without an end ends on its statement date.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.model.dates import ALWAYS, NEVER
from clearance.ownership.arrays.graph import Bool, Int64


def latest(interests: pa.Table) -> pa.Table:
    """The rows that count, in their order, closed ones ended."""
    if pc.any(pc.not_equal(interests.column("record"), "")).as_py():
        keep = _kept(interests)
        if not keep.all():
            interests = interests.filter(pa.array(keep))
    return _closed(interests)


def _kept(interests: pa.Table) -> Bool:
    record = _codes(interests.column("record").combine_chunks())
    statement = _codes(interests.column("statement").combine_chunks())
    source = interests.column("source").to_numpy().astype(np.int64)
    dates = interests.column("statement_date").combine_chunks()
    date = dates.fill_null(ALWAYS).to_numpy().astype(np.int64)
    told = pc.not_equal(interests.column("record"), "").to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(told)
    key = record[rows] * (int(source.max()) + 1) + source[rows]
    order = np.lexsort((rows, date[rows], key))
    ordered = key[order]
    last = np.append(ordered[1:] != ordered[:-1], True)
    group = np.cumsum(last) - last
    winner = rows[order[last]][group]
    own = rows[order]
    place = interests.column("place").to_numpy()
    keep: Bool = ~told
    keep[own] = (
        (statement[own] == statement[winner])
        & (date[own] == date[winner])
        & (place[own] == place[winner])
    )
    return keep


def _codes(texts: pa.Array) -> Int64:
    coded = texts.fill_null("").dictionary_encode()
    codes: Int64 = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes


def _closed(interests: pa.Table) -> pa.Table:
    closed = interests.column("closed").fill_null(False)
    if not pc.any(closed).as_py():
        return interests
    dated = interests.column("statement_date").is_valid()
    open_end = pc.equal(interests.column("end_last").fill_null(NEVER), NEVER)
    ends = pc.and_(pc.and_(closed, dated), open_end)
    for name in ("end_first", "end_last"):
        column = pc.if_else(ends, interests.column("statement_date"), interests.column(name))
        place = interests.schema.get_field_index(name)
        interests = interests.set_column(place, interests.schema.field(place), column)
    return interests
