"""Accounts that stand otherwise are told once: after facts, records, policies or a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.service.scene import POLICY
from typer.testing import CliRunner

from clearance.adapters.sql import outcomes, portfolio, tables
from clearance.adapters.sql.changing import Change, changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.hooks import add_hook
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.store import Store
from clearance.bootstrap import sweeping
from clearance.bootstrap.books import book_of, dated, deciding
from clearance.bootstrap.sweeping import Swept, Wanted, sweep
from clearance.cli.app import app
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.errors import StorageError
from clearance.policy.facts import Manner, Posted
from clearance.usecases.posting import About, telling
from clearance.usecases.sweep import Stands, standings

DAY = 20_513
"""2026-03-01."""

EXIT = 20_650
"""2026-07-16, when the customer in wind-down is out."""

FINE = Customer("c-fine", headquarters="XC")
LEAVING = Customer("c-out", headquarters="XC", segment="enterprise", declared={"shipping": "XA"})
WEAPONS = Posted("end_use", "autonomous-weapons", "crm", manner=Manner.DECLARED)

Write = Callable[[Change], object]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A state with three accounts of two customers, and a receiver of everything."""
    lite = request.param == "sqlite"
    place = str(tmp_path / "state.db") if lite else str(request.getfixturevalue("postgres"))
    with_accounts(place)
    return place


def with_accounts(place: str) -> None:
    database = Database(place)
    migrate(database)
    accounts = [Account("a1", "c-fine"), Account("a2", "c-fine"), Account("out", "c-out")]
    with changing(database, "tester") as change:
        portfolio.put_customers(change, [FINE, LEAVING], "crm")
        portfolio.put_accounts(change, accounts, "crm")
        add_hook(change, "https://receiver.example/hook", [outcomes.CHANGED])
    database.close()


def write(place: str, *writes: Write) -> None:
    database = Database(place)
    for one in writes:
        with changing(database, "tester") as change:
            one(change)
    database.close()


def post(about: About, subject: str) -> Write:
    return lambda change: portfolio.put_facts(change, [telling(about, subject, WEAPONS)])


def withdraw(about: About, subject: str) -> Write:
    return lambda change: portfolio.withdraw_facts(change, [telling(about, subject, WEAPONS)])


def move(seat: str) -> Write:
    moved = replace(FINE, headquarters=seat)
    return lambda change: portfolio.put_customers(change, [moved], "crm")


def belongs(account: str, customer: str) -> Write:
    return lambda change: portfolio.put_accounts(change, [Account(account, customer)], "crm")


def look(place: str, day: int = DAY, policy: Path = POLICY) -> Swept:
    return sweep(Wanted(place, [str(policy)]), "tester", day)


def told(place: str) -> list[tuple[str, str, str]]:
    """Every event there ever was: account, outcome before, outcome now."""
    database = Database(place)
    with database.reading() as connection:
        rows = connection.execute(select(tables.event).order_by(tables.event.c.id)).all()
    database.close()
    assert all(row.type == outcomes.CHANGED for row in rows)
    bodies = [orjson.loads(row.body) for row in rows]
    assert [row.subject for row in rows] == [body["account"] for body in bodies]
    return [(body["account"], body["before"]["outcome"], body["now"]["outcome"]) for body in bodies]


def test_the_first_look_tells_nothing_and_a_second_finds_nothing_to_do(place: str) -> None:
    assert look(place) == Swept(accounts=3, new=3)
    assert look(place) == Swept()
    assert told(place) == []


@pytest.mark.parametrize(
    ("writes", "looked", "expected"),
    [
        ([post(About.ACCOUNT, "a1")], 1, {"a1": "deny"}),
        ([post(About.CUSTOMER, "c-fine")], 2, {"a1": "deny", "a2": "deny"}),
        ([move("XA")], 2, {"a1": "deny", "a2": "deny"}),
        ([move("XD")], 2, {}),
        ([belongs("a1", "c-out")], 1, {"a1": "allow_with_notice"}),
        ([belongs("a1", "c-nobody")], 1, {"a1": "review"}),
        ([belongs("a9", "c-fine")], 1, {}),
        ([post(About.ACCOUNT, "a1"), withdraw(About.ACCOUNT, "a1")], 1, {}),
        ([post(About.ACCOUNT, "nobody"), post(About.CUSTOMER, "nobody")], 0, {}),
    ],
)
def test_what_is_believed_otherwise_is_looked_at_and_nothing_else(
    place: str, writes: list[Write], looked: int, expected: dict[str, str]
) -> None:
    look(place)
    write(place, *writes)
    assert look(place).accounts == looked
    assert told(place) == [(who, "allow", now) for who, now in expected.items()]
    assert look(place) == Swept()


