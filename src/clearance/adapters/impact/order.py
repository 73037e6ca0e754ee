"""An impact run as it is ordered and as it is done; light, so that every caller can name them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from clearance.usecases.impacted import Impact


@dataclass(frozen=True, slots=True)
class ImpactOrder:
    """What to compare, on which portfolio, and where to.

    **Shape**: ``policy`` and ``against`` are shipped ids or paths; ``on`` is a day, ``None`` for
    the later of today and the day the policy takes effect; ``resolved`` is the folder of an earlier
    screening that says who each customer is; ``truth`` a file of customers whose right answer is
    known; ``out`` a folder, ``None`` writes nothing; ``regions`` names a region list in place of
    every policy's own; ``state`` holds posted facts, empty for none.
    """

    reference: Path
    customers: Path
    policy: str
    against: str
    today: int
    on: int | None = None
    out: Path | None = None
    resolved: Path | None = None
    readings: tuple[str, ...] = ()
    line: Decimal | None = None
    revenue_basis: str = ""
    truth: Path | None = None
    model: Path | None = None
    regions: str | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class ImpactRun:
    """One impact run, done. **Shape**: ``files`` are the names in ``out``, none without one;
    ``digest`` is that of ``impact.json``, whether or not it was written."""

    impact: Impact
    out: Path | None
    files: tuple[str, ...]
    digest: str
