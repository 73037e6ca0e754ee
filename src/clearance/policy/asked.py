"""One request or sign-up: what it says of itself, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from clearance.network.origin import Origin
from clearance.policy.judging.prepared import Prepared

NOWHERE = Origin(())
"""The origin of an address that no database knows."""


class Action(StrEnum):
    """What is asked for: going on, or beginning something new."""

    USE = "use"
    SIGN_UP = "sign_up"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    **Shape**: ``origin`` is ``None`` where no address was told, ``NOWHERE`` where no database knows
    it; ``phone`` the region code of a number; ``end_customer`` the end customer's own part, as
    ``Judge.account`` made it on the same day, ``None`` where it was not disclosed; ``end_use`` as
    declared; ``time`` an RFC 3339 text for conditions, or empty. Empty ``service`` and ``model``
    are unknown: a rule for some of them then applies.
    """

    action: Action = Action.USE
    service: str = ""
    model: str = ""
    origin: Origin | None = None
    phone: str = ""
    end_customer: Prepared | None = None
    end_use: str = ""
    time: str = ""
