"""A decision as the log keeps it: short, canonical, and naming what it rested on by digest.

1. A body says what was asked, on which day, under which policy, on which facts, and the outcome.
   Facts, votes about an address, and the judgement with its reasons stand beside it, by SHA-256.
2. Addresses and numbers are not in it: the log seals them, so that they can be erased.
3. What is the same for many decisions is encoded once. A document is owed until it was said to be
   kept, so that no body is logged without what it names.

**Cost**: 3 µs a decision whose parts are known, 20 µs for an account's first of the day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TypeVar

import orjson

from clearance.adapters.decisions.facts_json import known_bytes, origin_bytes
from clearance.adapters.decisions.judgement_json import judgement_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.policy.decision import Decision
from clearance.policy.kept import Kept
from clearance.usecases.decide import Decided, Question

_MOST = 400_000
_T = TypeVar("_T")


@dataclass(slots=True)
class Document:
    """Something encoded once. **Shape**: ``owed`` are the bytes until they are kept, then empty."""

    of: object
    digest: str
    owed: bytes


@dataclass(slots=True)
class Judgement(Document):
    """An encoded decision: ``json`` is the document, ``tail`` what of it ends a body."""

    json: dict[str, Json]
    tail: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision's body, and the documents it names that are still owed."""

    body: bytes
    judgement: Judgement
    owed: tuple[Document, ...]

    @property
    def evidence(self) -> tuple[tuple[str, bytes], ...]:
        """What to keep with the body, by digest."""
        return tuple((one.digest, one.owed) for one in self.owed)

    def kept(self) -> None:
        """Say that it is kept."""
        for one in self.owed:
            one.owed = b""


class Recorder:
    """Writes decisions' bodies.

    **Shape**: ``policies`` are documents by digest: each is owed with the first decision under it.
    """

    __slots__ = ("_judged", "_known", "_origins", "_policies")

    def __init__(self, policies: dict[str, bytes]) -> None:
        self._policies = {digest: Document(None, digest, text) for digest, text in policies.items()}
        self._judged = Kept[tuple[int, str], Judgement](_MOST)
        self._known = Kept[int, Document](_MOST)
        self._origins = Kept[int, Document](_MOST)

    def record(self, decided: Decided) -> Recorded:
        """The body of a decision, and what it needs beside it."""
        policy = decided.policy
        key = (id(decided.decision), policy.digest)
        judgement = self._judged.get(key) or self._judged.put(
            key, _judgement(decided.decision, policy.id, policy.digest)
        )
        owed = [judgement, self._policies[policy.digest]]
        facts = _once(self._known, decided.known, known_bytes, owed)
        origin = _once(self._origins, decided.origin, origin_bytes, owed)
        end = _once(self._known, decided.end_customer, known_bytes, owed)
        question = decided.question
        body = b'{"account":%b,"action":%b,"asked":{%b},"day":"%b","facts":%b,%b' % (
            orjson.dumps(question.account),
            orjson.dumps(question.action),
            _asked(question, decided.phone, origin, end),
            _day(question.day),
            b'"%b"' % facts.digest.encode() if facts else b"null",
            judgement.tail,
        )
        return Recorded(body, judgement, tuple(one for one in owed if one.owed))


def _once(
    kept: Kept[int, Document],
    thing: _T | None,
    encode: Callable[[_T], bytes],
    owed: list[Document],
) -> Document | None:
    """The document of a thing, encoded where it never was; added to what may be owed."""
    if thing is None:
        return None
    found = kept.get(id(thing))
    if found is None:
        encoded = encode(thing)
        document = Document(thing, sha256(encoded).hexdigest(), encoded)
        found = kept.put(id(thing), document)
    owed.append(found)
    return found


def _asked(question: Question, phone: str, origin: Document | None, end: Document | None) -> bytes:
    """What the request said, without what is sealed; what it did not say is left out."""
    parts = []
    if end is not None:
        parts.append(
            b'"end_customer":{"facts":"%b","id":%b}'
            % (end.digest.encode(), orjson.dumps(question.end_customer))
        )
    if question.end_use:
        parts.append(b'"end_use":' + _text(question.end_use))
    if question.model:
        parts.append(b'"model":' + _text(question.model))
    if origin is not None:
        parts.append(b'"origin":"%b"' % origin.digest.encode())
    if phone:
        parts.append(b'"phone":' + _text(phone))
    if question.resource:
        parts.append(b'"resource":' + _text(question.resource))
    if question.service:
        parts.append(b'"service":' + _text(question.service))
    if question.subject:
        parts.append(b'"subject":' + _text(question.subject))
    if question.time:
        parts.append(b'"time":' + orjson.dumps(question.time))
    return b",".join(parts)


def _judgement(decision: Decision, policy: str, digest: str) -> Judgement:
    document = judgement_json(decision)
    encoded = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    named = sha256(encoded).hexdigest()
    tail: dict[str, Json] = {
        "judgement": named,
        "outcome": decision.outcome.word,
        "policy": {"digest": digest, "id": policy},
        "why": [reason.code for reason in decision.deciding],
    }
    return Judgement(decision, named, encoded, document, orjson.dumps(tail)[1:])


@lru_cache(4096)
def _text(said: str) -> bytes:
    return orjson.dumps(said)


@lru_cache(16)
def _day(day: int) -> bytes:
    return text_of_day(day).encode()
