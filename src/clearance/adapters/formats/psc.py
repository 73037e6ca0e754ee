"""UK register of persons with significant control, as published: JSON lines, or an array.

1. The subject is the company; the holder is the company that the record identifies on this
   register, else the record's own link (the register gives persons no number of their own).
2. Every nature of control is a row with its statutory band (``natures``), attributed: the figures
   of two holders may describe one block. A code that is not understood is a reject, and the
   interest stays as one of unknown kind.
3. A protected person, a statement that somebody is not identified, and an exemption are holders
   of kind unknown with the register's word as reason. Other statements are notes: rows of a type
   that never counts.
4. The totals record at the end is known and holds nothing.

5. Countries stand as words: those that ``places`` knows become codes, others stay empty. A person's
   usual residence holds from its notification; a body's office counts as its headquarters.

Not read: nationality and date of birth.

Source: Companies Act 2006 Part 21A; the register's published snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.json import Decoder

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.columns import Gathered
from clearance.adapters.formats.head import Head
from clearance.adapters.formats.json_records import records
from clearance.adapters.formats.psc_rows import Control, take_control, take_exemptions
from clearance.adapters.formats.psc_shape import Record
from clearance.adapters.formats.psc_statements import take_statement
from clearance.adapters.formats.source import Source
from clearance.adapters.formats.uk_register import company_row, number_of

_DECODER = Decoder(Record)
_TOTALS = "totals#"
_STATEMENT = "persons-with-significant-control-statement"
_EXEMPTIONS = "exemptions"


def recognises(head: Head) -> bool:
    """Records with ``company_number`` and ``data`` that has a ``kind``."""
    return any(
        "company_number" in record and isinstance(data, dict) and "kind" in data
        for record in head.records
        for data in (record.get("data"),)
    )


def read(source: Source) -> Iterator[Batch]:
    """Every record of the source."""
    gathered = Gathered(source.name)
    company = ""
    for line, record in records(source, gathered, _DECODER):
        gathered.records += 1
        if record.data.kind.startswith(_TOTALS):
            continue
        number = number_of(record.company_number)
        if not number:
            reason = f"{record.company_number!r} is no company number"
            gathered.reject(line, "company_number", reason)
            continue
        if number != company:
            gathered.parties.append(company_row(number, line))
            company = number
        _take(Control(gathered, line, number, record))
        if gathered.full:
            yield gathered.take()
    yield gathered.take()


def _take(control: Control) -> None:
    kind = control.data.kind
    if kind == _STATEMENT:
        take_statement(control)
    elif kind == _EXEMPTIONS:
        take_exemptions(control)
    else:
        take_control(control)
