"""Every verdict's proof convinces the checker, which knows nothing of the engine."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from tests.graphs import graph, share
from tests.ownership.proof_world import WorldRows, checked, prover_of
from tests.ownership.worked_examples import EXAMPLES, Example
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import ALL_FEATURES, DAY, NOMINEES, worlds

from clearance.adapters.policies.reading import load_rule
from clearance.model.dates import day_of
from clearance.model.interest import Interest, InterestType
from clearance.model.party import Party, PartyKind
from clearance.model.plain import Json
from clearance.model.proof import (
    EVERYTHING,
    Argument,
    Certificate,
    Claim,
    Proof,
    Scope,
    Shows,
    Side,
)
from clearance.model.proof_json import proof_from_json, proof_json
from clearance.model.rule import Reading, Seeds
from clearance.model.verdict import Missing, Reached
from clearance.ownership.checker.check import check
from clearance.ownership.proof.prover import Prover


@given(worlds(rules()))
def test_every_verdict_has_a_proof_that_the_checker_accepts(world: World) -> None:
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        proof = prover.prove(index)
        assert checked(world, prover, proof).flaw == "", party


@given(worlds(rules(), ALL_FEATURES | NOMINEES))
def test_who_stands_behind_a_nominee_is_proved(world: World) -> None:
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        proof = prover.prove(index)
        assert checked(world, prover, proof).flaw == "", party
        assert checked(world, prover, proof, alone=True).flaw == "", party


@given(worlds(rules()))
def test_a_proof_of_being_reached_holds_without_the_rows(world: World) -> None:
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        found = checked(world, prover, prover.prove(index), alone=True)
        assert found.flaw == "", party
        assert found.notes == ("completeness not checked",)


@given(worlds(rules()))
def test_a_proof_survives_writing_and_reading(world: World) -> None:
    prover = prover_of(world)
    for index in range(len(world.everybody())):
        proof = prover.prove(index)
        assert proof_from_json(json.loads(json.dumps(proof_json(proof)))) == proof


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_worked_example_has_a_valid_proof(example: Example) -> None:
    world = World(example.parties, example.graph, example.rule_record(), example.day, example.seeds)
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        assert checked(world, prover, prover.prove(index)).flaw == "", party


CHAIN = World(
    (), graph("P -51%-> S; S -60%-> T; Q -40%-> T"), load_rule("cascade-50"), DAY, frozenset("P")
)


def _proof(world: World, party: str) -> tuple[Prover, Proof]:
    prover = prover_of(world)
    index = WorldRows(world).index(party)
    assert index is not None
    return prover, prover.prove(index)


def _altered(proof: Proof, old: str, new: str) -> Proof:
    text = json.dumps(proof_json(proof))
    assert old in text
    value: Json = json.loads(text.replace(old, new))
    return proof_from_json(value)


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        ('"share": "51"', '"share": "45"', "step 2: P 45 % of S (s1) is not in the snapshot"),
        ('"total": "51"', '"total": "52"', "step 2: 51 % of S held by P is not the 52 % claimed"),
        ('"fact": "given"', '"fact": "list l"', "step 1: 'list l' makes nobody a seed"),
        ('"reached": "certain"', '"reached": "no"', "nothing shows T clear in may under cascade"),
        ('"level": "bars"', '"level": "flag"', "the level shown is bars, not flag"),
        ('"party": "P"', '"party": "Q"', "step 1: 'given' makes nobody a seed"),
        ('"as_of": "2026-06-01"', '"as_of": "2026-06-02"', ""),
    ],
)
def test_an_altered_proof_fails_where_it_was_altered(old: str, new: str, flaw: str) -> None:
    prover, proof = _proof(CHAIN, "T")
    found = checked(CHAIN, prover, _altered(proof, old, new))
    assert found.flaw.startswith(flaw)
    assert found.valid is (flaw == "")


def test_without_the_rows_an_altered_share_fails_by_its_sum() -> None:
    prover, proof = _proof(CHAIN, "T")
    found = checked(CHAIN, prover, _altered(proof, '"share": "51"', '"share": "45"'), alone=True)
    assert found.flaw == "step 2: 45 % of S held by P is not > 50 %"


def test_a_dropped_step_is_missed_by_the_next() -> None:
    prover, proof = _proof(CHAIN, "T")
    argument = proof.arguments[0]
    fewer = replace(argument, steps=(argument.steps[0], argument.steps[2]))
    found = checked(CHAIN, prover, replace(proof, arguments=(fewer,)))
    assert found.flaw == "step 2: 0 % of T held by S is not > 50 % (S not shown restricted before)"


def test_steps_keep_only_what_the_last_one_rests_on() -> None:
    world = World(
        (),
        graph("P -51%-> S; P -99%-> X; S -60%-> T; P -5%-> T"),
        load_rule("cascade-50"),
        DAY,
        frozenset("P"),
    )
    _, proof = _proof(world, "T")
    steps = proof.arguments[0].steps
    assert [step.party for step in steps] == ["P", "S", "T"]
    assert [row.statement for row in steps[-1].interests] == ["s3"]


def test_a_row_left_out_of_the_rows_is_found_by_the_closed_set() -> None:
    cut = replace(CHAIN, interests=CHAIN.interests[1:])
    prover, proof = _proof(cut, "T")
    assert proof.claim.reached is Reached.NO
    assert checked(cut, prover, proof).valid
    found = check(proof, prover.certificates, WorldRows(CHAIN))
    assert found.flaw.startswith("the certificate gives P at most 0 %, but it is restricted")


def test_a_party_nobody_is_near_cites_the_one_empty_certificate() -> None:
    prover, proof = _proof(CHAIN, "Q")
    (cited,) = {name for argument in proof.arguments for name in argument.cites}
    assert prover.certificates[cited].ceilings == {}


def test_a_loop_is_solved_exactly_and_shown_to_drain() -> None:
    world = World(
        (),
        graph("P -80%-> C1; P -60%-> C2; C1 -30%-> C2; C2 -20%-> C1"),
        load_rule("product"),
        DAY,
        frozenset("P"),
    )
    prover, proof = _proof(world, "C1")
    steps = proof.arguments[0].steps
    assert {step.together for step in steps[1:]} == {1}
    assert str(steps[-1].total.value) == "46/47"
    assert checked(world, prover, proof).valid


def test_a_loop_cannot_vouch_for_itself() -> None:
    world = World(
        (),
        graph("P -80%-> A; A -100%-> B; B -100%-> A"),
        load_rule("product"),
        DAY,
        frozenset("P"),
    )
    prover, proof = _proof(world, "B")
    loop = tuple(
        replace(step, together=1) for step in proof.arguments[0].steps if step.party in ("A", "B")
    )
    argument = replace(proof.arguments[0], steps=loop)
    found = checked(world, prover, replace(proof, arguments=(argument,)))
    assert not found.valid


def test_a_possible_verdict_says_what_is_missing() -> None:
    rows = graph("P -30%-> T; U -?-> T; P -60%-> S; P -20%-> N")
    stranger = Party("U", kind=PartyKind.UNKNOWN)
    world = World((stranger,), rows, load_rule("cascade-50"), DAY, frozenset("P"))
    missing = {party: _proof(world, party)[1].missing for party in "TSN"}
    assert Missing("T", "who the unknown holder is", "whether T is reached") in missing["T"]
    assert missing["S"] == missing["N"] == ()


def test_a_controlled_party_counts_as_much_as_its_controller_and_no_more() -> None:
    rows = graph("P -40%-> A; B -100%-> T; A -60%-> S")
    control = Interest("A", "B", InterestType.otherInfluenceOrControl, share("?"), statement="c")
    rule = replace(load_rule("us-tier-850-206"), id="tier")
    world = World((), (*rows, control), rule, DAY, frozenset("P"))
    prover, proof = _proof(world, "T")
    assert proof.claim.reached is Reached.NO
    assert checked(world, prover, proof).valid
    more = replace(world, interests=(*graph("P -60%-> A; B -100%-> T"), control))
    prover, proof = _proof(more, "T")
    assert proof.claim.reached is Reached.CERTAIN
    assert checked(more, prover, proof).valid
    assert not checked(
        more, prover, replace(proof, arguments=_proof(world, "T")[1].arguments)
    ).valid


def test_a_group_grows_by_votes_and_not_by_shares_without_them() -> None:
    votes = graph("N -70%-> S; P -30%-> S", InterestType.votingRights)
    rows = (*graph("P -60%-> S; S -60%-> T"), *votes)
    world = World((), rows, load_rule("uk-ofsi"), DAY, frozenset("P"))
    prover, proof = _proof(world, "T")
    assert checked(world, prover, proof).valid
    assert proof.claim.reached is Reached.NO


def test_a_rule_not_in_force_needs_no_argument() -> None:
    world = replace(CHAIN, rule=load_rule("us-ofac-50"), day=day_of("2000-01-01"))
    prover, proof = _proof(world, "T")
    assert proof.arguments == ()
    assert checked(world, prover, proof).valid
    claim = replace(proof.claim, reached=Reached.CERTAIN)
    assert not checked(world, prover, replace(proof, claim=claim)).valid


@given(worlds(rules(controls=("offset",), percents=(50,))))
def test_proofs_agree_with_the_engine_on_who_lifts_presumptions(world: World) -> None:
    prover = prover_of(world)
    for index, party in enumerate(world.everybody()):
        assert checked(world, prover, prover.prove(index)).flaw == "", party


VOUCHING = World(
    (),
    graph("R -30%-> A; R -30%-> T; A -40%-> T; T -40%-> A; N -5%-> T"),
    replace(load_rule("us-itar"), seeds=Seeds()),
    DAY,
    frozenset("R"),
)


def test_two_who_would_vouch_for_each_other_are_proved_possible() -> None:
    prover, proof = _proof(VOUCHING, "T")
    assert proof.claim.reached is Reached.POSSIBLE
    assert checked(VOUCHING, prover, proof).valid


def test_a_set_that_vouches_for_itself_clears_nobody() -> None:
    prover, proof = _proof(VOUCHING, "T")
    alone = Certificate(Side.MAY, {"R": EVERYTHING}, scope=Scope.CONTROLLED)
    argument = Argument(Reading.CASCADE, Side.MAY, Scope.CONTROLLED, Shows.CLEAR, own=(alone,))
    clear = replace(proof, claim=Claim(Reached.NO), arguments=(argument,), missing=())
    assert "is controlled: presumption" in checked(VOUCHING, prover, clear).flaw


def test_two_sides_that_vouch_for_each_other_clear_nobody() -> None:
    prover, proof = _proof(VOUCHING, "T")
    alone = Certificate(Side.MAY, {"R": EVERYTHING}, scope=Scope.CONTROLLED)
    own = (alone, replace(alone, side=Side.MUST))
    argument = Argument(Reading.CASCADE, Side.MAY, Scope.CONTROLLED, Shows.CLEAR, own=own)
    clear = replace(proof, claim=Claim(Reached.NO), arguments=(argument,), missing=())
    assert "is controlled: presumption" in checked(VOUCHING, prover, clear).flaw


BRANCHES = World(
    (Party("B", branch_of="H"),), graph("B -100%-> H"), load_rule("cascade-50"), DAY, frozenset()
)


def test_a_group_without_owner_names_its_branches() -> None:
    prover, proof = _proof(BRANCHES, "H")
    (step,) = proof.arguments[0].steps
    assert (step.party, step.fact, step.members) == ("B", "branch of H", ("B", "H"))
    unnamed = replace(proof.arguments[0], steps=(replace(step, fact=""),))
    without = replace(proof, arguments=(unnamed, *proof.arguments[1:]))
    found = checked(BRANCHES, prover, without, alone=True)
    assert found.flaw == "argument 1, step 1: B, H do not hold all of each other"


def test_who_is_no_branch_holds_nothing_by_being_called_one() -> None:
    world = replace(BRANCHES, parties=())
    prover, proof = _proof(BRANCHES, "H")
    assert "do not hold all of each other" in checked(world, prover, proof).flaw
