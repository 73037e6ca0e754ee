"""The independent checker: does a proof prove what it claims?

1. It shares nothing with the engine but the model: own slicing, own fusion, own sums, in fractions.
2. Every argument is followed by itself; then the claim must follow from what the arguments show.
3. With a snapshot every cited row must stand in it and nothing live may have been left out.
   Without one the answer says that completeness was not checked.
4. The first thing that fails is named; nothing after it is looked at.

**Source**: docs/formats/proof.md; Knaster and Tarski's fixpoint theorem for both kinds of argument.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clearance.model.dates import text_of_day
from clearance.model.proof import EVERYTHING, Argument, Certificate, End, Proof, Scope, Shows, Side
from clearance.model.proof_json import certificate_json, digest
from clearance.model.rows import Rows
from clearance.model.rule import Reading, Rule
from clearance.model.verdict import Reached
from clearance.ownership.checker.ceilings import Ceilings, ancestors
from clearance.ownership.checker.claim import Evidence, follows
from clearance.ownership.checker.equations import Equations
from clearance.ownership.checker.seeds import seed_facts
from clearance.ownership.checker.standing import Standing
from clearance.ownership.checker.steps import follow
from clearance.ownership.checker.words import Flaw


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checker found.

    **Shape**: ``flaw`` is empty where the proof is valid, else the first thing that fails;
    ``complete`` says whether it was also checked that no live row was left out; ``notes`` are what
    a reader should know besides.
    """

    flaw: str = ""
    complete: bool = False
    notes: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Does the proof prove its claim?"""
        return not self.flaw


def check(
    proof: Proof,
    certificates: Mapping[str, Certificate],
    rows: Rows | None = None,
    shipped: Rule | None = None,
) -> Checked:
    """Check a proof, with the snapshot where there is one.

    Use this when a verdict must be believed by somebody who does not believe the engine.

    **Shape**: ``certificates`` by digest, those that the proof cites at least; ``shipped`` is the
    rule that goes by the proof's rule id, where the reader has one.

    **Cost**: the proof's steps, and one pass over the party's ancestors where it is clear.
    """
    notes = () if rows is not None else ("completeness not checked",)
    try:
        _run(proof, rows, shipped)
        if proof.run.tests:
            evidence = [
                _argued(proof, argument, certificates, rows, f"argument {place}")
                for place, argument in enumerate(proof.arguments, 1)
            ]
            follows(proof, evidence)
        else:
            _not_in_force(proof)
    except Flaw as flaw:
        return Checked(str(flaw), rows is not None, notes)
    return Checked("", rows is not None, notes)


def _run(proof: Proof, rows: Rows | None, shipped: Rule | None) -> None:
    run = proof.run
    if shipped is not None and shipped != run.rule:
        raise Flaw(f"the rule {run.rule.id} is not the one that goes by that name")
    version = run.rule.version_on(run.as_of)
    day = text_of_day(run.as_of)
    if version is not None and (run.tests != version.tests or run.assumed):
        raise Flaw(f"the tests are not those that {run.rule.id} has on {day}")
    known = any(run.tests == found.tests for found in run.rule.versions)
    if version is None and run.tests and not (run.assumed and known):
        raise Flaw(f"{run.rule.id} is not in force on {day}")
    if rows is not None and rows.party(proof.party) is None:
        raise Flaw(f"{proof.party} is not in the snapshot")


def _not_in_force(proof: Proof) -> None:
    if proof.claim.reached is not Reached.NO or proof.claim.level is not None:
        raise Flaw(f"{proof.run.rule.id} is not in force, so it reaches nobody")


def _argued(
    proof: Proof,
    argument: Argument,
    certificates: Mapping[str, Certificate],
    rows: Rows | None,
    place: str,
) -> Evidence:
    """What one argument shows; its flaw carries the argument's place where there are several."""
    where = f"{place}, " if len(proof.arguments) > 1 else ""
    try:
        if argument.shows is Shows.REACHED:
            end = follow(Standing(proof.run, argument, rows), proof.party)
            return Evidence(argument, end)
        return _cleared(proof, argument, certificates, rows)
    except Flaw as flaw:
        raise Flaw(f"{where}{flaw}") from None


