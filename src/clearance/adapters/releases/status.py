"""Where releases stand, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from clearance.adapters.foreign_text import visible
from clearance.adapters.releases.folder import Releases
from clearance.model.dates import text_of_day
from clearance.usecases.releases import Release, Step, state_on


def status_lines(root: Path, day: int) -> Iterator[str]:
    """Every release of every series with its steps; everything read is checked.

    Raises:
        IntegrityError: a release is not as it was written.
    """
    releases = Releases(root)
    for series in releases.series():
        some = releases.of(series)
        for release in some:
            yield f"{_head(release)}  {state_on(release, some, day).value}"
            yield from map(_step, release.steps)


def _head(release: Release) -> str:
    return f"{release.series}/{release.number}  {release.policy}, from {text_of_day(release.start)}"


def _step(step: Step) -> str:
    note = f" ({step.note})" if step.note else ""
    shown = f" {step.evidence[:12]}" if step.evidence else ""
    return visible(f"  {text_of_day(step.day)} {step.act.value}{shown} by {step.by}{note}")
