"""Reading rule records, policies and region lists: shipped ones by id, anybody's by path.

1. A name that looks like a path (a slash, or ``.toml``) is a file; anything else is a shipped id.
2. A document with findings is never handed out; the first finding is raised.
3. Files are UTF-8, with or without a BOM, and at most 4 MiB.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from clearance.model.errors import InputError, StorageError
from clearance.model.rule import Rule
from clearance.policy.codes import Codes, parse_names
from clearance.policy.rules import parse_rule

_LIMIT = 4 * 2**20


@cache
def codes() -> Codes:
    """The ISO 3166 table with its cited display names."""
    text = (_data("regions") / "names.tsv").read_text("utf-8")
    return Codes(parse_names(text.splitlines()))


def rule_ids() -> Sequence[str]:
    """The ids of the shipped rules, sorted."""
    return _ids("regimes")


def load_rule(name: str) -> Rule:
    """A shipped rule by id, or a rule file by path.

    Raises:
        InputError: no such rule or file, or the record has a mistake (the first is told).
        StorageError: the file cannot be read.
    """
    file, text = _read(name, "regimes", "rule")
    rule, problems = parse_rule(text, file, codes())
    if problems:
        raise problems[0].error()
    return rule


def rule_text(name: str) -> str:
    """A rule record as it is written, comments included."""
    return _read(name, "regimes", "rule")[1]


def read_text(path: Path) -> str:
    """A document's text.

    Raises:
        InputError: no such file, too large, or not UTF-8.
        StorageError: the machine cannot read it.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        raise InputError("no such file", file=str(path), remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("is a folder", file=str(path), remedy="name one file") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "no path"
        raise StorageError(f"cannot read: {why.lower()}", file=str(path)) from None
    if len(raw) > _LIMIT:
        raise InputError("larger than 4 MiB", file=str(path), remedy="split the document")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            "not UTF-8", file=str(path), line=line, remedy="save the file as UTF-8"
        ) from None


def _read(name: str, folder: str, what: str) -> tuple[str, str]:
    if "/" in name or "\\" in name or name.endswith(".toml"):
        return name, read_text(Path(name))
    known = _ids(folder)
    if name not in known:
        near = get_close_matches(name, known, 1)
        remedy = f"did you mean {near[0]}?" if near else f"use one of {', '.join(known)}"
        raise InputError(f"no {what} is called {name!r}", remedy=f"{remedy} (or give a path)")
    return f"{name}.toml", (_data(folder) / f"{name}.toml").read_text("utf-8")


def _ids(folder: str) -> Sequence[str]:
    names = (entry.name for entry in _data(folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _data(folder: str) -> Traversable:
    return files("clearance.policy") / folder
