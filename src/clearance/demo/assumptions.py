"""What the demo takes from reports, and what it assumes; printed before the first act."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure of the demo world; ``basis`` is ``reported`` or ``assumed``."""

    what: str
    figure: str
    basis: str


ASSUMPTIONS = (
    Assumption("business customers", "3,000 (300,000 reported, at 1:100)", "reported"),
    Assumption(
        "the rule", "more than 50 %, direct or indirect, companies headquartered", "reported"
    ),
    Assumption("in effect from", "2025-09-05", "reported"),
    Assumption("unsupported regions", "four, with user-assigned codes XA, XB, XC, XD", "assumed"),
    Assumption("customers seated there before the rule", "1 in 100", "assumed"),
    Assumption("customers owned from there, of every structure", "about 1 in 20", "assumed"),
    Assumption("annual revenue", "log-normal, median 9,000, sigma 1.7, in dollars", "assumed"),
    Assumption("customers without any filed owner", "11 in 100", "assumed"),
    Assumption(
        "accounts that act as one, their requests",
        "240 and 160,000 (24,000 and 16 million reported, at 1:100)",
        "reported",
    ),
    Assumption("owners concealed, sales not filed", "5 and 3 customers", "assumed"),
)
