"""Build a snapshot: compile sources, tell what was rejected, write unless that was forbidden.

1. A place that is taken is refused before anything is read.
2. Every reject is counted by source, field and reason; what differs between rows (the text in
   quotes, numbers of lines) is left out of the reason, so that like is counted with like.
3. Under ``strict`` one reject is enough to write nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Rejected(Protocol):
    """One record, or part of one, that could not be used."""

    @property
    def source(self) -> str:
        """The source it stands in."""
        ...

    @property
    def field(self) -> str:
        """The field at fault, empty for the whole record."""
        ...

    @property
    def reason(self) -> str:
        """What is wrong with it."""
        ...


class Compilation(Protocol):
    """Reference data that was compiled and not yet written."""

    @property
    def figures(self) -> Mapping[str, int]:
        """How many parties, interests, … by name."""
        ...

    @property
    def rejects(self) -> Sequence[Rejected]:
        """What was left out."""
        ...

    @property
    def not_sources(self) -> Sequence[str]:
        """Files that are of no known format, each with what was seen."""
        ...


class Workshop(Protocol):
    """Where snapshots are made."""

    def refuse_if_taken(self) -> None:
        """Nothing if the snapshot can be written; an error otherwise."""
        ...

    def compile(self) -> Compilation:
        """Read and compile every source."""
        ...

    def write(self) -> str:
        """Write what was compiled; the snapshot's digest."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Tally:
    """So many rejects of one source for one reason."""

    source: str
    field: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; ``digest`` is empty where nothing was written."""

    figures: Mapping[str, int]
    tallies: tuple[Tally, ...]
    not_sources: tuple[str, ...]
    digest: str


def build_reference(workshop: Workshop, *, strict: bool = False) -> BuildReport:
    """Compile, and write unless ``strict`` finds a reject.

    Raises:
        InputError: a source's header cannot be used, or there is no such file.
        SourceError: a source cannot be read as what it is.
        StorageError: the place is taken, or the disk refuses.
    """
    workshop.refuse_if_taken()
    made = workshop.compile()
    digest = "" if strict and made.rejects else workshop.write()
    return BuildReport(made.figures, tallies(made.rejects), tuple(made.not_sources), digest)


def tallies(rejects: Sequence[Rejected]) -> tuple[Tally, ...]:
    """Rejects counted by source, field and reason, in that order."""
    counted = Counter((one.source, one.field, _alike(one.reason)) for one in rejects)
    return tuple(sorted(Tally(*key, count) for key, count in counted.items()))


def _alike(reason: str) -> str:
    """The reason without what varies from row to row.

    >>> _alike("'101' is outside 0 to 100; write a percentage")
    '… is outside 0 to 100; write a percentage'
    """
    quoted = re.sub(r"'[^']*'|\"[^\"]*\"", "…", reason)
    return re.sub(r"\blines? \d+( and \d+)?|^\d+(?= fields)", "…", quoted)
