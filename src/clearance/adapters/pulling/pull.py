"""Bring a publisher's newest files into a folder, with a note of what they are.

Beside each file stands ``NAME.source.json``: publisher, address, licence, day, size, SHA-256.
``clearance reference build`` copies it into the manifest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from clearance.adapters.pulling.download import Downloader, Progress
from clearance.adapters.pulling.publishers import Publication, Publisher
from clearance.model.errors import StorageError


def pull(
    publisher: Publisher,
    out: Path,
    downloader: Downloader,
    *,
    today: str,
    base: str = "",
    progress: Callable[[str], Progress | None] = lambda name: None,
) -> tuple[Path, ...]:
    """Fetch what is not there yet; a file that is complete is not fetched again.

    Args:
        today: the day that the notes carry, YYYY-MM-DD.
        base: scheme and host in place of the publisher's.
        progress: gives the progress reporter of a file by its name.

    Raises:
        SourceError: a listing or a file cannot be had.
        IntegrityError: a file's digest is not the published one.
        StorageError: a file cannot be written; what came of it is kept.
    """
    out.mkdir(parents=True, exist_ok=True)
    publications = publisher.find(base or publisher.base, downloader.read)
    return tuple(
        _pull_one(publisher, publication, out, downloader, today, progress(publication.name))
        for publication in publications
    )


def note_of(file: Path) -> Path:
    """Where the note about a pulled file stands."""
    return file.with_name(file.name + ".source.json")


def _pull_one(
    publisher: Publisher,
    publication: Publication,
    out: Path,
    downloader: Downloader,
    today: str,
    progress: Progress | None,
) -> Path:
    target = out / publication.name
    note = note_of(target)
    if target.exists() and note.exists():
        return target
    try:
        digest = downloader.fetch(publication.url, target, size=publication.size, progress=progress)
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror or error}",
            file=str(target),
            remedy="make room and pull again: what came is kept",
        ) from None
    content = {
        "publisher": publisher.id,
        "title": publisher.title,
        "url": publication.url,
        "licence": publisher.licence,
        "licence_url": publisher.licence_url,
        "retrieved": today,
        "size": target.stat().st_size,
        "sha256": digest,
    }
    part = note.with_name(note.name + ".part")
    part.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    part.replace(note)
    return target
