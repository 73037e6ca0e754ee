"""The state as the decision point reads it: whole, at one moment, of one generation.

Use this when many customers are loaded at once; the management API reads one at a time.

1. Everything comes in the order of its id, over all its days: whoever decides picks the day.
2. ``known_at`` looks back: what was believed at that moment, whatever was learnt later.
3. Nothing here says who a customer is: names stay in the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from sys import intern
from typing import Any, Self

import orjson
from sqlalchemy import ColumnElement, Connection, Table, select

from clearance.adapters.screening.found_rows import Binder, FoundRow, binder
from clearance.adapters.sql import customer_rows, tables
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.held import Held
from clearance.adapters.sql.lines import ACCOUNTS, CUSTOMERS, FACTS, SCREENED, Line, among
from clearance.adapters.sql.releases import bundle_of, releases
from clearance.adapters.sql.steps import check
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.rule import Rule
from clearance.model.timeline import Span
from clearance.policy.facts import Manner, Posted
from clearance.usecases.found import Found, Run
from clearance.usecases.posting import About, Fact
from clearance.usecases.releases import Release

AT_ONCE = 10_000
"""Rows that are fetched together."""


@dataclass(frozen=True, slots=True)
class Look:
    """The state at one moment.

    **Shape**: ``generation`` is that of the moment; ``known_at`` in microseconds, ``None`` for what
    is believed now. ``only`` are the ids that are looked at, by table; where it says nothing, all.
    ``ids`` are those of customers, each once: who holds accounts, customers and what was found has
    one text for all three, 64 bytes each.
    """

    connection: Connection
    generation: int
    known_at: int | None = None
    only: Mapping[Line, Collection[str]] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def narrowed(self, accounts: Collection[str]) -> Look:
        """The same look at some accounts and their customers alone."""
        c = tables.account.c
        some = among(self.connection, c.id, accounts)
        wanted = select(c.customer).distinct().where(believed(tables.account, self.known_at) & some)
        customers = set(self.connection.execute(wanted).scalars())
        only = {
            ACCOUNTS: accounts,
            CUSTOMERS: customers,
            SCREENED: customers,
            FACTS: customers.union(accounts),
        }
        return replace(self, only=only)

    def accounts(self) -> Iterator[Span[Account]]:
        """Every account. **Cost**: about 2 µs each."""
        c = tables.account.c
        for id, customer, segment, channel, opened, start, end in self._rows(
            ACCOUNTS, (c.id, c.customer, c.segment, c.channel, c.opened)
        ):
            yield Span(Account(id, customer, intern(segment), intern(channel), opened), start, end)

    def customers(self) -> Iterator[Span[Customer]]:
        """Every customer, with what a policy judges. **Cost**: about 4 µs each."""
        c = tables.customer.c
        judged = (c.id, c.country, c.headquarters, c.segment, c.revenue, c.declared)
        for *says, start, end in self._rows(CUSTOMERS, judged):
            yield Span(customer_rows.judged(*says), start, end)

    def accounts_by_id(self) -> Held[Account]:
        """Every account, to be asked for. **Cost**: about 1 µs each."""
        c = tables.account.c
        rows = self._rows(ACCOUNTS, (c.id, c.customer, c.segment, c.channel, c.opened), None)
        same = self.ids.setdefault
        return Held(
            (
                (id, (same(of, of), intern(segment), intern(channel), opened), start, end)
                for id, of, segment, channel, opened, start, end in rows
            ),
            lambda about, says: Account(about, *says),
        )

    def customers_by_id(self) -> Held[Customer]:
        """Every customer with what a policy judges, to be asked for. **Cost**: about 1 µs each."""
        c = tables.customer.c
        judged = (c.id, c.country, c.headquarters, c.segment, c.revenue, c.declared)
        rows = self._rows(CUSTOMERS, judged, None)
        same = self.ids.setdefault
        return Held(
            (
                (
                    same(id, id),
                    (intern(at), intern(seat), intern(segment), revenue, intern(said)),
                    a,
                    b,
                )
                for id, at, seat, segment, revenue, said, a, b in rows
            ),
            lambda about, says: customer_rows.judged(about, *says),
        )

    def facts(self) -> Iterator[Fact]:
        """Every posted fact, by subject, kind, key and source."""
        c = tables.fact.c
        of = (c.about, c.subject, c.kind, c.key, c.source)
        columns = (*of, *(c[name] for name in FACTS.says))
        order = (*of, c.valid_from)
        for row in self._rows(FACTS, columns, order):
            about, subject, kind, key, source, value, confidence, manner, reviewer, start, end = row
            posted = Posted(
                intern(kind),
                value,
                intern(source),
                confidence,
                start,
                end,
                Manner(manner),
                intern(reviewer),
            )
            yield Fact(About(about), subject, posted, key)

    def releases(self) -> Sequence[Release]:
        """Every release of a policy, by series and number."""
        return releases(self.connection)

    def bundle(self, digest: str) -> bytes | None:
        """The document of a released policy, as ``policy_bundle.opened`` takes it."""
        return bundle_of(self.connection, digest)

    def runs(self) -> Mapping[str, Run]:
        """Every imported screening, by id."""
        c = tables.screening.c
        rows = self.connection.execute(
            select(c.id, c.policy, c.as_of, c.snapshot, c.rules).order_by(c.id)
        )
        return {
            row.id: Run(row.id, row.policy, row.as_of, row.snapshot, orjson.loads(row.rules))
            for row in rows
        }

    def screened(
        self, rules: Mapping[str, Rule], asked: Mapping[str, str]
    ) -> Iterator[Span[Found]]:
        """What screenings found of customers, under the rules of today's policy.

        Args:
            rules: the policy's rules by id.
            asked: the digest of what each asks (``found.asked``); where a screening asked
                something else under the same id, its answers are left out.

        **Cost**: about 2 µs a customer whom nothing touches, 30 µs for others.
        """
        c = tables.screened.c
        binders = self._binders(rules, asked)
        for source, customer, *says, start, end in self._screened((c.customer, c.valid_from)):
            yield Span(binders[source].found(FoundRow(customer, *says)), start, end)

    def screened_by_id(self, rules: Mapping[str, Rule], asked: Mapping[str, str]) -> Held[Found]:
        """As :meth:`screened`, to be asked for: one object for all of whom the same was found.

        By ids of parties and places of proofs nothing is judged; they are those of the first.

        **Cost**: about 1 µs a customer, and 30 µs for each thing that was found.
        """
        binders = self._binders(rules, asked)
        made: dict[object, Found] = {}

        def shared(source: str, customer: str, says: tuple[str, ...]) -> Found:
            party, *told, _ = says
            key = (source, bool(party), *told)
            found = made.get(key)
            if found is None:
                found = made[key] = binders[source].found(FoundRow(customer, *says))
            return found

        rows, same = self._screened(None), self.ids.setdefault
        return Held(
            (
                (same(id, id), shared(source, id, tuple(says)), start, end)
                for source, id, *says, start, end in rows
            ),
            lambda about, found: found,
        )

    def _binders(self, rules: Mapping[str, Rule], asked: Mapping[str, str]) -> Mapping[str, Binder]:
        return {id: binder(run, rules, asked) for id, run in self.runs().items()}

    def _screened(self, order: Sequence[ColumnElement[Any]] | None) -> Iterator[Sequence[Any]]:
        c = tables.screened.c
        columns = (c.source, c.customer, *(c[name] for name in SCREENED.says))
        return self._rows(SCREENED, columns, order)

    def _rows(
        self,
        line: Line,
        columns: Sequence[ColumnElement[Any]],
        order: Sequence[ColumnElement[Any]] | None = (),
    ) -> Iterator[Sequence[Any]]:
        """Rows in an order, by the first column and day without one, or in any with ``None``."""
        c = line.table.c
        wanted = select(*columns, c.valid_from, c.valid_to)
        wanted = wanted.where(believed(line.table, self.known_at))
        if line in self.only:
            wanted = wanted.where(among(self.connection, line.nearest, self.only[line]))
        if order is not None:
            wanted = wanted.order_by(*(order or (columns[0], c.valid_from)))
        # told with the statement: the connection would stream, and fail at, whatever it does next
        stream = self.connection.execute(wanted, execution_options={"yield_per": AT_ONCE})
        for rows in stream.partitions():
            yield from rows


def believed(table: Table, known_at: int | None) -> ColumnElement[bool]:
    """The rows of a bitemporal table that were believed at a moment; ``None`` is now."""
    c = table.c
    if known_at is None:
        return c.superseded_at == tables.FOREVER
    return (c.recorded_at <= known_at) & (c.superseded_at > known_at)


class Store:
    """The state, open; threads may share it."""

    __slots__ = ("database",)

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, place: str) -> Self:
        """The state at a path or URL.

        Raises:
            InputError: there is none, or it lacks migrations.
            StorageError: it cannot be read, or is newer than the program.
        """
        database = Database(place)
        check(database)
        return cls(database)

    def generation(self) -> int:
        """A number that changes with every change that matters to decisions. **Cost**: 0.1 ms."""
        with self.database.reading() as connection:
            return _generation(connection)

    @contextmanager
    def look(self, known_at: int | None = None) -> Iterator[Look]:
        """A steady look, now or back at a moment, while others write."""
        with self.database.reading() as connection:
            yield Look(connection, _generation(connection), known_at)

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def _generation(connection: Connection) -> int:
    generation: int = connection.execute(select(tables.state.c.generation)).scalar_one()
    return generation
