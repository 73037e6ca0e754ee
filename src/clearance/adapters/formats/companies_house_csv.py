"""The United Kingdom's basic company data: the published CSV, and its rows as JSON objects.

1. Column names are trimmed: published headers have spaces before some of them.
2. A file whose lines were folded at a fixed width (a paper-wide copy) is unfolded first: its first
   line breaks off inside the header.
3. The registered office is an address for letters, not the headquarters: a particular and no more.
4. What a row says was last confirmed on the day of its confirmation statement.
5. Companies by guarantee without share capital, charities and chartered bodies have no capital.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping

from msgspec.json import Decoder

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered, PartyRow, moment
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.json_records import records
from clearance.adapters.formats.particulars import one_line, particulars
from clearance.adapters.formats.source import Source
from clearance.adapters.formats.uk_register import (
    COUNTRY,
    REGISTER,
    SCHEME,
    company_id,
    jurisdiction_of,
    number_of,
)
from clearance.model.errors import InputError

Cells = Mapping[str, str]

_DECODER: Decoder[Cells] = Decoder(dict[str, str])
_NAME, _NUMBER = "CompanyName", "CompanyNumber"
_MARK = "CompanyStatus"
_OFFICE = (
    "RegAddress.CareOf",
    "RegAddress.POBox",
    "RegAddress.AddressLine1",
    "RegAddress.AddressLine2",
    "RegAddress.PostTown",
    "RegAddress.County",
    "RegAddress.PostCode",
)
_HERE = ("united kingdom", "england", "wales", "scotland", "northern ireland")
_NO_CAPITAL = ("no share capital", "/nsc", "charitable", "royal charter")


def recognises(head: Head) -> bool:
    """A header, or objects, with CompanyName and CompanyNumber."""
    return head.has_columns(_NAME, _NUMBER) or head.has_record(_NAME, _NUMBER)


def read(source: Source) -> Iterator[Batch]:
    """Every company of the source.

    Raises:
        SourceError: the CSV is broken.
    """
    gathered = Gathered(source.name)
    if source.head(64).lstrip()[:1] in (b"[", b"{"):
        rows: Iterable[tuple[int, Cells]] = records(source, gathered, _DECODER)
    else:
        rows = _of_csv(source, gathered)
    for line, cells in rows:
        gathered.records += 1
        _take(gathered, line, cells)
        if gathered.full:
            yield gathered.take()
    yield gathered.take()


def _of_csv(source: Source, gathered: Gathered) -> Iterator[tuple[int, Cells]]:
    lines = _unfolded(source.text_lines())
    rows = csv.reader(lines, strict=True)
    try:
        header = [name.strip() for name in next(rows)]
        for cells in rows:
            if len(cells) == len(header):
                yield rows.line_num, dict(zip(header, cells, strict=True))
            elif cells:
                gathered.records += 1
                reason = f"{len(cells)} cells under {len(header)} columns"
                gathered.reject(rows.line_num, "", reason)
    except csv.Error as error:
        raise source.error(f"the CSV is broken: {error}", line=rows.line_num) from None


def _unfolded(lines: Iterator[str]) -> Iterator[str]:
    """Lines as they were before somebody folded them at the width of the first one."""
    first = next(lines).rstrip("\r\n")
    if _MARK in (name.strip() for name in first.split(",")):
        yield first + "\n"
        yield from lines
        return
    width, held = len(first), first
    for line in lines:
        part = line.rstrip("\r\n")
        held += part
        if len(part) < width:
            yield held + "\n"
            held = ""
    if held:
        yield held + "\n"


def _take(gathered: Gathered, line: int, cells: Cells) -> None:
    number = number_of(cells.get(_NUMBER, ""))
    if not number:
        return gathered.reject(line, _NUMBER, f"{cells.get(_NUMBER, '')!r} is no company number")
    origin = cells.get("CountryOfOrigin", "").strip().lower()
    jurisdiction = jurisdiction_of(number)
    if origin and origin not in _HERE:
        jurisdiction = ""
    category = cells.get("CompanyCategory", "").lower()
    others = (name.strip() for key, name in cells.items() if key.endswith(f".{_NAME}"))
    row = PartyRow(
        company_id(number),
        cells.get(_NAME, "").strip(),
        jurisdiction=jurisdiction or (COUNTRY if origin in _HERE else ""),
        identifiers=((SCHEME, number),),
        other_names=tuple(name for name in dict.fromkeys(others) if name),
        particulars=particulars(
            [one_line(map(cells.get, _OFFICE), [cells.get("RegAddress.Country")])],
            cells.get("CompanyCategory", "").strip(),
        ),
        capital=not any(word in category for word in _NO_CAPITAL),
        source=REGISTER,
        statement=cells.get("URI", "").strip() or company_id(number),
        statement_date=_stated_on(gathered, line, cells),
        line=line,
    )
    return gathered.parties.append(row)


def _stated_on(gathered: Gathered, line: int, cells: Cells) -> int | None:
    """The day of the last confirmation statement, else of incorporation, if one is given."""
    for name in ("ConfStmtLastMadeUpDate", "IncorporationDate"):
        text = cells.get(name, "").strip()
        try:
            if text:
                return moment("-".join(reversed(text.split("/")))).first
        except InputError as error:
            gathered.reject(line, name, f"{error.what}; it is not used")
    return None
