"""The state of a decision point: made, filled, copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from clearance.adapters.sql.engine import Database
from clearance.model.dates import ALWAYS, day_of
from clearance.model.errors import InputError


@contextmanager
def opened(place: str) -> Iterator[Database]:
    """A database that has every table, let go of at the end.

    Raises:
        InputError: there is none, or it lacks migrations.
    """
    from clearance.adapters.sql.steps import check

    with _database(place) as database:
        check(database)
        yield database


def init(place: str) -> str:
    """Make a state; the step it stands at.

    Raises:
        InputError: there is one already.
    """
    from clearance.adapters.sql.migrate import migrate
    from clearance.adapters.sql.steps import step_of

    with _database(place) as database:
        if step_of(database):
            raise InputError(
                "holds a state already",
                file=database.place,
                remedy="use it, or bring it up by 'clearance state migrate'",
            )
        return migrate(database)[1]


def migrate_state(place: str) -> tuple[str, str]:
    """Bring a state to the tables of this version; from which step to which."""
    from clearance.adapters.sql.migrate import migrate
    from clearance.adapters.sql.steps import step_of

    with _database(place) as database:
        if not step_of(database):
            raise InputError(
                "holds no state", file=database.place, remedy="make one by 'clearance state init'"
            )
        return migrate(database)


def import_customers(place: str, file: Path, by: str, source: str, since: str | None) -> int:
    """Keep the customers of a file; how many rows changed.

    Raises:
        InputError: a customer cannot be used, or says what the state keeps of accounts.
    """
    from clearance.adapters.portfolio.customers import read_customers
    from clearance.adapters.sql.changing import changing
    from clearance.adapters.sql.portfolio import put_customers

    start = day_of(since) if since else ALWAYS
    customers = read_customers(file)
    for one in customers:
        if one.channel or one.opened != ALWAYS:
            raise InputError(
                "the state keeps channel and opened of accounts",
                file=str(file),
                line=one.line,
                remedy="leave the columns out, and import them with the accounts",
            )
    with opened(place) as database, changing(database, by) as change:
        return put_customers(change, customers, source, start)


def import_accounts(place: str, file: Path, by: str, source: str, since: str | None) -> int:
    """Keep the accounts of a file; how many rows changed."""
    from clearance.adapters.portfolio.accounts import read_accounts
    from clearance.adapters.sql.changing import changing
    from clearance.adapters.sql.portfolio import put_accounts

    start = day_of(since) if since else ALWAYS
    with opened(place) as database, changing(database, by) as change:
        return put_accounts(change, read_accounts(file), source, start)


def import_screening(place: str, folder: Path, by: str) -> int:
    """Keep what a screening found; how many rows changed."""
    from clearance.adapters.screening.standings import Standings
    from clearance.adapters.sql.changing import changing
    from clearance.adapters.sql.portfolio import put_screening

    standings = Standings(folder)
    with opened(place) as database, changing(database, by) as change:
        return put_screening(change, standings.run, standings.rows())


def import_campaigns(place: str, file: Path, by: str) -> int:
    """Keep what ``campaigns find`` found and reviewers said of it; how many rows changed."""
    from clearance.adapters.campaigns.fact_files import read_facts
    from clearance.adapters.sql.changing import changing
    from clearance.adapters.sql.portfolio import put_facts
    from clearance.usecases.campaign_facts import facts_of

    found = read_facts(file)
    with opened(place) as database, changing(database, by) as change:
        return put_facts(change, (fact for one in found for fact in facts_of(one)))


def copy_state(source: str, target: str) -> Mapping[str, int]:
    """Bring everything into a new database; rows by table."""
    from clearance.adapters.sql.copying import copy

    with _database(source) as giving, _database(target) as taking:
        return copy(giving, taking)


def export_state(place: str, out: Path) -> Mapping[str, int]:
    """Everything as JSON lines; rows by table."""
    from clearance.adapters.sql.copying import export

    with _database(place) as database:
        return export(database, out)


@contextmanager
def _database(place: str) -> Iterator[Database]:
    database = Database(place)
    try:
        yield database
    finally:
        database.close()
