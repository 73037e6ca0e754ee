"""What speaks for and against two records being one party, in words and in a fixed order."""

from __future__ import annotations

from clearance.matching.compare import (
    address,
    country,
    domain,
    identifiers,
    legal_form,
    names,
    numbers,
    phone,
    slips,
)
from clearance.matching.compare.pairs import Pair
from clearance.matching.evidence import Evidence


def evidence(pair: Pair) -> tuple[Evidence, ...]:
    """All there is to say, numbers of registers first, names next, then what is beside them."""
    query, candidate = pair.query.record, pair.candidate.record
    found = (
        *identifiers.evidence(query, candidate),
        names.evidence(pair),
        slips.evidence(pair),
        numbers.evidence(pair),
        legal_form.evidence(pair),
        country.evidence(pair.query, pair.candidate),
        address.evidence(query, candidate),
        domain.evidence(query, candidate),
        phone.evidence(query, candidate),
    )
    return tuple(one for one in found if one is not None)
