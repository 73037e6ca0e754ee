"""A screening as it is ordered and as it is done; light, so that every caller can name them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clearance.usecases.compare import Change
from clearance.usecases.screened import ScreenSummary


@dataclass(frozen=True, slots=True)
class ScreenOrder:
    """What to screen, under what, and where to.

    **Shape**: ``as_of`` is a day; ``regions`` names a region list, by id or path, in place of the
    policy's own; ``previous`` is the folder of an earlier run to compare with; ``names`` is a
    file of display names of regions (code TAB name), over the cited ones; ``model`` weighs
    candidates in place of the shipped one; ``processes`` is how many screen besides this one,
    ``None`` as many as pay.
    """

    reference: Path
    policy: str
    customers: Path
    out: Path
    as_of: int
    previous: Path | None = None
    regions: str | None = None
    proofs: bool = True
    names: Path | None = None
    model: Path | None = None
    processes: int | None = None


@dataclass(frozen=True, slots=True)
class ScreenRun:
    """One screening, done and written.

    **Shape**: ``changes`` is ``None`` where no earlier run was named; ``files`` are the names in
    ``out``; ``drawn`` counts the drawings of the report.
    """

    out: Path
    summary: ScreenSummary
    changes: tuple[Change, ...] | None
    files: tuple[str, ...]
    drawn: int
