"""Every verdict's proof convinces the checker, and no mutation of one proves what is not so."""

from __future__ import annotations

import json

from hypothesis import given
from tests.ownership.proof_world import WorldRows
from tests.reference.verdict import verdicts
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import worlds

from clearance.model.proof import Claim, Proof, Run
from clearance.model.proof_json import proof_from_json, proof_json
from clearance.ownership.checker import Checked, check
from clearance.ownership.proof_arguments import Maker
from clearance.ownership.proof_known import Known


def run_of(world: World) -> Run:
    """The run that a world's proofs share."""
    given = None if world.seeds is None else tuple(sorted(world.seeds))
    return Run(world.rule, world.day, "", world.tests, given=given)


def proof_of(world: World, party: str) -> Proof:
    """A proof of the reference's verdict."""
    verdict = verdicts(world)[party]
    run = run_of(world)
    arguments = Maker(run, Known(WorldRows(world)), party).arguments(verdict.reached, verdict.level)
    return Proof(run, party, Claim(verdict.reached, verdict.level), arguments)


def checked(world: World, proof: Proof) -> Checked:
    """What the checker says, with the snapshot."""
    return check(proof, {}, WorldRows(world))


PLAIN = frozenset(["bands", "unstated", "unknown", "attributed"])


@given(worlds(rules(controls=["none"]), PLAIN))
def test_every_verdict_has_a_proof_that_the_checker_accepts(world: World) -> None:
    for party in world.everybody():
        proof = proof_of(world, party)
        assert checked(world, proof).flaw == "", party
        assert proof_from_json(json.loads(json.dumps(proof_json(proof)))) == proof
