"""A log as somebody else sees it: files in a folder, or the same files behind a URL.

A partial tile that is no longer there is taken from the full one, as the standard allows.

**Source**: C2SP tlog-tiles, section "APIs".
"""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from clearance.adapters.ledger.reader import CHECKPOINT
from clearance.ledger.tiles import ENTRIES, WIDTH, Tile, bundled, unbundled
from clearance.ledger.tree import HASH_BYTES
from clearance.model.errors import IntegrityError, StorageError

_MOST_BYTES = WIDTH * (2 + 65_535)
_SECONDS = 20


class Files(Protocol):
    """Something that has files."""

    name: str

    def read(self, path: str) -> bytes | None:
        """A file's bytes, if it is there."""
        ...


class Folder:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StorageError(
                f"cannot be read: {error.strerror}", file=f"{self.name}/{path}"
            ) from None


class Web:
    """Files behind a URL.

    Args:
        url: the log's prefix, http or https.
    """

    def __init__(self, url: str) -> None:
        self.name = url.rstrip("/")

    def read(self, path: str) -> bytes | None:
        request = Request(f"{self.name}/{path}", headers={"Accept-Encoding": "identity"})  # noqa: S310 -- the scheme was checked by `log_files`
        try:
            with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 -- as above
                data: bytes = answer.read(_MOST_BYTES + 1)
        except HTTPError as error:
            if error.code in (404, 410):
                return None
            raise StorageError(f"answers {error.code}", file=f"{self.name}/{path}") from None
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", error)
            raise StorageError(f"cannot be read: {reason}", file=f"{self.name}/{path}") from None
        if len(data) > _MOST_BYTES:
            raise StorageError("is too large for a tile", file=f"{self.name}/{path}")
        return data


class FiledLog:
    """A log of files."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def checkpoint(self) -> str:
        """The last signed checkpoint.

        Raises:
            StorageError: there is none.
            IntegrityError: it is no text.
        """
        data = self._files.read(CHECKPOINT)
        if data is None:
            raise StorageError(
                "there is no checkpoint",
                file=self._files.name,
                remedy="give a log's file, its database, its folder of tiles or its URL",
            )
        try:
            return data.decode()
        except UnicodeDecodeError:
            raise IntegrityError("is no text", file=CHECKPOINT) from None

    def tile(self, tile: Tile) -> bytes:
        """A tile's hashes, or a bundle's entries.

        Raises:
            IntegrityError: it is missing.
        """
        data = self._files.read(tile.path)
        if data is None and tile.width < WIDTH:
            full = Tile(tile.level, tile.index)
            data = self._files.read(full.path)
            if data is not None and tile.level == ENTRIES:
                data = bundled(unbundled(data, full)[: tile.width])
            elif data is not None:
                data = data[: tile.width * HASH_BYTES]
        if data is None:
            raise IntegrityError("is missing", file=tile.path)
        return data


def log_files(place: str) -> Files | None:
    """The files of a log at a place, where it is a folder or a URL of tiles."""
    if place.startswith(("http://", "https://")):
        return Web(place)
    return Folder(Path(place)) if Path(place).is_dir() else None
