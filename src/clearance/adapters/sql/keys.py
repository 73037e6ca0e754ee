"""Keys of the management API: made, checked, rotated, revoked; what is kept is a hash.

1. A key reads ``clk_ID_SECRET`` and is shown once, when it is made. The secret has 256 random bits.
2. Every request looks the key's row up, so that a revoked key stops at once; the slow hash is
   computed once a key and process, and again where the row changed.
3. Rotating makes a successor with the same scopes and lets the old one end after an overlap.
4. Each of these is an entry for the log and an event, without the secret and without a name.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import RowMapping, insert, select, update

from clearance.adapters.sql.changing import Change, Clock, now
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.events import emit
from clearance.adapters.sql.outbox import note
from clearance.adapters.sql.tables import FOREVER, api_key
from clearance.model.errors import InputError
from clearance.model.plain import Json
from clearance.usecases.scopes import Scope, scopes_of

SECOND = 1_000_000
"""Moments in a second."""

_FORM = re.compile(r"clk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})", re.ASCII)
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_KEPT = 4096
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret.

    **Shape**: moments in microseconds, ``FOREVER`` where it does not end or was not revoked;
    ``successor`` is the key that took its place.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    recorded_at: int
    recorded_by: str
    expires_at: int = FOREVER
    revoked_at: int = FOREVER
    successor: str = ""

    def valid(self, moment: int) -> bool:
        """May it be used at this moment?"""
        return moment < min(self.expires_at, self.revoked_at)


class Keys:
    """Checks keys; threads may share it."""

    __slots__ = ("_clock", "_database", "_lock", "_verified")

    def __init__(self, database: Database, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._lock = Lock()
        self._verified: dict[bytes, str] = {}

    def check(self, token: str) -> Key | None:
        """The valid key of a token, or ``None``.

        **Cost**: 0.2 ms; about 20 ms the first time, and for every wrong secret of a known key.
        """
        matched = _FORM.fullmatch(token)
        if matched is None:
            return None
        with self._database.reading() as connection:
            row = connection.execute(select(api_key).where(api_key.c.id == matched[1])).first()
        if row is None:
            return None
        key = _key(row._mapping)
        if not key.valid(self._clock()) or not self._verify(token, row.hash):
            return None
        return key

    def all(self) -> list[Key]:
        """Every key there was, by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(api_key).order_by(api_key.c.id)).mappings()
            return [_key(row) for row in rows]

    def _verify(self, token: str, hash: str) -> bool:
        digest = sha256(token.encode()).digest()
        if self._verified.get(digest) == hash:
            return True
        with self._lock:  # one slow hash at a time: guesses cannot take every thread
            try:
                _HASHER.verify(hash, token)
            except (Argon2Error, InvalidHashError):
                return False
            if len(self._verified) >= _KEPT:
                self._verified.clear()
            self._verified[digest] = hash
        return True


def create_key(
    change: Change, name: str, scopes: frozenset[Scope], lasting: int | None = None
) -> tuple[Key, str]:
    """A new key and its token, which nobody can have again.

    Args:
        lasting: seconds until it expires; ``None`` where it does not.
    """
    id = "".join(secrets.choice(_LETTERS) for _ in range(12))
    token = f"clk_{id}_{secrets.token_urlsafe(32)}"
    expires = FOREVER if lasting is None else change.at + lasting * SECOND
    key = Key(id, name, scopes, change.at, change.by, expires)
    change.connection.execute(
        insert(api_key).values(
            id=id,
            hash=_HASHER.hash(token),
            name=name,
            scopes=" ".join(sorted(scopes)),
            successor="",
            expires_at=expires,
            revoked_at=FOREVER,
            recorded_at=change.at,
            recorded_by=change.by,
        )
    )
    _tell(change, "create", key)
    return key, token


def rotate_key(change: Change, id: str, overlap: int) -> tuple[Key, str]:
    """A successor with the same name and scopes; the old key ends after ``overlap`` seconds.

    Raises:
        InputError: there is no such key, or it is over.
    """
    old = _valid(change, id)
    lasting = None if old.expires_at == FOREVER else (old.expires_at - change.at) // SECOND
    key, token = create_key(change, old.name, old.scopes, lasting)
    ends = min(old.expires_at, change.at + overlap * SECOND)
    _update(change, id, expires_at=ends, successor=key.id)
    emit(change, "key.rotate", id, {"key": id, "successor": key.id})
    return key, token


def revoke_key(change: Change, id: str) -> None:
    """No request with it is answered from now on.

    Raises:
        InputError: there is no such key, or it is over.
    """
    key = _valid(change, id)
    _update(change, id, revoked_at=change.at)
    _tell(change, "revoke", key)


def _valid(change: Change, id: str) -> Key:
    row = change.connection.execute(select(api_key).where(api_key.c.id == id)).mappings().first()
    if row is None:
        raise InputError(f"no key {id[:40]!r}", field="id", remedy="list the keys")
    key = _key(row)
    if not key.valid(change.at):
        raise InputError(f"key {id} is over", field="id", remedy="create a new one")
    return key


def _update(change: Change, id: str, **values: str | int) -> None:
    change.connection.execute(update(api_key).where(api_key.c.id == id).values(values))


def _tell(change: Change, what: str, key: Key) -> None:
    said: dict[str, Json] = {"key": key.id, "scopes": sorted(key.scopes)}
    note(change, "key_rotation", {"act": what, **said}, {"by": change.by, "name": key.name})
    emit(change, f"key.{what}", key.id, said)


def _key(row: RowMapping) -> Key:
    return Key(
        row["id"],
        row["name"],
        scopes_of(row["scopes"].split(" ")),
        row["recorded_at"],
        row["recorded_by"],
        row["expires_at"],
        row["revoked_at"],
        row["successor"],
    )
