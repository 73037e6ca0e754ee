"""A mutated proof fails, or what it claims is still true.

Anything in a proof may be changed: a step dropped, two swapped, a share, a date, a holder, a
verdict, a certificate's ceiling, the day. Whatever the checker still accepts is held against the
reference's verdict.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st
from tests.ownership.proof_world import WorldRows, prover_of
from tests.reference.verdict import verdicts
from tests.reference.world import World
from tests.rules import rules
from tests.worlds import worlds

from clearance.model.errors import InputError
from clearance.model.proof import Certificate, Proof
from clearance.model.proof_json import proof_from_json, proof_json
from clearance.ownership.checker.check import check

Value: TypeAlias = "dict[str, Value] | list[Value] | str | int | bool | None"
Place: TypeAlias = "tuple[str | int, ...]"

SHARES = ("51", "49", "50", "100", "5", "(50,75)", "[25,50]", "?unstated")
DATES = ("", "2019", "2026-06-01", "2026-06-02", "2030-01-01")
ENDS = ("0", "25", "50", "51", "75", "100")
WORDS = {
    "share": SHARES,
    "start": DATES,
    "end": DATES,
    "total": (*ENDS, ">50"),
    "reading": ("cascade", "product", "hybrid", "majority-chain"),
    "side": ("must", "may"),
    "scope": ("owned", "controlled"),
    "shows": ("reached", "clear"),
    "measure": ("shares", "votes", "board"),
    "because": ("seed", "unknown", "ownerless", "holdings", "owned", "control"),
    "fact": ("given", "exact-half", "votes", "otherInfluenceOrControl", "presumption"),
    "reached": ("certain", "possible", "no"),
    "level": ("bars", "presumed", "review", "flag", None),
    "type": ("shareholding", "votingRights", "otherInfluenceOrControl", "nominee"),
    "as_of": ("2019-01-01", "2026-05-31", "2026-06-02", "2031-01-01"),
}
NAMES = ("party", "holder", "subject", "root")


def places(value: Value, at: Place = ()) -> list[Place]:
    """Every place inside a document, the run's rule and seeds left alone."""
    found: list[Place] = []
    items: list[tuple[str | int, Value]] = []
    if isinstance(value, dict):
        items = list(value.items())
    if isinstance(value, list):
        items = list(enumerate(value))
    for key, item in items:
        if key not in ("rule", "given", "tests", "format"):
            found += [(*at, key), *places(item, (*at, key))]
    return found


def mutated(draw: st.DrawFn, document: Value, names: tuple[str, ...]) -> Value:
    """One change somewhere: an entry dropped, two swapped, a word replaced."""
    copy: Value = json.loads(json.dumps(document))
    place = draw(st.sampled_from(places(copy)))
    holder: Value = copy
    for key in place[:-1]:
        holder = holder[key]  # type: ignore[index]
    key = place[-1]
    if isinstance(holder, list) and isinstance(key, int):
        _in_list(draw, holder, key, names)
    elif isinstance(holder, dict) and isinstance(key, str):
        _in_object(draw, holder, key, names)
    return copy


def _in_list(draw: st.DrawFn, items: list[Value], at: int, names: tuple[str, ...]) -> None:
    change = draw(st.sampled_from(("drop", "swap", "rename")))
    if change == "rename" and isinstance(items[at], str):
        items[at] = draw(st.sampled_from(names))
    elif change == "swap" and len(items) > 1:
        other = draw(st.integers(0, len(items) - 1))
        items[at], items[other] = items[other], items[at]
    else:
        del items[at]


def _in_object(draw: st.DrawFn, fields: dict[str, Value], key: str, names: tuple[str, ...]) -> None:
    if key in NAMES:
        fields[key] = draw(st.sampled_from(names))
    elif key in WORDS and draw(st.integers(0, 5)):
        fields[key] = draw(st.sampled_from(WORDS[key]))
    elif key in names and draw(st.booleans()):
        fields[key] = draw(st.sampled_from(ENDS))
    else:
        del fields[key]


def inlined(proof: Proof, certificates: dict[str, Certificate]) -> Proof:
    """The proof with what it cites inside it, so that mutations reach it, too."""
    arguments = []
    for argument in proof.arguments:
        cited = tuple(certificates[name] for name in argument.cites)
        arguments.append(replace(argument, cites=(), own=(*argument.own, *cited)))
    return replace(proof, arguments=tuple(arguments))


def still_true(world: World, proof: Proof) -> bool:
    """Is the claim what the reference says on the proof's day?"""
    found = verdicts(replace(world, day=proof.run.as_of)).get(proof.party)
    claim = proof.claim
    return found is not None and (found.reached, found.level) == (claim.reached, claim.level)


def _without_branches(world: World) -> bool:
    return not any(party.branch_of for party in world.parties)


@st.composite
def mutants(draw: st.DrawFn) -> tuple[World, Value]:
    """A world, and a proof about it changed in one to three places."""
    world = draw(worlds(rules()).filter(_without_branches))
    names = tuple(world.everybody())
    prover = prover_of(world)
    proof = prover.prove(draw(st.integers(0, len(names) - 1)))
    document: Value = json.loads(json.dumps(proof_json(inlined(proof, dict(prover.certificates)))))
    for _ in range(draw(st.integers(1, 3))):
        document = mutated(draw, document, names)
    return world, document


@given(mutants())
def test_a_mutated_proof_fails_or_is_still_true(mutant: tuple[World, Value]) -> None:
    world, document = mutant
    try:
        proof = proof_from_json(document)
    except InputError:
        return
    found = check(proof, {}, WorldRows(world), world.rule)
    assert not found.valid or still_true(world, proof)
