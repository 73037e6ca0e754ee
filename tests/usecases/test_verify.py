"""What verifying says besides: whatever the proof assumes and nobody held against anything."""

from __future__ import annotations

import pytest
from tests.graphs import graph
from tests.ownership.proof_world import prover_of
from tests.reference.world import World
from tests.worlds import DAY

from clearance.adapters.policies.reading import load_rule
from clearance.model.party import Party
from clearance.policy.reading.rules import with_regions
from clearance.usecases.verify import Filed, verify


def test_a_note_names_the_regions_that_a_policy_gave() -> None:
    rule = with_regions(load_rule("provider-regions"), ("XB", "XA"))
    world = World((Party("P", headquarters="XA"),), graph("P -60%-> T"), rule, DAY)
    prover = prover_of(world)
    filed = Filed(prover.prove(1), prover.certificates, "T")
    (found,) = verify((filed,), shipped=load_rule)
    assert found.checked.valid
    assert found.checked.notes[1] == (
        "the rule leaves its regions to a policy; the proof assumes XA, XB"
    )


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        (("XA", "XB"), ""),
        (("XB", "XA"), ""),
        (("XA",), "the proof assumes the regions XA, XB; it should assume XA"),
        (("XA", "XC"), "the proof assumes the regions XA, XB; it should assume XA, XC"),
        ((), "the proof assumes the regions XA, XB; it should assume none"),
    ],
)
def test_a_proof_must_assume_the_regions_that_it_should(line: tuple[str, ...], flaw: str) -> None:
    rule = with_regions(load_rule("provider-regions"), ("XB", "XA"))
    prover = prover_of(World((Party("P", headquarters="XA"),), graph("P -60%-> T"), rule, DAY))
    filed = Filed(prover.prove(1), prover.certificates, "T")
    (found,) = verify((filed,), shipped=load_rule, restricted=lambda assumed: line)
    assert found.checked.flaw == flaw
    assert not any("assumes" in note for note in found.checked.notes)


def test_a_rule_with_its_own_seeds_has_no_such_note() -> None:
    world = World((), graph("P -60%-> T"), load_rule("cascade-50"), DAY, frozenset("P"))
    prover = prover_of(world)
    filed = Filed(prover.prove(1), prover.certificates, "T")
    (found,) = verify((filed,), shipped=load_rule)
    assert found.checked.notes == ("completeness not checked",)
