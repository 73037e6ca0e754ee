"""The folder that ``impact`` writes: counts, page and list of customers, whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import orjson

from clearance.adapters.impact.export import NAME as CUSTOMERS
from clearance.adapters.impact.export import write_affected
from clearance.adapters.impact.impact_json import impact_json
from clearance.adapters.impact.page import NAME as PAGE
from clearance.adapters.impact.page import page
from clearance.adapters.output_folder import output_folder
from clearance.model.rule import Citation
from clearance.usecases.impacted import Affected, Impact

JSON = "impact.json"
FILES = (CUSTOMERS, PAGE, JSON)
"""What stands in such a folder."""


def write_impact(
    out: Path, impact: Impact, affected: Iterable[Affected], citations: Sequence[Citation]
) -> None:
    """Write an impact run.

    Raises:
        StorageError: the folder cannot be written; nothing is left of it then.
    """
    with output_folder(out, FILES) as folder:
        (folder / JSON).write_bytes(_bytes(impact))
        written = write_affected(folder, affected)
        html = page(impact, citations, written)
        (folder / PAGE).write_text(html, encoding="utf-8", newline="\n")


def digest_of(impact: Impact) -> str:
    """The SHA-256 of ``impact.json``, as hexadecimal digits: what an approval refers to."""
    return hashlib.sha256(_bytes(impact)).hexdigest()


def _bytes(impact: Impact) -> bytes:
    return orjson.dumps(impact_json(impact), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
