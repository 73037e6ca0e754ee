"""Tables of blocks: CSV with a header, or rows of first address, last address, country.

1. A block is a ``network``, or a ``start`` and an ``end``; IPv4 addresses may be plain numbers.
2. A column that is neither known nor to be ignored stops the build: a misspelt kind would be lost.
3. A table without a header has the columns that its source is described with.
4. Lines that begin with ``#`` are remarks; publishers date and license their files there.

**Source**: Tor's geoip files, of which Debian's ``tor-geoipdb`` are examples.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from clearance.adapters.formats.csv_header import Columns, check_header, delimiter_of
from clearance.adapters.formats.source import Source
from clearance.adapters.network.addresses import block, key
from clearance.adapters.network.described import Described
from clearance.adapters.network.words import FIELDS, Row, word
from clearance.model.dates import day_of
from clearance.model.errors import InputError
from clearance.model.natural import natural

RANGES = ("start", "end", "country")
"""The columns of a table without a header, where its source is not described otherwise."""

PLACES = ("network", "start", "end")
_REMARK = re.compile(r"^#\s*(Generated|Vendor|License):\s*(.+?)\s*$", re.MULTILINE)


def recognised(source: Source, described: Described) -> bool:
    """Does the first line that is no remark have columns, or are columns described?"""
    line = _first_line(source)
    names = [name.strip() for name in line.split(delimiter_of(line))]
    return bool(described.columns or {",", "\t"} & set(line) or set(PLACES) & set(names))


def head(source: Source) -> Described:
    """What the remarks at the top of a file say of it."""
    said = dict(_REMARK.findall(source.head().decode("utf-8", "ignore")))
    vendor = "-".join(re.findall(r"[a-z0-9]+", said.get("Vendor", "").lower()))
    try:
        generated = parsedate_to_datetime(said["Generated"])
    except (KeyError, OverflowError, ValueError):
        as_of = None
    else:
        as_of = day_of(generated.date().isoformat())
    return Described((source.path,), vendor, as_of, said.get("License", ""), vendor)


def rows(source: Source, described: Described) -> Iterator[Row]:
    """The rows of a table.

    Raises:
        InputError: the header cannot be used.
        SourceError: a row cannot be read.
    """
    layout = _layout(described.columns, source, described) if described.columns else None
    for line, cells in _lines(source):
        if layout is None:
            headless = _begins_with_a_block(cells)
            names = RANGES if headless else tuple(name.strip() for name in cells)
            layout = _layout(names, source, described)
            if not headless:
                continue
        try:
            yield layout.row(line, cells)
        except InputError as error:
            raise source.error(
                error.what, line=line, field=error.field, remedy=error.remedy or ""
            ) from None


def _lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The cells of every line that is neither blank nor a remark."""
    lines = ("\n" if line.startswith("#") else line for line in source.text_lines())
    table = csv.reader(lines, delimiter=_delimiter(source))
    try:
        for cells in table:
            if cells:
                yield table.line_num, cells
    except csv.Error as error:
        raise source.error(str(error), line=table.line_num, remedy="save it as CSV") from None


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which column holds what: the network, or start and end; and the fields."""

    width: int
    ends: tuple[int, ...]
    fields: tuple[tuple[int, str], ...]

    def row(self, line: int, cells: Sequence[str]) -> Row:
        if len(cells) != self.width:
            raise InputError(
                f"{len(cells)} cells, but {self.width} columns",
                remedy="name the columns of a table without a header in its source's 'columns'",
            )
        said = word(tuple([(name, cells[at]) for at, name in self.fields]))
        if len(self.ends) == 1:
            return Row(line, *block(cells[self.ends[0]]), said)
        first, last = _key(cells[self.ends[0]]), _key(cells[self.ends[1]])
        if first > last:
            raise InputError("ends before it starts", field="end", remedy="swap the two")
        return Row(line, first, last, said)


def _layout(names: tuple[str, ...], source: Source, described: Described) -> _Layout:
    known = (*PLACES, *FIELDS, *described.ignore)
    needed = ("start", "end") if "start" in names or "end" in names else ("network",)
    check_header(names, Columns("blocks of addresses", known, needed), source.name)
    read = [name for name in FIELDS if name not in described.ignore]
    fields = tuple((at, name) for at, name in enumerate(names) if name in read)
    return _Layout(len(names), tuple(map(names.index, needed)), fields)


def _delimiter(source: Source) -> str:
    return delimiter_of(_first_line(source))


def _first_line(source: Source) -> str:
    """The first line that is neither blank nor a remark."""
    lines = source.head().decode("utf-8", "ignore").splitlines()
    return next((line for line in lines if line.strip() and line[0] != "#"), "")


def _begins_with_a_block(cells: Sequence[str]) -> bool:
    return cells[0][:1].isdigit() or ":" in cells[0]


def _key(text: str) -> bytes:
    """An address, or an IPv4 address as a number."""
    number = natural(text, (1 << 32) - 1)
    return key(text) if number is None else number.to_bytes(16, "big")
