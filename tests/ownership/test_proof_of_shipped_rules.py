"""Every shipped rule over random worlds: no verdict unproved, every proof valid, none forged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ownership.proof_world import WorldRows, checked, prover_of
from tests.ownership.test_proof_mutations import Value, inlined, mutated, still_true
from tests.worlds import always, worlds

from clearance.adapters.policies.reading import load_rule, rule_ids
from clearance.model.errors import InputError
from clearance.model.proof_json import proof_from_json, proof_json
from clearance.model.rule import Rule
from clearance.ownership.checker.check import check


def in_force(name: str) -> Rule:
    """A shipped rule with its latest tests, in force on every day."""
    rule = load_rule(name)
    return replace(rule, versions=always(rule.versions[-1].tests))


@pytest.mark.parametrize("name", rule_ids())
@settings(max_examples=10)
@given(data=st.data())
def test_no_verdict_is_unproved_and_no_proof_forged(name: str, data: st.DataObject) -> None:
    world = data.draw(worlds(st.just(in_force(name))))
    prover, names = prover_of(world), tuple(world.everybody())
    for index, party in enumerate(names):
        proof = prover.prove(index)
        assert checked(world, prover, proof).flaw == "", party
        assert checked(world, prover, proof, alone=True).flaw == "", party
    proof = prover.prove(data.draw(st.integers(0, len(names) - 1)))
    whole: Value = json.loads(json.dumps(proof_json(inlined(proof, dict(prover.certificates)))))
    for _ in range(4):
        try:
            forged = proof_from_json(mutated(data.draw, whole, names))  # type: ignore[arg-type]
        except InputError:
            continue
        found = check(forged, {}, WorldRows(world), world.rule)
        assert not found.valid or still_true(world, forged)
