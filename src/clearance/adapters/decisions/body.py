"""A decision as the log keeps it: short, canonical, and naming what it rested on by digest.

1. A body says what was asked, on which day, under which policy, on which facts, and the outcome.
   Facts, votes about an address, and the judgement with its reasons stand beside it, by SHA-256.
2. Addresses and numbers are not in it: the log seals them, so that they can be erased.
3. What is the same for many decisions is encoded once. A document is owed until it was said to be
   kept, so that no body is logged without what it names.

**Cost**: 1 µs a decision whose parts are known, 20 µs for an account's first of the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec
import orjson

from clearance.adapters.decisions.facts_json import known_bytes, origin_bytes
from clearance.adapters.decisions.judgement_json import judgement_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.network.origin import Origin
from clearance.policy.decision import Decision
from clearance.policy.judging.kept import Kept
from clearance.usecases.decide import Decided, Holder, Question, Ready

_MOST = 400_000


@dataclass(slots=True)
class Document:
    """Something encoded once.

    **Shape**: ``of`` is kept, so that nothing else takes its identity; ``named`` is the digest as
    a body says it; ``owed`` are the bytes until they are kept, then empty.
    """

    of: object
    digest: str
    owed: bytes
    named: bytes


@dataclass(slots=True)
class Judgement(Document):
    """An encoded decision.

    **Shape**: ``json`` is the document, ``tail`` what of it ends a body; ``counted`` is by what
    decisions are counted: the outcome's word and the policy's id.
    """

    json: dict[str, Json]
    tail: bytes
    counted: tuple[str, str]


_NOBODY = Document(None, "", b"", b"null")
_OPENING = b'{"account":'


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A decision's body in parts, and the documents it names that are still owed."""

    parts: tuple[bytes, ...]
    judgement: Judgement
    owed: Sequence[Document]

    @property
    def body(self) -> bytes:
        """The body in one."""
        return b"".join(self.parts)

    @property
    def evidence(self) -> tuple[tuple[str, bytes], ...]:
        """What to keep with the body, by digest."""
        return tuple([(one.digest, one.owed) for one in self.owed])

    def kept(self) -> None:
        """Say that it is kept."""
        for one in self.owed:
            one.owed = b""
            if isinstance(one.of, Holder):
                one.of.named = one.named


class Recorder:
    """Writes decisions' bodies.

    **Shape**: ``policies`` are documents by digest: each is owed with the first decision under it.
    """

    __slots__ = ("_judged", "_origins", "_policies")

    def __init__(self, policies: Mapping[str, bytes]) -> None:
        self._policies = {
            digest: Document(None, digest, text, b"") for digest, text in policies.items()
        }
        self._judged = Kept[int, Judgement](_MOST)
        self._origins = Kept[int, Document](_MOST)

    def record(self, decided: Decided) -> Recorded:
        """The body of a decision, and what it needs beside it."""
        question, _, decision, account, _, _, _, alike = decided
        judgement = self._judged.get(id(decision))
        named = account.named if account else _NOBODY.named
        if not (judgement and alike and alike.said and named) or judgement.owed:
            return self._owing(decided)
        id_ = orjson.dumps(question.account)
        return Recorded((_OPENING, id_, alike.said, named, judgement.tail), judgement, ())

    def _owing(self, decided: Decided) -> Recorded:
        """A body of which something may not be on record yet."""
        question, policy, decision, account, origin, _, end_customer, alike = decided
        judgement = self._judged.get(id(decision)) or self._judged.put(
            id(decision), _judgement(decision, policy)
        )
        facts = _facts(account) if account else _NOBODY
        end = _facts(end_customer) if end_customer else None
        where = self._origins.get(id(origin)) or self._where(origin)
        said = _said(decided, where, end)
        if alike and not where.owed:
            alike.said = said
        id_ = orjson.dumps(question.account)
        parts = _OPENING, id_, said, facts.named, judgement.tail
        documents = judgement, self._policies[policy.digest], facts, where, *([end] if end else [])
        return Recorded(parts, judgement, [one for one in documents if one.owed])

    def _where(self, origin: Origin | None) -> Document:
        made = (
            Document(origin, "", b"", b"")
            if origin is None
            else _document(origin, origin_bytes(origin))
        )
        return self._origins.put(id(origin), made)


def _facts(account: Holder) -> Document:
    if account.named:
        return Document(account, "", b"", account.named)
    return _document(account, known_bytes(account))


def _document(of: object, encoded: bytes) -> Document:
    digest = sha256(encoded).hexdigest()
    return Document(of, digest, encoded, b'"%b"' % digest.encode())


def _said(decided: Decided, where: Document, end: Document | None) -> bytes:
    """What a request says, as it stands between the account and its facts."""
    question = decided.question
    who = b""
    if question.end_customer:
        named = b"" if end is None else b'"facts":%b,' % end.named
        who = b'"end_customer":{%b"id":%b},' % (named, orjson.dumps(question.end_customer))
    return b',"action":%b,"asked":{%b},"day":"%b","facts":' % (
        orjson.dumps(question.action),
        (who + _asked(question, where.named, decided.phone)).rstrip(b","),
        text_of_day(question.day).encode(),
    )


def _asked(question: Question, origin: bytes, phone: str) -> bytes:
    """What the request said, without what is sealed; what it did not say is left out.

    Each part ends with a comma.
    """
    said = (
        (b"end_use", question.end_use),
        (b"model", question.model),
        (b"origin", origin),
        (b"phone", phone),
        (b"resource", question.resource),
        (b"service", question.service),
        (b"subject", question.subject),
        (b"time", question.time),
    )
    return b"".join(
        b'"%b":%b,' % (name, value if isinstance(value, bytes) else orjson.dumps(value))
        for name, value in said
        if value
    )


def _judgement(decision: Decision, policy: Ready) -> Judgement:
    document = judgement_json(decision)
    encoded = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    named = sha256(encoded).hexdigest()
    tail: dict[str, Json] = {
        "judgement": named,
        "outcome": decision.outcome.word,
        "policy": {"digest": policy.digest, "id": policy.id},
        "why": [reason.code for reason in decision.deciding],
    }
    counted = decision.outcome.word, policy.id
    return Judgement(
        decision, named, encoded, b"", document, b"," + orjson.dumps(tail)[1:], counted
    )