def test_the_day_alone_ends_a_wind_down_and_that_is_told_once(place: str) -> None:
    look(place)
    found = look(place, EXIT)
    assert (found.accounts, found.changed) == (3, 1)
    assert told(place) == [("out", "allow_with_notice", "deny")]
    assert look(place, EXIT) == Swept()
    assert look(place, DAY).changed == 0, "who looks back tells nothing"
    assert len(told(place)) == 1


def test_another_policy_is_another_look_at_everybody(place: str, tmp_path: Path) -> None:
    look(place)
    changed = tmp_path / "changed.toml"
    changed.write_text(POLICY.read_text().replace('codes = ["XA", "XB"]', 'codes = ["XB", "XC"]'))
    assert look(place, DAY, changed).accounts == 3
    assert {(who, now) for who, _, now in told(place)} == {
        ("a1", "deny"), ("a2", "deny"), ("out", "deny"),
    }  # fmt: skip


def test_a_look_that_was_broken_off_tells_the_rest_later_and_nothing_twice(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(place)
    write(place, move("XA"))
    monkeypatch.setattr(outcomes, "AT_ONCE", 1)
    keep, kept = outcomes.put, 0

    def fails(change: Change, series: str, found: list[tuple[Stands | None, Stands]]) -> None:
        nonlocal kept
        keep(change, series, found)
        kept += 1
        if kept == 2:
            raise StorageError("the disk is full")

    monkeypatch.setattr(outcomes, "put", fails)
    with pytest.raises(StorageError):
        look(place)
    assert len(told(place)) == 1
    assert look(place).changed == 1
    assert sorted(who for who, _, _ in told(place)) == ["a1", "a2"]


def test_where_other_policies_begin_to_decide_meanwhile_the_rest_is_left(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter(["one", "another"])
    monkeypatch.setattr(sweeping, "_key", lambda found: next(keys))
    assert look(place) == Swept(accounts=3, whole=False)
    monkeypatch.undo()
    assert look(place) == Swept(accounts=3, new=3)


def test_the_command_says_who_stands_otherwise_in_numbers(place: str) -> None:
    run = ["state", "sweep", place, "--policy", str(POLICY)]
    assert "3 accounts looked at, 3 for the first time" in CliRunner().invoke(app, run).output
    write(place, post(About.ACCOUNT, "a1"))
    said = CliRunner().invoke(app, run).output
    assert "1 accounts looked at, 0 for the first time" in said
    assert ", now at deny" in said


WRITES = st.sampled_from(
    [
        post(About.ACCOUNT, "a1"),
        withdraw(About.ACCOUNT, "a1"),
        post(About.CUSTOMER, "c-fine"),
        withdraw(About.CUSTOMER, "c-fine"),
        move("XA"),
        move("XC"),
        belongs("a2", "c-out"),
        belongs("a2", "c-fine"),
        belongs("a9", "c-out"),
    ]
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.lists(WRITES, max_size=3), st.sampled_from([DAY, EXIT]))))
def test_after_every_look_what_is_kept_is_what_judging_everybody_says(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[list[Write], int]],
) -> None:
    place = str(tmp_path_factory.mktemp("sweep") / "state.db")
    with_accounts(place)
    today = DAY
    for writes, day in steps:
        today = max(today, day)
        write(place, *writes)
        look(place, today)
        assert kept(place) == judged(place, today)


def kept(place: str) -> dict[str, str]:
    database = Database(place)
    with database.reading() as connection:
        rows = connection.execute(select(tables.outcome.c.account, tables.outcome.c.outcome)).all()
    database.close()
    return {row.account: row.outcome for row in rows}


def judged(place: str, day: int) -> dict[str, str]:
    store = Store.open(place)
    with store.look() as now:
        by = deciding(dated(now, [str(POLICY)], ""))
        ids = [span.value.id for span in now.accounts()]
        found = {one.account: one.outcome.word for one in standings(book_of(now, by), ids, day)}
    store.close()
    return found
