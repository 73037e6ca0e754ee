"""Parts of a reference as files, and files as parts again: ``.npy``, Arrow and JSON, mapped."""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tokenize import TokenError
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from clearance.adapters.formats.batch import Reject
from clearance.adapters.snapshot.content import Array, Content
from clearance.adapters.snapshot.manifest import Manifest, StoredFile
from clearance.adapters.snapshot.texts import TextFile, Texts
from clearance.model.errors import IntegrityError

TABLES = "tables.json"
REJECTS = "rejects.jsonl"
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True)
class Stored:
    """A snapshot folder, its manifest, and its content as it was mapped."""

    folder: Path
    manifest: Manifest
    content: Content


def save(
    folder: Path, content: Content, lines: Mapping[str, str], base: Stored | None = None
) -> tuple[StoredFile, ...]:
    """Write every part into an empty folder; their entries, by name.

    Args:
        lines: files of lines by name.
        base: a snapshot whose parts that stand in ``content`` unchanged (the very same objects) and
            whose files of lines that ``lines`` does not name are linked, or copied, as they are.
    """
    kept = _link(folder, content, lines, base) if base else {}
    parts = [part for part in _parts(content, lines) if part.name not in kept]
    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(partial(_written, folder), parts))
    if base:
        _share(folder, {file.name: file.sha256 for file in written}, base)
    return tuple(sorted((*written, *kept.values()), key=lambda file: file.name))


class _Part(NamedTuple):
    """A file to write: what its entry says of it, and what writes it."""

    name: str
    kind: str
    type: str
    length: int
    write: Callable[[Path], None]


def _parts(content: Content, lines: Mapping[str, str]) -> Iterator[_Part]:
    """Every file of a snapshot but its manifest."""
    for name, array in content.arrays.items():
        write = partial(_save_array, array=array)
        yield _Part(f"{name}.npy", "array", array.dtype.str, len(array), write)
    for name, texts in content.texts.items():
        write = partial(_save_texts, array=texts.array)
        yield _Part(f"{name}.arrow", "text", str(texts.array.type), len(texts), write)
    tables = {name: list(words) for name, words in content.tables.items()}
    document = {"tables": tables, "list_sets": [list(names) for names in content.list_sets]}
    told = json.dumps(document, ensure_ascii=False, sort_keys=True) + "\n"
    yield _Part(TABLES, "tables", "", len(tables), partial(_write, text=told))
    for name, text in lines.items():
        yield _Part(name, "lines", "", text.count("\n"), partial(_write, text=text))


def _written(folder: Path, part: _Part) -> StoredFile:
    """The entry of a file that is written, its digest read back from what was written."""
    path = folder / part.name
    part.write(path)
    size = path.stat().st_size
    return StoredFile(part.name, part.kind, size, digest_of(path), part.type, part.length)


def rejects_text(rejects: Iterable[Reject]) -> str:
    """Rejects as lines of JSON."""
    return "".join(map(_line, rejects))


def _link(
    folder: Path, content: Content, lines: Mapping[str, str], base: Stored
) -> dict[str, StoredFile]:
    """Put the files of what is unchanged into the folder; their entries."""
    arrays, texts = base.content.arrays, base.content.texts
    same = {f"{name}.npy" for name, one in content.arrays.items() if arrays.get(name) is one}
    same |= {f"{name}.arrow" for name, one in content.texts.items() if texts.get(name) is one}
    same |= {file.name for file in base.manifest.files if file.kind == "lines"} - set(lines)
    kept = {file.name: file for file in base.manifest.files if file.name in same}
    for name in kept:
        if not _linked(folder / name, base.folder / name):
            shutil.copyfile(base.folder / name, folder / name)
    return kept


def _share(folder: Path, digests: Mapping[str, str], base: Stored) -> None:
    """Let files that turned out the same be the base's own."""
    for file in base.manifest.files:
        if digests.get(file.name) == file.sha256:
            spare = folder / f"{file.name}.base"
            if _linked(spare, base.folder / file.name):
                spare.replace(folder / file.name)


def _linked(path: Path, target: Path) -> bool:
    """Make the path another name of a file, unless it lies on another disk or one without links."""
    try:
        path.hardlink_to(target)
    except OSError:
        return False
    return True


