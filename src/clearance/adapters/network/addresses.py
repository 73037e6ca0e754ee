"""Addresses and blocks as people write them, and as keys of 16 bytes.

1. Only the usual forms count: four decimal numbers, or IPv6. What the C library takes besides
   (``127.1``, ``010.0.0.1``, ``0x7f000001``) is refused: two readers would differ about it.
2. A scope (``fe80::1%eth0``) names the reader's own interface and is dropped.
3. ``::ffff:192.0.2.1`` is 192.0.2.1; an IPv4 address is a key with twelve zeros before it.
4. An IPv6 address may carry an IPv4 address inside: which, and by what means, can be told.
"""

from __future__ import annotations

from socket import AF_INET, AF_INET6, inet_ntop, inet_pton

from clearance.model.errors import InputError
from clearance.model.natural import natural

BITS = 128
_IPV4 = bytes(12)
_MAPPED = bytes(10) + b"\xff\xff"
_NAT64 = bytes.fromhex("0064ff9b") + bytes(8)
_SIX_TO_FOUR = bytes.fromhex("2002")
_TEREDO = bytes.fromhex("20010000")
_SHOWN = 60


def plain(address: str) -> str:
    """An address in one form: without scope, IPv4 where it is IPv4 written as IPv6.

    Raises:
        InputError: the text is no address.

    >>> plain("::ffff:192.0.2.1"), plain("FE80::1%eth0")
    ('192.0.2.1', 'fe80::1')
    """
    packed = _packed(address.partition("%")[0] if ":" in address else address)
    return inet_ntop(AF_INET if len(packed) == 4 else AF_INET6, packed)


def key(address: str) -> bytes:
    """An address as its key.

    Raises:
        InputError: the text is no address.

    >>> key("192.0.2.1").hex()
    '000000000000000000000000c0000201'
    """
    return _packed(address.strip()).rjust(16, b"\0")


def block(text: str) -> tuple[bytes, bytes]:
    """The first and the last key of an address or of a network in CIDR form.

    Raises:
        InputError: neither, or bits are set after the prefix.

    >>> [end[-4:].hex() for end in block("192.0.2.0/25")]
    ['c0000200', 'c000027f']
    """
    address, slash, length = text.strip().partition("/")
    if not slash:
        return key(address), key(address)
    first = key(address)
    free = _free(text, length, first, ipv6=":" in address)
    number = int.from_bytes(first, "big")
    if number % (1 << free):
        whole = _written((number >> free << free).to_bytes(16, "big"), ipv6=":" in address)
        raise InputError(
            f"{text.strip()!r} has bits set after its prefix", remedy=f"write {whole}/{length}"
        )
    return first, (number | ((1 << free) - 1)).to_bytes(16, "big")


def carried(address: str) -> tuple[str, str] | None:
    """The IPv4 address that an IPv6 address carries, after the means: NAT64, 6to4 or Teredo.

    >>> carried("64:ff9b::192.0.2.1"), carried("2002:c000:201::1")
    (('NAT64', '192.0.2.1'), ('6to4', '192.0.2.1'))
    >>> carried("2001:0:cb00:7107::3fff:fdfe"), carried("2001:db8::1")
    (('Teredo', '192.0.2.1'), None)

    Raises:
        InputError: the text is no address.
    """
    packed = _packed(plain(address))
    if packed.startswith(_NAT64):
        return "NAT64", inet_ntop(AF_INET, packed[12:])
    if packed.startswith(_SIX_TO_FOUR) and len(packed) > 4:
        return "6to4", inet_ntop(AF_INET, packed[2:6])
    if packed.startswith(_TEREDO) and len(packed) > 4:
        return "Teredo", inet_ntop(AF_INET, bytes(255 - octet for octet in packed[12:]))
    return None


def no_address(text: str) -> InputError:
    """The error to raise about a text that is no address."""
    return InputError(
        f"{text[:_SHOWN]!r} is no address",
        remedy="write it as 192.0.2.1 or 2001:db8::1, without a port",
    )


def _packed(address: str) -> bytes:
    """Four bytes or sixteen."""
    try:
        if ":" not in address:
            return inet_pton(AF_INET, address)
        packed = inet_pton(AF_INET6, address)
    except (OSError, ValueError):
        raise no_address(address) from None
    return packed[12:] if packed.startswith(_MAPPED) else packed


def _free(text: str, length: str, first: bytes, *, ipv6: bool) -> int:
    """How many bits are free after the prefix."""
    most = BITS if ipv6 else 32
    least = BITS - 32 if ipv6 and first.startswith(_IPV4) else 0  # the IPv4 space, not more
    bits = natural(length, most)
    if bits is None or bits < least:
        raise InputError(
            f"{text[:_SHOWN]!r} is no network", remedy=f"write a prefix of {least} to {most} bits"
        )
    return most - bits


def _written(packed: bytes, *, ipv6: bool) -> str:
    return inet_ntop(AF_INET6, packed) if ipv6 else inet_ntop(AF_INET, packed[12:])
