"""No webhook leads inside, however its address is written."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from clearance.adapters.webhooks.guard import way
from clearance.model.errors import InputError

INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fec0::1",
    "::127.0.0.1",
    "::10.0.0.1",
    "::ffff:0:10.0.0.1",
    "64:ff9b:1::a00:1",
    "3fff::1",
    "5f00::1",
]
OUTSIDE = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    with pytest.raises(InputError, match="leads inside"):
        way("https://receiver.example/", resolve=lambda host, port: [address])


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_receiver_is_reached_at_the_address_that_was_looked_at(address: str) -> None:
    found = way("https://receiver.example:8443/", resolve=lambda host, port: [address])
    assert (found.address, found.host, found.port) == (address, "receiver.example", 8443)


def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(InputError, match="leads inside"):
        way("https://receiver.example/", resolve=lambda host, port: [OUTSIDE[0], "10.0.0.1"])


def test_a_public_receiver_is_spoken_to_by_tls_alone() -> None:
    with pytest.raises(InputError, match="TLS"):
        way("http://receiver.example/", resolve=lambda host, port: [OUTSIDE[0]])


def test_a_network_that_the_operator_names_may_be_told_and_no_other() -> None:
    named = [ip_network("10.1.0.0/16")]
    assert way("http://10.1.2.3/", named, lambda host, port: [host]).address == "10.1.2.3"
    with pytest.raises(InputError, match="leads inside"):
        way("http://10.2.2.3/", named, lambda host, port: [host])


@pytest.mark.parametrize("host", ["0x7f000001", "2130706433", "127.1", "0177.0.0.1"])
def test_addresses_in_odd_spellings_are_read_by_the_resolver_and_refused(host: str) -> None:
    with pytest.raises((InputError, OSError)):
        way(f"https://{host}/")
