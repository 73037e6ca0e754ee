"""What is logged: before the answer, whole, and without what must be erasable."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import Any, cast

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.service.scene import NOON, Scene, asking, scene

from clearance.adapters.ledger.store import Logged
from clearance.ledger.entry import Kind
from clearance.ledger.tree import leaf_hash
from clearance.model.errors import StorageError
from clearance.model.plain import canonical
from clearance.service.replies import Reply
from clearance.service.wire import Request


def test_an_entry_says_what_was_asked_on_what_and_under_which_policy() -> None:
    here = scene()
    answer: Any = here.decide("law", ip="192.0.2.1", end_use="support")
    (entry,) = here.log.entries()
    body: Any = entry.body
    assert entry.kind is Kind.DECISION
    assert (entry.id, entry.at) == (answer["context"]["id"], "2026-03-01T12:00:00.000Z")
    assert {name: body[name] for name in ("account", "action", "day", "outcome", "why")} == {
        "account": "law",
        "action": "use",
        "day": "2026-03-01",
        "outcome": "deny",
        "why": ["region_unsupported"],
    }
    assert set(body["asked"]) == {"model", "end_use", "origin"}
    assert answer["context"]["receipt"]["leaf"] == leaf_hash(here.log.leaves[entry.id]).hex()


def test_everything_that_an_entry_names_is_kept_under_its_digest() -> None:
    here = scene()
    here.decide("resale", ip="192.0.2.66", end_customer="c-fine")
    (entry,) = here.log.entries()
    body: Any = entry.body
    named = {
        body["facts"],
        body["judgement"],
        body["policy"]["digest"],
        body["asked"]["origin"],
        body["asked"]["end_customer"]["facts"],
    }
    assert named == set(here.log.kept)
    for digest, kept in here.log.kept.items():
        assert sha256(kept).hexdigest() == digest
        assert canonical(orjson.loads(kept)).encode() == kept


def test_an_address_and_a_number_stand_in_no_entry_and_no_document() -> None:
    here = scene()
    here.decide("fine", ip="192.0.2.66", phone="+441632960001")
    (leaf,) = here.log.leaves.values()
    for held in (leaf, *here.log.kept.values()):
        assert b"192.0.2.66" not in held
        assert b"1632960001" not in held
    (sealed,) = here.log.sealed.values()
    assert {(one.field, one.value, one.subject) for one in sealed} == {
        ("ip", "192.0.2.66", "fine"),
        ("phone", "+441632960001", "fine"),
    }


def test_salts_are_used_once() -> None:
    here = scene()
    for _ in range(600):
        here.decide("fine", ip="192.0.2.66")
    salts = [one.salt for sealed in here.log.sealed.values() for one in sealed]
    assert len(set(salts)) == len(salts) == 600


def test_a_document_is_handed_over_until_it_is_kept() -> None:
    here = scene()
    here.log.refuses = True
    assert here.ask("/access/v1/evaluation", asking("law"))[0] == 503
    here.log.refuses = False
    here.decide("law")
    assert len(here.log.kept) == 3
    here.log.kept.clear()
    here.decide("law")
    assert not here.log.kept


@pytest.mark.parametrize("path", ["/access/v1/evaluation", "/access/v1/evaluations", "/check"])
def test_where_the_log_refuses_there_is_no_answer(path: str) -> None:
    here = scene()
    here.log.refuses = True
    asked = asking("fine") if path.endswith("n") else {**asking("fine"), "evaluations": [{}]}
    reply = here.reply(
        "POST", path, orjson.dumps(asked), content_type="application/json", x_account="fine"
    )
    assert reply.status == 503
    assert b"decision" not in orjson.loads(reply.body)
    assert b"retry-after: 1\r\n" in reply.headers
    assert (here.desk.counts.unlogged, here.desk.counts.outcomes) == (1, {})


def test_where_the_log_is_in_trouble_nobody_is_sent_here() -> None:
    here = scene()
    assert here.reply("GET", "/health/ready").status == 200
    here.log.refuses = True
    assert here.reply("GET", "/health/ready").status == 503
    assert here.reply("GET", "/health/live").status == 200


def test_ids_come_in_the_order_of_time_and_are_never_the_same() -> None:
    here = scene()
    for _ in range(50):
        here.decide("fine")
    ids = list(here.log.leaves)
    assert ids == sorted(set(ids))


def test_outcomes_are_counted_by_policy() -> None:
    here = scene()
    for account in ("fine", "law", "contract"):
        here.decide(account, ip="192.0.2.1")
    assert here.desk.counts.outcomes == {("allow", "tests"): 1, ("deny", "tests"): 2}


def later(here: Scene, path: str, asked: object) -> Any:
    body = orjson.dumps(asked)
    headers = {b"content-type": b"application/json", b"x-account": b"fine"}
    return here.door.answer(Request("POST", path, "", headers, body, True), "203.0.113.9")


def test_a_durable_answer_waits_for_the_log_and_carries_the_receipt() -> None:
    here = scene(durable=True)
    here.log.by_hand = True

    async def asked() -> Reply:
        waiting = asyncio.ensure_future(later(here, "/access/v1/evaluation", asking("fine")))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        (leaf,) = here.log.leaves.values()
        here.log.waiting[0].set_result(Logged(7, leaf_hash(leaf), b"the proof"))
        return cast("Reply", await waiting)

    receipt = orjson.loads(asyncio.run(asked()).body)["context"]["receipt"]
    assert (receipt["index"], receipt["proof"]) == (7, "the proof")


@pytest.mark.parametrize("path", ["/access/v1/evaluation", "/access/v1/evaluations", "/check"])
def test_a_durable_answer_that_is_not_stored_is_none(path: str) -> None:
    here = scene(durable=True)
    here.log.by_hand = True
    asked = asking("fine") if path.endswith("n") else {**asking("fine"), "evaluations": [{}, {}]}

    async def failing() -> Reply:
        waiting = asyncio.ensure_future(later(here, path, asked))
        await asyncio.sleep(0.01)
        for one in here.log.waiting:
            one.set_exception(StorageError("the disk is full", file="log"))
        return cast("Reply", await waiting)

    assert asyncio.run(failing()).status == 503
    assert here.desk.counts.outcomes == {}


def test_a_durable_batch_has_a_receipt_for_each() -> None:
    here = scene(durable=True)
    asked = {**asking("fine"), "evaluations": [{}, {}, {}]}

    async def asking_many() -> Reply:
        return cast("Reply", await later(here, "/access/v1/evaluations", asked))

    answers = orjson.loads(asyncio.run(asking_many()).body)["evaluations"]
    assert [one["context"]["receipt"]["index"] for one in answers] == [0, 1, 2]


@given(st.text(min_size=1, max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_a_body_is_canonical_whatever_is_asked(account: str, end_use: str, model: str) -> None:
    here = SCENES[0]
    asked = {**asking(account, end_use=end_use), "resource": {"type": "model", "id": model or "m"}}
    status, _ = here.ask("/access/v1/evaluation", asked)
    assert status == 200
    leaf = next(reversed(here.log.leaves.values()))
    assert canonical(orjson.loads(leaf)).encode() == leaf


SCENES = [scene()]


def test_the_clock_of_the_scene_stands() -> None:
    assert scene().desk.now() == NOON // 1_000_000
