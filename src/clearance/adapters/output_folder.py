"""A folder that appears whole or not at all.

1. Everything is written beside the target, under a hidden name, and renamed when complete.
2. A folder that holds only files of an earlier run is replaced; anything else in the way is an
   error before the first byte is written.
3. An exception, an interrupt included, removes what was written.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from clearance.model.errors import StorageError


@contextmanager
def output_folder(target: Path, ours: Collection[str]) -> Iterator[Path]:
    """A new folder to write into, renamed to ``target`` at the end.

    Args:
        target: where the results shall stand.
        ours: file names that an earlier run may have left there.

    Raises:
        StorageError: something else stands there, or the machine cannot write.
    """
    refuse_if_taken(target, ours)
    staging = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        yield staging
        refuse_if_taken(target, ours)
        _swap(staging, target)
    except OSError as error:
        raise StorageError(
            str(error.strerror or error),
            file=str(error.filename or target),
            remedy="free space or choose another --out",
        ) from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def refuse_if_taken(target: Path, ours: Collection[str]) -> None:
    """Nothing if results can stand there.

    Raises:
        StorageError: something that no screening wrote is in the way.
    """
    around = next((folder for folder in target.parents if folder.exists()), target)
    if not around.is_dir():
        raise StorageError("is no folder", file=str(around), remedy="choose another --out")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise StorageError("is no folder", file=str(target), remedy="choose another --out")
    if target.exists():
        foreign = sorted(entry.name for entry in target.iterdir() if entry.name not in ours)
        if foreign:
            raise StorageError(
                f"holds {foreign[0]!r}, which no screening wrote",
                file=str(target),
                remedy="choose a new or empty folder",
            )


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old; the old one survives a failure."""
    if not target.exists():
        staging.rename(target)
        return
    old = target.with_name(f".{target.name}.old-{os.getpid()}")
    target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
