"""How far the sources of a database agree where they place the same address.

Not here: which of them is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clearance.network.origin import Origin
from clearance.network.partition import Partition, words


@dataclass(frozen=True, slots=True)
class Agreement:
    """Counts of IPv4 addresses.

    **Shape**: ``placed`` in a country by somebody, of these ``compared`` by two voices or more, of
    these ``unanimous``.
    """

    placed: int
    compared: int
    unanimous: int


def agreement(cut: Partition, origins: Sequence[Origin]) -> Agreement:
    """What share of the IPv4 space is placed, compared and undisputed.

    Args:
        origins: what each record of the partition says.
    """
    high, low = words(cut.starts)
    inside = (high == 0) & (low < 1 << 32)
    ends = np.minimum(np.append(low[inside][1:], np.uint64(1 << 32)), np.uint64(1 << 32))
    records = cut.record[inside]
    known = records >= 0
    sizes = (ends - low[inside])[known].astype(np.int64)
    share = np.bincount(records[known], sizes, len(origins)).astype(np.int64).tolist()
    placed = [(origin.countries, size) for origin, size in zip(origins, share, strict=True)]
    several = [(said, size) for said, size in placed if sum(one.voices for one in said) > 1]
    return Agreement(
        placed=sum(size for said, size in placed if said),
        compared=sum(size for _, size in several),
        unanimous=sum(size for said, size in several if len(said) == 1),
    )
