"""A decision as the log keeps it: short, canonical, and naming what it rested on by digest.

1. A body says what was asked, on which day, under which policy, on which facts, and the outcome.
   Facts, votes about an address, and the judgement with its reasons stand beside it, by SHA-256.
2. Addresses and numbers are not in it: the log seals them, so that they can be erased.
3. What is the same for many decisions is encoded once. A document is owed until it was said to be
   kept, so that no body is logged without what it names.

**Cost**: 3 µs a decision whose parts are known, 20 µs for an account's first of the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

import orjson

from clearance.adapters.decisions.facts_json import known_bytes, origin_bytes
from clearance.adapters.decisions.judgement_json import judgement_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.network.origin import Origin
from clearance.policy.decision import Decision
from clearance.policy.judging.kept import Kept
from clearance.usecases.decide import Decided, Known, Question, Ready

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
    """An encoded decision: ``json`` is the document, ``tail`` what of it ends a body."""

    json: dict[str, Json]
    tail: bytes


class Recorded(NamedTuple):
    """A decision's body, and the documents it names that are still owed."""

    body: bytes
    judgement: Judgement
    owed: Sequence[Document]

    @property
    def evidence(self) -> Sequence[tuple[str, bytes]]:
        """What to keep with the body, by digest."""
        return [(one.digest, one.owed) for one in self.owed] if self.owed else ()

    def kept(self) -> None:
        """Say that it is kept."""
        for one in self.owed:
            one.owed = b""


class Recorder:
    """Writes decisions' bodies.

    **Shape**: ``policies`` are documents by digest: each is owed with the first decision under it.
    """

    __slots__ = ("_judged", "_known", "_origins", "_policies")

    def __init__(self, policies: Mapping[str, bytes]) -> None:
        self._policies = {
            digest: Document(None, digest, text, b"") for digest, text in policies.items()
        }
        self._judged = Kept[int, Judgement](_MOST)
        self._known = Kept[int, Document](_MOST)
        self._origins = Kept[int, Document](_MOST)

    def record(self, decided: Decided) -> Recorded:
        """The body of a decision, and what it needs beside it."""
        question, policy, decision, known, origin, phone, end_customer = decided
        judgement = self._judged.get(id(decision)) or self._judged.put(
            id(decision), _judgement(decision, policy)
        )
        facts = self._known.get(id(known)) or self._facts(known)
        where = self._origins.get(id(origin)) or self._where(origin)
        parts: tuple[Document, ...] = (
            judgement,
            self._policies[policy.digest],
            facts,
            where,
        )
        if end_customer is not None:
            end = self._known.get(id(end_customer)) or self._facts(end_customer)
            parts = (*parts, end)
            who = b'"end_customer":{"facts":%b,"id":%b},' % (
                end.named,
                orjson.dumps(question.end_customer),
            )
        elif question.end_customer:
            who = b'"end_customer":{"id":%b},' % orjson.dumps(question.end_customer)
        else:
            who = b""
        body = b'{"account":%b,"action":%b,"asked":{%b},"day":"%b","facts":%b,%b' % (
            orjson.dumps(question.account),
            _text(question.action),
            (who + _asked(question, where.named, phone)).rstrip(b","),
            _day(question.day),
            facts.named,
            judgement.tail,
        )
        return Recorded(body, judgement, [one for one in parts if one.owed])

    def _facts(self, known: Known | None) -> Document:
        made = (
            Document(known, "", b"", b"null")
            if known is None
            else _document(known, known_bytes(known))
        )
        return self._known.put(id(known), made)

    def _where(self, origin: Origin | None) -> Document:
        made = (
            Document(origin, "", b"", b"")
            if origin is None
            else _document(origin, origin_bytes(origin))
        )
        return self._origins.put(id(origin), made)


def _document(of: object, encoded: bytes) -> Document:
    digest = sha256(encoded).hexdigest()
    return Document(of, digest, encoded, b'"%b"' % digest.encode())


def _asked(question: Question, origin: bytes, phone: str) -> bytes:
    """What the request said, without what is sealed; what it did not say is left out.

    Each part ends with a comma. What differs from request to request is not remembered.
    """
    told: bytes = _told(
        question.end_use,
        question.model,
        origin,
        phone,
        question.resource,
        question.service,
        question.subject,
    )
    return told + b'"time":' + orjson.dumps(question.time) if question.time else told


@lru_cache(65_536)
def _told(
    end_use: str, model: str, origin: bytes, phone: str, resource: str, service: str, subject: str
) -> bytes:
    said = (
        (b"end_use", end_use),
        (b"model", model),
        (b"origin", origin),
        (b"phone", phone),
        (b"resource", resource),
        (b"service", service),
        (b"subject", subject),
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
    return Judgement(decision, named, encoded, b"", document, orjson.dumps(tail)[1:])


@lru_cache(4096)
def _text(said: str) -> bytes:
    return orjson.dumps(said)


@lru_cache(16)
def _day(day: int) -> bytes:
    return text_of_day(day).encode()
