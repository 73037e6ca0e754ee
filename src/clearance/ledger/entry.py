"""Entries: what a log's leaves say, in one line of JSON each.

1. An entry has ``v`` (1), ``kind``, ``id``, ``at`` and ``body``; keys are sorted, without spaces.
2. What may have to be erased stands in ``sealed`` as a salted digest; salt and value are kept
   aside, so that erasing them leaves every proof as it is.
3. The leaf is the exact bytes; nobody writes an entry anew to hash it.
4. An entry has at most 65,535 bytes; what is larger enters by its digest.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as quoted

from clearance.ledger.tiles import ENTRY_LIMIT
from clearance.model.errors import InputError
from clearance.model.plain import Fields, Json, canonical

VERSION = 1
SEALED = 2
SALT_BYTES = 16
_END = b'},"v":%d}' % VERSION
_SEAL = b"clearance sealed %d\n" % SEALED


class Kind(StrEnum):
    """What an entry is about."""

    DECISION = "decision"
    POLICY_RELEASE = "policy_release"
    APPROVAL = "approval"
    EXCEPTION = "exception"
    SOURCE_LOAD = "source_load"
    ERASURE = "erasure"
    KEY_ROTATION = "key_rotation"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value that is kept aside, so that it can be erased.

    Args:
        field: what it is, unique in its entry.
        salt: ``SALT_BYTES`` random bytes, used once.
        value: what is sealed.
        subject: whom it is about, such as an account; who asks for erasure is found by it.
    """

    field: str
    salt: bytes
    value: str
    subject: str = ""

    @property
    def digest(self) -> str:
        """What the entry says instead of the value, and of whom it is about.

        >>> Sealed("ip", bytes(16), "192.0.2.1").digest[:16]
        '36f4815110b7e725'
        """
        field, subject, value = (
            text.encode("utf-8", "surrogatepass") for text in (self.field, self.subject, self.value)
        )
        return sealing(field, subject, self.salt, value)


def sealing(field: bytes, subject: bytes, salt: bytes, value: bytes) -> str:
    """The digest that an entry says of a sealed value."""
    told = b"".join((_SEAL, field, _sized(len(subject)), subject, salt, value))
    return sha256(told).hexdigest()


@lru_cache(maxsize=1024)
def _sized(size: int) -> bytes:
    return b"\n%d\n" % size


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was read.

    **Shape**: ``at`` is a time as the writer stated it; ``sealed`` maps a field to its digest.
    """

    kind: Kind
    id: str
    at: str
    body: Json
    sealed: Mapping[str, str]


def entry_bytes(kind: Kind, id: str, at: str, body: Json, sealed: Sequence[Sealed] = ()) -> bytes:
    """The leaf of an entry.

    >>> entry_bytes(Kind.APPROVAL, "a1", "2026-01-05T09:00:00Z", {"by": "x"})
    b'{"at":"2026-01-05T09:00:00Z","body":{"by":"x"},"id":"a1","kind":"approval","sealed":{},"v":1}'

    Raises:
        InputError: it would be too large.
    """
    return framed(kind, id, at, canonical(body).encode(), sealed)


def framed(kind: Kind, id: str, at: str, body: bytes, sealed: Sequence[Sealed] = ()) -> bytes:
    """The leaf around a body whose canonical bytes are there already.

    **Cost**: two microseconds, and two for each sealed value.

    Raises:
        InputError: it would be too large.
    """
    digests = {one.field: one.digest for one in sealed}
    told = ",".join([f'{quoted(field)}:"{digests[field]}"' for field in sorted(digests)])
    return around(before(at), (body,), quoted(id)[1:-1].encode(), after(kind), told.encode())


def before(at: str) -> bytes:
    """What stands in a leaf before its body."""
    return f'{{"at":{quoted(at)},"body":'.encode()


def after(kind: Kind) -> bytes:
    """What stands in a leaf between its id and what it seals."""
    return f'","kind":{quoted(kind)},"sealed":{{'.encode()


def around(begun: bytes, body: Sequence[bytes], id: bytes, then: bytes, sealed: bytes) -> bytes:
    """The leaf around a body's parts, of texts that are JSON already.

    Args:
        begun: what stands ``before`` the body.
        body: its parts.
        id: without its quotes.
        then: what stands ``after`` the id.
        sealed: without its braces.

    Raises:
        InputError: it would be too large.
    """
    leaf = b"".join([begun, *body, b',"id":"', id, then, sealed, _END])
    if len(leaf) > ENTRY_LIMIT:
        raise InputError(
            f"an entry of {len(leaf):,} bytes is too large for the log",
            field=id.decode(),
            remedy=f"keep it within {ENTRY_LIMIT:,} bytes; state what is larger by its digest",
        )
    return leaf


def entry(leaf: bytes) -> Entry:
    """The entry of a leaf.

    Raises:
        InputError: it is none of a known version and kind.
    """
    try:
        value = json.loads(leaf)
    except (ValueError, RecursionError):
        raise InputError("is no entry", remedy="an entry is one line of JSON") from None
    fields = Fields(value, "entry")
    if fields.number("v") != VERSION:
        raise fields.fault("v", f"is not {VERSION}")
    found = Entry(
        fields.word("kind", Kind),
        fields.text("id"),
        fields.text("at"),
        fields.raw("body"),
        fields.pairs("sealed"),
    )
    fields.done()
    return found
