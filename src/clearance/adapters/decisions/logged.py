"""A decision as it was logged, with the documents that it names.

1. A document is believed if its bytes have the digest that names it; else the log is damaged.
2. A document that is not there is named in ``missing``, by what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

import orjson

from clearance.adapters.ledger.store import Stored
from clearance.ledger.entry import Kind, entry
from clearance.model.errors import InputError, IntegrityError
from clearance.model.plain import Fields, Json, canonical
from clearance.usecases.named_documents import documents_named

Evidence = Callable[[str], bytes | None]
"""What the log keeps under a digest."""


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes that the log keeps, and what they say."""

    encoded: bytes
    says: Json


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision out of the log.

    **Shape**: ``body`` is what the entry says, ``encoded`` its very bytes; ``documents`` by what
    they are: ``facts``, ``end_customer``, ``origin``, ``judgement``, ``policy``; ``sealed`` are the
    values that were not erased, by field, ``None`` for those that were.
    """

    id: str
    at: str
    index: int
    body: Json
    encoded: bytes
    documents: Mapping[str, Document]
    missing: tuple[str, ...]
    sealed: Mapping[str, str | None]


def logged_decision(stored: Stored, evidence: Evidence) -> LoggedDecision:
    """The decision in a log's entry.

    Raises:
        InputError: the entry is no decision.
        IntegrityError: a document has not the digest that names it.
    """
    read = entry(stored.leaf)
    if read.kind is not Kind.DECISION:
        raise InputError(f"{stored.id} is no decision but a {read.kind}", remedy="name a decision")
    documents: dict[str, Document] = {}
    missing: list[str] = []
    named = documents_named(read.body)
    for name in ("judgement", "policy"):
        if name not in named:
            raise Fields(read.body, "body").fault(name, "names no document")
    for name, digest in named.items():
        encoded = evidence(digest)
        if encoded is None:
            missing.append(f"{name} {digest}: not kept")
            continue
        if sha256(encoded).hexdigest() != digest:
            raise IntegrityError("has other bytes than its digest says", file=f"{name} {digest}")
        documents[name] = Document(encoded, orjson.loads(encoded))
    held = {one.field: one.value for one in stored.sealed}
    return LoggedDecision(
        stored.id,
        read.at,
        stored.index,
        read.body,
        canonical(read.body).encode(),
        documents,
        tuple(missing),
        {field: held.get(field) for field in sorted(read.sealed)},
    )
