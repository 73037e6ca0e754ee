"""What a change of policy does to a portfolio, measured after matching: who each is, is known.

``attributes`` compares two policies that judge declared and registered places; ``ownership`` puts
the question of the engine anew and compares a policy with an ownership rule with one without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.process import Timing, timed
from benchmarks.questions import DAY
from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.policies.loaded import LoadedPolicy, load_policy
from clearance.adapters.policies.reading import codes
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.snapshot.folder import open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.model.customer import Customer
from clearance.model.dates import day_of
from clearance.model.outcome import Outcome
from clearance.policy.document import Policy
from clearance.usecases.impact import Comparison, Question, side_of
from clearance.usecases.impact_answers import Side
from clearance.usecases.impact_portfolio import Doubt, Identity, portfolio_of
from clearance.usecases.impact_settle import Names
from clearance.usecases.rulings import ask_rule, bound_rule

Found = dict[str, object]
WHAT = ("attributes", "ownership")


@rarely_collecting()
def impact(snapshot: Path, repeat: int, what: str) -> Found:
    """Both policies asked, everything counted, everybody listed who moves: medians of several runs.

    The portfolio and the policy stand beside the snapshot.
    """
    reference = open_folder(snapshot)
    customers = read_customers(snapshot.parent / "customers.csv")
    loaded = load_policy(str(snapshot.parent / "policy.toml"))
    identities = _identities(customers, reference)
    found: Found = {}

    def ask() -> None:
        sides = _sides(what, loaded, reference)
        portfolio = portfolio_of(customers, identities)
        names = Names(reference.id, lambda party: "")
        comparison = Comparison(Question(portfolio, *sides, reference.graph.parties, names))
        moved = comparison.impact().whole.moves
        found.update({move.value: count.customers for move, count in moved.items()})
        found["listed"] = sum(1 for _ in comparison.affected())

    timing: Timing = timed(ask, repeat)
    return timing.document() | found | {"customers": len(customers), "parties": len(reference)}


def _sides(what: str, loaded: LoadedPolicy, reference: Reference) -> tuple[Side, Side]:
    day = day_of(DAY)
    places = replace(loaded.policy, id="places", ownership=())
    if what == "ownership":
        owned = loaded.policy.ownership[0]
        rule = bound_rule(loaded.policy, loaded.rules[owned.rule], reference.graph, codes())
        ruling = ask_rule(reference, rule, day)
        return side_of(places, [], codes(), day), side_of(loaded.policy, [ruling], codes(), day)
    return side_of(_milder(places), [], codes(), day), side_of(places, [], codes(), day)


def _milder(policy: Policy) -> Policy:
    """The same policy, with people asked where it denies."""
    rules = tuple(replace(rule, outcome=Outcome.REVIEW) for rule in policy.region_rules)
    return replace(policy, id="milder", region_rules=rules)


def _identities(customers: Sequence[Customer], reference: Reference) -> list[Identity]:
    """Who each customer is, by its register number; one in twenty is left to people."""
    found = reference.with_identifiers([one.identifiers[0] for one in customers])
    return [
        Identity(int(parties[0])) if len(parties) == 1 and at % 20 else _doubt(parties)
        for at, parties in enumerate(found)
    ]


def _doubt(parties: Sequence[int]) -> Identity:
    return Identity(-1, Doubt("ambiguous", tuple(int(one) for one in parties)))
