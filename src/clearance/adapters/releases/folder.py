"""Releases in a folder: ``SERIES/NUMBER/`` with the documents, every step, and the impact run seen.

| file | holds |
|---|---|
| ``bundle.json`` | the policy with all it refers to; its SHA-256 is the release's digest |
| ``steps.jsonl`` | one step a line, sealed with the SHA-256 of it and the seal before |
| ``impact.json`` | the latest impact run; its SHA-256 is its step's evidence |

1. Nothing that stands there is changed but ``impact.json``, which a new run replaces; a step is one
   more line.
2. Whatever is read is checked: digests, the chain of lines, and that each step was allowed.
3. Two people at once are served one after the other.

Not here: proof against somebody who owns the folder and makes every seal anew. Each step is an
entry for the log, which is that proof.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.output_file import write_whole
from clearance.adapters.policies.bundle import Bundle, opened
from clearance.adapters.unreadable import unreadable
from clearance.model.errors import ClearanceError, InputError, IntegrityError, StorageError
from clearance.model.plain import Json, canonical
from clearance.usecases.releases import Act, Release, Step, drafted, entry_of, step_of

BUNDLE, STEPS, IMPACT = "bundle.json", "steps.jsonl", "impact.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases under one folder."""

    root: Path

    def series(self) -> Sequence[str]:
        """The names of every series, sorted."""
        if not self.root.is_dir():
            return ()
        return sorted(entry.name for entry in self.root.iterdir() if entry.is_dir())

    def of(self, series: str) -> Sequence[Release]:
        """The releases of a series, by number.

        Raises:
            IntegrityError: a release is not as it was written.
        """
        return [self._read(series, number) for number in self._numbers(series)]

    def one(self, series: str, number: int) -> Release:
        """One release.

        Raises:
            InputError: there is no such release.
            IntegrityError: it is not as it was written.
        """
        if number not in self._numbers(series):
            raise InputError(
                f"no release {series}/{number}",
                file=str(self.root),
                remedy="see clearance policy release status",
            )
        return self._read(series, number)

    def bundle(self, release: Release) -> Bundle:
        """The policy of a release, as it was drafted."""
        document = _bytes(self._folder(release.series, release.number) / BUNDLE)
        return opened(json.loads(document), document)

    def draft(self, series: str, policy: Bundle, by: str, day: int) -> Release:
        """A new release of a series.

        Raises:
            InputError: the series' name is none, or nobody is named.
            StorageError: it cannot be written.
        """
        if not _NAME.fullmatch(series):
            what = f"{series[:40]!r} is no name of a series"
            raise InputError(what, remedy="write lower-case words-with-hyphens")
        with self._alone():
            number = max(self._numbers(series), default=0) + 1
            found, step = policy.loaded.policy, Step(Act.DRAFT, by, day, policy.digest)
            force = (found.force.start, found.force.end)
            release = drafted(series, number, found.id, force, step)
            folder = self._folder(series, number)
            folder.mkdir(parents=True)
            write_whole(folder / BUNDLE, policy.document.decode())
            write_whole(folder / STEPS, _line(release, step, policy.digest))
        return release

    def step(self, release: Release, step: Step, impact: bytes | None = None) -> Release:
        """The release with one more step, written; ``impact`` is the report of an impact run.

        Raises:
            InputError: the step is not allowed, or somebody else was faster.
            StorageError: it cannot be written.
        """
        with self._alone():
            now = self._read(release.series, release.number)
            if now != release:
                what = f"release {release.series}/{release.number} has changed meanwhile"
                raise InputError(what, remedy="look at it again")
            after = now.after(step)
            folder = self._folder(release.series, release.number)
            if impact is not None:
                write_whole(folder / IMPACT, impact.decode())
            steps = _bytes(folder / STEPS)
            write_whole(folder / STEPS, steps.decode() + _line(after, step, _last(steps)))
        return after

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While nobody else writes here."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.root, os.O_RDONLY)
        except OSError as error:
            raise StorageError(
                f"cannot be written: {error.strerror or error}",
                file=str(self.root),
                remedy="choose another --releases",
            ) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _numbers(self, series: str) -> list[int]:
        folder = self.root / series
        if not folder.is_dir():
            return []
        return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit())

    def _folder(self, series: str, number: int) -> Path:
        return self.root / series / str(number)

    def _read(self, series: str, number: int) -> Release:
        folder = self._folder(series, number)
        release = _replayed(series, number, folder)
        seen = release.last(Act.IMPACT)
        if seen is not None and _digest(_bytes(folder / IMPACT)) != seen.evidence:
            raise _broken("is not the report of the latest impact run", folder / IMPACT)
        return release


def _replayed(series: str, number: int, folder: Path) -> Release:
    """A release made again from its documents and steps, everything checked on the way."""
    document, path = _bytes(folder / BUNDLE), folder / STEPS
    seal, steps = _digest(document), list[Step]()
    entries: list[Mapping[str, Json]] = []
    for at, line in enumerate(_bytes(path).splitlines(), 1):
        entry, told = _sealed(line, path, at)
        seal = _seal(seal, entry)
        if told != seal:
            raise _broken("is not what was written there", path, at)
        entries.append(entry)
        steps.append(step_of(entry))
    if not steps:
        raise _broken("holds no step", path)
    try:
        force = opened(json.loads(document), document).loaded.policy.force
        policy = str(entries[0]["policy"])
        release = drafted(series, number, policy, (force.start, force.end), steps[0])
        for step in steps[1:]:
            release = release.after(step)
    except (ClearanceError, ValueError) as error:
        raise _broken(f"tells what is not allowed: {error}", path) from None
    for at, (entry, step) in enumerate(zip(entries, steps, strict=True), 1):
        if entry_of(release, step) != entry:
            raise _broken("tells of another release", path, at)
    return release


def _sealed(line: bytes, path: Path, at: int) -> tuple[Mapping[str, Json], Json]:
    """The entry of a line, and its seal."""
    try:
        found = json.loads(line)
        return dict(found["entry"]), found["seal"]
    except (ValueError, KeyError, TypeError):
        raise _broken("is no step", path, at) from None


def _line(release: Release, step: Step, seal: str) -> str:
    entry = entry_of(release, step)
    return canonical({"entry": entry, "seal": _seal(seal, entry)}) + "\n"


def _seal(before: str, entry: Mapping[str, Json]) -> str:
    return _digest(f"{before}\n{canonical(entry)}".encode())


def _last(steps: bytes) -> str:
    """The seal of the last line."""
    return str(json.loads(steps.splitlines()[-1])["seal"])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _broken("is gone", path) from None
    except OSError as error:
        raise unreadable(path, error) from None


def _broken(what: str, path: Path, line: int | None = None) -> IntegrityError:
    remedy = "nobody edits a release; take the folder from a copy, or draft anew"
    return IntegrityError(what, file=str(path), line=line, remedy=remedy)
