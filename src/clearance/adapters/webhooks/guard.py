"""Where a webhook may lead: to the public network, or where the operator says.

1. A name is resolved here, once; the connection goes to the address that was looked at, so that a
   name cannot lead elsewhere a moment later.
2. Every address of the name must be public. An address inside another (IPv4 in IPv6, NAT64, 6to4,
   Teredo) is looked at as well. Of IPv6 only what is given out as global unicast is public.
3. Plain HTTP and addresses inside are for networks that the operator names.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias
from urllib.parse import urlsplit

from clearance.model.errors import InputError

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""Addresses of a name."""

_NAT64 = ip_network("64:ff9b::/96")
_UNICAST = ip_network("2000::/3")
_EXAMPLES = ip_network("3fff::/20")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Way:
    """Where a message goes: the address that is connected to, and the name that is asked for."""

    address: str
    host: str
    port: int
    secure: bool


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a name, by the machine's resolver.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


def way(url: str, inside: Sequence[Network] = (), resolve: Resolve = resolved) -> Way:
    """The way to a receiver.

    Args:
        inside: networks that are not public, or spoken to without TLS, and may be told.

    Raises:
        InputError: it leads where nothing may be sent.
        OSError: the name has no address.

    >>> way("http://127.0.0.1/hook")
    Traceback (most recent call last):
    clearance.model.errors.InputError: 127.0.0.1: leads inside; name a public receiver
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    addresses = [ip_address(one.partition("%")[0]) for one in resolve(host, port)]
    if not addresses:
        raise OSError("no address")
    for one in addresses:
        if any(one in network for network in inside):
            continue
        if not public(one):
            raise _refused(host, "leads inside")
        if parts.scheme != "https":
            raise _refused(host, "is not spoken to by TLS")
    return Way(str(addresses[0]), host, port, parts.scheme == "https")


def public(address: Address) -> bool:
    """Does it belong to the public network, with whatever address is inside it?

    >>> public(ip_address("::ffff:10.0.0.1")), public(ip_address("64:ff9b::a00:1"))
    (False, False)
    """
    return all(_global(one) for one in (address, *_inner(address)))


def _global(address: Address) -> bool:
    given = address.version == 4 or address in _NAT64 or address in _UNICAST
    return given and address.is_global and not address.is_multicast and address not in _EXAMPLES


def _inner(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _refused(host: str, what: str) -> InputError:
    return InputError(what, file=host, remedy="name a public receiver")
