"""Search the parties of a reference by a text, for people who look somebody up."""

from __future__ import annotations

from clearance.matching.resolution import Weighed
from clearance.model.errors import InputError
from clearance.model.record import Record
from clearance.model.region import region_code
from clearance.usecases.match import Matching

MOST = 100


def search_names(matching: Matching, text: str, country: str, limit: int) -> tuple[Weighed, ...]:
    """The parties most like a text: ids and names of parties, in any script, most likely first.

    Raises:
        InputError: nothing to search for, or the country is no code.
    """
    if not any(map(str.isalnum, text)):
        raise InputError("nothing to search for", file="TEXT", remedy="give a name")
    if not 0 < limit <= MOST:
        raise InputError("out of range", file="--limit", remedy=f"give 1 to {MOST}")
    code = region_code(country)
    return matching.candidates(Record("", (text,), countries=(code,) if code else ()), limit)
