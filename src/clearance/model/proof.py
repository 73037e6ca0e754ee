"""What a proof says: the words of the format that ``docs/formats/proof.md`` describes.

1. A proof argues about one party on one day under one rule; the rule, the day and the reference
   data are its *run*, shared by all proofs of a run.
2. An argument settles one reading on one side. ``must`` counts lower ends, ``may`` upper ends.
3. ``reached`` is shown by *steps*: each follows from the ones before it, so the least fixpoint
   contains it. Steps that carry the same ``together`` are solved as one loop.
4. ``clear`` is shown by *ceilings*: values that the rule's equations never lift further, so the
   least fixpoint stays below them. A party without a ceiling has the ceiling 0.
5. ``certain`` is must-reached in every reading; ``no`` is may-clear in every reading; ``possible``
   is may-reached in one and must-clear in one.

Not here: bytes (``proof_json``) and judgement (``ownership.checker``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from clearance.model.interest import Interest, Measure
from clearance.model.rule import Level, Reading, Rule, Test
from clearance.model.verdict import Missing, Reached

FORMAT = "clearance-proof/1"
"""Names the format and its version; a reader refuses any other."""


class Side(StrEnum):
    """Which ends of the stated intervals are counted."""

    MUST = "must"
    MAY = "may"

    @property
    def other(self) -> Side:
        """The other side."""
        return Side.MAY if self is Side.MUST else Side.MUST


class Scope(StrEnum):
    """Which parties pass restriction on: owned ones, or also controlled ones."""

    OWNED = "owned"
    CONTROLLED = "controlled"


class Shows(StrEnum):
    """What an argument concludes about the party."""

    REACHED = "reached"
    CLEAR = "clear"


class Because(StrEnum):
    """Why a step holds."""

    SEED = "seed"
    UNKNOWN = "unknown"
    OWNERLESS = "ownerless"
    HOLDINGS = "holdings"
    OWNED = "owned"
    CONTROL = "control"


@dataclass(frozen=True, slots=True)
class End:
    """One end of an interval: a fraction of the whole, ``open`` where it is not itself reached.

    >>> End(Fraction(1, 2), open=True)
    End(value=Fraction(1, 2), open=True)
    """

    value: Fraction
    open: bool = False


NOTHING = End(Fraction(0))
EVERYTHING = End(Fraction(1))


@dataclass(frozen=True, slots=True)
class Step:
    """One party, and how much of it is restricted at the least (must) or may be (may).

    **Shape**: ``total`` is claimed, the checker recomputes it from ``interests`` and earlier steps;
    ``measure`` is what is counted (``None`` for seeds and control). ``fact`` is the seed's fact
    (``headquartered XA``, ``list us-ofac-sdn``, ``given``) or the control finding's name.
    ``owned`` steps stand in arguments about the controlled and speak of ownership alone.
    ``interests`` are the statements counted, as the snapshot holds them. ``members`` are the whole
    ownerless group. ``together`` numbers the loop a step is solved in, 0 outside loops.
    ``arrangements`` are the legal arrangements among the subjects of cited roles and nominations.
    """

    party: str
    because: Because
    total: End
    measure: Measure | None = None
    fact: str = ""
    interests: tuple[Interest, ...] = ()
    members: tuple[str, ...] = ()
    together: int = 0
    arrangements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """A closed set: no party's total exceeds its ceiling, given everybody's.

    **Shape**: ``ceilings`` by party id; absent means 0. ``scope`` tells the ceilings of ownership
    from the members of the controlled, ``measure`` those of one measure from all. ``root`` is the
    one seed counted (per-party rules only); empty counts all seeds at once, which bounds every
    single one. Which equations it is closed under says the argument that uses it, so one set may
    serve several. ``least`` stands beside the ceilings of *may*: whoever is outside it lifts
    presumptions that would be sure, though the ceilings may name more.
    """

    side: Side
    ceilings: Mapping[str, End]
    root: str = ""
    scope: Scope = Scope.OWNED
    measure: Measure | None = None
    least: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """One half of the case: under ``reading``, on ``side``, the party is reached or clear.

    **Shape**: ``steps`` where it shows ``reached``; where it shows ``clear``, ``cites`` holds
    digests of the run's certificates and ``own`` certificates made for this party alone.
    ``besides`` are steps on the other side: in *may*, what is sure and so possible, too; in *must*,
    whom somebody may restrict, so that it lifts no presumption. Certificates of the other side do
    the same where the argument shows ``clear``.
    """

    reading: Reading
    side: Side
    scope: Scope
    shows: Shows
    measure: Measure | None = None
    root: str = ""
    steps: tuple[Step, ...] = ()
    cites: tuple[str, ...] = ()
    own: tuple[Certificate, ...] = ()
    besides: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What all proofs of one run share.

    **Shape**: ``as_of`` a day; ``snapshot`` the digest of the reference data, empty where there is
    none; ``tests`` those in force (empty: not in force); ``assumed`` where the day lies outside
    the rule's periods and the caller assumed otherwise; ``given`` are seeds that replace the
    rule's own, ``None`` where the rule names them.
    """

    rule: Rule
    as_of: int
    snapshot: str
    tests: tuple[Test, ...]
    assumed: bool = False
    given: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the proof claims.

    **Shape**: ``at_least`` and ``at_most`` are ends of the share that this proof establishes,
    ``None`` where it establishes none; they are no tighter than the engine's answer.
    """

    reached: Reached
    level: Level | None = None
    at_least: End | None = None
    at_most: End | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """One party's verdict and the arguments that it follows from."""

    run: Run
    party: str
    claim: Claim
    arguments: tuple[Argument, ...]
    missing: tuple[Missing, ...] = ()
