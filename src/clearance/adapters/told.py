"""Who is told how far something long is; light, so that every caller can name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told how far it is: ``stage`` what begins, ``passed`` how much is done and in all.

    **Shape**: bytes where sources are read, customers where they are screened.
    """

    stage: Callable[[str], None] = lambda name: None
    passed: Callable[[int, int], None] = lambda done, total: None
