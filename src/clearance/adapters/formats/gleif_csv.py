"""GLEIF's golden copy in CSV: LEI-CDF 3.1, RR-CDF 2.1 and reporting exceptions.

Columns are found by name; what the file has beyond those read is left alone. A place is a line.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.gleif_level1 import ADDRESSES, REGION, STREET, Facts, take_entity
from clearance.adapters.formats.gleif_level2 import (
    Exceptions,
    Relationship,
    ReportedException,
    Span,
    take_relationship,
)
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.particulars import one_line
from clearance.adapters.formats.source import Source

Cells = list[str]
Take = Callable[[int, Cells], None]

_NODE = "Relationship.StartNode.NodeID"
_CATEGORY = "Exception.Category"
_NAME = "Entity.LegalName"
_PERIODS = 5
_OTHER_NAMES = ("Entity.OtherEntityNames.", "Entity.TransliteratedOtherEntityNames.")
_ATTRIBUTES = (".xmllang", ".type")


def recognises(head: Head) -> bool:
    """A header with GLEIF's dotted column names."""
    return head.shape == "table" and (
        head.has_columns("LEI", _NAME)
        or head.has_columns(_NODE)
        or head.has_columns("LEI", _CATEGORY)
    )


def read(source: Source) -> Iterator[Batch]:
    """Every row of the source.

    Raises:
        SourceError: a quote is never closed, or a cell is beyond the limit.
    """
    gathered = Gathered(source.name)
    rows = csv.reader(source.text_lines(), strict=True)
    try:
        header = [name.strip() for name in next(rows)]
        place = {name: number for number, name in enumerate(header)}
        take = _taker(gathered, place)
        for cells in rows:
            if not cells:
                continue
            gathered.records += 1
            if len(cells) == len(header):
                take(rows.line_num, cells)
            else:
                reason = f"{len(cells)} cells under {len(header)} columns"
                gathered.reject(rows.line_num, "", reason)
            if gathered.full:
                yield gathered.take()
    except csv.Error as error:
        raise source.error(f"the CSV is broken: {error}", line=rows.line_num) from None
    yield gathered.take()


def _taker(gathered: Gathered, place: Mapping[str, int]) -> Take:
    if _NODE in place:
        return _relationships(gathered, place)
    if _CATEGORY in place:
        return _exceptions(gathered, place)
    return _entities(gathered, place)


def _cell(place: Mapping[str, int], name: str) -> Callable[[Cells], str]:
    number = place.get(name)
    if number is None:
        return lambda cells: ""
    return lambda cells: cells[number].strip()


def _entities(gathered: Gathered, place: Mapping[str, int]) -> Take:
    authority = "Entity.RegistrationAuthority.RegistrationAuthority"
    read_lei, read_name = _cell(place, "LEI"), _cell(place, _NAME)
    jurisdiction = _cell(place, "Entity.LegalJurisdiction")
    headquarters = _cell(place, "Entity.HeadquartersAddress.Country")
    register, number = _cell(place, f"{authority}ID"), _cell(place, f"{authority}EntityID")
    category = _cell(place, "Entity.EntityCategory")
    updated = _cell(place, "Registration.LastUpdateDate")
    others = [
        column
        for name, column in place.items()
        if name.startswith(_OTHER_NAMES) and not name.endswith(_ATTRIBUTES)
    ]
    addresses = [
        [_columns(place, f"Entity.{name}.", parts) for parts in (STREET, REGION)]
        for name in ADDRESSES
    ]
    form = _cell(place, "Entity.LegalForm.EntityLegalFormCode")
    other_form = _cell(place, "Entity.LegalForm.OtherLegalForm")

    def take(line: int, cells: Cells) -> None:
        facts = Facts(
            read_lei(cells),
            read_name(cells),
            jurisdiction(cells),
            headquarters(cells),
            register(cells),
            number(cells),
            category(cells),
            updated(cells),
            [cells[column].strip() for column in others if cells[column]],
            [one_line(*([cells[at] for at in part] for part in parts)) for parts in addresses],
            form(cells),
            other_form(cells),
        )
        take_entity(gathered, line, facts)

    return take


def _columns(place: Mapping[str, int], prefix: str, parts: Sequence[str]) -> list[int]:
    """The columns of parts of an address, in their order; a repeated part has a number."""
    return [
        column
        for part in parts
        for name, column in place.items()
        if name == prefix + part or name.startswith(f"{prefix}{part}.")
        if not name.endswith(_ATTRIBUTES)
    ]


def _relationships(gathered: Gathered, place: Mapping[str, int]) -> Take:
    start, end = _cell(place, _NODE), _cell(place, "Relationship.EndNode.NodeID")
    kind = _cell(place, "Relationship.RelationshipType")
    status = _cell(place, "Relationship.RelationshipStatus")
    registration = _cell(place, "Registration.RegistrationStatus")
    updated = _cell(place, "Registration.LastUpdateDate")
    spans = [
        [_cell(place, f"Relationship.Period.{number}.{part}") for part in _SPAN]
        for number in range(1, _PERIODS + 1)
    ]

    def take(line: int, cells: Cells) -> None:
        periods = [Span(*[part(cells) for part in span]) for span in spans]
        stated = Relationship(
            start(cells),
            end(cells),
            kind(cells),
            status(cells),
            periods,
            registration(cells),
            updated(cells),
        )
        take_relationship(gathered, line, stated)

    return take


_SPAN = ("periodType", "startDate", "endDate")


def _exceptions(gathered: Gathered, place: Mapping[str, int]) -> Take:
    lei, category = _cell(place, "LEI"), _cell(place, _CATEGORY)
    reason = _cell(place, "Exception.Reason.1")
    exceptions = Exceptions(gathered)

    def take(line: int, cells: Cells) -> None:
        exceptions.take(line, ReportedException(lei(cells), category(cells), reason(cells)))

    return take
