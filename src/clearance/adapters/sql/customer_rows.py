"""Customers as rows and back: what a policy judges in columns, the rest in one document."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from sys import intern

import msgspec

from clearance.adapters.sql.lines import Values
from clearance.model.customer import Customer
from clearance.model.party import Identifier, PartyKind

_KINDS = {kind.word: kind for kind in PartyKind}
_EMPTY = Decimal(0)


class Particulars(msgspec.Struct, omit_defaults=True):
    """What says who a customer is, apart from its name and places."""

    identifiers: tuple[tuple[str, str], ...] = ()
    other_names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


_encode = msgspec.json.Encoder(order="sorted").encode
_declared = msgspec.json.Decoder(dict[str, str]).decode
_shared = lru_cache(65_536)(_declared)
"""As ``_declared``, one object for all who declare the same."""
_particulars = msgspec.json.Decoder(Particulars).decode
_NOTHING = Particulars()


def row_of(customer: Customer) -> Values:
    """What the columns of ``lines.CUSTOMERS`` say of it."""
    particulars = Particulars(
        tuple((one.scheme, one.id) for one in customer.identifiers),
        customer.other_names,
        customer.addresses,
        customer.websites,
        customer.phones,
    )
    return (
        customer.name,
        customer.country,
        customer.headquarters,
        customer.segment,
        str(customer.revenue),
        _encode(customer.declared).decode() if customer.declared else "",
        customer.kind.word,
        "" if particulars == _NOTHING else _encode(particulars).decode(),
    )


def judged(
    id: str, country: str, headquarters: str, segment: str, revenue: str, declared: str
) -> Customer:
    """What a policy judges of it, and nothing that says who it is."""
    return Customer(
        id,
        "",
        intern(country),
        intern(headquarters),
        segment=intern(segment),
        revenue=Decimal(revenue) if revenue != "0" else _EMPTY,
        declared=_shared(declared) if declared else None,
    )


def whole(id: str, says: tuple[str, ...]) -> Customer:
    """The customer that the columns of ``lines.CUSTOMERS`` describe."""
    name, country, headquarters, segment, revenue, declared, kind, rest = says
    told = _particulars(rest) if rest else _NOTHING
    return Customer(
        id,
        name,
        country,
        headquarters,
        tuple(Identifier(scheme, number) for scheme, number in told.identifiers),
        segment,
        Decimal(revenue),
        _declared(declared) if declared else None,
        _KINDS[kind],
        told.other_names,
        told.addresses,
        told.websites,
        told.phones,
    )
