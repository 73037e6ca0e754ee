"""Deciding a logged question again, from the documents that it names."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from clearance.adapters.decisions.body import Recorder
from clearance.adapters.decisions.facts_json import known_of, origin_of
from clearance.adapters.decisions.logged import LoggedDecision
from clearance.adapters.policies.bundle import opened
from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.model.plain import Fields, Json
from clearance.network.origin import Origin
from clearance.policy.asked import NOWHERE
from clearance.policy.judging.decide import Judge
from clearance.usecases.decide import Decider, Known, Question, Ready
from clearance.usecases.replay import Replay, compared, unavailable

_KEPT_ADDRESS = "as it was kept"


@dataclass(frozen=True, slots=True)
class _Kept:
    """The book of one decision: what it rested on, whoever is asked about."""

    ready: Ready
    holder: Known | None
    end_customer: Known | None

    def account(self, id: str, day: int) -> Known | None:
        return self.holder

    def customer(self, id: str, day: int) -> Known | None:
        return self.end_customer

    def policy(self, day: int) -> Ready:
        return self.ready


def replayed(logged: LoggedDecision) -> Replay:
    """What deciding again shows.

    Raises:
        IntegrityError: the policy is not the one that its digest names.
    """
    absent = [one for one in logged.missing if not one.startswith("judgement ")]
    if absent:
        return unavailable(logged.id, logged.missing)
    try:
        body, judgement = _decided(logged)
    except InputError as error:
        return unavailable(logged.id, [f"cannot be read by this version: {error.message()}"])
    before: dict[str, Json] = {"body": logged.body}
    now: dict[str, Json] = {"body": orjson.loads(body)}
    if "judgement" in logged.documents:
        before["judgement"] = logged.documents["judgement"].says
        now["judgement"] = judgement
    found = compared(logged.id, body == logged.encoded, before, now)
    return unavailable(logged.id, logged.missing) if logged.missing else found


def _decided(logged: LoggedDecision) -> tuple[bytes, Json]:
    """The body of the same question decided now, and its judgement."""
    body = Fields(logged.body, "body")
    policy = logged.documents["policy"]
    made = opened(policy.says, policy.encoded)
    ready = Ready(made.loaded.policy.id, made.digest, Judge(made.loaded.policy, made.codes))

    def known(name: str) -> Known | None:
        document = logged.documents.get(name)
        return None if document is None else known_of(document.says, made.loaded.rules)

    question = _question(body)
    decider = Decider(
        _Kept(ready, known("facts"), known("end_customer")),
        lambda address: _origin(logged),
        lambda region: region,
    )
    recorder = Recorder({made.digest: made.document})
    recorded = recorder.record(decider.decide(question))
    return recorded.body, recorded.judgement.json


def _origin(logged: LoggedDecision) -> Origin:
    found = origin_of(logged.documents["origin"].says)
    return found if found.votes else NOWHERE


def _question(body: Fields) -> Question:
    asked = body.object("asked")
    end = asked.object("end_customer").text("id") if asked.has("end_customer") else ""
    return Question(
        account=body.text("account"),
        day=day_of(body.text("day")),
        action=body.text("action"),
        model=asked.text("model", ""),
        service=asked.text("service", ""),
        address=_KEPT_ADDRESS if asked.has("origin") else "",
        phone=asked.text("phone", ""),
        end_customer=end,
        end_use=asked.text("end_use", ""),
        time=asked.text("time", ""),
        subject=asked.text("subject", ""),
        resource=asked.text("resource", ""),
    )
