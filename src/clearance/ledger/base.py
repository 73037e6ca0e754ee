"""Bytes as base64 text, one text for the same bytes and no other.

**Source**: RFC 4648, section 4; section 3.5 on bits that must be zero.
"""

from __future__ import annotations

import base64
import binascii


def text_of(data: bytes) -> str:
    """The text of some bytes.

    >>> text_of(b"log")
    'bG9n'
    """
    return base64.b64encode(data).decode()


def bytes_of(text: str) -> bytes | None:
    """The bytes of a text; none where it is not how they would be written.

    >>> bytes_of("bG8="), bytes_of("bG9="), bytes_of("bG8")
    (b'lo', None, None)
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if text_of(data) == text else None
