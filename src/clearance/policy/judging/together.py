"""What weak evidence yields together: kinds that name one country, a network beside a fact.

1. A weak fact alone (a bill, a number, an address) is at most review: a traveller is no company
   that has moved.
2. Two kinds of weak evidence that name one unsupported country yield what ``agreeing`` says.
3. A network kind that two voices name yields what ``with_fact`` says, where a fact about the
   organisation itself leads to review or further.

**Source**: docs/guides/policies.md, the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clearance.model.outcome import Outcome
from clearance.model.region import country_of
from clearance.policy.document import Policy
from clearance.policy.judging.networks import NETWORK, Seen
from clearance.policy.reasons.reason import Reason

STRONG = ("headquarters", "incorporation", "register_headquarters", "register_incorporation")
"""Facts about the organisation itself; every other fact is weak."""

_OWNED = frozenset(
    ("ownership_certain", "ownership_presumed", "ownership_possible", "ownership_control")
)


@dataclass(frozen=True, slots=True)
class Together:
    """A policy's words on evidence that comes together.

    **Shape**: outcomes by rule id; ``unsupported`` are the codes that region rules give.
    """

    agreeing: Mapping[str, Outcome]
    with_fact: Mapping[str, Outcome]
    weak: frozenset[str]
    strong: frozenset[str]
    unsupported: frozenset[str]

    @classmethod
    def of(cls, policy: Policy) -> Together:
        """What a policy says."""
        regions = policy.region_rules
        return cls(
            {rule.id: rule.agreeing for rule in regions if rule.agreeing is not None},
            {rule.id: rule.with_fact for rule in policy.network_rules},
            frozenset(rule.id for rule in regions if rule.fact not in STRONG),
            frozenset(rule.id for rule in regions if rule.fact in STRONG),
            frozenset(rule.reason for rule in regions),
        )

    def raised(self, reasons: Sequence[Reason], seen: Seen) -> Mapping[Reason, Reason]:
        """The reasons that mean more together, each with what takes its place."""
        found: dict[Reason, Reason] = {}
        if self.agreeing:
            found.update(self._agreed(reasons, seen))
        if not self.with_fact.keys().isdisjoint([reason.rule for reason in seen.reasons]):
            found.update(self._beside_fact(reasons))
        return found

    def _agreed(self, reasons: Sequence[Reason], seen: Seen) -> Iterator[tuple[Reason, Reason]]:
        weak = [(reason, *at) for reason in reasons for at in self._weak(reason, seen)]
        for reason, kind, country in weak:
            others = {other for _, other, where in weak if where == country and other != kind}
            outcome = self.agreeing.get(reason.rule, reason.outcome)
            if others and outcome > reason.outcome:
                text = f"{reason.text}; so does {' and '.join(sorted(others))}"
                yield (
                    reason,
                    replace(reason, code="region_agreeing", outcome=outcome, text=text),
                )

    def _weak(self, reason: Reason, seen: Seen) -> Iterable[tuple[str, str]]:
        """Which kind of weak evidence a reason is, and what country it names."""
        if reason.rule not in self.weak or reason.code not in self.unsupported:
            return ()
        kind, value = reason.evidence[0].fact, reason.evidence[0].value
        if kind == NETWORK and value != seen.country:
            return ()
        return ((kind, country_of(value)),)

    def _beside_fact(self, reasons: Sequence[Reason]) -> Iterator[tuple[Reason, Reason]]:
        if not any(self._against(reason) for reason in reasons):
            return
        for reason in reasons:
            outcome = self.with_fact.get(reason.rule, reason.outcome)
            if reason.code == "network_agreed" and outcome > reason.outcome:
                text = f"{reason.text}; a fact about the organisation stands against it as well"
                code = "network_with_fact"
                yield reason, replace(reason, code=code, outcome=outcome, text=text)

    def _against(self, reason: Reason) -> bool:
        """Is it a fact about the organisation that leads to review or further?"""
        if reason.outcome < Outcome.REVIEW:
            return False
        placed = reason.rule in self.strong and reason.code in self.unsupported
        return placed or reason.code in _OWNED
