"""Being written."""

from __future__ import annotations

from collections.abc import Iterator

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.source import Source


def recognises(head: Head) -> bool:
    """Is a source that begins like this of this format?"""
    return False


def read(source: Source) -> Iterator[Batch]:
    """Every record of the source."""
    yield Batch()