def load(folder: Path, manifest: Manifest, *, sparsely: bool = False) -> Content:
    """Every part mapped; nothing is read but headers.

    Args:
        sparsely: it will be read here and there, not through.

    Raises:
        IntegrityError: a file is missing, or not what the manifest says.
    """
    for file in manifest.files:
        check_size(folder, file)
    arrays = {
        file.name.removesuffix(".npy"): _map_array(folder, file, sparsely)
        for file in manifest.files
        if file.kind == "array"
    }
    texts = {
        file.name.removesuffix(".arrow"): _map_texts(folder, file, sparsely)
        for file in manifest.files
        if file.kind == "text"
    }
    try:
        document = json.loads((folder / TABLES).read_bytes())
        tables = {name: tuple(words) for name, words in document["tables"].items()}
        list_sets = tuple(tuple(names) for names in document["list_sets"])
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        raise broken(folder / TABLES, "cannot be read") from None
    return Content(arrays, texts, tables, list_sets)


def digests_of(paths: Iterable[Path]) -> list[str]:
    """The SHA-256 of each file, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(digest_of, paths))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def broken(path: Path, what: str) -> IntegrityError:
    """The error of a file that is not what the manifest says."""
    return IntegrityError(what, file=str(path), remedy="build the snapshot again")


def _save_array(path: Path, array: Array) -> None:
    np.save(path, np.ascontiguousarray(array), allow_pickle=False)


def _save_texts(path: Path, array: pa.Array) -> None:
    table = pa.table({"text": array})
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def read_sparsely(array: Array, sparsely: bool = True) -> None:
    """Tell the system how the file behind an array is read, where it can be told.

    It may read megabytes ahead at every page that is touched: a good thing for whoever reads on.
    """
    owner: object = array
    while isinstance(owner, np.ndarray):
        owner = owner.base
    if isinstance(owner, mmap.mmap):
        _advise(owner, sparsely)


def _advise(mapped: mmap.mmap, sparsely: bool) -> None:
    if hasattr(mmap, "MADV_RANDOM"):
        mapped.madvise(mmap.MADV_RANDOM if sparsely else mmap.MADV_NORMAL)


def _map_array(folder: Path, file: StoredFile, sparsely: bool) -> Array:
    path = folder / file.name
    try:
        mapped = np.load(path, mmap_mode="r" if file.length else None, allow_pickle=False)
    except (OSError, ValueError, SyntaxError, TokenError):
        raise broken(path, "is no array") from None
    if mapped.dtype.str != file.type or mapped.shape != (file.length,):
        raise broken(path, "is another array than the manifest says")
    array: Array = np.asarray(mapped)
    if sparsely:
        read_sparsely(array)
    return array


def _map_texts(folder: Path, file: StoredFile, sparsely: bool) -> Texts:
    path = folder / file.name
    try:
        with path.open("rb") as stream:
            mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        _advise(mapped, sparsely)
        buffer = pa.py_buffer(mapped)
        column = pa.ipc.open_file(pa.BufferReader(buffer)).read_all().column(0)
    except (OSError, ValueError, pa.ArrowException):
        raise broken(path, "is no Arrow file") from None
    array = column.chunk(0) if column.num_chunks else pa.array([], column.type)
    if column.num_chunks > 1 or str(array.type) != file.type or len(array) != file.length:
        raise broken(path, "is another column than the manifest says")
    here = sparsely and hasattr(os, "pread") and pa.types.is_large_string(array.type)
    aside = TextFile(path, array, buffer.address) if here and len(array) else None
    return Texts(array, str(path), aside)


def check_size(folder: Path, file: StoredFile) -> None:
    """Nothing if the file is there with its size; ``IntegrityError`` otherwise."""
    path = folder / file.name
    if Path(file.name).name != file.name:
        raise broken(folder / "manifest.json", "names a file outside the folder")
    try:
        size = path.stat().st_size
    except OSError:
        raise broken(path, "is missing") from None
    if size != file.size:
        raise broken(path, f"has {size} bytes, the manifest says {file.size}")


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _line(reject: Reject) -> str:
    document = {
        "source": reject.source,
        "line": reject.line,
        "field": reject.field,
        "reason": reject.reason,
    }
    return json.dumps(document, ensure_ascii=False) + "\n"
