"""Sketches the slow way: words by hand, SipHash on whole numbers, sorting instead of keeping."""

from __future__ import annotations

import unicodedata

_MASK = 2**64 - 1
_SINGLES = ((0x0E00, 0x0EFF), (0x1000, 0x10BF), (0x1780, 0x17FF), (0x3021, 0x9FFF))


def words(text: str) -> list[bytes]:
    """Letters, digits and underscores run together; a sign of a spaceless script is a word."""
    found: list[bytes] = []
    run = b""
    for sign in text:
        alone = any(low <= ord(sign) <= high for low, high in _SINGLES)
        if alone or not ((sign.isascii() and (sign.isalnum() or sign == "_")) or _letter(sign)):
            found += [run] if run else []
            found += [sign.encode()] if alone else []
            run = b""
        else:
            run += (sign.lower() if sign.isascii() else sign).encode()
    return found + ([run] if run else [])


def _letter(sign: str) -> bool:
    return not sign.isascii() and unicodedata.category(sign)[0] in "LMN"


def siphash(data: bytes, key: tuple[int, int]) -> int:
    """SipHash-1-3, as its authors write it."""
    v = [
        key[0] ^ 0x736F6D6570736575,
        key[1] ^ 0x646F72616E646F6D,
        key[0] ^ 0x6C7967656E657261,
        key[1] ^ 0x7465646279746573,
    ]
    padded = data + b"\0" * (7 - len(data) % 8) + bytes([len(data) % 256])
    for at in range(0, len(padded), 8):
        block = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= block
        _round(v)
        v[0] ^= block
    v[2] ^= 0xFF
    for _ in range(3):
        _round(v)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def _turn(value: int, by: int) -> int:
    return ((value << by) | (value >> (64 - by))) & _MASK


def _round(v: list[int]) -> None:
    v[0] = (v[0] + v[1]) & _MASK
    v[1] = _turn(v[1], 13) ^ v[0]
    v[0] = _turn(v[0], 32)
    v[2] = (v[2] + v[3]) & _MASK
    v[3] = _turn(v[3], 16) ^ v[2]
    v[0] = (v[0] + v[3]) & _MASK
    v[3] = _turn(v[3], 21) ^ v[0]
    v[2] = (v[2] + v[1]) & _MASK
    v[1] = _turn(v[1], 17) ^ v[2]
    v[2] = _turn(v[2], 32)


def _mixed(value: int) -> int:
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        value = ((value ^ (value >> 33)) * factor) & _MASK
    return value ^ (value >> 33)


def sketch(text: str, key: tuple[int, int], whole: int, passage: int) -> list[int]:
    """The smallest tokens of all passages, with the first and the last passage's."""
    hashes = [siphash(word, key) for word in words(text)]
    size = min(passage, len(hashes))
    if not size:
        return []
    base = key[0] | 1
    tokens: list[int] = []
    for at in range(len(hashes) - size + 1):
        rolled = 0
        for one in hashes[at : at + size]:
            rolled = (rolled * base + one) & _MASK
        tokens.append(_mixed(rolled ^ key[1]) >> 1)
    return sorted({*sorted(set(tokens))[:whole], tokens[0], tokens[-1]})
