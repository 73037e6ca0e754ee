"""Reading a region list: TOML in, codes and findings out.

1. A code is listed or excepted, never both.
2. ``follows`` says which code goes with which; both are codes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.policy.clauses.regions import Listing, RegionList
from clearance.policy.codes import Codes
from clearance.policy.reading.fields import Fields
from clearance.policy.reading.located import locate
from clearance.policy.reading.problems import Problem, Sheet
from clearance.policy.reading.rules import region_codes

LISTINGS = {listing.value: listing for listing in Listing}


def parse_region_list(text: str, file: str, codes: Codes) -> tuple[RegionList, Sequence[Problem]]:
    """A region list, and what is wrong with it.

    Raises:
        InputError: the text is no TOML.
    """
    sheet = Sheet(file, locate(text, file))
    root = Fields.of(sheet)
    found = RegionList(
        id=root.id(),
        title=root.text("title"),
        listing=root.choice("listing", LISTINGS),
        codes=region_codes(root, "codes", codes),
        excepted=region_codes(root, "except", codes),
        follows=_follows(root.table("follows"), codes),
        source=root.text("source"),
        retrieved=root.day("retrieved"),
        verified=root.text("verified"),
    )
    distinct(root, found)
    if not found.codes:
        root.note("codes", "no region", "list at least one code such as XA")
    root.done()
    return found, tuple(sorted(sheet.problems))


def distinct(table: Fields, found: RegionList) -> None:
    """Note every code that is listed and excepted at once."""
    for code in sorted(set(found.codes) & set(found.excepted)):
        table.note("except", f"{code!r} is listed as well", "keep one of the two")


def _follows(table: Fields, codes: Codes) -> Mapping[str, str]:
    found = {}
    for code in table.names():
        followed = table.text(code)
        for wrong in (part for part in (code, followed) if part and not codes.known(part)):
            table.note(code, f"{wrong!r} is no region code", "write ISO 3166 codes such as XA")
        found[code] = followed
    return dict(sorted(found.items()))
