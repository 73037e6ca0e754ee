"""Natures of control of the United Kingdom's register, as BODS types and exact bands.

A code is a base, a band for some, a capacity, and the kind of company it is about:
``voting-rights-25-to-50-percent-as-trust-limited-liability-partnership``.

1. Bands follow the statute and the code list's short text: "more than 25 but not more than 50",
   "more than 50 but less than 75", "75 or more"; overseas entities "more than 25". The code list's
   long text contradicts the last two and is wrong.
2. A capacity (trustee, member of a firm, control over either) changes who holds, not how much: the
   interest stays attributed to the person who is named.
3. Rights over directors, members or persons of a partnership are, by the statute, over a majority
   of them: ``appointmentOfBoard`` of more than 50. Land held by a nominee is use of assets, never a
   share in a company.

Source: Companies Act 2006 Sch 1A; Economic Crime (Transparency and Enforcement) Act 2022 Sch 2;
``psc_descriptions.yml`` of the register.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from clearance.adapters.formats.columns import units_of
from clearance.adapters.formats.fields import UNSTATED_UNITS, Units
from clearance.model.interest import InterestType
from clearance.model.share import Share

_TYPES = {
    "ownership-of-shares": InterestType.shareholding,
    "voting-rights": InterestType.votingRights,
    "right-to-share-surplus-assets": InterestType.rightsToSurplusAssetsOnDissolution,
    "part-right-to-share-surplus-assets": InterestType.rightsToSurplusAssetsOnDissolution,
    "right-to-appoint-and-remove-directors": InterestType.appointmentOfBoard,
    "right-to-appoint-and-remove-members": InterestType.appointmentOfBoard,
    "right-to-appoint-and-remove-person": InterestType.appointmentOfBoard,
    "significant-influence-or-control": InterestType.otherInfluenceOrControl,
    "registered-owner-as-nominee-person": InterestType.enjoymentAndUseOfAssets,
    "registered-owner-as-nominee-another-entity": InterestType.enjoymentAndUseOfAssets,
}

_BANDS = {
    "25-to-50-percent": Share.of_percent(minimum="25", maximum="50", exclusive_minimum=True),
    "50-to-75-percent": Share.of_percent(
        minimum="50", maximum="75", exclusive_minimum=True, exclusive_maximum=True
    ),
    "75-to-100-percent": Share.of_percent(minimum="75", maximum="100"),
    "more-than-25-percent": Share.of_percent(minimum="25", maximum="100", exclusive_minimum=True),
}

_MAJORITY = Share.of_percent(minimum="50", maximum="100", exclusive_minimum=True)

_CODE = re.compile(
    rf"(?P<base>{'|'.join(_TYPES)})"
    rf"(?:-(?P<band>{'|'.join(_BANDS)}))?"
    r"(?:-as-(?:control-over-)?(?:trust|firm))?"
    r"(?:-(?:england-wales|scotland|northern-ireland))?"
    r"(?:-(?:limited-liability-partnership|registered-overseas-entity))?"
)

_BANDED = (
    InterestType.shareholding,
    InterestType.votingRights,
    InterestType.rightsToSurplusAssetsOnDissolution,
)


class Nature(NamedTuple):
    """What one code says: the interest's type and its band in units."""

    type: InterestType
    units: Units


@lru_cache(maxsize=1 << 10)
def nature_of(code: str) -> Nature | None:
    """The meaning of a code; ``None`` if the register's grammar does not know it.

    >>> nature_of("voting-rights-50-to-75-percent-as-trust").type.name
    'votingRights'
    >>> nature_of("voting-rights") is None
    True
    """
    matched = _CODE.fullmatch(code)
    if matched is None:
        return None
    kind, band = _TYPES[matched["base"]], matched["band"]
    if (kind in _BANDED) != (band is not None):
        return None
    if kind is InterestType.appointmentOfBoard:
        return Nature(kind, units_of(_MAJORITY))
    return Nature(kind, units_of(_BANDS[band]) if band else UNSTATED_UNITS)


_QUOTED = re.compile(r"'([a-z0-9-]+)'")


@lru_cache(maxsize=1 << 12)
def nature_in(text: str, kind: int) -> tuple[str, Nature] | None:
    """The one code of an interest type that a published ``details`` text quotes, if there is one.

    >>> nature_in("Relationship Type: ['ownership-of-shares-25-to-50-percent']", 1)[0]
    'ownership-of-shares-25-to-50-percent'
    """
    found = [(code, nature_of(code)) for code in _QUOTED.findall(text)]
    fitting = {code: nature for code, nature in found if nature and nature.type == kind}
    if len({nature.units for nature in fitting.values()}) != 1:
        return None
    return next(iter(fitting.items()))