def _cleared(
    proof: Proof,
    argument: Argument,
    certificates: Mapping[str, Certificate],
    rows: Rows | None,
) -> Evidence:
    found = list(argument.own)
    for cited in argument.cites:
        certificate = certificates.get(cited)
        if certificate is None or digest(certificate_json(certificate)) != cited:
            raise Flaw(f"the certificate {cited[:19]}… is not there")
        found.append(certificate)
    if not found:
        raise Flaw("it cites no certificate")
    for certificate in found:
        if certificate.side is not argument.side:
            continue
        counts = certificate.scope is Scope.CONTROLLED or argument.reading is Reading.CASCADE
        if counts and certificate.ceilings.get(proof.party) == EVERYTHING:
            raise Flaw(f"{proof.party} is not outside the closed set")
    if rows is None:
        return Evidence(argument, None)
    equations = Equations(
        proof.run, rows, argument.reading, argument.side, argument.scope, argument.measure
    )
    _roots(equations, proof.party, found)
    ends = [_closed(proof, argument, rows, group) for group in _by_root(found)]
    return Evidence(argument, max(ends, key=lambda end: end.value))


def _by_root(found: list[Certificate]) -> list[list[Certificate]]:
    roots = sorted({certificate.root for certificate in found})
    return [[item for item in found if item.root == root] for root in roots]


def _closed(proof: Proof, argument: Argument, rows: Rows, group: list[Certificate]) -> End:
    """What is left of the party at one root's ceilings."""
    mine = [item for item in group if item.side is argument.side]
    others = [item for item in group if item.side is not argument.side]
    ceilings = _ceilings(proof, argument, rows, [item for item in mine if not item.least])
    if others:
        turned = replace(argument, side=argument.side.other)
        besides = replace(_ceilings(proof, turned, rows, others), vouched=True)
        lifting = ceilings
        if any(item.least for item in mine):
            smallest = [item for item in mine if item.least or item.scope is Scope.OWNED]
            lifting = replace(_ceilings(proof, argument, rows, smallest), vouched=True)
            lifting = _beside(lifting, besides)
        ceilings = _beside(ceilings, _beside(besides, lifting))
    return ceilings.clear(proof.party)


def _beside(ceilings: Ceilings, besides: Ceilings) -> Ceilings:
    """Ceilings with those of the other side, which bound them where they count."""
    return replace(ceilings, besides=besides, owned=_paired(ceilings, besides))


def _paired(ceilings: Ceilings, besides: Ceilings) -> tuple[Ceilings, ...]:
    """Ceilings of ownership, each with those of the other side in its measure."""
    found = []
    for each in ceilings.owned:
        wanted = (None, each.certificate.measure)
        others = (one for one in besides.owned if one.certificate.measure in wanted)
        found.append(replace(each, besides=next(others, None)))
    return tuple(found)


def _ceilings(proof: Proof, argument: Argument, rows: Rows, group: list[Certificate]) -> Ceilings:
    """One side's certificates as the ceilings of the argument's equations."""
    equations = Equations(
        proof.run, rows, argument.reading, argument.side, argument.scope, argument.measure
    )
    ownership = replace(equations, scope=Scope.OWNED)
    owned = tuple(
        Ceilings(replace(ownership, measure=item.measure or ownership.measure), item)
        for item in group
        if item.scope is Scope.OWNED
    )
    members = [item for item in group if item.scope is Scope.CONTROLLED]
    if argument.scope is Scope.OWNED:
        if len(owned) != 1 or owned[0].certificate.measure not in (None, argument.measure):
            raise Flaw("it cites no certificate of ownership, or more than one")
        return owned[0]
    if not members:
        members, owned = [item.certificate for item in owned[:1]], owned[:1]
    if not members:
        raise Flaw("it cites no certificate")
    if not equations.cascades:
        covered = {item.certificate.measure for item in owned}
        if owned and None not in covered and not covered.issuperset(ownership.measures()):
            raise Flaw("it cites no certificate of ownership for some measure")
        owned = owned or (Ceilings(ownership, members[0]),)
    return Ceilings(equations, members[0], owned)


def _roots(equations: Equations, party: str, found: list[Certificate]) -> None:
    """Either one certificate counts all seeds at once, or every seed has its own."""
    roots = {certificate.root for certificate in found}
    if "" in roots:
        return
    if not equations.single:
        raise Flaw("a certificate for one seed shows nothing where seeds are pooled")
    side: Side = equations.side
    for ancestor in sorted(ancestors(equations, party)):
        if ancestor not in roots and seed_facts(equations.rows, equations.run, ancestor, side):
            raise Flaw(f"no certificate counts the seed {ancestor}")
