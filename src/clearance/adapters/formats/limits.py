"""How much a source may ask of the machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds while reading one source.

    **Shape**: bytes, except ``ratio`` (unpacked bytes for each packed byte, looked at once more
    than ``ratio_after`` bytes have come out) and ``members`` (of one archive).
    """

    line: int = 16_000_000
    record: int = 16_000_000
    ratio: int = 200
    ratio_after: int = 64_000_000
    unpacked: int = 400_000_000_000
    members: int = 10_000


DEFAULT_LIMITS = Limits()
"""Real registers compress 8 to 40 times, keep a record below 1 MB and unpack to 12 GB at most."""
