"""The manifest of a snapshot: what is in the folder, where it came from, and how to check it.

1. Every file is named with its size, digest, type and length; nothing else may stand in the folder.
2. ``digest`` is the SHA-256 of the manifest without it, as canonical JSON: it names the snapshot.
3. The format has a version; a reader refuses versions it does not know.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from clearance.model.errors import InputError, IntegrityError
from clearance.model.plain import canonical

FORMAT = "clearance-snapshot"
VERSION = 2
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: ``kind`` is ``array``, ``text``, ``tables`` or ``lines``; ``type`` the dtype."""

    name: str
    kind: str
    size: int
    sha256: str
    type: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True)
class StoredSource:
    """One source: where it came from, what was taken from it; dates ``YYYY-MM-DD`` or empty."""

    name: str
    format: str
    size: int
    sha256: str
    licence: str = ""
    url: str = ""
    retrieved: str = ""
    records: int = 0
    rejects: int = 0
    first_statement: str = ""
    last_statement: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot's manifest; ``built`` is the day it was built, as it was told."""

    created_by: str
    built: str
    counts: Mapping[str, int]
    sources: tuple[StoredSource, ...]
    files: tuple[StoredFile, ...]
    digest: str = ""

    def document(self) -> dict[str, object]:
        """The manifest as plain values, without its digest."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "created_by": self.created_by,
            "built": self.built,
            "counts": dict(self.counts),
            "sources": [asdict(source) for source in self.sources],
            "files": [asdict(file) for file in self.files],
        }

    def file(self, name: str) -> StoredFile | None:
        """The entry of a file."""
        return next((file for file in self.files if file.name == name), None)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and what is wrong; a sound snapshot has no faults."""

    files: int
    size: int
    faults: tuple[str, ...]
    manifest: Manifest | None


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write the manifest; its digest."""
    document = manifest.document()
    digest = _digest(document)
    text = json.dumps(document | {"digest": digest}, indent=1, ensure_ascii=False) + "\n"
    (folder / NAME).write_bytes(text.encode())
    return digest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a snapshot folder.

    Raises:
        InputError: there is no such folder.
        IntegrityError: the folder is no snapshot, is of another version, or was changed.
    """
    path = folder / NAME
    try:
        document = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        if folder.is_dir():
            raise _broken(folder, "no snapshot: it has no manifest.json") from None
        what = "is no folder" if folder.exists() else "there is no such folder"
        remedy = "name a snapshot made by 'clearance reference build'"
        raise InputError(what, file=str(folder), remedy=remedy) from None
    except (ValueError, RecursionError):
        raise _broken(path, "is not JSON") from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _broken(path, "is not the manifest of a snapshot")
    if document.get("version") != VERSION:
        raise _broken(
            path, f"has version {document.get('version')!r}, this program reads {VERSION}"
        )
    digest = str(document.pop("digest", ""))
    if digest != _digest(document):
        raise _broken(path, "does not agree with its own digest")
    try:
        return _parsed(document, digest)
    except (KeyError, TypeError, ValueError):
        raise _broken(path, "lacks a field") from None


def _parsed(document: dict[str, object], digest: str) -> Manifest:
    counts, sources, files = document["counts"], document["sources"], document["files"]
    if not (isinstance(counts, dict) and isinstance(sources, list) and isinstance(files, list)):
        raise TypeError
    return Manifest(
        created_by=str(document["created_by"]),
        built=str(document["built"]),
        counts={str(name): int(count) for name, count in counts.items()},
        sources=tuple(StoredSource(**source) for source in sources),
        files=tuple(StoredFile(**file) for file in files),
        digest=digest,
    )


def _digest(document: Mapping[str, object]) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _broken(path: Path, what: str) -> IntegrityError:
    return IntegrityError(what, file=str(path), remedy="build the snapshot again")
