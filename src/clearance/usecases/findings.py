"""What a reviewer is given about a campaign: members, evidence, counter-evidence, readings."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clearance.campaigns.evidence import Evidence, Verdict
from clearance.campaigns.readings import Reading, Volume
from clearance.campaigns.traits import LIFT, Trait
from clearance.usecases.campaign_picture import CampaignPicture
from clearance.usecases.detect import Calibrated

SUCCESSOR = 0.3
"""The part of the smaller one's anchors, cards or accounts that makes one the other's heir."""

Days = Mapping[int, Mapping[str, int]]
"""Requests by day and model."""

PIVOT = 0.5
"""The part of its requests that a campaign moves to a new model within a day."""


@dataclass(frozen=True, slots=True)
class Member:
    """An account of a campaign. ``p``: how likely it would look so by chance."""

    account: str
    organisation: str
    p: float
    requests: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Keyed numbers by which a campaign is known again: they say nothing without the key."""

    accounts: tuple[int, ...]
    anchors: tuple[int, ...]
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pivot:
    """A day on which a campaign moved much of its work to a model.

    **Shape**: ``before`` and ``after`` are parts of its requests; ``elsewhere`` is what the same
    model gained that day among all accounts.
    """

    day: int
    model: str
    before: float
    after: float
    elsewhere: float


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A campaign of the last run that this one continues, and by what it is known."""

    id: str
    by: str
    part: float


@dataclass(frozen=True, slots=True)
class Finding:
    """One campaign, as a reviewer reads it. Nothing says who is behind it."""

    id: str
    verdict: Verdict
    members: tuple[Member, ...]
    actors: int
    evidence: tuple[Evidence, ...]
    traits: tuple[Trait, ...]
    counter: tuple[str, ...]
    readings: tuple[Reading, ...]
    volume: Volume
    timeline: tuple[tuple[int, int], ...]
    pivots: tuple[Pivot, ...]
    shared: Shared
    picture: CampaignPicture
    predecessor: Predecessor | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A search of a log: its extent, the campaigns, and how settings fared without coordination."""

    first_day: int
    last_day: int
    accounts: int
    requests: int
    cohorts: int
    findings: tuple[Finding, ...]
    cleared: int
    calibrated: Calibrated | None


def pivots(days: Days, everybody: Days) -> tuple[Pivot, ...]:
    """Days on which a model's part of the requests grew by half or more, told against everybody's.

    >>> theirs = {1: {"a": 100}, 2: {"a": 20, "b": 80}}
    >>> pivots(theirs, {1: {"a": 900}, 2: {"a": 810, "b": 90}})
    (Pivot(day=2, model='b', before=0.0, after=0.8, elsewhere=0.1),)
    """
    found: list[Pivot] = []
    for before, day in itertools.pairwise(sorted(days)):
        for model in sorted(days[day]):
            was, now = _part(days[before], model), _part(days[day], model)
            if now - was >= PIVOT:
                usual = _part(everybody[day], model) - _part(everybody[before], model)
                found.append(Pivot(day, model, was, now, usual))
    return tuple(found)


def pivoted(found: Sequence[Pivot]) -> tuple[Trait, ...]:
    """The greatest pivot as a trait: it supports if the rest of the log did not move so."""
    if not found:
        return ()
    most = max(found, key=lambda one: one.after - one.before)
    gained = most.after - most.before
    alone = gained >= LIFT * most.elsewhere
    return (Trait("to another model in a day", gained, most.elsewhere, alone),)


def _part(models: Mapping[str, int], model: str) -> float:
    return models.get(model, 0) / max(1, sum(models.values()))


def predecessor(new: Shared, earlier: Mapping[str, Shared]) -> Predecessor | None:
    """The earlier campaign that has most in common with a new one, if it is enough.

    A campaign whose accounts were all banned comes back with the same templates or cards.
    """
    best: Predecessor | None = None
    for id, old in sorted(earlier.items()):
        for by, mine, theirs in (
            ("accounts", new.accounts, old.accounts),
            ("templates", new.anchors, old.anchors),
            ("cards", new.cards, old.cards),
        ):
            both = len(set(mine) & set(theirs))
            part = both / max(1, min(len(mine), len(theirs)))
            if both >= 2 and part >= SUCCESSOR and (best is None or part > best.part):
                best = Predecessor(id, by, part)
    return best
