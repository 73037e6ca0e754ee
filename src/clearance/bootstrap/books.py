"""Which policies decide, and the book that they decide from, out of a state or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import orjson

from clearance.adapters.policies.bundle import Bundle, bundle, opened
from clearance.adapters.sql.store import Look
from clearance.model.errors import InputError
from clearance.model.rule import Rule
from clearance.policy.facts import Posted
from clearance.policy.judging.decide import Judge
from clearance.usecases.book import Book
from clearance.usecases.decide import Ready
from clearance.usecases.found import asked
from clearance.usecases.posting import About

Dated: TypeAlias = Sequence[tuple[Bundle, int]]
"""Policies, and the day from which each decides, in the order of these days."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Policies made ready to decide, and what they ask about owners: rules and digests by id."""

    policies: Sequence[Ready]
    rules: Mapping[str, Rule]
    asked: Mapping[str, str]


def dated(look: Look, names: Sequence[str], series: str) -> Dated:
    """The approved releases of a state, or where it has none the named policies.

    Raises:
        InputError: there is no policy, one has a mistake, or nobody says which series decides.
    """
    return released(look, series) or named(names)


def named(names: Sequence[str]) -> Dated:
    """Policies by id or path, each from its own day on.

    Raises:
        InputError: none is named, or one has a mistake.
    """
    if not names:
        raise InputError("no policy is named or released", remedy="name one with --policy")
    made = [bundle(name) for name in names]
    found = [(one, one.loaded.policy.force.start) for one in made]
    return sorted(found, key=lambda one: one[1])


def released(look: Look, wanted: str) -> Dated:
    """The approved releases of a state's series.

    Raises:
        InputError: several series have some, and none of them is wanted.
    """
    approved = [one for one in look.releases() if one.effective is not None]
    series = sorted({one.series for one in approved})
    if len(series) > 1 and not wanted:
        remedy = f"name one with --series: {', '.join(series)}"
        raise InputError("policies of several series are approved", remedy=remedy)
    found = []
    for one in sorted(approved, key=lambda one: (one.effective or 0, one.number)):
        document = look.bundle(one.digest)
        if document is not None and one.series in (wanted, *series[: not wanted]):
            found.append((opened(orjson.loads(document), document), one.effective or 0))
    return found


def deciding(found: Dated) -> Deciding:
    """Policies made ready."""
    rules: dict[str, Rule] = {}
    digests: dict[str, str] = {}
    for one, _ in found:
        rules.update(one.loaded.rules)
        digests.update(asked(one.loaded.policy, one.loaded.rules))
    return Deciding([_ready(*one) for one in found], rules, digests)


def book_of(look: Look, by: Deciding) -> Book:
    """All that a look shows, put together."""
    accounts, customers = look.accounts_by_id(), look.customers_by_id()
    found = look.screened_by_id(by.rules, by.asked)
    of_account: dict[str, list[Posted]] = defaultdict(list)
    of_customer: dict[str, list[Posted]] = defaultdict(list)
    for fact in look.facts():
        about = of_account if fact.about is About.ACCOUNT else of_customer
        about[fact.subject].append(fact.posted)
    return Book(accounts, customers, found, dict(of_account), dict(of_customer), by.policies)


def _ready(one: Bundle, first: int) -> Ready:
    policy = one.loaded.policy
    judge = Judge(policy, one.codes)
    return Ready(policy.id, one.digest, judge, first, policy.appeal, policy.blocked_by)
