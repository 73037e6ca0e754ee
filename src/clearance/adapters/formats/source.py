"""A file as a stream of clean UTF-8: plain, gzip or zip, told by content and never by name.

1. A zip archive is several sources, one a member, named ``archive.zip!member``.
2. A byte order mark is taken off, UTF-16 or UTF-32 with a mark turned into UTF-8; any other is
   a ``SourceError`` that names the first offending byte.
3. Nothing is read whole. What would fill memory or disk is stopped by ``Limits``.
4. A stream that ends too early is an error: nothing is lost silently.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from clearance.adapters.formats.encoding import NotText, clean, encoding_of
from clearance.adapters.formats.limits import DEFAULT_LIMITS, Limits
from clearance.adapters.formats.unpack import Progress, open_plain, silent, zip_members
from clearance.adapters.unreadable import refuse_stream, unreadable
from clearance.model.errors import InputError, SourceError

CHUNK = 1 << 20
HEAD = 1 << 18


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of records: a file, or one member of an archive.

    **Shape**: ``name`` is what rejects and errors call it; ``path`` the file on disk; ``member``
    the name inside a zip, empty otherwise. Every method opens the file anew.
    """

    name: str
    path: Path
    member: str = ""
    limits: Limits = DEFAULT_LIMITS
    progress: Progress = field(default=silent, compare=False)

    def raw(self) -> BinaryIO:
        """The unpacked bytes as they are (for formats that are not text)."""
        return open_plain(self.path, self.member, self.name, self.limits, self.progress)

    def magic(self, size: int = 16) -> bytes:
        """The first unpacked bytes as they are."""
        with self.quiet().raw() as stream:
            return stream.read(size)

    def head(self, size: int = HEAD) -> bytes:
        """The first ``size`` bytes of clean UTF-8, or less where the source is shorter."""
        gathered = bytearray()
        for chunk in self.quiet().chunks():
            gathered += chunk
            if len(gathered) >= size:
                break
        return bytes(gathered[:size])

    def chunks(self) -> Iterator[bytes]:
        """Clean UTF-8 in pieces of about a megabyte, each of whole characters.

        Raises:
            SourceError: an encoding that is neither UTF-8 nor told by a mark, an empty source, a
                broken or exploding archive.
        """
        with self.raw() as stream:
            first = stream.read(CHUNK)
            skip, encoding = encoding_of(first)
            if len(first) < CHUNK and not first[skip:].strip(b" \t\r\n\0"):
                state = "holds only white space" if first else "is empty"
                raise self.error(f"the file {state}", remedy="give a file with records")
            pieces = chain([first[skip:]], iter(lambda: stream.read(CHUNK), b""))
            try:
                yield from clean(pieces, encoding, skip)
            except NotText as error:
                raise self.error(str(error), remedy="save the file as UTF-8") from None

    def line_blocks(self) -> Iterator[tuple[int, list[bytes]]]:
        """Lists of whole lines without their line feed, each list with its first line's number.

        Raises:
            SourceError: as ``chunks``, or a line longer than ``limits.line``.
        """
        number, rest = 1, b""
        for chunk in self.chunks():
            lines = chunk.split(b"\n")
            lines[0] = rest + lines[0]
            rest = lines.pop()
            if len(rest) > self.limits.line:
                raise self._too_long(number + len(lines))
            if lines:
                if len(lines[0]) > self.limits.line:
                    raise self._too_long(number)
                yield number, lines
                number += len(lines)
        if rest:
            yield number, [rest]

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Each line with its one-based number, without its line end."""
        for first, lines in self.line_blocks():
            for number, line in enumerate(lines, first):
                yield number, line.rstrip(b"\r")

    def text_lines(self) -> Iterator[str]:
        """Each line as text with its line feed, as ``csv.reader`` wants it."""
        for _, lines in self.line_blocks():
            for line in lines:
                yield line.decode("utf-8") + "\n"

    def reader(self) -> BinaryIO:
        """The clean UTF-8 as a readable object, for parsers that pull."""
        return io.BufferedReader(_Pull(self.chunks()), CHUNK)

    def error(
        self, what: str, *, line: int | None = None, field: str | None = None, remedy: str = ""
    ) -> SourceError:
        """A ``SourceError`` with this source as its place."""
        return SourceError(what, file=self.name, line=line, field=field, remedy=remedy or None)

    def quiet(self) -> Source:
        """The same source, read without telling progress (for a second look)."""
        return Source(self.name, self.path, self.member, self.limits)

    def _too_long(self, number: int) -> SourceError:
        return self.error(
            f"a line longer than {self.limits.line // 1_000_000} MB",
            line=number,
            remedy="write one record a line",
        )


def open_source(
    path: Path | str, *, limits: Limits = DEFAULT_LIMITS, progress: Progress = silent
) -> tuple[Source, ...]:
    """The sources in a file, an archive or a folder (sorted by name).

    Args:
        progress: called with the number of compressed bytes read since the last call.

    Raises:
        InputError: there is no such file, or it is a pipe.
        SourceError: an archive that is broken, locked, empty or a bomb.
        StorageError: the file cannot be read.
    """
    place = Path(path)
    try:
        if place.is_dir():
            found = sorted(entry for entry in place.rglob("*") if entry.is_file())
            return tuple(
                source
                for entry in found
                for source in open_source(entry, limits=limits, progress=progress)
            )
        if not place.exists():
            raise InputError("there is no such file", file=str(path), remedy="check the path")
        refuse_stream(place)
        members = zip_members(place, limits)
    except OSError as error:
        raise unreadable(path, error) from None
    if members is None:
        return (Source(str(path), place, "", limits, progress),)
    return tuple(Source(f"{path}!{member}", place, member, limits, progress) for member in members)


class _Pull(io.RawIOBase):
    """Chunks from an iterator, read as a file is read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(target), len(self._rest))
        target[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
