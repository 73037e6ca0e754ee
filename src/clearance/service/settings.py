"""What an operator decides about the decision point, apart from policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from clearance.model.errors import InputError
from clearance.service.limits import Limits

Network: TypeAlias = IPv4Network | IPv6Network

_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers in which a proxy says what it asks; names in lower case, empty is none.

    The proxy must set or remove each of them itself: what a client sends under such a name would
    otherwise be believed.
    """

    account: str = ""
    address: str = "x-forwarded-for"
    action: str = ""
    model: str = ""
    service: str = ""
    phone: str = ""
    end_customer: str = ""
    end_use: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are taken and answers given.

    **Shape**: ``tolerance`` is how many seconds a request's own time may differ from the clock,
    ``None`` any. ``proxies`` are the only peers whose forward questions are answered.
    ``legal_status`` answers what the law blocks, 451 or 403. ``public_url`` is how clients reach
    the API, empty where as they just did.
    """

    tolerance: float | None = 86_400.0
    proxies: tuple[Network, ...] = ()
    headers: Headers = field(default_factory=Headers)
    legal_status: int = 451
    public_url: str = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Traces:
    """Where spans go, by OTLP over HTTP, and which share of traces is kept, 0 to 1."""

    url: str
    share: float = 1.0


def traces(url: str, share: float) -> Traces | None:
    """What is traced; ``None`` where no collector is named.

    Raises:
        InputError: that is no URL.
    """
    if not url:
        return None
    if not url.startswith(("http://", "https://")):
        remedy = "write http://127.0.0.1:4318/v1/traces"
        raise InputError(f"{url!r} is no URL", file="--traces", remedy=remedy)
    return Traces(url, share)


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and CIDR blocks of proxies.

    Raises:
        InputError: one of them is neither.

    >>> networks(["127.0.0.1"])
    (IPv4Network('127.0.0.1/32'),)
    """
    found = []
    for text in texts:
        try:
            found.append(ip_network(text))
        except ValueError:
            remedy = "write 192.0.2.1 or 192.0.2.0/24"
            raise InputError(f"{text!r} is no network", remedy=remedy) from None
    return tuple(found)


def among(address: str, networks: Sequence[Network]) -> bool:
    """Is an address in one of the networks? What is no address is in none.

    >>> among("::ffff:192.0.2.9", networks(["192.0.2.0/24"])), among("", networks(["::/0"]))
    (True, False)
    """
    try:
        plain = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(plain, "ipv4_mapped", None) or plain
    return any(mapped in network for network in networks if network.version == mapped.version)


def headers(named: Sequence[str]) -> Headers:
    """Headers from ``field=name``.

    Raises:
        InputError: no such field, or no name of a header.

    >>> headers(["account=X-Account"]).account
    'x-account'
    """
    fields = tuple(Headers.__dataclass_fields__)
    found: dict[str, str] = {}
    for text in named:
        field_, _, name = text.partition("=")
        if field_ not in fields:
            remedy = f"write {' or '.join(fields)}, = and the header"
            raise InputError(f"{field_!r} is no field", file="--header", remedy=remedy)
        if not _NAME.fullmatch(name):
            raise InputError(f"{name!r} is no header", file="--header", remedy="write X-Account")
        found[field_] = name.lower()
    return Headers(**found)


def legal_status(status: int) -> int:
    """The status for what law blocks.

    Raises:
        InputError: it is neither 451 nor 403.
    """
    if status not in (403, 451):
        raise InputError(f"{status} is no such status", file="--legal-status", remedy="451 or 403")
    return status


def tolerance(text: str) -> float | None:
    """Seconds that a request's time may be off; ``None`` for any.

    Raises:
        InputError: the text is neither a number of seconds nor ``any``.
    """
    if text == "any":
        return None
    if not text.isdecimal():
        raise InputError(f"{text!r} is no number", file="--time-tolerance", remedy="86400 or any")
    return float(text)
