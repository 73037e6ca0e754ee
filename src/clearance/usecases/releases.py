"""A policy's way into effect: released step by step, by two people, and never edited.

1. ``draft → validated → impact run → approved → effective → superseded``; the table ``NEXT`` holds
   every step that is allowed, and what is not in it is refused.
2. A release is the documents of one digest. A changed document is another release.
3. Whoever drafted a release cannot approve it. An approval names the impact run it has seen.
4. Taking effect is no step but a matter of the day: from the policy's own day on, and never before
   the day of the approval. In a series the release that started last is in effect. Whatever was
   in effect once stays what it was: it can be followed, not withdrawn.

Not here: the clock, files, and who people are. Days and names are passed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from clearance.model.dates import day_of, text_of_day
from clearance.model.errors import InputError
from clearance.model.plain import Json


class State(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    VALIDATED = "validated"
    IMPACT_RUN = "impact run"
    APPROVED = "approved"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What somebody did to a release."""

    DRAFT = "draft"
    VALIDATE = "validate"
    IMPACT = "impact"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


NEXT: Mapping[tuple[State, Act], State] = {
    (State.DRAFT, Act.VALIDATE): State.VALIDATED,
    (State.VALIDATED, Act.IMPACT): State.IMPACT_RUN,
    (State.IMPACT_RUN, Act.IMPACT): State.IMPACT_RUN,
    (State.IMPACT_RUN, Act.APPROVE): State.APPROVED,
    (State.DRAFT, Act.WITHDRAW): State.WITHDRAWN,
    (State.VALIDATED, Act.WITHDRAW): State.WITHDRAWN,
    (State.IMPACT_RUN, Act.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Act.WITHDRAW): State.WITHDRAWN,
}
"""Every step that is allowed after the draft, and where it leads."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did.

    **Shape**: ``by`` names a person as the caller knows them; ``day`` is when; ``evidence`` is a
    digest: of the documents for a draft and a validation, of the report for an impact run, and for
    an approval that of the impact run that was seen. ``note`` says more in words.
    """

    act: Act
    by: str
    day: int
    evidence: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a policy on its way.

    **Shape**: ``series`` is the name under which versions follow each other, ``number`` counts in
    it from 1; ``policy`` is the document's id, in effect on the days ``start`` to ``end``, half
    open; ``digest`` is that of the policy with all it refers to; ``steps`` in order, the first a
    draft.
    """

    series: str
    number: int
    policy: str
    start: int
    end: int
    digest: str
    steps: tuple[Step, ...]

    @property
    def state(self) -> State:
        """Where it stands, leaving out what only the day decides."""
        state = State.DRAFT
        for step in self.steps[1:]:
            state = NEXT[state, step.act]
        return state

    @property
    def author(self) -> str:
        """Who drafted it."""
        return self.steps[0].by

    @property
    def effective(self) -> int | None:
        """The first day it is in effect, ``None`` unless it is approved."""
        if self.state is not State.APPROVED:
            return None
        return max(self.start, self.steps[-1].day)

    def last(self, act: Act) -> Step | None:
        """The latest step of this kind."""
        return next((step for step in reversed(self.steps) if step.act is act), None)

    def after(self, step: Step) -> Release:
        """The release with one more step.

        Raises:
            InputError: the step is not allowed now, or not by this person, or rests on something
                else than this release.
        """
        _refuse_order(self, step)
        _refuse_person(self, step)
        _refuse_evidence(self, step)
        return replace(self, steps=(*self.steps, step))


def drafted(series: str, number: int, policy: str, force: tuple[int, int], step: Step) -> Release:
    """A new release; ``force`` is the policy's half-open period, the step's evidence its digest.

    >>> first = drafted("regions", 1, "p", (20000, 30000), Step(Act.DRAFT, "Ada", 19000, "d0"))
    >>> first.state.value, first.effective
    ('draft', None)
    """
    if step.act is not Act.DRAFT:
        raise _refused(f"a release begins with a draft, not with {step.act.value}", "draft it")
    release = Release(series, number, policy, *force, step.evidence, (step,))
    _refuse_person(release, step)
    return release


def in_effect(releases: Iterable[Release], day: int) -> Release | None:
    """Of one series, the release in effect on a day: of those that started, the last to start."""
    started = [
        (first, release.number, release)
        for release in releases
        if (first := release.effective) is not None and first <= day
    ]
    if not started:
        return None
    latest = max(started, key=lambda each: each[:2])[2]
    return latest if day < latest.end else None


def state_on(release: Release, releases: Iterable[Release], day: int) -> State:
    """Where a release stands on a day, among the releases of its series."""
    first = release.effective
    if first is None or first > day:
        return release.state
    others = [each for each in releases if each.number != release.number]
    if any(_follows(each, release, day) for each in others):
        return State.SUPERSEDED
    return State.EFFECTIVE if day < release.end else State.ENDED


def _follows(other: Release, release: Release, day: int) -> bool:
    """Did another release start after this one, and by that day?"""
    first, earlier = other.effective, release.effective
    if first is None or earlier is None or first > day:
        return False
    return (first, other.number) > (earlier, release.number)


def entry_of(release: Release, step: Step) -> Mapping[str, Json]:
    """A step as a leaf of a log holds it; ``by`` is personal and can be redacted.

    **Shape**: plain JSON; ``kind`` is ``approval`` or ``policy_release``.
    """
    return {
        "kind": "approval" if step.act is Act.APPROVE else "policy_release",
        "series": release.series,
        "number": release.number,
        "policy": release.policy,
        "effective": text_of_day(release.start),
        "digest": release.digest,
        "act": step.act.value,
        "by": step.by,
        "day": text_of_day(step.day),
        "evidence": step.evidence,
        "note": step.note,
    }


def step_of(entry: Mapping[str, Json]) -> Step:
    """The step that an entry tells.

    Raises:
        InputError: it is no such entry.
    """
    try:
        return Step(
            Act(str(entry["act"])),
            str(entry["by"]),
            day_of(str(entry["day"])),
            str(entry["evidence"]),
            str(entry["note"]),
        )
    except (KeyError, ValueError):
        raise _refused("no step of a release", "do not edit a release's files") from None


def _refuse_order(release: Release, step: Step) -> None:
    state, last = release.state, release.steps[-1].day
    if (state, step.act) not in NEXT:
        allowed = [act.value for (at, act) in NEXT if at is state]
        remedy = f"what can follow is {' or '.join(allowed)}" if allowed else "draft a new release"
        raise _refused(f"{_name(release)} is {state.value}: no {step.act.value} now", remedy)
    if step.day < last:
        what = f"{step.act.value} on {text_of_day(step.day)} comes before the last step"
        raise _refused(what, f"steps follow each other; the last was on {text_of_day(last)}")
    first = release.effective
    if step.act is Act.WITHDRAW and first is not None and first <= step.day:
        what = f"{_name(release)} has been in effect since {text_of_day(first)}"
        raise _refused(what, "what was decided under it stands; draft a release that follows it")


def _refuse_person(release: Release, step: Step) -> None:
    if not step.by.strip():
        raise _refused(f"nobody is named for {step.act.value}", "say who does it")
    if step.act is Act.APPROVE and _same(step.by, release.author):
        raise _refused(
            f"{step.by} drafted {_name(release)} and cannot approve it",
            "let a second person approve",
        )


def _refuse_evidence(release: Release, step: Step) -> None:
    wanted = release.digest
    if (step.act is Act.IMPACT and step.evidence) or step.act is Act.WITHDRAW:
        return
    if step.act is Act.APPROVE:
        seen = release.last(Act.IMPACT)
        wanted = seen.evidence if seen else ""
    if step.evidence != wanted:
        raise _refused(
            f"{step.act.value} rests on {step.evidence[:12] or 'nothing'}, not on {wanted[:12]}",
            "look at what is to be released now, and do it again",
        )


def _same(one: str, other: str) -> bool:
    """Is it one name, however it is spelt with capitals and spaces?"""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _name(release: Release) -> str:
    return f"release {release.series}/{release.number}"


def _refused(what: str, remedy: str) -> InputError:
    return InputError(what, remedy=remedy)
