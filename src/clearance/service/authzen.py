"""AuthZEN 1.0: one question, many questions, and where to ask them.

1. A refusal of the policy is an answer: HTTP 200 with ``decision`` false. Only what cannot be read
   is 400.
2. ``context`` says the outcome, the reasons that are not plain allow, the policy, a wind-down, and
   what proves the answer: its id and leaf hash, and where it was waited for the whole receipt.
3. In a batch the outer fields stand in for those an item leaves out, each as a whole. An item that
   cannot be read is an answer with ``error``; its neighbours are answered.
4. ``options.evaluations_semantic`` ends a batch with the first denial, or the first permission.

**Source**: OpenID AuthZEN Authorization API 1.0, sections 6, 7 and 9.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from clearance.adapters.decisions.judgement_json import reason_json, winding_json
from clearance.adapters.ledger.store import Logged
from clearance.model.errors import InputError
from clearance.model.outcome import Outcome
from clearance.model.plain import Json
from clearance.policy.decision import Decision
from clearance.policy.judging.kept import Kept
from clearance.service import usual
from clearance.service.desk import Answer, Desk
from clearance.service.questions import Object, question
from clearance.service.replies import JSON, Reply
from clearance.service.settings import Settings
from clearance.service.wire import Refusal, Request
from clearance.service.words import to_admin, to_user
from clearance.usecases.decide import Question, Ready

EVALUATION = "/access/v1/evaluation"
EVALUATIONS = "/access/v1/evaluations"
CONFIGURATION = "/.well-known/authzen-configuration"

_ENDS: Mapping[str, bool | None] = {
    "execute_all": None,
    "deny_on_first_deny": False,
    "permit_on_first_permit": True,
}
_SHOWN = 65_536
_ID = b"{decision}"
_RECEIPT, _LEAF, _END = b',"receipt":{', b'"leaf":"', b"}}}"
_JSON = b"application/json"


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of all that is decided alike.

    **Shape**: ``of`` keeps its identity its own; ``begun`` stands before the id of an answer,
    ``context`` after it.
    """

    of: Decision
    begun: bytes
    context: bytes
    appeal: bytes


class AuthZen:
    """Answers the API out of a desk."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._settings = settings
        self._told = Kept[int, Told](_SHOWN)

    def evaluation(self, request: Request) -> Reply | Awaitable[Reply]:
        """One question, one answer."""
        asked = _is_json(request) and usual.one(request.body, self._desk.day())
        if asked:
            return self._answered(asked)
        return self._single(_read(request, self._settings.limits.depth))

    def evaluations(self, request: Request) -> Reply | Awaitable[Reply]:
        """Many questions in one request."""
        limits = self._settings.limits
        usually = _is_json(request) and usual.many(request.body, self._desk.day())
        if usually and len(usually) <= limits.batch:
            found: list[Answer | bytes] = [self._tried(each) for each in usually]
        else:
            asked = _read(request, limits.depth)
            items = asked.get("evaluations")
            if items is None or items == []:
                return self._single(asked)
            found = self._read_all(items, asked)
        self._desk.log([answer for answer in found if isinstance(answer, Answer)])
        if self._desk.durable:
            return self._list_later(found)
        return _listed([self._json(one) if isinstance(one, Answer) else one for one in found])

    def configuration(self, request: Request) -> Reply:
        """Where the API is."""
        here = self._settings.public_url or f"http://{request.header(b'host')}"
        document = {
            "policy_decision_point": here,
            "access_evaluation_endpoint": here + EVALUATION,
            "access_evaluations_endpoint": here + EVALUATIONS,
        }
        return Reply(200, JSON, orjson.dumps(document))

    def _single(self, asked: Object) -> Reply | Awaitable[Reply]:
        return self._answered(self._question(asked))

    def _answered(self, asked: Question) -> Reply | Awaitable[Reply]:
        answer = self._desk.decide(asked)
        if answer.stored is not None:
            return self._later(answer)
        return Reply(200, JSON, self._json(answer))

    async def _later(self, answer: Answer) -> Reply:
        return Reply(200, JSON, self._json(answer, await self._desk.stored(answer)))

    async def _list_later(self, found: Sequence[Answer | bytes]) -> Reply:
        said = []
        for one in found:
            if isinstance(one, Answer):
                one = self._json(one, await self._desk.stored(one))
            said.append(one)
        return _listed(said)

    def _question(self, asked: Object) -> Question:
        return question(asked, self._desk.now(), self._settings.tolerance)

    def _read_all(self, items: Json, outer: Object) -> list[Answer | bytes]:
        """What is answered to the items of a batch, up to where it ends."""
        if not isinstance(items, list):
            raise Refusal(400, "evaluations is no list")
        if len(items) > self._settings.limits.batch:
            raise Refusal(400, f"more than {self._settings.limits.batch} evaluations")
        end = _semantic(outer)
        found: list[Answer | bytes] = []
        for item in items:
            answer = self._item(item, outer)
            found.append(answer)
            allowed = isinstance(answer, Answer) and answer.decided.decision.allowed
            if allowed is end:
                break
        return found

    def _item(self, item: Json, outer: Object) -> Answer | bytes:
        """One item's answer, or what is wrong with it."""
        try:
            if not isinstance(item, dict):
                raise Refusal(400, "the evaluation is no object")
            return self._desk.consider(self._question({**outer, **item}))
        except (Refusal, InputError) as error:
            return _wrong(error)

    def _tried(self, asked: Question) -> Answer | bytes:
        try:
            return self._desk.consider(asked)
        except InputError as error:
            return _wrong(error)

    def _json(self, answer: Answer, logged: Logged | None = None) -> bytes:
        decision = answer.decided.decision
        told = self._told.get(id(decision)) or self._told.put(
            id(decision), _told(decision, answer.decided.policy)
        )
        id_ = answer.row.id.encode()
        appeal = told.appeal.replace(_ID, id_) if told.appeal else b""
        leaf = answer.row.hash.hex().encode()
        place = proof = b""
        if logged is not None:
            place = b'"index":%d,' % logged.index
            proof = b',"proof":%b' % orjson.dumps(logged.receipt.decode())
        return b"".join(
            (told.begun, id_, told.context, appeal, _RECEIPT, place, _LEAF, leaf, b'"', proof, _END)
        )


