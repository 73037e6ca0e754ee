"""Customers: kept in bulk, looked at in two times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, get, put
from litestar.params import JSONBody

from clearance.adapters.sql import customer_rows
from clearance.adapters.sql.changing import Change
from clearance.adapters.sql.lines import CUSTOMERS
from clearance.adapters.sql.portfolio import put_customers
from clearance.model.customer import Customer
from clearance.model.dates import ALWAYS
from clearance.model.errors import InputError
from clearance.model.party import Identifier, PartyKind
from clearance.model.region import region_code
from clearance.service.management.asking import Asked, asks
from clearance.service.management.looking import Looking
from clearance.service.management.paging import After, Limit
from clearance.service.management.words import (
    Changed,
    Code,
    Kept,
    KnownAt,
    Name,
    On,
    PathId,
    Text,
    day,
    kept,
)
from clearance.service.management.writing import write_many
from clearance.usecases.scopes import Scope

Kind = Literal["unknown", "person", "entity", "state", "arrangement"]
Many = Annotated[list[Text], msgspec.Meta(max_length=100)]
Amount = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,17}(\.[0-9]{1,6})?$")]
"""A plain decimal in the portfolio's currency, as text, so that nothing of it is lost."""

_KINDS = {kind.word: kind for kind in PartyKind}
_FACT = "^[a-z0-9_]{1,60}$"


class Number(msgspec.Struct, forbid_unknown_fields=True):
    """A number that a register gave."""

    scheme: Name
    id: Name


class CustomerRecord(msgspec.Struct, forbid_unknown_fields=True):
    """A customer as the provider's own records describe it."""

    id: Name
    name: Text = ""
    country: Code = ""
    headquarters: Code = ""
    identifiers: Annotated[list[Number], msgspec.Meta(max_length=100)] = []
    segment: Text = ""
    annual_revenue: Amount = "0"
    declared: dict[Annotated[str, msgspec.Meta(pattern=_FACT)], Code] = {}
    kind: Kind = "unknown"
    other_names: Many = []
    addresses: Many = []
    websites: Many = []
    phones: Many = []


class Customers(msgspec.Struct, forbid_unknown_fields=True):
    """Records to keep: from ``since`` on they replace what stood; without it, for all days."""

    source: Name
    customers: Annotated[list[CustomerRecord], msgspec.Meta(min_length=1, max_length=10_000)]
    since: date | None = None


class KeptCustomer(Kept, kw_only=True):
    """A record, and since when it stands."""

    record: CustomerRecord


class CustomerPage(msgspec.Struct):
    """Some customers; ``next`` is to be given as ``after``, null on the last page."""

    customers: list[KeptCustomer]
    next: str | None


class CustomerHistory(msgspec.Struct):
    """Every record there ever was of a customer, in the order in which they were written."""

    customers: list[KeptCustomer]


class CustomerController(Controller):
    """``/v1/customers``."""

    path = "/v1/customers"
    tags = ("customers",)

    @put("/", sync_to_thread=True, **asks(Scope.CUSTOMERS_WRITE, 409, 422))
    def put_many(self, request: Asked, data: JSONBody[Customers]) -> Response[Changed]:
        """Keep customers' records; what stands already is not written again."""
        records = [_customer(one, place) for place, one in enumerate(data.customers)]
        since = day(data.since, ALWAYS)

        def keep(change: Change) -> int:
            return put_customers(change, records, data.source, since)

        return write_many(request, keep, "customers.changed", data.source)

    @get("/", sync_to_thread=True, **asks(Scope.CUSTOMERS_READ))
    def page(
        self,
        request: Asked,
        after: After = "",
        limit: Limit = 100,
        on: On = None,
        known_at: KnownAt = None,
    ) -> CustomerPage:
        """Customers by id, as they stood on a day."""
        rows, following = Looking(request, CUSTOMERS, on, known_at).some(after, limit)
        return CustomerPage([_kept(row) for row in rows], following)

    @get("/{id:str}", sync_to_thread=True, **asks(Scope.CUSTOMERS_READ, 404))
    def one(
        self, request: Asked, id: PathId, on: On = None, known_at: KnownAt = None
    ) -> KeptCustomer:
        """A customer's record, as it stood on a day."""
        return _kept(Looking(request, CUSTOMERS, on, known_at).one(id))

    @get("/{id:str}/history", sync_to_thread=True, **asks(Scope.CUSTOMERS_READ, 404))
    def history(self, request: Asked, id: PathId) -> CustomerHistory:
        """Everything that was ever kept as a customer's record."""
        rows = Looking(request, CUSTOMERS).history(id)
        return CustomerHistory([_kept(row) for row in rows])


def _customer(record: CustomerRecord, place: int) -> Customer:
    try:
        return Customer(
            record.id,
            record.name,
            region_code(record.country),
            region_code(record.headquarters),
            tuple(Identifier(one.scheme, one.id) for one in record.identifiers),
            record.segment,
            Decimal(record.annual_revenue),
            {name: region_code(code) for name, code in sorted(record.declared.items())} or None,
            _KINDS[record.kind],
            tuple(record.other_names),
            tuple(record.addresses),
            tuple(record.websites),
            tuple(record.phones),
        )
    except InputError as error:
        raise InputError(error.what, field=f"customers[{place}]", remedy=error.remedy) from None


def _kept(row: Mapping[Any, Any]) -> KeptCustomer:
    found = customer_rows.whole(row["id"], tuple(row[name] for name in CUSTOMERS.says))
    record = CustomerRecord(
        found.id,
        found.name,
        found.country,
        found.headquarters,
        [Number(one.scheme, one.id) for one in found.identifiers],
        found.segment,
        f"{found.revenue:f}",
        dict(found.declared or {}),
        row["kind"],
        list(found.other_names),
        list(found.addresses),
        list(found.websites),
        list(found.phones),
    )
    return KeptCustomer(record=record, **kept(row))
