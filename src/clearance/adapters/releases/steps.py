"""The steps of a release as a person takes them on the command line.

1. A draft is any sound policy with all it refers to; a validation reads it again from its own
   bundle and says how it differs from what is in effect.
2. An impact run counts if it judged these documents against those in effect.
3. An approval names the run that it has seen by its digest, or the beginning of it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from clearance.adapters.impact.folder import JSON as REPORT
from clearance.adapters.policies.bundle import bundle
from clearance.adapters.policies.diff import differing
from clearance.adapters.releases.folder import Releases
from clearance.model.dates import text_of_day
from clearance.model.errors import InputError
from clearance.model.plain import Fields
from clearance.usecases.releases import Act, Release, Step, in_effect

LEAST = 8
"""Digits of a digest that are enough to say which one is meant."""


def draft(root: Path, series: str, policy: str, by: str, day: int) -> Release:
    """Begin a release.

    Raises:
        InputError: the policy has a mistake, or nobody is named.
    """
    return Releases(root).draft(series, bundle(policy), by, day)


def validate(root: Path, which: str, by: str, day: int) -> Release:
    """Say that a draft is sound, and how it differs from what is in effect.

    Raises:
        InputError: it is over before it begins, or has a mistake.
    """
    releases, release = _one(root, which)
    drafted = releases.bundle(release)
    if drafted.loaded.policy.force.end <= day:
        ended = text_of_day(drafted.loaded.policy.force.end)
        raise InputError(f"the policy ends on {ended}", remedy="draft one that is still to come")
    current = in_effect(releases.of(release.series), day)
    note = "the first of its series to take effect"
    if current is not None:
        found = len(list(differing(releases.bundle(current).loaded, drafted.loaded)))
        note = f"{found} differences from release {current.series}/{current.number}"
    return releases.step(release, Step(Act.VALIDATE, by, day, release.digest, note))


def impact_run(root: Path, which: str, report: Path, by: str, day: int) -> Release:
    """Take an impact run as this release's.

    Args:
        report: the ``--out`` of ``clearance impact``.

    Raises:
        InputError: there is no report, or it is of other documents.
    """
    releases, release = _one(root, which)
    file = report / REPORT
    try:
        told = file.read_bytes()
        document = json.loads(told)
    except (OSError, ValueError):
        raise InputError(
            "no report", file=str(file), remedy="name the --out of clearance impact"
        ) from None
    fields = Fields(document, "impact")
    judged = fields.object("after").text("digest", "")
    against = fields.object("before").text("digest", "")
    if judged != release.digest:
        raise InputError(
            "the run judged another policy than this release",
            file=str(file),
            remedy="run clearance impact with the policy that was drafted",
        )
    current = in_effect(releases.of(release.series), day)
    if current is not None and against != current.digest:
        raise InputError(
            f"the run is not against release {current.series}/{current.number}, now in effect",
            file=str(file),
            remedy="run clearance impact --against what is in effect",
        )
    note = _note(fields)
    step = Step(Act.IMPACT, by, day, hashlib.sha256(told).hexdigest(), note)
    return releases.step(release, step, told)


def approve(root: Path, which: str, seen: str, by: str, day: int) -> Release:
    """Approve a release, as a second person who has seen its impact run.

    Raises:
        InputError: the digest is not that of the latest run, or the author approves.
    """
    releases, release = _one(root, which)
    run = release.last(Act.IMPACT)
    if run is not None and len(seen) >= LEAST and run.evidence.startswith(seen.lower()):
        seen = run.evidence
    return releases.step(release, Step(Act.APPROVE, by, day, seen))


def withdraw(root: Path, which: str, by: str, day: int) -> Release:
    """Take a release back that was never in effect.

    Raises:
        InputError: it was.
    """
    releases, release = _one(root, which)
    return releases.step(release, Step(Act.WITHDRAW, by, day, ""))


def _one(root: Path, which: str) -> tuple[Releases, Release]:
    """The release that is called ``SERIES/NUMBER``, and where it is kept."""
    series, _, number = which.rpartition("/")
    if not series or not number.isdecimal():
        raise InputError(f"{which[:40]!r} is no release", remedy="write SERIES/NUMBER: regions/2")
    return Releases(root), Releases(root).one(series, int(number))


def _note(fields: Fields) -> str:
    """What a run found, in a few words."""
    moves = fields.object("whole").object("moves")
    counts = (
        (moves.object(name).number("customers"), name.replace("_", " "))
        for name in ("newly_denied", "newly_in_review", "freed")
    )
    against = fields.object("before").text("policy")
    return f"{', '.join(f'{count} {name}' for count, name in counts)}, against {against}"