def _wrong(error: Refusal | InputError) -> bytes:
    """What is said of an item that is not answered."""
    detail = error.detail if isinstance(error, Refusal) else error.message()
    wrong: Json = {"error": {"message": detail, "status": 400}}
    return orjson.dumps({"context": wrong, "decision": False})


def _is_json(request: Request) -> bool:
    """Does a request say that it is JSON?"""
    said = request.headers.get(b"content-type", b"")
    return said == _JSON or said.partition(b";")[0].strip().lower() == _JSON


def _read(request: Request, depth: int) -> dict[str, Json]:
    """The JSON object in a request's body."""
    if not _is_json(request):
        raise Refusal(400, "the content type is not application/json")
    try:
        value = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Refusal(400, f"the body is no JSON: {error.msg} at character {error.pos}") from None
    if not isinstance(value, dict):
        raise Refusal(400, "the request is no JSON object")
    if request.body.count(b"{") + request.body.count(b"[") > depth and _deep(value, depth):
        raise Refusal(400, f"values nest deeper than {depth}")
    return value


def _deep(value: Json, depth: int) -> bool:
    """Does a value nest deeper than so many levels?"""
    level = [value]
    for _ in range(depth):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Json) -> Sequence[Json]:
    """The objects and lists that stand in a value."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return ()
    return [one for one in value if isinstance(one, (dict, list))]


def _semantic(asked: Object) -> bool | None:
    options = asked.get("options")
    if options is None:
        return None
    if not isinstance(options, dict):
        raise Refusal(400, "options is no object")
    name = options.get("evaluations_semantic", "execute_all")
    if not isinstance(name, str) or name not in _ENDS:
        raise Refusal(400, f"options.evaluations_semantic is none of {', '.join(_ENDS)}")
    return _ENDS[name]


def _listed(answers: Sequence[bytes]) -> Reply:
    return Reply(200, JSON, b'{"evaluations":[%b]}' % b",".join(answers))


def _told(decision: Decision, policy: Ready) -> Told:
    """What is said of a decision to whoever asks, but for what is each answer's own."""
    shown = [one for one in decision.reasons if one.outcome or not one.cleared]
    said: dict[str, Json] = {
        "outcome": decision.outcome.word,
        "cleared": decision.cleared,
        "basis": decision.basis,
        "policy": {"id": policy.id, "digest": policy.digest},
        "reasons": [reason_json(reason) for reason in shown],
        "reason_admin": {"en": to_admin(decision)} if shown else None,
        "reason_user": {"en": to_user(decision)} if decision.outcome else None,
        "wind_down": winding_json(decision.winding),
        "attestations": list(decision.attestations),
    }
    context = orjson.dumps({name: value for name, value in said.items() if value not in ("", None)})
    appeal = b""
    if policy.appeal and decision.outcome >= Outcome.REVIEW:
        appeal = b',"appeal":' + orjson.dumps(policy.appeal)
    begun = b'{"decision":%b,"context":{"id":"' % (b"true" if decision.allowed else b"false")
    return Told(decision, begun, b'",' + context[1:-1], appeal)
