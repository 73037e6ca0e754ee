"""Explain a party, or name its owners."""

from __future__ import annotations

from pathlib import Path

from clearance.bootstrap.days import day_or_today
from clearance.model.party import Party
from clearance.usecases.explain import Explanation, OwnersOf


def explain(
    reference: Path | str,
    party: str,
    policy: str,
    *,
    as_of: str | None = None,
    regions: str | None = None,
) -> Explanation:
    """Who owns a party, what it owns, and what each ownership rule of a policy makes of it.

    Args:
        reference: a snapshot folder.
        party: an id, ``SCHEME:NUMBER``, an LEI or an exact name.
        policy: a shipped policy's id, or a path.
        as_of: the day, YYYY-MM-DD; today (UTC).
        regions: a region list, by id or path, in place of the policy's.

    Raises:
        InputError: no such party or policy, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.explaining.explaining import explain_party

    return explain_party(Path(reference), party, policy, day_or_today(as_of), regions)


def owners(
    reference: Path | str,
    party: str,
    *,
    policy: str = "",
    as_of: str | None = None,
    regions: str | None = None,
) -> tuple[Party, tuple[OwnersOf, ...]]:
    """Whom the owner-finding rules name as owners of a party of a snapshot.

    Args:
        policy: a shipped policy's id, or a path, for rules that take their regions from one.
        regions: a region list, by id or path, in place of the policy's.

    Raises:
        InputError: no such party or policy, or several parties have that name.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.explaining.explaining import owners_of_party

    return owners_of_party(Path(reference), party, day_or_today(as_of), policy, regions)
