"""Packed files opened as plain streams, with guards against what unpacks without end.

1. Packing is told by the first bytes: gzip, zip, or none. A member of a zip may itself be gzip.
2. Compressed bytes are counted as they are read: progress, and the ratio guard, come from them.
3. Every failure of a decompressor is a ``SourceError`` with the source's name.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

from clearance.adapters.formats.limits import Limits
from clearance.adapters.unreadable import unreadable
from clearance.model.errors import SourceError

Progress = Callable[[int], None]

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")

_BROKEN = (
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
)
"""What the standard library's decompressors raise on broken input (seen by mutating archives)."""


def silent(size: int) -> None:
    """A progress callback that shows nothing."""


def zip_members(path: Path, limits: Limits) -> tuple[str, ...] | None:
    """Names of the files in a zip, in their order there; ``None`` if the file is no zip.

    Raises:
        SourceError: the archive is broken, locked, holds no file, or its own directory announces
            a bomb.
    """
    with path.open("rb") as stream:
        if stream.read(4) not in ZIP:
            return None
    try:
        with zipfile.ZipFile(path) as archive:
            found = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _BROKEN as error:
        raise _broken(str(path), error) from None
    if not found:
        raise SourceError("the archive holds no file", file=str(path), remedy="pack a file into it")
    _check_directory(found, path, limits)
    return tuple(entry.filename for entry in found)


def _check_directory(found: list[zipfile.ZipInfo], path: Path, limits: Limits) -> None:
    locked = [entry.filename for entry in found if entry.flag_bits & 1]
    if locked:
        what = f"{locked[0]} in the archive needs a password"
        raise SourceError(what, file=str(path), remedy="unpack it first")
    unpacked = sum(entry.file_size for entry in found)
    packed = max(1, path.stat().st_size)
    if len(found) > limits.members:
        raise _bomb(str(path), f"{len(found)} files")
    if unpacked > limits.unpacked:
        raise _bomb(str(path), f"{unpacked} bytes")
    if unpacked > limits.ratio_after and unpacked > packed * limits.ratio:
        raise _bomb(str(path), f"{unpacked // packed} times its size")


def open_plain(path: Path, member: str, name: str, limits: Limits, progress: Progress) -> BinaryIO:
    """The unpacked bytes of a file, or of one member of a zip.

    Raises:
        SourceError: while reading, on a broken, cut-off or exploding stream.
        StorageError: the file cannot be opened.
    """
    try:
        counted = _Counted(path, progress)
    except OSError as error:
        raise unreadable(path, error) from None
    packed: BinaryIO = cast(BinaryIO, counted)
    try:
        if member:
            packed = cast(BinaryIO, zipfile.ZipFile(packed).open(member))  # noqa: SIM115
        packed = cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, packed), 1 << 20))
        if cast(io.BufferedReader, packed).peek(2)[:2] == GZIP:
            packed = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
    except _BROKEN as error:
        counted.close()
        raise _broken(name, error) from None
    return cast(BinaryIO, _Guarded(packed, counted, name, limits))


class _Counted(io.FileIO):
    """A file that tells how many bytes were read from it."""

    def __init__(self, path: Path, progress: Progress) -> None:
        super().__init__(path, "rb")
        self.count = 0
        self._progress = progress

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(-1 if size is None else size)
        self._note(len(data))
        return data

    def readinto(self, buffer: object) -> int:
        size = super().readinto(buffer)  # type: ignore[arg-type]
        self._note(size)
        return size

    def _note(self, size: int) -> None:
        self.count += size
        self._progress(size)


class _Guarded:
    """An unpacked stream that stops a bomb and names what broke."""

    def __init__(self, stream: BinaryIO, packed: _Counted, name: str, limits: Limits) -> None:
        self._stream = stream
        self._packed = packed
        self._name = name
        self._limits = limits
        self._out = 0

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; fewer only at the end."""
        try:
            data = self._stream.read(size)
        except _BROKEN as error:
            raise _broken(self._name, error) from None
        self._out += len(data)
        if self._out > self._limits.unpacked:
            raise _bomb(self._name, f"more than {self._limits.unpacked} bytes")
        allowed = self._limits.ratio * max(self._packed.count, 1)
        if self._out > self._limits.ratio_after and self._out > allowed:
            raise _bomb(self._name, f"more than {self._limits.ratio} times its size")
        return data

    def close(self) -> None:
        """Close the file behind the stream too."""
        self._stream.close()
        self._packed.close()

    def __enter__(self) -> _Guarded:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _broken(name: str, error: Exception) -> SourceError:
    what = "ends too early" if isinstance(error, EOFError) else "is broken"
    return SourceError(
        f"the compressed file {what} ({error})", file=name, remedy="download it again"
    )


def _bomb(name: str, size: str) -> SourceError:
    return SourceError(
        f"the archive unpacks to {size}, beyond the limit",
        file=name,
        remedy="unpack it yourself if you trust it",
    )
