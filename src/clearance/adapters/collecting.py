"""Garbage collection while records stream through."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 200_000
_RARELY = 1_000


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let the collector look rarely: a run makes many small values that no cycle holds.

    **Cost**: a fifth less time for 300,000 customers, a tenth for reading BODS statements; a tenth
    more memory at most.
    """
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _RARELY, _RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
