"""FollowTheMoney entities, one a line: who owns what, and who stands on which list.

1. Ownership becomes a shareholding of the owner in the asset; Directorship a seat on the board.
   Family, Associate, UnknownLink, Vessel and the rest are no ownership and yield nothing.
2. A free-text percentage is read (``percentages``); several texts of one link give their hull.
3. ``jurisdiction`` is where an entity is incorporated; ``mainCountry`` its headquarters; a bare
   ``country`` says neither and stands in for the jurisdiction only where none is given. Of persons
   no country is read: neither nationality nor country says where somebody lives.
4. A dataset that is a sanctions list puts its targets on that list. A topic alone never does: it
   does not say whose list it is. An entity whose topics name no sanction, or that is marked as no
   target, is only mentioned by the list.
5. Figures are disjoint unless ``ownershipType`` says beneficial, indirect or ultimate.

Source: FollowTheMoney schemata Ownership, Directorship, LegalEntity and kin.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from msgspec import Struct
from msgspec.json import Decoder

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered, InterestRow
from clearance.adapters.formats.ftm_parties import KINDS, party_row
from clearance.adapters.formats.ftm_values import Entity, hull_of_days, hull_of_shares
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.json_records import records
from clearance.adapters.formats.source import Source
from clearance.model.interest import InterestType
from clearance.ownership.arrays.graph import ATTRIBUTED, INDIRECT

_DECODER = Decoder(Entity)
_ATTRIBUTED_WORDS = ("beneficial", "indirect", "ultimate")


class _Link(Struct, frozen=True):
    """Which properties a schema's two ends stand in: the holder's, the subject's."""

    holder: str
    subject: str
    type: InterestType


_LINKS = {
    "Ownership": _Link("owner", "asset", InterestType.shareholding),
    "Directorship": _Link("director", "organization", InterestType.boardMember),
}


def recognises(head: Head) -> bool:
    """Entities with ``schema`` and ``properties``."""
    return head.has_record("schema", "properties")


def read(source: Source) -> Iterator[Batch]:
    """Every entity and link of the source."""
    gathered = Gathered(source.name)
    for line, entity in records(source, gathered, _DECODER):
        gathered.records += 1
        if not entity.id:
            gathered.reject(line, "id", "the entity has no id")
        elif entity.schema in KINDS:
            gathered.parties.append(party_row(gathered, line, entity))
        elif entity.schema in _LINKS:
            _take_link(gathered, line, entity, _LINKS[entity.schema])
        if gathered.full:
            yield gathered.take()
    yield gathered.take()


def _take_link(gathered: Gathered, line: int, entity: Entity, link: _Link) -> None:
    holders, subjects = entity.all(link.holder), entity.all(link.subject)
    if not holders or not subjects:
        missing = link.subject if holders else link.holder
        return gathered.reject(line, f"properties.{missing}", "the link names nobody")

    def complain(field: str, reason: str) -> None:
        gathered.reject(line, f"properties.{field}", reason)

    low, high, flags = hull_of_shares(entity.all("percentage"), complain)
    days = hull_of_days(entity.all("startDate"), entity.all("endDate"), complain)
    word = " ".join([*entity.all("ownershipType"), *entity.all("role")])
    attributed = any(mark in word.lower() for mark in _ATTRIBUTED_WORDS)
    indirect = "indirect" in word.lower()
    flags |= (ATTRIBUTED if attributed else 0) | (INDIRECT if indirect else 0)
    for holder, subject in product(holders, subjects):
        row = InterestRow(
            holder,
            subject,
            _type_of(link, word).value,
            flags,
            low,
            high,
            *days,
            direct="indirect" if indirect else "direct",
            source=entity.source or gathered.source,
            statement=entity.id,
            record=entity.id if len(holders) * len(subjects) == 1 else "",
            statement_date=entity.changed(),
            detail=word[:200],
            line=line,
        )
        gathered.interests.append(row)
    return None


def _type_of(link: _Link, word: str) -> InterestType:
    if link.type is InterestType.boardMember and "chair" in word.lower():
        return InterestType.boardChair
    return link.type
