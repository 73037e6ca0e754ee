"""Verify proofs: what the independent checker says of each, and what else a reader must know.

1. The proof's rule is held against the rule that goes by its id, where there is one.
2. Regions that a policy filled in are held against those it should have filled in; where nobody
   says which these are, they are taken from the proof, and a note names them.
3. The snapshot must be the one the proof speaks of.
4. A customer has a proof for each ownership rule of the policy; one that fails makes it invalid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from clearance.model.proof import Certificate, Proof
from clearance.model.rows import Rows
from clearance.model.rule import Rule
from clearance.ownership.checker.check import Checked, check
from clearance.policy.reading.rules import needs_regions


class Reference(Rows, Protocol):
    """Rows that are known by a digest."""

    @property
    def digest(self) -> str:
        """The snapshot's digest, empty for data in memory."""
        ...


Restricted = Callable[[Sequence[str]], Sequence[str]]
"""The regions that a rule should name, given those a proof assumes."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A proof as it was found: ``why`` instead of it where none could be made."""

    proof: Proof | None
    certificates: Mapping[str, Certificate]
    party: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of one proof."""

    filed: Filed
    checked: Checked


def verify(
    filed: Sequence[Filed],
    reference: Reference | None = None,
    shipped: Callable[[str], Rule | None] = lambda name: None,
    restricted: Restricted | None = None,
) -> tuple[Verified, ...]:
    """Check each proof, with the snapshot if it is given, and the regions if they are known.

    **Cost**: for each proof its steps, and one pass over the party's ancestors.
    """
    return tuple(Verified(one, _checked(one, reference, shipped, restricted)) for one in filed)


def _checked(
    filed: Filed,
    reference: Reference | None,
    shipped: Callable[[str], Rule | None],
    restricted: Restricted | None,
) -> Checked:
    proof = filed.proof
    if proof is None:
        return Checked(f"no proof was made about {filed.party}: {filed.why}")
    if reference is not None and proof.run.snapshot != reference.digest:
        named = proof.run.snapshot[:19] or "data that was never stored"
        return Checked(f"the proof speaks of {named}, the snapshot is {reference.digest[:19]}")
    rule = shipped(proof.run.rule.id)
    assumed = proof.run.rule.seeds.regions
    left_open = rule is not None and needs_regions(rule) and proof.run.given is None
    if left_open and restricted is not None and set(restricted(assumed)) != set(assumed):
        return Checked(
            f"the proof assumes the regions {_listed(assumed)}; "
            f"it should assume {_listed(restricted(assumed))}"
        )
    checked = check(proof, filed.certificates, reference, _bound(rule, proof.run.rule))
    if left_open and restricted is None:
        note = f"the rule leaves its regions to a policy; the proof assumes {_listed(assumed)}"
        checked = replace(checked, notes=(*checked.notes, note))
    if rule is None:
        note = f"no rule is shipped as {proof.run.rule.id}; the proof's own was used"
        return replace(checked, notes=(*checked.notes, note))
    return checked


def _listed(regions: Sequence[str]) -> str:
    return ", ".join(sorted(regions)) or "none"


def _bound(shipped: Rule | None, stated: Rule) -> Rule | None:
    """The shipped rule with the regions that a policy gave it."""
    if shipped is None or shipped.seeds.regions:
        return shipped
    return replace(shipped, seeds=replace(shipped.seeds, regions=stated.seeds.regions))
