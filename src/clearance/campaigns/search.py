"""From cohorts to campaigns: test, judge, refine, peel, merge.

1. Every cohort is tested; q-values are over all of them.
2. A cohort that is judged is refined to the members who bear it out, and must hold once more.
3. The strongest is taken first. What a weaker one adds must hold on its own, or be borne out member
   by member.
4. Cohorts that share three tenths of the smaller one are one campaign.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from clearance.campaigns.anchors import FEWEST
from clearance.campaigns.evidence import Cohort, Evidence, Int64, Seed, Tested, Verdict
from clearance.campaigns.verdict import counts, verdict
from clearance.campaigns.weigh import MOST, Mask, Scales, with_rates

CONTAINED = 0.3
NOVEL = 0.1
"""The part of a cohort from which on what it adds must hold alone."""

ORDER = (Verdict.LINKED, Verdict.REVIEW)
Traits = Callable[[Int64], int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A campaign: its members, its evidence and the verdict."""

    tested: Tested
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search found: campaigns, strongest first, and every cohort that was tested."""

    campaigns: tuple[Judged, ...]
    cohorts: tuple[Tested, ...]


def search(cohorts: Sequence[Cohort], scales: Scales, traits: Traits = lambda _: 0) -> Searched:
    """Campaigns among cohorts.

    Args:
        cohorts: candidates, in an order that names do not decide.
        scales: the tests.
        traits: how many supporting traits a set of members has.
    """
    tested = with_rates(list(scales.spread(scales.weigh, cohorts)))
    trial = _Trial(scales, traits, len(tested))
    held = [one for one in scales.spread(trial.held, tested) if one is not None]
    taken = trial.peeled(sorted(held, key=_strength))
    whole = _merged([one.tested.cohort for one in taken])
    merged = [trial.judged(trial.weighed(one)) for one in whole]
    found = sorted(
        (one for one in merged if one is not None),
        key=lambda one: _strength(one, traits(one.tested.cohort.members)),
    )
    return Searched(tuple(found), tested)


@dataclass(frozen=True, slots=True)
class _Trial:
    """Judges anew what came out of the first round; each p is held to all tests of that round."""

    scales: Scales
    traits: Traits
    tests: int

    def weighed(self, cohort: Cohort) -> Tested:
        tested = self.scales.weigh(cohort)
        return Tested(cohort, tuple(self._held_to_all(one) for one in tested.evidence))

    def _held_to_all(self, evidence: Evidence) -> Evidence:
        return replace(evidence, q=min(1.0, evidence.p * self.tests))

    def judged(self, tested: Tested) -> Judged | None:
        members = tested.cohort.members
        if len(members) < FEWEST:
            return None
        said = verdict(tested.evidence)
        if said is Verdict.NONE:
            said = verdict(tested.evidence, self.traits(members))
        return None if said is Verdict.NONE else Judged(tested, said)

    def held(self, tested: Tested) -> Judged | None:
        """The cohort refined, if it is judged before and after."""
        if self.judged(tested) is None:
            return None
        refined = self.scales.refined(tested)
        if len(refined.members) == len(tested.cohort.members):
            return self.judged(tested)
        return self.judged(self.weighed(refined))

    def peeled(self, held: Sequence[Judged]) -> list[Judged]:
        """Those whose addition holds, without what does not."""
        claimed: Int64 = np.zeros(0, np.int64)
        taken: list[Judged] = []
        for one in held:
            members = one.tested.cohort.members
            novel = np.setdiff1d(members, claimed, assume_unique=True)
            if not len(novel):
                taken.append(one)
                continue
            if len(novel) < len(members) and not self._holds_alone(one, novel):
                one = self._with_what_holds(one, np.isin(members, novel, assume_unique=True))
            claimed = np.union1d(claimed, one.tested.cohort.members)
            taken.append(one)
        return [one for one in taken if len(one.tested.cohort.members) >= FEWEST]

    def _holds_alone(self, one: Judged, novel: Int64) -> bool:
        cohort = one.tested.cohort
        if len(novel) < max(FEWEST, NOVEL * len(cohort.members)):
            return False
        alone = self.judged(self.weighed(replace(cohort, members=novel)))
        return alone is not None and ORDER.index(alone.verdict) <= ORDER.index(one.verdict)

    def _with_what_holds(self, one: Judged, novel: Mask) -> Judged:
        """Without the added members whom no linking evidence touches, unless it touches most."""
        touched = self.scales.linked(one.tested)
        if touched[novel].mean() >= MOST and one.tested.cohort.seed is Seed.TEMPLATE:
            return one
        return _with(one, one.tested.cohort.members[touched | ~novel])


def _with(one: Judged, members: Int64) -> Judged:
    cohort = replace(one.tested.cohort, members=members)
    return replace(one, tested=replace(one.tested, cohort=cohort))


def _strength(one: Judged, traits: int = 0) -> tuple[int, int, int, int, int]:
    """Linked before review, more kinds first, then traits, members, and the earlier first."""
    kinds = sum(counts(said) for said in one.tested.evidence)
    members = one.tested.cohort.members
    return ORDER.index(one.verdict), -kinds, -traits, -len(members), int(members[0])


def _merged(cohorts: Sequence[Cohort]) -> list[Cohort]:
    """Cohorts joined wherever they contain each other enough, until none do."""
    whole: list[Cohort] = []
    for one in cohorts:
        joined = one
        while inside := [other for other in whole if _overlap(joined, other) >= CONTAINED]:
            whole = [other for other in whole if not any(other is each for each in inside)]
            joined = _union([*inside, joined])
        whole.append(joined)
    return whole


def _overlap(one: Cohort, other: Cohort) -> float:
    both = len(np.intersect1d(one.members, other.members, assume_unique=True))
    return both / min(len(one.members), len(other.members))


def _union(cohorts: Sequence[Cohort]) -> Cohort:
    members = np.unique(np.concatenate([one.members for one in cohorts]))
    tokens = tuple(dict.fromkeys(token for one in cohorts for token in one.tokens))
    seed = Seed.TEMPLATE if tokens else Seed.INFRASTRUCTURE
    return Cohort(seed, members.astype(np.int64), tokens)
