"""Keys: shown once, kept as a hash, over when they are over."""

from __future__ import annotations

import pytest

from clearance.adapters.sql import tables
from clearance.adapters.sql.changing import changing, now
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.hooks import add_hook
from clearance.adapters.sql.keys import SECOND, Key, Keys, create_key, revoke_key, rotate_key
from clearance.adapters.sql.outbox import taken, waiting
from clearance.model.errors import InputError
from clearance.usecases.scopes import Scope

READING = frozenset({Scope.FACTS_READ, Scope.CUSTOMERS_READ})


def create(database: Database, lasting: int | None = None) -> tuple[Key, str]:
    with changing(database, "tester") as change:
        return create_key(change, "loader", READING, lasting)


def test_a_key_is_known_again_with_its_scopes_and_by_its_whole_token_alone(
    database: Database,
) -> None:
    key, token = create(database)
    keys = Keys(database)
    assert keys.check(token) == key
    assert keys.check(token) == key
    for wrong in ("", token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), f"{token} "):
        assert keys.check(wrong) is None
    assert keys.check(f"clk_{'a' * 12}_{token[17:]}") is None


def test_the_secret_is_nowhere_in_the_database(database: Database) -> None:
    _, token = create(database)
    with database.reading() as connection:
        row = connection.execute(tables.api_key.select()).mappings().one()
        logged = connection.execute(tables.outbox.select()).mappings().one()
    assert row["hash"].startswith("$argon2id$")
    assert token[17:] not in str(dict(row)) + str(dict(logged))


def test_a_revoked_key_stops_at_once_even_where_it_was_just_used(database: Database) -> None:
    key, token = create(database)
    keys = Keys(database)
    assert keys.check(token)
    with changing(database, "tester") as change:
        revoke_key(change, key.id)
    assert keys.check(token) is None


def test_rotating_lets_both_keys_work_for_the_overlap_and_then_the_new_one(
    database: Database,
) -> None:
    key, token = create(database)
    with changing(database, "tester") as change:
        successor, new = rotate_key(change, key.id, overlap=60)
    later = Keys(database, lambda: now() + 61 * SECOND)
    assert [bool(Keys(database).check(one)) for one in (token, new)] == [True, True]
    assert [bool(later.check(one)) for one in (token, new)] == [False, True]
    assert successor.scopes == key.scopes
    assert {one.id: one.successor for one in Keys(database).all()}[key.id] == successor.id


def test_a_key_expires(database: Database) -> None:
    _, token = create(database, lasting=10)
    assert Keys(database).check(token)
    assert Keys(database, lambda: now() + 11 * SECOND).check(token) is None


@pytest.mark.parametrize("id", ["nothing", ""])
def test_what_is_no_key_cannot_be_revoked_or_rotated(database: Database, id: str) -> None:
    with changing(database, "tester") as change:
        with pytest.raises(InputError, match="no key"):
            revoke_key(change, id)
        with pytest.raises(InputError, match="no key"):
            rotate_key(change, id, overlap=0)


def test_a_key_that_is_over_is_not_rotated_back_to_life(database: Database) -> None:
    key, _ = create(database)
    with changing(database, "tester") as change:
        revoke_key(change, key.id)
    with changing(database, "tester") as change, pytest.raises(InputError, match="is over"):
        rotate_key(change, key.id, overlap=60)


def test_making_and_revoking_wait_for_the_log_and_lose_what_was_sealed_when_it_has_them(
    database: Database,
) -> None:
    key, _ = create(database)
    with changing(database, "tester") as change:
        revoke_key(change, key.id)
    found = list(waiting(database))
    assert [(one.kind, b'"act":"create"' in one.body) for one in found] == [
        ("key_rotation", True),
        ("key_rotation", False),
    ]
    assert found[0].sealed == {"by": "tester", "name": "loader"}
    taken(database, [found[0].entry])
    assert [one.id for one in waiting(database)] == [found[1].id]
    with database.reading() as connection:
        sealed = (
            connection.execute(tables.outbox.select().order_by(tables.outbox.c.entry))
            .mappings()
            .first()
        )
    assert sealed is not None
    assert sealed["sealed"] == "{}"


def test_who_wants_events_of_keys_is_told_without_secrets_or_names(database: Database) -> None:
    with changing(database, "tester") as change:
        add_hook(change, "https://example.org/hook", ["key.*"])
        key, token = create_key(change, "loader", READING)
        successor, _ = rotate_key(change, key.id, overlap=60)
        revoke_key(change, successor.id)
    with database.reading() as connection:
        told = connection.execute(tables.event.select()).mappings().all()
    kinds = [(row["type"], row["subject"]) for row in told]
    assert kinds == [
        ("key.create", key.id),
        ("key.create", successor.id),
        ("key.rotate", key.id),
        ("key.revoke", successor.id),
    ]
    bodies = "".join(row["body"] for row in told)
    assert f'{{"key":"{key.id}","successor":"{successor.id}"}}' in bodies
    assert token[17:] not in bodies
    assert "loader" not in bodies
