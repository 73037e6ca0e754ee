"""What a key may do: one word for each, a kind of thing and what is done to it.

Every endpoint asks for exactly one scope; a key holds any number of them. ``decisions:ask`` is for
the decision point itself, where it asks for keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from clearance.model.errors import InputError
from clearance.model.spelling import meant


class Scope(StrEnum):
    """A right that a key may hold."""

    CUSTOMERS_READ = "customers:read"
    CUSTOMERS_WRITE = "customers:write"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_WRITE = "accounts:write"
    FACTS_READ = "facts:read"
    FACTS_WRITE = "facts:write"
    POLICIES_READ = "policies:read"
    POLICIES_WRITE = "policies:write"
    POLICIES_APPROVE = "policies:approve"
    DECISIONS_ASK = "decisions:ask"
    DECISIONS_READ = "decisions:read"
    SNAPSHOTS_READ = "snapshots:read"
    SNAPSHOTS_WRITE = "snapshots:write"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    METRICS_READ = "metrics:read"


def scopes_of(words: Iterable[str]) -> frozenset[Scope]:
    """The scopes that such words name.

    Raises:
        InputError: one of them is no scope, or there is none.

    >>> sorted(scopes_of(["facts:read"]))
    [<Scope.FACTS_READ: 'facts:read'>]
    >>> scopes_of(["fact:read"])
    Traceback (most recent call last):
    clearance.model.errors.InputError: scopes: 'fact:read' is no scope; did you mean 'facts:read'?
    """
    known = [one.value for one in Scope]
    found: set[Scope] = set()
    for word in words:
        if word not in known:
            remedy = meant(word, known, f"use {', '.join(known)}")
            raise InputError(f"{word[:40]!r} is no scope", field="scopes", remedy=remedy)
        found.add(Scope(word))
    if not found:
        raise InputError("no scope", field="scopes", remedy="say what the key is for")
    return frozenset(found)
