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
from typing import NamedTuple

import msgspec
import orjson

from clearance.adapters.decisions.facts_json import known_bytes, origin_bytes
from clearance.adapters.decisions.judgement_json import judgement_json
from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.network.origin import Origin
from clearance.policy.asked import Asked
from clearance.policy.decision import Decision
from clearance.policy.judging.kept import Kept
from clearance.usecases.decide import Decided, Known, Question, Ready

_MOST = 400_000
_ALIKE = 65_536


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


_NOBODY = b"null"
_KEPT = Document(None, "", b"", b"")
"""Stands for a document that is on record."""


class Said(NamedTuple):
    """What requests alike say, between account and facts: ``where`` is the votes' document."""

    of: Asked | None
    encoded: bytes
    where: Document


class Recorded(msgspec.Struct, frozen=True, gc=False):
    """A decision's body, and the documents it names that are still owed."""

    body: bytes
    judgement: Judgement
    owed: Sequence[Document]

    @property
    def evidence(self) -> tuple[tuple[str, bytes], ...]:
        """What to keep with the body, by digest."""
        return tuple([(one.digest, one.owed) for one in self.owed])

    def kept(self) -> None:
        """Say that it is kept."""
        for one in self.owed:
            one.owed = b""
            if isinstance(one.of, Known):
                one.of.named = one.named


class Recorder:
    """Writes decisions' bodies.

    **Shape**: ``policies`` are documents by digest: each is owed with the first decision under it.
    """

    __slots__ = ("_judged", "_origins", "_policies", "_said")

    def __init__(self, policies: Mapping[str, bytes]) -> None:
        self._policies = {
            digest: Document(None, digest, text, b"") for digest, text in policies.items()
        }
        self._judged = Kept[int, Judgement](_MOST)
        self._origins = Kept[int, Document](_MOST)
        self._said = Kept[tuple[int, int], Said](_ALIKE)

    def record(self, decided: Decided) -> Recorded:
        """The body of a decision, and what it needs beside it."""
        question, policy, decision, known, _, _, end_customer, asked = decided
        judgement = self._judged.get(id(decision)) or self._judged.put(
            id(decision), _judgement(decision, policy)
        )
        named, facts = (_NOBODY if known is None else known.named), _KEPT
        if known is not None and not named:
            facts = _facts(known)
            named = facts.named
        end = None if end_customer is None else _facts(end_customer)
        if asked is None:
            said = self._saying(decided, end)
        else:
            key = (id(asked), question.day)
            said = self._said.get(key) or self._said.put(key, self._saying(decided, end))
        account = orjson.dumps(question.account)
        body = b"".join((b'{"account":', account, said.encoded, named, judgement.tail))
        ruled, where = self._policies[policy.digest], said.where
        if judgement.owed or facts.owed or where.owed or ruled.owed or (end and end.owed):
            parts: list[Document] = [judgement, ruled, facts, where, *([end] if end else [])]
            return Recorded(body, judgement, [one for one in parts if one.owed])
        return Recorded(body, judgement, ())

    def _saying(self, decided: Decided, end: Document | None) -> Said:
        """What a request says, as it stands between the account and its facts."""
        question, origin = decided.question, decided.origin
        where = self._origins.get(id(origin)) or self._where(origin)
        who = b""
        if question.end_customer:
            named = b"" if end is None else b'"facts":%b,' % end.named
            who = b'"end_customer":{%b"id":%b},' % (named, orjson.dumps(question.end_customer))
        encoded = b',"action":%b,"asked":{%b},"day":"%b","facts":' % (
            orjson.dumps(question.action),
            (who + _asked(question, where.named, decided.phone)).rstrip(b","),
            text_of_day(question.day).encode(),
        )
        return Said(decided.asked, encoded, where)

    def _where(self, origin: Origin | None) -> Document:
        made = (
            Document(origin, "", b"", b"")
            if origin is None
            else _document(origin, origin_bytes(origin))
        )
        return self._origins.put(id(origin), made)


def _facts(known: Known) -> Document:
    if known.named:
        return Document(known, "", b"", known.named)
    return _document(known, known_bytes(known))


def _document(of: object, encoded: bytes) -> Document:
    digest = sha256(encoded).hexdigest()
    return Document(of, digest, encoded, b'"%b"' % digest.encode())


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
