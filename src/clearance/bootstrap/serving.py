"""What the decision point answers from: state, policies and networks, made into a generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import orjson

from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.decisions.body import Recorder
from clearance.adapters.ledger.apart import LogApart
from clearance.adapters.network.addresses import plain
from clearance.adapters.network.reader import Networks
from clearance.adapters.policies.bundle import Bundle, bundle, opened
from clearance.adapters.portfolio.phones import region_of
from clearance.adapters.sql.store import Look, Store
from clearance.model.errors import InputError
from clearance.model.rule import Rule
from clearance.policy.facts import Posted
from clearance.policy.judging.decide import Judge
from clearance.usecases.book import Book
from clearance.usecases.decide import Decider, Ready
from clearance.usecases.found import asked
from clearance.usecases.posting import About


@dataclass(frozen=True, slots=True)
class Generation:
    """All that decisions are made from, unchanging.

    **Shape**: ``number`` is the state's; ``sources`` what was loaded, with the day it is of.
    """

    number: int
    decider: Decider
    recorder: Recorder
    sources: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a generation comes from.

    **Shape**: ``state`` is a path or URL, empty for none: every account is unknown then. Policies
    are the state's approved releases, of ``series`` where there are several; where it has none,
    ``policies``, by id or path. ``networks`` is a database, ``None`` for none: every address is
    then one that nobody knows.
    """

    policies: Sequence[str] = ()
    state: str = ""
    networks: Path | None = None
    series: str = ""


class Loader:
    """Makes generations, one after another; each looks at the sources anew."""

    def __init__(self, sources: Sources) -> None:
        """Open what stays open.

        Raises:
            InputError: the state is none.
            StorageError: it cannot be read.
        """
        self._sources = sources
        self._store = Store.open(sources.state) if sources.state else None

    @property
    def store(self) -> Store | None:
        """The state, if there is one."""
        return self._store

    def number(self) -> int:
        """The number that the next generation would have. **Cost**: 0.1 ms."""
        return self._store.generation() if self._store is not None else 0

    def load(self) -> Generation:
        """A generation of what the sources hold now.

        **Cost**: 5 µs an account and its customer.

        Raises:
            InputError: no policy is named, or a policy or a database of networks has a mistake.
            StorageError: a source cannot be read.
        """
        networks = Networks.open(self._sources.networks) if self._sources.networks else None
        known = [(one.id, one.as_of) for one in networks.sources] if networks else []
        if self._store is None:
            dated = _given(self._sources.policies)
            number, book = 0, Book({}, {}, {}, {}, {}, [_ready(*one) for one in dated])
        else:
            with self._store.look() as look, rarely_collecting():
                dated = _released(look, self._sources.series) or _given(self._sources.policies)
                number, book = look.generation, _book(look, dated)
                known += [(run.id, run.as_of) for run in look.runs().values()]
        decider = Decider(book, networks.lookup if networks else _nowhere, region_of)
        return Generation(number, decider, Recorder(_documents(dated)), known)

    def close(self) -> None:
        """Let go of what is open."""
        if self._store is not None:
            self._store.close()


def log_at(place: str, key: Path) -> LogApart:
    """A log, open for writing by a process of its own; leaving it stores what waits.

    Raises:
        InputError: the key's file holds none.
        StorageError: there is no log or no key, or another process writes the log.
        IntegrityError: something at the log's edge does not agree.
    """
    return LogApart.open(place, key)


Dated: TypeAlias = Sequence[tuple[Bundle, int]]
"""Policies, and the day from which each decides, in the order of these days."""


def _given(names: Sequence[str]) -> Dated:
    """Policies by id or path, each from its own day on."""
    if not names:
        raise InputError("no policy is named or released", remedy="name one with --policy")
    made = [bundle(name) for name in names]
    dated = [(one, one.loaded.policy.force.start) for one in made]
    return sorted(dated, key=lambda one: one[1])


def _released(look: Look, wanted: str) -> Dated:
    """The approved releases of a state's series."""
    approved = [one for one in look.releases() if one.effective is not None]
    series = sorted({one.series for one in approved})
    if len(series) > 1 and not wanted:
        remedy = f"name one with --series: {', '.join(series)}"
        raise InputError("policies of several series are approved", remedy=remedy)
    dated = []
    for one in sorted(approved, key=lambda one: (one.effective or 0, one.number)):
        document = look.bundle(one.digest)
        if document is not None and one.series in (wanted, *series[: not wanted]):
            dated.append((opened(orjson.loads(document), document), one.effective or 0))
    return dated


def _documents(dated: Dated) -> dict[str, bytes]:
    return {one.digest: one.document for one, _ in dated}


def _ready(one: Bundle, first: int) -> Ready:
    policy = one.loaded.policy
    judge = Judge(policy, one.codes)
    return Ready(policy.id, one.digest, judge, first, policy.appeal, policy.blocked_by)


def _book(look: Look, dated: Dated) -> Book:
    rules: dict[str, Rule] = {}
    digests: dict[str, str] = {}
    for one, _ in dated:
        rules.update(one.loaded.rules)
        digests.update(asked(one.loaded.policy, one.loaded.rules))
    accounts, customers = look.accounts_by_id(), look.customers_by_id()
    found = look.screened_by_id(rules, digests)
    of_account: dict[str, list[Posted]] = defaultdict(list)
    of_customer: dict[str, list[Posted]] = defaultdict(list)
    for fact in look.facts():
        about = of_account if fact.about is About.ACCOUNT else of_customer
        about[fact.subject].append(fact.posted)
    ready = [_ready(*one) for one in dated]
    return Book(accounts, customers, found, dict(of_account), dict(of_customer), ready)


def _nowhere(address: str) -> None:
    """What no database says of an address, if it is one."""
    plain(address)
