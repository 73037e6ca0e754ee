"""Region codes: which are codes at all, and what to call them.

1. A code is ISO 3166-1 alpha-2 (``XA``) or ISO 3166-2 (``XA-01``), upper case.
2. User-assigned codes are codes: AA, QM to QZ, XA to XZ, ZZ.
3. Of ISO 3166-2 the shape and the country part are checked; the full table is not shipped.
4. Names are for reading only and come from one cited table, or from the operator's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clearance.model.region import country_of, has_code_form

_USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes in use, and their names.

    **Source**: ISO 3166-1 clause 8.1.3 for user-assigned codes; the names' source is the table's.
    """

    names: Mapping[str, str]

    def known(self, code: str) -> bool:
        """Is it an ISO 3166 code, assigned or user-assigned?

        >>> table = Codes({"XA-01": "North"})
        >>> [table.known(code) for code in ("XA", "XA-02", "xa", "ZY", "")]
        [True, True, False, False, False]
        """
        return has_code_form(code) and self._country(country_of(code))

    def name(self, code: str) -> str:
        """The display name, or the code itself."""
        return self.names.get(code, code)

    def with_names(self, names: Mapping[str, str]) -> Codes:
        """The same codes with an operator's names over these; no code is added by naming it."""
        return Codes({**self.names, **{code: names[code] for code in names if self.known(code)}})

    def _country(self, country: str) -> bool:
        return country in self.names or _USER_ASSIGNED.fullmatch(country) is not None


def parse_names(lines: Iterable[str]) -> Mapping[str, str]:
    """Names from lines ``code TAB name``; lines that start with ``#`` are comments.

    >>> parse_names(["# a comment", "XA\\tFirst Region"])
    {'XA': 'First Region'}
    """
    pairs = (line.rstrip("\r\n").split("\t", 1) for line in lines if not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
