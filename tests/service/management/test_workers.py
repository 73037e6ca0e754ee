"""Behind the API: what was committed is delivered, and comes into the log once."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from tests.adapters.webhooks.receiver import receiving
from tests.service.scene import POLICY

from clearance.adapters.ledger.key_file import make_key, read_key
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.adapters.sql import outbox
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.changing import now as changing_now
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.events import KEPT, SECOND, forget
from clearance.adapters.sql.hooks import add_hook
from clearance.adapters.sql.keys import Keys, create_key
from clearance.adapters.sql.portfolio import put_accounts, put_customers
from clearance.adapters.sql.snapshots import add_snapshot
from clearance.adapters.webhooks.sender import Sender
from clearance.bootstrap.sweeping import Wanted
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.plain import Json
from clearance.service.management.deliveries import Deliveries
from clearance.service.management.ports import Office
from clearance.service.management.sweeper import Sweeper
from clearance.service.management.workers import Workers
from clearance.usecases.scopes import Scope

SAID: list[tuple[str, Mapping[str, Json]]] = []


@pytest.fixture
def log(tmp_path: Path) -> Iterator[tuple[str, LogWriter]]:
    place = str(tmp_path / "log.db")
    make_key(tmp_path / "key", "log.example/test")
    signer = read_key(tmp_path / "key")
    create(place, signer)
    with LogWriter.open(place, signer) as writer:
        yield place, writer


def workers(database: Database, log: tuple[str, LogWriter] | None, *inside: str) -> Workers:
    place, writer = log if log is not None else ("", None)
    office = Office(
        database,
        Keys(database),
        log=place,
        tell=tell,
    )
    senders = [Sender(inside=[ip_network(one) for one in inside]) for _ in range(2)]
    SAID.clear()
    return Workers(office, senders, writer)


def delivered(database: Database) -> int:
    """How many deliveries to receivers on loopback were tried, until none is due."""
    sender, tried = Sender(inside=[ip_network("127.0.0.0/8")]), 0
    deliveries = Deliveries(Office(database, Keys(database), tell=tell))
    while one := deliveries.deliver(sender):
        tried += one
    sender.close()
    return tried


def tell(event: str, said: Mapping[str, Json]) -> None:
    SAID.append((event, said))


def load(database: Database, digest: str = "0" * 64) -> None:
    with changing(database, "Ada") as change:
        add_snapshot(change, digest, "2025-01-01", [])


def test_what_was_committed_comes_into_the_log_once_with_its_person_sealed(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    load(database)
    (waiting,) = outbox.waiting(database)
    work = workers(database, log)
    assert [work.hand_over(), work.hand_over()] == [1, 0]
    with LogReader.open(log[0]) as reader:
        stored = reader.entry(waiting.id)
    assert stored is not None
    assert b"Ada" not in stored.leaf
    assert [(one.field, one.value) for one in stored.sealed] == [("by", "Ada")]


def test_an_entry_that_the_log_has_already_is_not_written_twice(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    load(database)
    entries = [one.entry for one in outbox.waiting(database)]
    work = workers(database, log)
    work.hand_over()
    size = log[1].size
    with database.writing() as connection:  # as if the process had ended before saying so
        connection.exec_driver_sql(
            f"UPDATE outbox SET state = 'waiting' WHERE entry = {entries[0]}"
        )
    assert work.hand_over() == 1
    assert log[1].size == size
    assert list(outbox.waiting(database)) == []


def test_events_are_delivered_in_their_order_and_failures_told_without_their_bodies(
    database: Database,
) -> None:
    with receiving() as receiver:
        receiver.answers = [204, 500]
        with changing(database, "tester") as change:
            add_hook(change, receiver.url, ["*"])
        load(database)
        load(database, "1" * 64)
        SAID.clear()
        assert delivered(database) == 2
        bodies = [body for _, body in receiver.sent]
    assert [b'"digest":"0' in bodies[0], b'"digest":"1' in bodies[1]] == [True, True]
    assert [event for event, _ in SAID] == ["delivery_failed"]
    assert "digest" not in str(SAID)
    assert delivered(database) == 0


def test_a_receiver_that_does_not_answer_keeps_nobody_waiting(database: Database) -> None:
    with receiving() as gone:
        url = gone.url
    with receiving() as receiver:
        with changing(database, "tester") as change:
            add_hook(change, url, ["*"])
            add_hook(change, receiver.url, ["*"])
        for digit in "012":
            load(database, digit * 64)
        SAID.clear()
        assert delivered(database) == 4
        assert len(receiver.sent) == 3
    assert [event for event, _ in SAID] == ["delivery_failed"], "it was tried once"


def test_a_receiver_that_hangs_holds_up_nobody_else(database: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging, receiving() as receiver:
        with changing(database, "tester") as change:
            add_hook(change, f"http://127.0.0.1:{hanging.getsockname()[1]}/hook", ["*"])
            add_hook(change, receiver.url, ["*"])
        for digit in range(40):
            load(database, f"{digit:064}")
        senders = [Sender(inside=[ip_network("127.0.0.0/8")], patience=60.0) for _ in range(2)]
        work = Workers(Office(database, Keys(database), tell=tell), senders, None)
        SAID.clear()
        work.start()
        while len(receiver.sent) < 40:
            assert not SAID, "the one that hangs was given up first"
        hanging.close()
        work.stop()
    digests = [json.loads(body)["digest"] for _, body in receiver.sent]
    assert digests == sorted(digests), "each in the order of its events"


def test_what_was_delivered_is_forgotten_after_its_time_and_nothing_that_waits(
    database: Database,
) -> None:
    with receiving() as receiver:
        with changing(database, "tester") as change:
            add_hook(change, receiver.url, ["*"])
        load(database)
        assert delivered(database) == 1
        load(database, "1" * 64)
    now = changing_now()
    assert [forget(database, at) for at in (now, now + KEPT + 60 * SECOND)] == [0, 1]
    with database.reading() as connection:
        events = connection.exec_driver_sql("SELECT body FROM event").scalars().all()
        (state,) = connection.exec_driver_sql("SELECT state FROM delivery").scalars().all()
    assert ([json.loads(one)["digest"] for one in events], state) == (["1" * 64], "waiting")


def test_started_they_work_by_themselves_and_stop_when_told(
    database: Database, log: tuple[str, LogWriter]
) -> None:
    with changing(database, "tester") as change:
        create_key(change, "x", frozenset({Scope.FACTS_READ}))
    work = workers(database, log)
    work.start()
    while list(outbox.waiting(database)):
        pass
    work.stop()
    assert log[1].size == 1


def test_accounts_are_looked_at_when_something_changed_and_whoever_asked_is_told(
    database: Database,
) -> None:
    fine = Customer("c-fine", headquarters="XC")
    with receiving() as receiver:
        with changing(database, "tester") as change:
            add_hook(change, receiver.url, ["account.outcome.changed"])
            put_customers(change, [fine], "crm")
            put_accounts(change, [Account("a1", "c-fine")], "crm")
        SAID.clear()
        wanted = Wanted(database.place, [str(POLICY)])
        sweeper = Sweeper(Office(database, Keys(database), tell=tell), wanted, every=0.0)
        assert [sweeper.sweep(), sweeper.sweep(), delivered(database)] == [0, 0, 0]
        with changing(database, "tester") as change:
            put_customers(change, [replace(fine, headquarters="XA")], "crm")
        assert [sweeper.sweep(), sweeper.sweep(), delivered(database)] == [1, 0, 1]
        ((headers, body),) = receiver.sent
    assert headers["ce-type"] == "org.clearance.account.outcome.changed"
    assert headers["ce-subject"] == "a1"
    assert [json.loads(body)[when]["outcome"] for when in ("before", "now")] == ["allow", "deny"]
    assert SAID == [
        ("swept", {"accounts": 1, "new": 1, "changed": 0}),
        ("swept", {"accounts": 1, "new": 0, "changed": 1}),
    ]


def test_a_look_that_fails_is_told_and_tried_again(database: Database, tmp_path: Path) -> None:
    SAID.clear()
    wanted = Wanted(database.place, [str(tmp_path / "none.toml")])
    sweeper = Sweeper(Office(database, Keys(database), tell=tell), wanted, every=0.0)
    assert [sweeper.sweep(), sweeper.sweep()] == [0, 0]
    assert [event for event, _ in SAID] == ["sweep_failed", "sweep_failed"]
    sweeper.close()
    assert sweeper.sweep() == 0
    assert len(SAID) == 2
