"""Events: written with the change, delivered until they are taken, or given up."""

from __future__ import annotations

import pytest

from clearance.adapters.sql import tables
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.events import (
    DELAYS,
    LEASE,
    SECOND,
    Attempt,
    Due,
    State,
    claim,
    emit,
    next_due,
    settle,
)
from clearance.adapters.sql.hooks import add_hook, rotate_secret
from clearance.model.errors import InputError

URL = "https://receiver.example/hook"
FAR = 10**18


def hook(database: Database, *events: str) -> str:
    with changing(database, "tester") as change:
        return add_hook(change, URL, events or ("*",)).id


def claimed(database: Database, now: int) -> list[Due]:
    """What is due at a time, of one webhook after the other."""
    found: list[Due] = []
    asked: set[str] = set()
    while (one := next_due(database, now, asked)) is not None:
        asked.add(one)
        found += claim(database, one, now)
    return found


def say(database: Database, type: str = "facts.changed") -> None:
    with changing(database, "tester") as change:
        emit(change, type, "c1", {"kind": "risk"})


def attempt(database: Database, due: Due, now: int, *, gone: bool = False) -> State:
    return settle(database, due, now, Attempt("500", gone=gone))


def test_an_event_is_due_at_whoever_asked_for_it_and_at_nobody_else(database: Database) -> None:
    asked, everything = hook(database, "facts.*"), hook(database)
    hook(database, "release.*")
    say(database)
    due = claimed(database, FAR)
    assert {one.webhook for one in due} == {asked, everything}
    assert {(one.type, one.subject, one.body) for one in due} == {
        ("facts.changed", "c1", b'{"kind":"risk"}')
    }
    assert len({one.event for one in due}) == 1


def test_a_change_that_fails_tells_nobody(database: Database) -> None:
    hook(database)
    with pytest.raises(InputError):
        say_and_fail(database)
    assert claimed(database, FAR) == []


def say_and_fail(database: Database) -> None:
    with changing(database, "tester") as change:
        emit(change, "facts.changed", "c1", {})
        raise InputError("a later step refuses")


def test_what_is_claimed_is_not_claimed_again_until_the_lease_is_over(database: Database) -> None:
    hook(database)
    say(database)
    now = claimed(database, FAR)[0].at
    assert claimed(database, FAR) == []
    assert len(claimed(database, FAR + LEASE * SECOND)) == 1
    assert now > 0


def test_a_delivery_that_fails_comes_again_later_and_later_until_it_is_given_up(
    database: Database,
) -> None:
    hook(database)
    say(database)
    now = FAR
    for delay in DELAYS:
        (due,) = claimed(database, now)
        assert attempt(database, due, now) is State.WAITING
        assert claimed(database, now + delay * SECOND - 1) == []
        now += delay * SECOND
    (due,) = claimed(database, now)
    assert attempt(database, due, now) is State.GIVEN_UP
    assert claimed(database, FAR * 2) == []


def test_a_delivery_that_was_taken_is_over(database: Database) -> None:
    hook(database)
    say(database)
    (due,) = claimed(database, FAR)
    assert settle(database, due, FAR, Attempt("204", done=True)) is State.DELIVERED
    assert claimed(database, FAR * 2) == []


def test_a_receiver_that_is_gone_is_told_nothing_more(database: Database) -> None:
    hook(database)
    say(database)
    say(database)
    assert attempt(database, claimed(database, FAR)[0], FAR, gone=True) is State.GIVEN_UP
    say(database)
    assert claimed(database, FAR * 2) == []
    with database.reading() as connection:
        rows = connection.execute(tables.delivery.select()).mappings().all()
    assert {row["state"] for row in rows} == {"given_up"}


def test_of_a_receiver_that_does_not_answer_one_delivery_is_tried_at_a_time(
    database: Database,
) -> None:
    silent, other = hook(database, "facts.*"), hook(database, "release.*")
    for _ in range(3):
        say(database)
    first = claimed(database, FAR)[0]
    now = FAR + LEASE * SECOND
    settle(database, first, now, Attempt("ConnectError", silent=True))
    say(database, "release.draft")
    assert [one.webhook for one in claimed(database, now + DELAYS[0] * SECOND - 1)] == [other]
    due = claimed(database, now + DELAYS[0] * SECOND)
    assert [(one.webhook, one.attempts) for one in due] == [(silent, 1), (silent, 0), (silent, 0)]


def test_a_rotated_secret_signs_beside_the_old_one_for_the_overlap(database: Database) -> None:
    id = hook(database)
    with changing(database, "tester") as change:
        moment = change.at
        rotate_secret(change, id, overlap=60)
    say(database)
    (due,) = claimed(database, moment + 30 * SECOND)
    assert len(due.secrets) == 2
    attempt(database, due, moment + 30 * SECOND)
    (due,) = claimed(database, moment + 70 * SECOND)
    assert len(due.secrets) == 1
