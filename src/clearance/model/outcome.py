"""What happens to a customer: ordered, and the strictest wins."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """From most to least open; ``max`` of several is the strictest."""

    ALLOW = 0
    ALLOW_WITH_NOTICE = 1
    LIMIT = 2
    REVIEW = 3
    SUSPEND = 4
    DENY = 5

    @property
    def word(self) -> str:
        """The outcome as it stands in files: ``allow``, ``review`` …"""
        return _WORDS[self]


_WORDS = tuple(one.name.lower() for one in Outcome)
