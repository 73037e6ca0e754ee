"""What speaks for and against two records being one party, one fact at a time.

1. Each kind of fact is weighed by its own module of ``compare`` and told in words of its own.
2. What one side did not state is neutral and says so; it never speaks against.
3. Evidence is for people and for the rules above the model; the model reads numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearance.model.quick import quick


class EvidenceKind(StrEnum):
    """What is compared; a code as it stands in files."""

    NAME = "name"
    SPELLING = "spelling"
    NUMBER = "number"
    LEGAL_FORM = "legal_form"
    COUNTRY = "country"
    IDENTIFIER = "identifier"
    ADDRESS = "address"
    DOMAIN = "domain"
    PHONE = "phone"


class Agrees(StrEnum):
    """Which way a fact speaks."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact about two records.

    **Shape**: ``text`` is one clause with both sides' values; ``weight`` from 0 (says nothing) to
    1 (says all it can), for a name the likeness of the two; ``strong`` marks an identifier that
    settles who somebody is where it agrees: valid, and given once.
    """

    kind: EvidenceKind
    agrees: Agrees
    text: str
    weight: float = 0.0
    strong: bool = False
