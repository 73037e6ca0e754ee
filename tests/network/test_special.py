"""The table of special-purpose blocks, against what Python knows of them."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from clearance.network.special import BLOCKS

NEWER = {"192.0.0.0/24", "3fff::/20", "5f00::/16", "100:0:0:1::/64", "64:ff9b:1::/48"}
"""Registered after the oldest Python that is supported."""


@pytest.mark.parametrize(("block", "purpose"), BLOCKS)
def test_nobody_is_reached_there(block: str, purpose: str) -> None:
    network = ip_network(block)
    for address in (network[0], network[-1]):
        reserved = not address.is_global or address.is_multicast
        assert block in NEWER or reserved is bool(purpose)


@pytest.mark.parametrize(
    "address",
    ["8.0.0.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.32.0.0",
     "192.0.0.9", "192.0.0.10", "192.0.1.0", "198.20.0.0", "2001:db9::", "2600::", "fe00::"],
)  # fmt: skip
def test_what_lies_beside_is_not_named(address: str) -> None:
    asked = ip_address(address)
    around = [(network, what) for block, what in BLOCKS if asked in (network := ip_network(block))]
    assert not around or not max(around, key=lambda one: one[0].prefixlen)[1]
