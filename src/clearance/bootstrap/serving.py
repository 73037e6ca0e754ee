"""What the decision point answers from: state, policies and networks, made into a generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.decisions.body import Recorder
from clearance.adapters.ledger.key_file import read_key
from clearance.adapters.ledger.writer import LogWriter
from clearance.adapters.network.addresses import plain
from clearance.adapters.network.reader import Networks
from clearance.adapters.phones import region_of
from clearance.adapters.policy_bundle import Bundle, bundle
from clearance.adapters.sql.store import Look, Store
from clearance.model.errors import InputError
from clearance.model.rule import Rule
from clearance.model.timeline import Span
from clearance.network.origin import Origin
from clearance.policy.decide import Judge
from clearance.policy.facts import Posted
from clearance.usecases.book import Book, by_id
from clearance.usecases.decide import Decider, Ready
from clearance.usecases.found import Found, asked
from clearance.usecases.posting import About


@dataclass(frozen=True, slots=True)
class Generation:
    """All that decisions are made from, unchanging. **Shape**: ``number`` is the state's."""

    number: int
    decider: Decider
    recorder: Recorder


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a generation comes from.

    **Shape**: ``state`` is a path or URL, empty for none: every account is unknown then.
    ``policies`` are ids or paths; ``networks`` a database, ``None`` for none: every address is then
    one that nobody knows.
    """

    policies: Sequence[str]
    state: str = ""
    networks: Path | None = None


class Loader:
    """Makes generations, one after another; each looks at the sources anew."""

    def __init__(self, sources: Sources) -> None:
        """Open what stays open.

        Raises:
            InputError: no policy is named, or a source is none.
            StorageError: a source cannot be read.
        """
        if not sources.policies:
            raise InputError("no policy is named", remedy="name one with --policy")
        self._sources = sources
        self._store = Store.open(sources.state) if sources.state else None

    def number(self) -> int:
        """The number that the next generation would have. **Cost**: 0.1 ms."""
        return self._store.generation() if self._store is not None else 0

    def load(self) -> Generation:
        """A generation of what the sources hold now.

        **Cost**: 10 µs an account and its customer.

        Raises:
            InputError: a policy or a database of networks has a mistake.
            StorageError: a source cannot be read.
        """
        bundles = [bundle(name) for name in self._sources.policies]
        bundles.sort(key=lambda one: one.loaded.policy.force.start)
        origin = _origins(self._sources.networks)
        if self._store is None:
            number, book = 0, Book({}, {}, {}, {}, {}, [_ready(one) for one in bundles])
        else:
            with self._store.look() as look, rarely_collecting():
                number, book = look.generation, _book(look, bundles)
        decider = Decider(book, origin, region_of)
        return Generation(number, decider, Recorder({one.digest: one.document for one in bundles}))

    def close(self) -> None:
        """Let go of what is open."""
        if self._store is not None:
            self._store.close()


def log_at(place: str, key: Path) -> LogWriter:
    """A log, open for writing; leaving it stores what waits.

    Raises:
        InputError: the key's file holds none.
        StorageError: there is no log or no key, or another process writes the log.
        IntegrityError: something at the log's edge does not agree.
    """
    return LogWriter.open(place, read_key(key))


def _ready(one: Bundle) -> Ready:
    policy = one.loaded.policy
    return Ready(
        policy.id,
        one.digest,
        Judge(policy, one.codes),
        policy.force.start,
        policy.appeal,
        policy.blocked_by,
    )


def _book(look: Look, bundles: Sequence[Bundle]) -> Book:
    rules: dict[str, Rule] = {}
    digests: dict[str, str] = {}
    for one in bundles:
        rules.update(one.loaded.rules)
        digests.update(asked(one.loaded.policy, one.loaded.rules))
    accounts = by_id((span.value.id, span) for span in look.accounts())
    customers = by_id((span.value.id, span) for span in look.customers())
    found = by_id(_alike(look.screened(rules, digests)))
    of_account: dict[str, list[Posted]] = defaultdict(list)
    of_customer: dict[str, list[Posted]] = defaultdict(list)
    for fact in look.facts():
        about = of_account if fact.about is About.ACCOUNT else of_customer
        about[fact.subject].append(fact.posted)
    ready = [_ready(one) for one in bundles]
    return Book(accounts, customers, found, dict(of_account), dict(of_customer), ready)


def _alike(spans: Iterable[Span[Found]]) -> Iterator[tuple[str, Span[Found]]]:
    """What was found, one object for all of whom the same was: by ids of parties and addresses of
    proofs nothing is judged."""
    made: dict[object, Span[Found]] = {}
    for span in spans:
        found = span.value
        key = (
            bool(found.party),
            found.doubt,
            found.unidentified,
            found.register_headquarters,
            found.register_incorporation,
            id(found.standings),
            span.start,
            span.end,
        )
        yield found.customer, made.setdefault(key, span)


def _origins(file: Path | None) -> Callable[[str], Origin | None]:
    """What looks an address up."""
    if file is not None:
        return Networks.open(file).lookup

    def nowhere(address: str) -> None:
        plain(address)

    return nowhere
