"""Links of actual control, laid out like holdings: for the reading in which they count whole.

1. A link that is surely live is 100 % at both ends, one that is possibly live 0 to 100 %.
2. Links are neither added to each other nor to shares: the largest controller's weight counts.
"""

from __future__ import annotations

import numpy as np

from clearance.model.interest import Measure
from clearance.model.share import WHOLE
from clearance.ownership.arrays.graph import Int32, Int64
from clearance.ownership.day.live import Holdings, Live


def links_of(live: Live) -> Holdings:
    """The live control interests as attributed holdings; the measure named is not meant."""
    rows = live.control_row
    interests = live.graph.interests
    rows = rows[interests.holder[rows] != interests.subject[rows]]
    holder, subject = interests.holder[rows], interests.subject[rows]
    size, count = live.graph.size, len(rows)
    yes, no = np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    return Holdings(
        measure=Measure.VOTES,
        holder=holder,
        subject=subject,
        low=np.where(live.must[rows], WHOLE, 0).astype(np.int64),
        high=np.full(count, WHOLE, dtype=np.int64),
        low_open=no,
        high_open=no,
        attributed=yes,
        stated=yes,
        joint=np.full(count, -1, dtype=np.int32),
        row=rows.astype(np.int32),
        subject_start=_starts(subject, size),
        by_holder=np.argsort(holder, kind="stable").astype(np.int32),
        holder_start=_starts(holder, size),
        components={},
        self_held={},
        anonymous={},
        special=np.zeros(size, dtype=np.bool_),
        component_subjects=(),
        flagged={},
    )


def _starts(party: Int32, size: int) -> Int64:
    counted = np.bincount(party, minlength=size)
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counted))).astype(np.int64)
