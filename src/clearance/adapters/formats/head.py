"""The beginning of a source, looked at once, so that every format can say whether it is its own."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from clearance.adapters.formats.encoding import encoding_of
from clearance.adapters.formats.source import Source

_START = re.compile(rb'\s*(?:\{\s*"(\w+)"\s*:\s*)?\[')
_SAMPLES = 5
_MAGIC = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """What the first 256 KB of a source show.

    **Shape**: ``magic`` the first raw bytes; ``shape`` one of ``array``, ``lines``, ``xml``,
    ``table``, ``binary``, ``empty``; ``envelope`` the key around a JSON array, or empty;
    ``records`` the first few JSON objects; ``columns`` the trimmed header of a table; ``text``
    the decoded beginning.
    """

    magic: bytes
    shape: str
    text: str = ""
    envelope: str = ""
    records: tuple[Mapping[str, object], ...] = ()
    columns: tuple[str, ...] = ()

    def has_record(self, *keys: str) -> bool:
        """Does one of the first records have all these keys?"""
        return any(all(key in record for key in keys) for record in self.records)

    def has_columns(self, *names: str) -> bool:
        """Does the header have all these columns?"""
        return set(names) <= set(self.columns)


def look(source: Source) -> Head:
    """The head of a source.

    Raises:
        SourceError: the source is blank, broken, or text of another encoding.
    """
    magic = source.magic(_MAGIC)
    if not magic:
        return Head(magic, "empty")
    if magic.startswith(b"PAR1") or _is_binary(magic):
        return Head(magic, "binary")
    raw = source.head()
    text = raw.decode("utf-8", errors="ignore")
    stripped = text.lstrip()
    if stripped.startswith("<"):
        return Head(magic, "xml", text)
    started = _START.match(raw)
    if started:
        envelope = (started[1] or b"").decode()
        records = _objects(raw[started.end() :].decode("utf-8", errors="ignore"))
        return Head(magic, "array", text, envelope, records)
    if stripped.startswith("{"):
        return Head(magic, "lines", text, records=_objects(stripped))
    return Head(magic, "table", text, columns=_header(stripped))


def _is_binary(magic: bytes) -> bool:
    """Are there NUL bytes, more than a slip in a table, in what is no marked UTF-16?"""
    if 0 not in magic or encoding_of(magic)[1] != "utf-8":
        return False
    return magic.count(0) * 4 > len(magic) or "\ufffd" in magic.decode("utf-8", "replace")


def _objects(text: str) -> tuple[Mapping[str, object], ...]:
    """The first complete JSON objects in a row, whatever stands between them."""
    decoder, place = json.JSONDecoder(), 0
    found: list[Mapping[str, object]] = []
    while len(found) < _SAMPLES:
        place = text.find("{", place)
        if place < 0:
            break
        try:
            record, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        found.append(record)
    return tuple(found)


def _header(text: str) -> tuple[str, ...]:
    line = re.split(r"[\r\n]", text, maxsplit=1)[0]
    delimiter = next((sign for sign in ",;\t" if sign in line), ",")
    try:
        return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return (f"{line[:40]}…",)
