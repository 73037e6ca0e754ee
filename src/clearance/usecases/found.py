"""What a screening found of a customer, as the decision point keeps it between screenings.

1. Every rule that the screening asked has a standing here; one that it did not ask has none, and
   is then a rule that was not evaluated.
2. A finding stands from the day it was made for, until a later screening says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clearance.policy.owner_reasons import Standing


@dataclass(frozen=True, slots=True)
class Screening:
    """One run: under what, on what day and data, and what it ``asked``: a digest by rule id."""

    id: str
    policy: str
    as_of: int
    snapshot: str
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Who a customer was found to be, and how it stands.

    **Shape**: ``party`` is the reference's id, empty where the customer is not identified;
    ``doubt`` and ``unidentified`` are then the code and the words of that reason; the register's
    places are codes, empty where not known; ``standings`` by rule id; ``proof`` is an address.
    """

    customer: str
    screening: Screening
    party: str = ""
    doubt: str = ""
    unidentified: str = ""
    register_headquarters: str = ""
    register_incorporation: str = ""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    proof: str = ""
