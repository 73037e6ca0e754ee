"""A compiled database as a file that appears whole or not at all."""

from __future__ import annotations

from pathlib import Path

from clearance.adapters.network import about, mmdb
from clearance.adapters.network.record import record
from clearance.adapters.output_file import write_whole
from clearance.model.errors import InputError
from clearance.usecases.build_networks import Compiled

SECONDS = 86_400
_TITLE = "Clearance: every source's vote about an address"


def write(file: Path, compiled: Compiled, day: int) -> str:
    """Write a database, dated by a day; its digest.

    Raises:
        InputError: more sources than the format has room to describe.
        StorageError: the disk refuses.
    """
    body, bits = mmdb.body(compiled.sides, [record(one.votes) for one in compiled.origins])
    sources = about.written(compiled.sources)
    digest = about.digest(body, sources, (len(compiled.sides), bits, day * SECONDS))
    description = {"en": _TITLE, about.SOURCES: sources, about.DIGEST: digest}
    metadata = mmdb.metadata(len(compiled.sides), bits, description, day * SECONDS)
    if len(metadata) > mmdb.LARGEST_METADATA:
        raise InputError(
            f"{len(compiled.sources)} sources are too many to describe",
            file=str(file),
            remedy="join sources that say the same kind of thing",
        )
    write_whole(file, body + metadata)
    return digest
