"""What is asked: parties, interests, a rule, a day, and perhaps the seeds by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearance.model.interest import Interest
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Rule, Test


@dataclass(frozen=True, slots=True)
class World:
    """One question to the reference.

    ``seeds`` replace the rule's criteria and kinds; ``None`` leaves the criteria.
    """

    parties: tuple[Party, ...]
    interests: tuple[Interest, ...]
    rule: Rule
    day: int
    seeds: frozenset[str] | None = None

    @property
    def tests(self) -> tuple[Test, ...]:
        """The tests of the day, none where the rule is not in force."""
        version = self.rule.version_on(self.day)
        return version.tests if version else ()

    def everybody(self) -> dict[str, Party]:
        """Every party by id, those only named by an interest as stubs."""
        known = {party.id: party for party in self.parties}
        for party in self.parties:
            if party.branch_of:
                known.setdefault(party.branch_of, Party(party.branch_of, stub=True))
        for interest in self.interests:
            for name in (interest.interested_party, interest.subject, *interest.components):
                known.setdefault(name, Party(name, stub=True))
        for name in self.seeds or ():
            known.setdefault(name, Party(name, stub=True))
        return dict(sorted(known.items()))

    def unknown(self) -> frozenset[str]:
        """Holders nobody knows."""
        return frozenset(
            name for name, party in self.everybody().items() if party.kind is PartyKind.UNKNOWN
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A set in must and a set in may."""

    certain: frozenset[str] = field(default_factory=frozenset)
    possible: frozenset[str] = field(default_factory=frozenset)
