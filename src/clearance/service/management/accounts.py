"""Accounts: kept in bulk, looked at in two times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, put
from litestar.params import JSONBody

from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.lines import ACCOUNTS
from clearance.adapters.sql.portfolio import put_accounts
from clearance.model.account import Account
from clearance.model.dates import ALWAYS
from clearance.service.management.asking import Asked, asks
from clearance.service.management.looking import Looking
from clearance.service.management.paging import After, Limit
from clearance.service.management.words import (
    Changed,
    Kept,
    KnownAt,
    Name,
    On,
    PathId,
    Text,
    date_of,
    day,
    kept,
)
from clearance.service.management.writing import write_many
from clearance.usecases.scopes import Scope


class AccountRecord(msgspec.Struct, forbid_unknown_fields=True):
    """An account and the customer it belongs to; ``segment`` where it is not the customer's."""

    id: Name
    customer: Name
    segment: Text = ""
    channel: Literal["", "direct", "reseller", "platform"] = ""
    opened: date | None = None


class Accounts(msgspec.Struct, forbid_unknown_fields=True):
    """Accounts to keep: from ``since`` on they replace what stood; without it, for all days."""

    source: Name
    accounts: Annotated[list[AccountRecord], msgspec.Meta(min_length=1, max_length=10_000)]
    since: date | None = None


class KeptAccount(Kept, kw_only=True):
    """An account, and since when it stands."""

    record: AccountRecord


class AccountPage(msgspec.Struct):
    """Some accounts; ``next`` is to be given as ``after``, null on the last page."""

    accounts: list[KeptAccount]
    next: str | None


class AccountController(Controller):
    """``/v1/accounts``."""

    path = "/v1/accounts"
    tags = ("accounts",)

    @put("/", sync_to_thread=True, **asks(Scope.ACCOUNTS_WRITE, 409, 422))
    def put_many(self, request: Asked, data: JSONBody[Accounts]) -> Response[Changed]:
        """Keep accounts; what stands already is not written again."""
        accounts = [
            Account(one.id, one.customer, one.segment, one.channel, day(one.opened, ALWAYS))
            for one in data.accounts
        ]
        since = day(data.since, ALWAYS)

        def keep(change: Change) -> int:
            return put_accounts(change, accounts, data.source, since)

        return write_many(request, keep, "accounts.changed", data.source)

    @get("/", sync_to_thread=True, **asks(Scope.ACCOUNTS_READ))
    def page(
        self,
        request: Asked,
        after: After = "",
        limit: Limit = 100,
        on: On = None,
        known_at: KnownAt = None,
    ) -> AccountPage:
        """Accounts by id, as they stood on a day."""
        rows, following = Looking(request, ACCOUNTS, on, known_at).some(after, limit)
        return AccountPage([_kept(row) for row in rows], following)

    @get("/{id:str}", sync_to_thread=True, **asks(Scope.ACCOUNTS_READ, 404))
    def one(
        self, request: Asked, id: PathId, on: On = None, known_at: KnownAt = None
    ) -> KeptAccount:
        """An account, as it stood on a day."""
        return _kept(Looking(request, ACCOUNTS, on, known_at).one(id))


def _kept(row: Mapping[Any, Any]) -> KeptAccount:
    record = AccountRecord(
        row["id"], row["customer"], row["segment"], row["channel"], date_of(row["opened"])
    )
    return KeptAccount(record=record, **kept(row))
