"""What a database of addresses says of itself: its sources, and the digest that names it.

1. Readers of the format refuse metadata with keys of their own. So both stand as texts under
   ``description``, by private-use language tags (BCP 47, section 2.2.7).
2. The digest is the SHA-256 of the file up to its metadata, then of the sources as written, a line
   feed, and node count, record size and build epoch with blanks between.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

import msgspec

from clearance.model.errors import IntegrityError
from clearance.model.plain import canonical
from clearance.network.source import Source

DATABASE_TYPE = "Clearance-Networks"
SOURCES = "x-sources"
DIGEST = "x-digest"
MARK = b"\xab\xcd\xefMaxMind.com"
"""Where the metadata begins."""

AGAIN = "build the database again"


def written(sources: Sequence[Source]) -> str:
    """The sources as they are stored: canonical JSON."""
    return canonical([asdict(source) for source in sources])


def read(text: str, file: str) -> tuple[Source, ...]:
    """The sources that a database names.

    Raises:
        IntegrityError: the text is no list of sources.
    """
    try:
        return msgspec.json.decode(text, type=tuple[Source, ...])
    except msgspec.MsgspecError:
        raise IntegrityError("its sources cannot be read", file=file, remedy=AGAIN) from None


def digest(body: bytes | memoryview, sources: str, figures: tuple[int, int, int]) -> str:
    """The digest of a database, in hexadecimal.

    Args:
        figures: nodes of the tree, bits of a side, time of the build.

    **Cost**: about a second a gigabyte.
    """
    found = hashlib.sha256(body)
    found.update(f"{sources}\n{' '.join(map(str, figures))}".encode())
    return found.hexdigest()
