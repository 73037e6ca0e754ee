"""Files to compile, each recognised by its content; and a small graph compiled in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearance.adapters.formats import registry
from clearance.adapters.formats.head import look
from clearance.adapters.formats.source import Source, open_source
from clearance.adapters.formats.unpack import Progress, silent
from clearance.adapters.snapshot.compile import Supply, compile_supplies
from clearance.adapters.snapshot.reference import Reference
from clearance.model.errors import InputError


def supply_of(source: Source, role: str = "") -> Supply:
    """A source as a supply.

    Args:
        role: ``interests`` or ``parties`` where the caller said which the file is; then a table
            with wrong columns is told which columns it lacks.

    Raises:
        NotASource: no format recognises the content.
        InputError: a table that is not the ``role`` it was given as.
    """
    try:
        known = registry.detect(source)
    except registry.NotASource:
        if not role or look(source).shape != "table":
            raise
        known = next(each for each in registry.FORMATS if each.name == f"csv-{role}")
    if role and known.name in ("csv-interests", "csv-parties"):
        known = next(each for each in registry.FORMATS if each.name == f"csv-{role}")
    return Supply(source.name, known.name, known.read(source), source.path)


def supplies_of(path: Path | str, role: str = "", progress: Progress = silent) -> list[Supply]:
    """Everything in a file, an archive or a folder.

    Raises:
        InputError: there is no such file, or it is not the ``role`` it was given as.
        SourceError: its content is of no known format.
    """
    return [supply_of(source, role) for source in open_source(path, progress=progress)]


def in_memory(interests: Sequence[Path | str], parties: Sequence[Path | str] = ()) -> Reference:
    """Interests and parties in files as reference data; what would be rejected is an error.

    Raises:
        InputError: a file, a column, or the first row that cannot be used.
        SourceError: a file cannot be read as what it is.
    """
    found = [supply for path in interests for supply in supplies_of(path, "interests")]
    found += [supply for path in parties for supply in supplies_of(path, "parties")]
    if not found:
        raise InputError("nothing to read", remedy="give a file with interests")
    compiled = compile_supplies(found, strict=True)
    return Reference(compiled.content, graph=compiled.graph)
