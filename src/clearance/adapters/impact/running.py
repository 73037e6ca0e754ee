"""From paths to an impact run: everything read and checked, then one folder written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.impact.folder import FILES, digest_of, write_impact
from clearance.adapters.impact.identities import matched, resolved
from clearance.adapters.impact.labels import read_labels
from clearance.adapters.impact.order import ImpactOrder, ImpactRun
from clearance.adapters.impact.posted import posted_in
from clearance.adapters.output_folder import refuse_if_taken, refuse_within
from clearance.adapters.policies.bundle import Bundle, bundle
from clearance.adapters.policies.reading import codes, load_list
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.snapshot.folder import check_digests, open_folder
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.told import Told
from clearance.model.customer import Customer
from clearance.model.rule import Rule
from clearance.usecases.impact import Comparison, Question, side_of
from clearance.usecases.impact_answers import Side
from clearance.usecases.impact_portfolio import NOTHING, Identity, portfolio_of
from clearance.usecases.impact_settle import Names
from clearance.usecases.rulings import ask_rule, bound_rule
from clearance.usecases.standings import Ruling


@rarely_collecting()
def run_impact(order: ImpactOrder, told: Told) -> ImpactRun:
    """Read, check, ask each rule once, judge the portfolio under each policy, count.

    Raises:
        InputError: a policy, the customers, the labels or the earlier results cannot be used.
        StorageError: ``out`` cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.

    **Cost**: matching, unless ``resolved`` is given; then a few seconds for 300,000 customers
    against 10 M parties.
    """
    if order.out is not None:
        refuse_if_taken(order.out, FILES)
        refuse_within(order.reference, order.out)
    loaded = _loaded(order)
    told.stage("reading customers")
    customers = read_customers(order.customers)
    labels = read_labels(order.truth, customers) if order.truth else None
    posted = posted_in(order.state) if order.state else NOTHING
    told.stage("checking the snapshot")
    check_digests(order.reference)
    reference = open_folder(order.reference)
    told.stage("finding who customers are")
    identities = _identities(order, customers, reference, told)
    told.stage("asking the rules")
    day = (
        order.on if order.on is not None else max(order.today, loaded[1].loaded.policy.force.start)
    )
    before, after, *readings = _sides(loaded, reference, day)
    told.stage("comparing")
    question = Question(
        portfolio=portfolio_of(customers, identities, posted),
        before=before,
        after=after,
        parties=reference.graph.parties,
        names=_names(reference, customers),
        readings=tuple(readings),
        line=order.line,
        revenue_basis=order.revenue_basis,
        snapshot=reference.digest,
        labels=labels,
        digests=(loaded[0].digest, loaded[1].digest),
    )
    return _done(order, Comparison(question), loaded)


def _loaded(order: ImpactOrder) -> list[Bundle]:
    """The policies; on another list of regions they are nobody's document and have no digest."""
    found = [bundle(name) for name in (order.against, order.policy, *order.readings)]
    if order.regions is None:
        return found
    drawn = load_list(order.regions)
    return [
        replace(
            one, digest="", loaded=replace(one.loaded, policy=one.loaded.policy.with_list(drawn))
        )
        for one in found
    ]


def _done(order: ImpactOrder, comparison: Comparison, loaded: Sequence[Bundle]) -> ImpactRun:
    impact = comparison.impact()
    if order.out is None:
        return ImpactRun(impact, None, (), digest_of(impact))
    cited = [citation for one in loaded for citation in one.loaded.policy.citations]
    write_impact(order.out, impact, comparison.affected(), cited)
    return ImpactRun(impact, order.out, FILES, digest_of(impact))


def _identities(
    order: ImpactOrder, customers: Sequence[Customer], reference: Reference, told: Told
) -> list[Identity]:
    if order.resolved is not None:
        return resolved(order.resolved, customers, reference)
    return matched(customers, reference, order.model, told)


def _sides(bundles: Sequence[Bundle], reference: Reference, day: int) -> Iterator[Side]:
    """Each policy with its rules answered; equal rules are asked once."""
    asked: dict[Rule, Ruling] = {}
    for one in (each.loaded for each in bundles):
        rulings = []
        for owned in one.policy.ownership:
            rule = bound_rule(one.policy, one.rules[owned.rule], reference.graph, codes())
            if rule not in asked:
                asked[rule] = ask_rule(reference, rule, day)
            rulings.append(asked[rule])
        yield side_of(one.policy, rulings, codes(), day)


def _names(reference: Reference, customers: Sequence[Customer]) -> Names:
    """Names of parties, and of customers who are none."""
    called = {one.id: one.name for one in customers}

    def name(id: str) -> str:
        index = reference.index(id)
        return called.get(id, "") if index is None else reference.name(index)

    return Names(reference.id, name)
