"""A nominee row that states a share says two things, and becomes two rows.

1. Somebody holds a share in its own name: a ``shareholding`` with the figure.
2. It does so for somebody else: a ``nominee`` row without one, which the engine looks through.

Source: BODS 0.4, interest types ``nominee`` and ``nominator``.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clearance.model.interest import InterestType
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import HIGH_OPEN, LOW_OPEN, STATED

_FIGURE = STATED | LOW_OPEN | HIGH_OPEN


def parted(interests: pa.Table) -> pa.Table:
    """The rows, those of nominees that state a share followed at the end by the holding itself."""
    flags = interests.column("flags").to_numpy()
    type = interests.column("type").to_numpy()
    both = (type == InterestType.nominee) & ((flags & STATED) > 0)
    if not both.any():
        return interests
    mask = pa.array(both)
    held = _with(interests.filter(mask), "type", np.uint8(InterestType.shareholding))
    stays = {"low": np.int64(0), "high": np.int64(WHOLE)}
    for name, value in stays.items():
        column = pc.if_else(mask, pa.scalar(value), interests.column(name))
        interests = _put(interests, name, column)
    plain = pa.array(np.where(both, flags & ~np.uint8(_FIGURE), flags))
    return pa.concat_tables([_put(interests, "flags", plain), held]).combine_chunks()


def _with(table: pa.Table, name: str, value: np.generic) -> pa.Table:
    return _put(table, name, pa.array(np.full(len(table), value)))


def _put(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(name), column)
