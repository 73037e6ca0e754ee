"""Addresses that IANA keeps for special purposes and that nobody on the Internet sends from.

1. The blocks of the two special-purpose registries that are not globally reachable, and multicast.
2. This is a source like any other: its vote stands beside what others say of the same address.
3. An IPv4 address written as IPv6 (``::ffff:192.0.2.1``), translated (``64:ff9b::192.0.2.1``) or
   tunnelled by 6to4 (``2002:c000:201::``) is the IPv4 address.
4. Teredo is not unwrapped: its client states the address inside, and no relay vouches for it.

**Source**: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), as of 2024-10-22;
RFC 5771 and RFC 4291 (multicast), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 6052 (NAT64).
"""

from __future__ import annotations

ID = "iana-special-purpose"
AS_OF = "2024-10-22"

SAME_AS_IPV4 = ("::ffff:0:0/96", "64:ff9b::/96", "2002::/16")
"""Blocks that hold the IPv4 space: behind their prefix stands an IPv4 address."""

BLOCKS = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private use"),
    ("100.64.0.0/10", "shared address space"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link local"),
    ("172.16.0.0/12", "private use"),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.0.9/32", ""),
    ("192.0.0.10/32", ""),
    ("192.0.2.0/24", "documentation"),
    ("192.168.0.0/16", "private use"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified address"),
    ("::1/128", "loopback"),
    ("64:ff9b:1::/48", "IPv4 translation, local"),
    ("100::/64", "discard only"),
    ("100:0:0:1::/64", "dummy prefix"),
    ("2001:2::/48", "benchmarking"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "unique local"),
    ("fe80::/10", "link local"),
    ("ff00::/8", "multicast"),
)
"""Block and purpose; no purpose where a block inside another one is reachable.

``::`` and ``::1`` lie where the tree keeps 0.0.0.0 and 0.0.0.1.
"""
