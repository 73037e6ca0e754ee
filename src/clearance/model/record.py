"""A record that says who somebody is: a customer's own words, or a party of the reference.

1. Both sides of a comparison have one shape, so that neither can be read more kindly than the
   other.
2. Everything is as it was written: folding, transliteration and check digits are the matcher's.
3. What says nothing about identity is not here: no nationality, no birthday, no revenue.
"""

from __future__ import annotations

from dataclasses import dataclass

from clearance.model.party import Identifier, PartyKind
from clearance.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Record:
    """What one side states about who it is.

    **Shape**: ``names`` the main one first, each in any script; ``kind`` is ``UNKNOWN`` where it
    was not told; ``countries`` are ISO 3166 codes of incorporation and headquarters, each once;
    ``websites`` are sites or e-mail addresses as given; ``line`` is where the record stands, zero
    where it stands in no file.

    >>> Record("c1", ("Aurora Holdings",), countries=("XA",)).main_name
    'Aurora Holdings'
    """

    id: str
    names: tuple[str, ...] = ()
    kind: PartyKind = PartyKind.UNKNOWN
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    line: int = 0

    @property
    def main_name(self) -> str:
        """The name it goes by, empty where it gave none."""
        return self.names[0] if self.names else ""
