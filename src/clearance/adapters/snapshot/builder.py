"""A build of one snapshot folder out of files: what ``usecases.build_reference`` asks for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path, PurePath

import pyarrow as pa

from clearance.adapters.collecting import rarely_collecting
from clearance.adapters.formats.batch import Reject
from clearance.adapters.formats.registry import NotASource
from clearance.adapters.formats.source import open_source
from clearance.adapters.snapshot.compile import Compiled, Supply, compile_supplies
from clearance.adapters.snapshot.content import Content
from clearance.adapters.snapshot.folder import refuse_if_taken, write_folder
from clearance.adapters.snapshot.gather import Taken
from clearance.adapters.snapshot.load import supply_of
from clearance.adapters.snapshot.manifest import StoredSource
from clearance.adapters.snapshot.restate import described_lines
from clearance.adapters.snapshot.store import digest_of
from clearance.adapters.told import Told
from clearance.model.dates import text_of_day
from clearance.model.errors import InputError

NOTE = ".source.json"
"""What the name of a note about a pulled file ends with; it is no source itself."""

_NOTED = {"licence": "licence", "url": "url", "retrieved": "retrieved"}


class Builder:
    """Compiles files and writes the folder ``out``."""

    def __init__(
        self,
        out: Path,
        paths: Sequence[Path],
        *,
        created_by: str,
        built: str,
        told: Told | None = None,
    ) -> None:
        self._out = out
        self._paths = paths
        self._made_by = (created_by, built)
        self._told = told or Told()
        self._read = 0
        self._to_read = sum(_size_of(path) for path in paths)
        self._supplies: list[Supply] = []
        self._not_sources: list[str] = []
        self._compiled: Compiled | None = None

    @property
    def figures(self) -> Mapping[str, int]:
        """How many parties, interests, … by name."""
        return asdict(self.compiled.counts)

    @property
    def rejects(self) -> Sequence[Reject]:
        """What was left out."""
        return self.compiled.rejects

    @property
    def not_sources(self) -> Sequence[str]:
        """Files in given folders that are of no known format."""
        return self._not_sources

    def refuse_if_taken(self) -> None:
        """Nothing if the folder can be written; ``StorageError`` otherwise."""
        refuse_if_taken(self._out)

    @rarely_collecting()
    def compile(self) -> Builder:
        """Read and compile every source.

        Raises:
            InputError: there is no such file, nothing to read, or a header that cannot be used.
            SourceError: a file that was named is of no known format, or cannot be read.
        """
        self._supplies = [supply for path in self._paths for supply in self._found(path)]
        if not self._supplies:
            raise InputError("no source among the files given", remedy="name files to build from")
        self._compiled = compile_supplies(self._in_turn())
        pa.default_memory_pool().release_unused()  # what was read: the index needs the room
        return self

    def write(self) -> str:
        """Write what was compiled; the snapshot's digest."""
        compiled = self.compiled
        self._told.stage("indexing names")
        content = with_names(compiled.content)
        self._told.stage("writing")
        created_by, built = self._made_by
        return write_folder(
            self._out,
            content,
            rejects=compiled.rejects,
            sources=self._sources(compiled),
            counts=self.figures,
            created_by=created_by,
            built=built,
            lines=described_lines(compiled.described),
        )

    @property
    def compiled(self) -> Compiled:
        """What was compiled."""
        if self._compiled is None:
            raise RuntimeError("compile comes first")
        return self._compiled

    def _found(self, path: Path) -> Iterator[Supply]:
        """The sources at a path; in a folder, what is no source is noted."""
        for source in open_source(path, progress=self._passed):
            if source.name.endswith(NOTE):
                continue
            try:
                yield supply_of(source)
            except NotASource as error:
                if not path.is_dir():
                    raise
                self._not_sources.append(f"{source.name}: {error.what.split(';')[0]}")

    def _passed(self, size: int) -> None:
        self._read += size
        self._told.passed(self._read, self._to_read)

    def _in_turn(self) -> Iterator[Supply]:
        """Every supply; when the last is read, the next stage is named."""
        for supply in self._supplies:
            self._told.stage(f"reading {PurePath(supply.name).name}")
            yield supply
        self._told.stage("compiling")

    def _sources(self, compiled: Compiled) -> tuple[StoredSource, ...]:
        rejected = Counter(reject.source for reject in compiled.rejects)
        digests: dict[Path, str] = {}
        stored = []
        taken_of = compiled.taken[-len(self._supplies) :]
        for supply, taken in zip(self._supplies, taken_of, strict=True):
            path = supply.path or Path(supply.name)
            digest = digests.setdefault(path, digests.get(path) or digest_of(path))
            stored.append(_stored(supply, path, digest, taken, rejected[supply.name]))
        return tuple(stored)


def with_names(content: Content) -> Content:
    """The content with an index of its names."""
    from clearance.adapters.matching.naming import name_arrays  # loads a compiler

    return replace(content, arrays={**content.arrays, **name_arrays(content)})


def _stored(supply: Supply, path: Path, digest: str, taken: Taken, rejects: int) -> StoredSource:
    note = _note(path)
    return StoredSource(
        name=PurePath(supply.name).name,
        format=supply.format,
        size=path.stat().st_size,
        sha256=digest,
        records=taken.records,
        rejects=rejects,
        first_statement="" if taken.first is None else text_of_day(taken.first),
        last_statement="" if taken.last is None else text_of_day(taken.last),
        **{field: note.get(key, "") for field, key in _NOTED.items()},
    )


def _size_of(path: Path) -> int:
    """How many bytes a file, or a folder's files, hold."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(entry.stat().st_size for entry in files if entry.is_file())


def _note(path: Path) -> dict[str, str]:
    """What ``reference pull`` noted beside the file, if it did."""
    try:
        document = json.loads(path.with_name(path.name + NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(document, dict):
        return {}
    return {str(key): str(value) for key, value in document.items()}
