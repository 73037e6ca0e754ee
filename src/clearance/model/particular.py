"""What an entity states about itself beside names and numbers: where to reach it, its form.

1. Texts are as they were written; what they mean is the matcher's to say.
2. Only entities have particulars: of a person nothing beyond names and residence is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ParticularKind(IntEnum):
    """What a particular is; the number is its code in arrays and never changes."""

    ADDRESS = 0
    WEBSITE = 1
    EMAIL = 2
    PHONE = 3
    LEGAL_FORM = 4

    @property
    def word(self) -> str:
        """The kind as it stands in files: ``address``, ``legal_form`` …"""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Particular:
    """One fact of that kind, as its source writes it; an address is one line of text."""

    kind: ParticularKind
    text: str
