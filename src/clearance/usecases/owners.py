"""Who the owners of a party are, under rules that find owners and bar nobody.

1. Each owner is named once, by the first test it passes, certain ones first.
2. Outside its dates a rule is computed as if it were in force, and says so.
3. A rule that pools names each restricted holder with its own share, once all of them together
   pass. One that leaves its regions to a policy is asked only where these are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clearance.model.party import Party
from clearance.model.rule import Aggregation, Rule
from clearance.model.share import Share
from clearance.model.verdict import Reached
from clearance.ownership.attribute import attribute, question_of
from clearance.ownership.readings.per_party import Owner, owners
from clearance.ownership.readings.reading import Question
from clearance.policy.reading.rules import needs_regions
from clearance.usecases.explain import Asked, OwnerFound, OwnersOf, Reference, part_above
from clearance.usecases.upward import Part


def find_owners(
    reference: Reference, id: str, rules: Sequence[Rule], day: int
) -> tuple[OwnersOf, ...]:
    """Whom each owner-finding rule names as owners of a party.

    Raises:
        InputError: no such party.
    """
    part, _ = part_above(reference, id)
    return tuple(_owners_under(reference, part, id, rule, day) for rule in rules)


def _owners_under(reference: Reference, part: Part, id: str, rule: Rule, day: int) -> OwnersOf:
    answer = attribute(part.graph, rule, day, assume_in_force=True)
    asked = Asked(reference, part, answer)
    if answer.live is None:
        return OwnersOf(rule, False, ())
    if needs_regions(rule):
        return OwnersOf(rule, answer.in_force, (), asked=False)
    target = asked.local(id)
    pooled = rule.aggregation is Aggregation.POOLED
    together = Reached(int(answer.reached[target])) if pooled else Reached.NO
    alone = replace(rule, aggregation=Aggregation.PER_PARTY)
    question = question_of(answer.live, alone, answer.tests, answer.seeds, answer.loops)
    found = (_owner(reference, asked, one) for one in _best(question, alone, target, together))
    return OwnersOf(rule, answer.in_force, tuple(found))


def _best(question: Question, rule: Rule, target: int, together: Reached) -> list[Owner]:
    """Owners that pass, alone or ``together``, each once, by its first such test; certain first."""
    best: dict[int, Owner] = {}
    for reading in rule.readings:
        for own in owners(question, reading, target):
            one = _with_others(own, together)
            known = best.get(one.root)
            if one.possible and (known is None or (one.certain and not known.certain)):
                best[one.root] = one
    return sorted(best.values(), key=lambda one: (not one.certain, -one.total.high.value, one.root))


def _with_others(owner: Owner, together: Reached) -> Owner:
    """An owner of something passes with those together with whom it does."""
    sure = together is Reached.CERTAIN and owner.total.low.value > 0
    return replace(
        owner,
        certain=owner.certain or sure,
        possible=owner.possible or together is not Reached.NO,
    )


def _owner(reference: Reference, asked: Asked, owner: Owner) -> OwnerFound:
    low, high = owner.total.low, owner.total.high
    share = Share.exact(low.value)
    if low.value < high.value:
        share = Share(low.value, high.value, low.open, high.open)
    id = asked.id(owner.root)
    return OwnerFound(
        reference.party(id) or Party(id),
        asked.answer.tests[owner.test].measure.value,
        share,
        Reached.CERTAIN if owner.certain else Reached.POSSIBLE,
    )
