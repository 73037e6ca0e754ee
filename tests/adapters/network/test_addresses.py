"""Addresses and networks as people write them."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.adapters.network.addresses import block, carried, key, plain
from clearance.model.errors import InputError


@pytest.mark.parametrize(
    ("text", "one_form"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:C000:0201", "192.0.2.1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::1", "::1"),
    ],
)
def test_an_address_has_one_form(text: str, one_form: str) -> None:
    assert plain(text) == one_form


@pytest.mark.parametrize(
    "text",
    ["", " ", "127.1", "010.0.0.1", "0x7f000001", "2130706433", "192.0.2.1:80", "[::1]", "192.0.2",
     "192.0.2.256", "192.0.2.1%eth0", "1::2::3", "192.0.2.1/32", "example.net", "192.0.2.1\0",
     "١٩٢.0.2.1", "\udc80"],
)  # fmt: skip
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(InputError, match="is no address"):
        plain(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("192.0.2.1/24", "'192.0.2.1/24' has bits set after its prefix; write 192.0.2.0/24"),
        ("2001:db8::1/32", "has bits set after its prefix; write 2001:db8::/32"),
        ("192.0.2.0/33", "'192.0.2.0/33' is no network; write a prefix of 0 to 32 bits"),
        ("192.0.2.0/", "is no network"),
        ("192.0.2.0/-1", "is no network"),
        ("192.0.2.0/255.255.255.0", "is no network"),
        ("::/95", "'::/95' is no network; write a prefix of 96 to 128 bits"),
        ("192.0.2/24", "'192.0.2' is no address"),
    ],
)
def test_what_is_no_network_is_told(text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        block(text)
    assert message in raised.value.message()


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("64:ff9b::192.0.2.1", ("NAT64", "192.0.2.1")),
        ("64:ff9b::", ("NAT64", "0.0.0.0")),
        ("64:ff9b:1::192.0.2.1", None),
        ("64:ff9b::1:0:0", None),
        ("2002:c000:201::1", ("6to4", "192.0.2.1")),
        ("2003:c000:201::1", None),
        ("2001::", ("Teredo", "255.255.255.255")),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", ("Teredo", "192.0.2.45")),
        ("2001:1::1", None),
        ("::ffff:192.0.2.1", None),
        ("32.2.192.0", None),
        ("32.1.0.0", None),
    ],
)
def test_the_address_inside_is_told(address: str, inside: tuple[str, str] | None) -> None:
    assert carried(address) == inside


def test_a_mapped_network_is_an_ipv4_network() -> None:
    assert block("::ffff:192.0.2.0/120") == block("192.0.2.0/24")


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)), st.integers(0, 128))
def test_a_block_has_the_ends_of_its_network(address: object, length: int) -> None:
    exact = ip_address(str(address))
    if exact.version == 4:
        network: IPv4Network | IPv6Network = IPv4Network((exact, length % 33), strict=False)
    else:
        network = IPv6Network((exact, length), strict=False)
        if network.network_address.packed.startswith(bytes(10)):
            return
    first, last = block(str(network))
    assert first == network.network_address.packed.rjust(16, b"\0") == key(str(network[0]))
    assert last == network.broadcast_address.packed.rjust(16, b"\0")
