"""Statements of the PSC register: what a company says instead of naming somebody.

1. Who exists, or may exist, and is not named: a holder of kind unknown, with the code as reason.
2. Everything else is kept as a note, a row of a type that never counts, so that it can be shown.
   "No registrable person" is a note too: it says that nobody holds more than 25 %, not who does.

Source: the register's ``statement_description`` list.
"""

from __future__ import annotations

from clearance.adapters.formats.gleif_words import NOTE
from clearance.adapters.formats.psc_rows import Control
from clearance.model.interest import InterestType

_PARTNERSHIP = "-partnership"

UNNAMED = frozenset(
    {
        "psc-exists-but-not-identified",
        "psc-details-not-confirmed",
        "steps-to-find-psc-not-yet-completed",
        "psc-contacted-but-no-response",
        "psc-has-failed-to-confirm-changed-details",
        "restrictions-notice-issued-to-psc",
        "awaiting-confirmation-from-psc",
        "no-beneficial-owner-identified",
        "at-least-one-beneficial-owner-unidentified",
        "information-not-provided-for-at-least-one-beneficial-owner",
        "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-"
        "at-least-one-beneficial-owner",
    }
)
"""Statements that admit a controller and do not name it."""

NOTES = frozenset(
    {
        "no-individual-or-entity-with-signficant-control",
        "no-individual-or-entity-with-significant-control",
        "all-beneficial-owners-identified",
        "nobody-has-become-or-ceased-to-be-a-beneficial-owner",
        "somebody-has-become-or-ceased-to-be-a-beneficial-owner",
        "no-change-beneficial-owner-relevant-period",
        "change-beneficial-owner-relevant-period",
        "no-trust-involved-relevant-period",
        "trust-involved-relevant-period",
        "no-change-beneficiary-relevant-period",
        "change-beneficiary-relevant-period",
    }
)
"""Statements about the filing, or that nobody is registrable."""


def take_statement(control: Control) -> None:
    """An unknown holder, or a note; a code of neither list is rejected and kept as unknown."""
    code = control.data.statement or ""
    plain = code.removesuffix(_PARTNERSHIP)
    if plain not in UNNAMED and plain not in NOTES:
        control.complain("statement", f"{code!r} is no statement; kept as an unnamed holder")
    noted = plain in NOTES
    holder = control.unknown(code)
    kind = NOTE if noted else InterestType.unknownInterest
    control.interest(holder, kind, detail=code, unspecified=code)
