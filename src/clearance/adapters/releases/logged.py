"""The steps of releases in a folder, as entries of a log: what nobody can make anew unseen.

1. A step has one id, so that it is written once, however often it is asked for.
2. Who took a step is sealed: it can be erased, and the entry still proves.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from clearance.adapters.ledger.key_file import read_key
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.writer import LogWriter
from clearance.adapters.ledger.writing import now
from clearance.adapters.releases.folder import Releases
from clearance.ledger.entry import SALT_BYTES, Kind, Sealed, entry_bytes
from clearance.model.plain import Json
from clearance.usecases.releases import entry_of

_APART = ("kind", "by")


def log_steps(root: Path, place: str, key: Path, mark: Path | None = None) -> int:
    """Write every step that a log does not have; how many.

    Raises:
        IntegrityError: a release is not as it was written.
        StorageError: there is no log or no key, or another process writes the log.
    """
    signer = read_key(key)
    with LogReader.open(place) as reader:
        missing = [one for one in _steps(root) if reader.entry(one[1]) is None]
    with LogWriter.open(place, signer, mark=mark) as log:
        for kind, id, body, by in missing:
            sealed = (Sealed("by", secrets.token_bytes(SALT_BYTES), by, by),)
            log.append(entry_bytes(kind, id, now(), body, sealed), id, sealed)
    return len(missing)


def _steps(root: Path) -> Iterator[tuple[Kind, str, Json, str]]:
    """Kind, id and body of each step's entry, and who took it."""
    releases = Releases(root)
    for series in releases.series():
        for release in releases.of(series):
            for at, step in enumerate(release.steps, 1):
                said = entry_of(release, step)
                kind = Kind(str(said["kind"]))
                body = {name: value for name, value in said.items() if name not in _APART}
                yield kind, f"{kind}-{series}-{release.number:06d}-{at:04d}", body, step.by
