"""A snapshot folder: written once under another name and then renamed, opened mapped, checked.

1. A folder appears whole or not at all; one that is there is never written into.
2. Opening checks the manifest's own digest and every file's size and type; ``check_digests`` reads
   everything. What does not agree is an ``IntegrityError`` that names the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from clearance.adapters.formats.batch import Reject
from clearance.adapters.output_folder import whole_folder
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.manifest import (
    NAME,
    Manifest,
    StoredSource,
    read_manifest,
    write_manifest,
)
from clearance.adapters.snapshot.reference import Reference
from clearance.adapters.snapshot.store import (
    REJECTS,
    Stored,
    broken,
    check_size,
    digests_of,
    load,
    rejects_text,
    save,
)
from clearance.model.errors import ClearanceError, StorageError


def refuse_if_taken(out: Path) -> None:
    """Nothing if a snapshot can be written there.

    Raises:
        StorageError: something is there already, or the folder around it cannot be used.
    """
    if out.exists() or out.is_symlink():
        raise StorageError(
            "is there already",
            file=str(out),
            remedy="a snapshot is never changed; name a new folder",
        )
    if not out.parent.is_dir():
        raise StorageError("there is no such folder", file=str(out.parent), remedy="make it first")


def write_folder(
    out: Path,
    content: Content,
    *,
    rejects: Sequence[Reject],
    sources: Sequence[StoredSource],
    counts: Mapping[str, int],
    created_by: str,
    built: str,
    lines: Mapping[str, str] | None = None,
) -> str:
    """Write a snapshot; its digest.

    Args:
        lines: further files of lines, by name.

    Raises:
        StorageError: something is there already, or the disk refuses.
    """
    with whole_folder(out, refuse_if_taken, remedy="check the disk") as part:
        files = save(part, content, {REJECTS: rejects_text(rejects), **(lines or {})})
        manifest = Manifest(created_by, built, counts, tuple(sources), files)
        return write_manifest(part, manifest)


def derive_folder(
    out: Path, base: Stored, content: Content, manifest: Manifest, lines: Mapping[str, str]
) -> str:
    """Write a snapshot made out of another; what is unchanged is linked. Its digest.

    Args:
        manifest: what it says besides the files, which are told by what is written.
        lines: files of lines that are new or replace the base's.

    Raises:
        StorageError: something is there already, or the disk refuses.
    """
    with whole_folder(out, refuse_if_taken, remedy="check the disk") as part:
        files = save(part, content, lines, base)
        return write_manifest(part, replace(manifest, files=files))


def open_stored(folder: Path, *, sparsely: bool = False) -> Stored:
    """A snapshot to make another out of; mapped, its manifest and sizes checked.

    Raises:
        IntegrityError: the folder is no snapshot, or does not agree with its manifest.
    """
    manifest = read_manifest(folder)
    return Stored(folder, manifest, load(folder, manifest, sparsely=sparsely))


def open_folder(folder: Path, *, sparsely: bool = False) -> Reference:
    """A snapshot in use: its manifest and sizes checked, its files mapped.

    Args:
        folder: where it lies.
        sparsely: parties are looked at here and there, not all of them from first to last.

    Raises:
        IntegrityError: the folder is no snapshot, or does not agree with its manifest.
    """
    stored = open_stored(folder, sparsely=sparsely)
    return Reference(stored.content, stored.manifest.digest)


def describe(folder: Path) -> Manifest:
    """The manifest of a folder whose files are all there with their sizes.

    Raises:
        IntegrityError: the folder is no snapshot, or does not agree with its manifest.
    """
    manifest = read_manifest(folder)
    for file in manifest.files:
        check_size(folder, file)
    return manifest


def every_file(name: str) -> bool:
    """All files of a snapshot, whatever their names."""
    return True


def check_digests(folder: Path, which: Callable[[str], bool] = every_file) -> Manifest:
    """The manifest of a folder in which every byte is what the manifest says.

    Args:
        folder: where it lies.
        which: the files, by name, whose bytes are read; all of them.

    Raises:
        IntegrityError: a file that differs, by name, or one that does not belong there.
    """
    manifest = read_manifest(folder)
    for path, what in differences(folder, manifest, which):
        raise broken(path, what)
    return manifest


def differences(
    folder: Path, manifest: Manifest, which: Callable[[str], bool] = every_file
) -> Iterator[tuple[Path, str]]:
    """Every file that is missing, differs from the manifest, or does not belong there."""
    names = {file.name for file in manifest.files} | {NAME}
    present = {entry.name for entry in folder.iterdir()}
    for name in sorted(present - names):
        yield folder / name, "does not belong to the snapshot"
    for name in sorted(names - present):
        yield folder / name, "is missing"
    there = [file for file in manifest.files if file.name in present and which(file.name)]
    digests = digests_of(folder / file.name for file in there)
    for file, digest in zip(there, digests, strict=True):
        if digest != file.sha256:
            yield folder / file.name, "does not have the digest that the manifest says"


@contextmanager
def damage_told(folder: Path | None) -> Iterator[None]:
    """Whatever fails over a damaged snapshot is told as its damage.

    Use this around answers from mapped files: opening them checked no more than their sizes.

    Raises:
        IntegrityError: something failed, and a file does not have its digest.
    """
    try:
        yield
    except ClearanceError:
        raise
    except Exception:
        if folder is not None:
            check_digests(folder)
        raise
