"""Region codes as they are given on a command line."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.model.errors import InputError


def known_regions(given: Sequence[str]) -> Sequence[str]:
    """The same codes, each of which exists.

    Raises:
        InputError: one is no region code.
    """
    from clearance.adapters.policies.reading import codes

    for code in given:
        if not codes().known(code):
            raise InputError(
                f"{code!r} is no region code", file="--regions", remedy="use ISO 3166 codes"
            )
    return given
