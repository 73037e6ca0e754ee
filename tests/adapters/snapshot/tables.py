"""Plain tables for tests, written as rows of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from clearance.adapters.formats.batch import INTERESTS, PARTIES, Batch
from clearance.adapters.formats.plain_table import filled
from clearance.adapters.formats.registry import detect
from clearance.adapters.formats.source import open_source
from clearance.adapters.snapshot.compile import Compiled, Supply, compile_supplies
from clearance.adapters.snapshot.reference import Reference
from clearance.model.interest import InterestType
from clearance.model.share import WHOLE


def write(folder: Path, name: str, *lines: str) -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def batches(path: Path) -> list[Batch]:
    """What a format reads out of a file."""
    (source,) = open_source(path)
    return list(detect(source).read(source))


def compiled(*paths: Path, strict: bool = False) -> Compiled:
    """Files compiled in memory."""
    supplies = []
    for path in paths:
        (source,) = open_source(path)
        known = detect(source)
        supplies.append(Supply(source.name, known.name, known.read(source), source.path))
    return compile_supplies(supplies, strict=strict)


def reference(*paths: Path) -> Reference:
    """Files as reference data in memory."""
    made = compiled(*paths)
    return Reference(made.content, graph=made.graph)


def rows(made: Sequence[Batch], column: str) -> list[Any]:
    """A column of the interests that were read."""
    tables = [batch.interests for batch in made if batch.interests is not None]
    return [value for table in tables for value in table.column(column).to_pylist()]


def reasons(made: Sequence[Batch]) -> list[tuple[int, str, str]]:
    """Line, field and reason of every reject."""
    return [(one.line, one.field, one.reason) for batch in made for one in batch.rejects]


def stated(*records: Mapping[str, object]) -> Batch:
    """Interests as a register's format yields them; what is not given is empty."""
    count = len(records)
    names = {name for record in records for name in record}
    data = {name: [record.get(name, _DEFAULTS.get(name)) for record in records] for name in names}
    fixed = {name: [value] * count for name, value in _DEFAULTS.items() if name not in names}
    return Batch(interests=filled(data | fixed, count, INTERESTS), records=count)


def described(*records: Mapping[str, object]) -> Batch:
    """Parties as a register's format yields them; what is not given is empty."""
    names = {name for record in records for name in record} | {"kind", "capital"}
    given = [{"kind": 1, "capital": True} | dict(record) for record in records]
    data = {name: [record.get(name) for record in given] for name in names}
    return Batch(parties=filled(data, len(records), PARTIES), records=len(records))


def made_of(*supplies: Sequence[Batch]) -> tuple[Compiled, Reference]:
    """Batches, a sequence a source, compiled."""
    made = compile_supplies(
        Supply(f"source {place}", "register", batches) for place, batches in enumerate(supplies)
    )
    return made, Reference(made.content, graph=made.graph)


_DEFAULTS: dict[str, object] = {
    "type": InterestType.shareholding.value,
    "flags": 0,
    "low": 0,
    "high": WHOLE,
    "direct": "direct",
    "source": "register",
    "statement": "",
    "record": "",
    "closed": False,
}
