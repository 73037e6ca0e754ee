"""Reading rule records and region lists, and where policies stand: shipped by id, others by path.

1. A name that looks like a path (a slash, or ``.toml``) is a file; anything else is a shipped id.
   A path inside a policy is read from the policy's own folder.
2. A document with findings is never handed out; the first finding is raised.
3. Files are UTF-8, with or without a BOM, and at most 4 MiB.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TypeVar

from clearance import policy
from clearance.adapters.unreadable import unreadable
from clearance.model.errors import InputError, StorageError
from clearance.model.rule import Rule
from clearance.model.spelling import meant
from clearance.policy.clauses.regions import RegionList
from clearance.policy.codes import Codes, parse_names
from clearance.policy.reading.problems import Problem
from clearance.policy.reading.region_lists import parse_region_list
from clearance.policy.reading.rules import parse_rule
from clearance.policy.reading.shelf import Shelf

RULES, POLICIES, LISTS = "regimes", "shipped", "regions"
_ROOM = Path(policy.__file__).parent
_LIMIT = 4 * 2**20
_WORDS = {RULES: "rule", POLICIES: "policy", LISTS: "region list"}
_T = TypeVar("_T")


@cache
def codes() -> Codes:
    """The ISO 3166 table with its cited display names."""
    return Codes(parse_names(names_text().splitlines()))


def names_text() -> str:
    """The cited display names of regions, as they are shipped."""
    return (_data(LISTS) / "names.tsv").read_text("utf-8")


def codes_with(names: Path | None) -> Codes:
    """The code table with an operator's display names, lines ``code TAB name``, over the cited."""
    if names is None:
        return codes()
    return codes().with_names(parse_names(read_text(names).splitlines()))


def rule_ids() -> Sequence[str]:
    """The ids of the shipped rules, sorted."""
    return _ids(RULES)


def policy_ids() -> Sequence[str]:
    """The ids of the shipped policies, sorted."""
    return _ids(POLICIES)


def list_ids() -> Sequence[str]:
    """The ids of the shipped region lists, sorted."""
    return _ids(LISTS)


def load_rule(name: str, folder: Path | None = None) -> Rule:
    """A shipped rule by id, or a rule file by path (from ``folder``).

    Raises:
        InputError: no such rule or file, or the record has a mistake (the first is told).
        StorageError: the file cannot be read.
    """
    file, text = read_document(name, RULES, folder)
    return sound(parse_rule(text, file, codes()))


def load_list(name: str, folder: Path | None = None) -> RegionList:
    """A shipped region list by id, or a list file by path (from ``folder``).

    Raises:
        InputError: no such list or file, or it has a mistake (the first is told).
        StorageError: the file cannot be read.
    """
    file, text = read_document(name, LISTS, folder)
    return sound(parse_region_list(text, file, codes()))


def shelf_of(file: str) -> Shelf:
    """What the document in ``file`` may refer to: shipped ids, and paths from its folder."""
    folder = Path(file).parent if is_path(file) else None
    return Shelf(codes(), partial(load_rule, folder=folder), partial(load_list, folder=folder))


def read_document(name: str, kind: str, folder: Path | None = None) -> tuple[str, str]:
    """What to call a document, and its text.

    Raises:
        InputError: no shipped document of that id, or no such file.
        StorageError: the file cannot be read.
    """
    if is_path(name):
        path = Path(name) if folder is None else folder / name
        return str(path), read_text(path)
    known = _ids(kind)
    if name not in known:
        remedy = meant(name, known, f"use one of {', '.join(known)}")
        raise InputError(f"no {_WORDS[kind]} {name!r} is shipped", remedy=f"{remedy} (or a path)")
    return f"{name}.toml", (_data(kind) / f"{name}.toml").read_text("utf-8")


def is_path(name: str) -> bool:
    """Is the name a path, not an id?"""
    return "/" in name or "\\" in name or name.endswith(".toml")


def read_text(path: Path) -> str:
    """A document's text.

    Raises:
        InputError: no such file, too large, or not UTF-8.
        StorageError: the machine cannot read it.
    """
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        raise InputError("no such file", file=file, remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("is a folder", file=file, remedy="name one file") from None
    except OSError as error:
        raise unreadable(file, error) from None
    except ValueError:
        raise StorageError("is no path", file=file, remedy="check the path") from None
    if len(raw) > _LIMIT:
        raise InputError("larger than 4 MiB", file=file, remedy="split the document")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8", file=file, line=line, remedy="save it as UTF-8") from None


def sound(read: tuple[_T, Sequence[Problem]]) -> _T:
    """What was read, if nothing is wrong with it; else the first problem is raised."""
    found, problems = read
    if problems:
        raise problems[0].error()
    return found


def _ids(folder: str) -> Sequence[str]:
    names = (entry.name for entry in _data(folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _data(folder: str) -> Path:
    return _ROOM / folder
