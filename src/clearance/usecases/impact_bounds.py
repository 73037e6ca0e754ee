"""What an answer could come to once everything open is told: the same judge, asked at both ends.

1. *Least*: each open fact turns out as the customer would like it; *most*: the other way.
2. Open are a declared fact that the policy asks for and nobody stated, headquarters that the
   register contradicts, a rule that may reach the party or failed, and an undeclared rest that
   could.
3. A customer like nobody could be anybody: at the least no rule reaches it, at the most every one.
4. A fact whose absence the policy ignores (``unstated = "skip"``) stays unstated.

Not here: chances. A bound says what is possible, not how likely it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from clearance.model.outcome import Outcome
from clearance.model.rule import Level
from clearance.model.verdict import Reached
from clearance.policy.codes import Codes
from clearance.policy.document import Policy
from clearance.policy.facts import Facts
from clearance.policy.judging.decide import Judge
from clearance.policy.reasons.owners import Standing
from clearance.usecases.impact_watch import watched


@dataclass(frozen=True, slots=True)
class Extremes:
    """Judges what a policy's answer could come to on a day.

    **Shape**: ``supported`` and ``restricted`` are codes on either side of the policy's line, empty
    where that side is empty.
    """

    policy: Policy
    judge: Judge
    day: int
    supported: str
    restricted: str

    def of(
        self, facts: Facts, standings: Mapping[str, Standing], looked: set[str]
    ) -> tuple[Outcome, Outcome]:
        """The outcome if everything open turns out in the customer's favour, and if against.

        Args:
            looked: gains what the judge looked at of the facts in which alike customers differ.
        """
        turn = reached if facts.unidentified else reached_if_open
        favour = {id: cleared(one) for id, one in standings.items()}
        against = {id: turn(one) for id, one in standings.items()}
        return (
            min(self._outcomes(facts, favour, self.supported, looked)),
            max(self._outcomes(facts, against, self.restricted, looked)),
        )

    def _outcomes(
        self, facts: Facts, standings: Mapping[str, Standing], code: str, looked: set[str]
    ) -> Iterator[Outcome]:
        for stated in _agreeing(facts.stated):
            told = replace(facts, unidentified="", stated=self._filled(stated, code))
            yield self.judge.decide(watched(told, looked), standings, self.day).outcome

    def _filled(self, stated: Mapping[str, str], code: str) -> Mapping[str, str]:
        """What is stated, with a code for every fact that the policy asks for and misses."""
        missed = [
            rule.fact
            for rule in self.policy.region_rules
            if rule.unstated is not None and stated.keys().isdisjoint((rule.fact, *rule.stand_in))
        ]
        return {**stated, **dict.fromkeys(missed, code)} if missed and code else stated


def extremes_of(policy: Policy, judge: Judge, codes: Codes, day: int) -> Extremes:
    """A policy made ready to be asked at both ends."""
    regions = policy.regions
    if regions is None:
        return Extremes(policy, judge, day, "", "")
    places = {code: regions.restricts(regions.place(code, codes)) for code in (*codes.names, "ZZ")}
    supported, restricted = (
        next((code for code, barred in places.items() if barred is side), "")
        for side in (False, True)
    )
    return Extremes(policy, judge, day, supported, restricted)


def cleared(standing: Standing) -> Standing:
    """What is open turns out to be nothing; what is known stays."""
    if standing.failed or standing.reached is Reached.POSSIBLE:
        return replace(standing, reached=Reached.NO, level=None, could=False, failed="")
    return replace(standing, could=False)


def reached_if_open(standing: Standing) -> Standing:
    """What is open turns out to be reached."""
    open = standing.failed or standing.could or standing.reached is Reached.POSSIBLE
    return reached(standing) if open and standing.reached is not Reached.CERTAIN else standing


def reached(standing: Standing) -> Standing:
    """The rule reaches the party for certain."""
    return replace(standing, reached=Reached.CERTAIN, level=Level.BARS, could=False, failed="")


def _agreeing(stated: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """What is stated as it would be if declaration and register agreed, either way."""
    both = ("headquarters", "register_headquarters")
    said = {stated[fact] for fact in both if fact in stated}
    if len(said) < 2:
        yield stated
        return
    for code in sorted(said):
        yield {**stated, **dict.fromkeys(both, code)}
