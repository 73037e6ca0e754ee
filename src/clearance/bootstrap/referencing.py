"""Reference data: download, build, open, describe, validate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from clearance.adapters.pulling.publishers import Publisher
from clearance.adapters.snapshot.manifest import Checked, Manifest
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.told import Told
from clearance.bootstrap.days import build_day
from clearance.model.errors import InputError
from clearance.usecases.build_reference import BuildReport


def build_reference(
    out: Path,
    sources: Sequence[Path],
    *,
    strict: bool = False,
    told: Told | None = None,
) -> BuildReport:
    """Compile sources into the snapshot folder ``out``; dated by ``SOURCE_DATE_EPOCH`` if set.

    Raises:
        InputError: there is no such file, a header cannot be used, or the epoch is no number.
        SourceError: a source cannot be read as what it is.
        StorageError: ``out`` is there already, or the disk refuses.
    """
    from importlib.metadata import version

    from clearance.adapters.snapshot.builder import Builder
    from clearance.usecases import build_reference as use

    builder = Builder(
        out,
        sources,
        created_by=f"clearance {version('clearance')}",
        built=build_day(),
        told=told,
    )
    return use.build_reference(builder, strict=strict)


def update_reference(
    snapshot: Path,
    out: Path,
    sources: Sequence[Path],
    *,
    strict: bool = False,
    told: Told | None = None,
) -> BuildReport:
    """Make a new snapshot of one and of further sources.

    Raises:
        InputError: there is no such snapshot or file, or a header cannot be used.
        SourceError: a source cannot be read as what it is.
        IntegrityError: the folder is no snapshot.
        StorageError: ``out`` is there already, or the disk refuses.
    """
    from importlib.metadata import version

    from clearance.adapters.snapshot.folder import open_stored
    from clearance.adapters.snapshot.updater import Updater
    from clearance.usecases import build_reference as use

    updater = Updater(
        open_stored(snapshot),
        out,
        sources,
        created_by=f"clearance {version('clearance')}",
        built=build_day(),
        told=told,
    )
    return use.build_reference(updater, strict=strict)


def open_snapshot(snapshot: Path | str) -> Reference:
    """A snapshot, mapped: parties and interests by id, and the graph that the engine works on.

    Raises:
        IntegrityError: the folder is no snapshot, or its files have not the sizes it says.

    **Cost**: about a second for ten million parties; nothing is read before it is used.
    """
    from clearance.adapters.snapshot.folder import open_folder

    return open_folder(Path(snapshot))


def snapshot_info(snapshot: Path) -> Manifest:
    """The manifest of a snapshot whose files have the sizes that it says.

    Raises:
        IntegrityError: the folder is no snapshot, or does not agree with its manifest.
    """
    from clearance.adapters.snapshot.folder import describe

    return describe(snapshot)


def validate_snapshot(snapshot: Path) -> Checked:
    """Every fault of a snapshot."""
    from clearance.adapters.snapshot.validate import validate

    return validate(snapshot)


def publisher(name: str) -> Publisher:
    """A publisher of reference data by its word.

    Raises:
        InputError: nobody is called that.
    """
    from clearance.adapters.pulling.publishers import PUBLISHERS

    if name not in PUBLISHERS:
        raise InputError(
            f"no publisher is called {name!r}", remedy=f"use one of {', '.join(PUBLISHERS)}"
        )
    return PUBLISHERS[name]


def pull(
    publisher: Publisher,
    out: Path,
    *,
    base: str = "",
    progress: Callable[[str], Callable[[int, int], None] | None] = lambda name: None,
) -> Sequence[Path]:
    """Download a publisher's newest files into ``out``.

    Args:
        base: scheme and host of a mirror, in place of the publisher's.
        progress: gives a file's reporter of bytes so far and in all.

    Raises:
        SourceError: a listing or a file cannot be had.
        IntegrityError: a file is not the published one.
    """
    import httpx

    from clearance.adapters.pulling.download import Downloader
    from clearance.adapters.pulling.pull import pull as bring

    today = datetime.now(UTC).date().isoformat()
    with httpx.Client(timeout=60) as client:
        return bring(publisher, out, Downloader(client), today=today, base=base, progress=progress)
