"""A rule is data: what counts, how much, added how, from whom, and when.

1. Every parameter of a restriction is a field here; the engine has no branch on a rule's name.
2. Outside its periods of force a rule reaches nobody, its seeds included.
3. A rule that changes over time has one ``Version`` a period; the day decides.
4. Reaching is one test of ``tests`` passing (any-of), under every reading of ``readings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from clearance.model.interest import TRUST_ROLES, InterestType, Measure
from clearance.model.party import PartyKind


class Operator(StrEnum):
    """How a total is held against a threshold."""

    OVER = ">"
    AT_LEAST = ">="


class Aggregation(StrEnum):
    """Whose holdings are added: all restricted parties', or one party's (or joint group's)."""

    POOLED = "pooled"
    PER_PARTY = "per-party"


class Reading(StrEnum):
    """What "indirectly" means."""

    CASCADE = "cascade"
    PRODUCT = "product"
    HYBRID = "hybrid"
    MAJORITY_CHAIN = "majority-chain"


class Level(StrEnum):
    """What a finding does, strongest first: the order of declaration."""

    BARS = "bars"
    PRESUMED = "presumed"
    REVIEW = "review"
    FLAG = "flag"


class SeedFact(StrEnum):
    """Which fact about a party puts it inside a region."""

    INCORPORATED = "incorporated"
    HEADQUARTERED = "headquartered"
    PRINCIPAL_PLACE = "principal-place-of-business"
    GOVERNMENT = "government"
    RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Test:
    """``measure`` ``operator`` ``threshold``, the threshold a fraction of the whole."""

    measure: Measure
    operator: Operator
    threshold: Fraction

    __test__ = False


@dataclass(frozen=True, slots=True)
class Seeds:
    """Who is restricted in the first place.

    A party is a seed if its kind is in ``kinds`` and it stands on one of ``lists``, or one of
    ``facts`` puts it in a region of ``regions`` (out of every one of them, where ``outside``), or
    ``everyone`` of these kinds is (owner-finding rules).
    """

    kinds: tuple[PartyKind, ...] = (PartyKind.ENTITY,)
    lists: tuple[str, ...] = ()
    facts: tuple[SeedFact, ...] = ()
    regions: tuple[str, ...] = ()
    outside: bool = False
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """What a control interest of a restricted party does.

    ``level`` is ``None`` where the rule gives control no effect. ``exact_half``: holding exactly
    50 % is control. ``other_kinds_of_region``: so is a majority held by persons, states or
    arrangements of a region whose parties of other kinds the rule restricts. ``presumption`` is a
    test below the ownership threshold that presumes control, unless (``offset``) one holder who
    may not be restricted holds as much.
    """

    level: Level | None = None
    types: tuple[InterestType, ...] = ()
    exact_half: bool = False
    other_kinds_of_region: bool = False
    presumption: Test | None = None
    offset: bool = False
    whole_in_hybrid: bool = False


@dataclass(frozen=True, slots=True)
class Force:
    """A half-open period of days in which a rule, or a version of it, applies."""

    start: int
    end: int

    def covers(self, day: int) -> bool:
        """Does it apply on this day?"""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Version:
    """The tests that apply during ``force``."""

    force: Force
    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands written, and whether the original was read."""

    text: str
    url: str = ""
    primary: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One regime's attribution rule.

    **Shape**: ``versions`` do not overlap; a day outside all of them is not in force.
    ``owners`` marks rules that find owners and bar nobody. ``consolidation`` says whether GLEIF
    accounting consolidation counts as a presumed majority of shares (else: control evidence).
    ``options`` counts options and warrants as exercised. ``trusts`` are the roles whose the
    holding of an arrangement is. ``verified`` is ``yes`` or names what was not verified.
    """

    id: str
    title: str
    versions: tuple[Version, ...]
    aggregation: Aggregation
    readings: tuple[Reading, ...]
    seeds: Seeds
    control: Control = Control()
    owners: bool = False
    consolidation: bool = False
    options: bool = False
    trusts: tuple[InterestType, ...] = TRUST_ROLES
    verified: str = "yes"
    citations: tuple[Citation, ...] = ()

    def version_on(self, day: int) -> Version | None:
        """The version in force on ``day``, or ``None``."""
        return next((version for version in self.versions if version.force.covers(day)), None)
