"""People's judgements in files: nomenklatura's resolver format, one JSON array a line.

1. A line is target, source, judgement, score, user, created at; a seventh item that is not null
   says that the line was deleted.
2. ``no_judgement`` lines are suggestions nobody answered: they are counted and left out.
3. Of several lines about one pair the last counts.

**Source**: nomenklatura, ``resolver/edge.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clearance.adapters.unreadable import unreadable
from clearance.matching.judgement import Judged, Judgement
from clearance.model.errors import InputError

_WIKIDATA = re.compile(r"Q\d+")
_SUGGESTED = "no_judgement"
_FIELDS = ("target", "source", "judgement", "score", "user", "created_at")


@dataclass(frozen=True, slots=True)
class Judgements:
    """What a file says, in the order of its pairs; how many suggestions it holds besides."""

    judged: tuple[Judged, ...] = ()
    suggested: int = 0

    def with_(self, more: Iterable[Judged]) -> Judgements:
        """These and later ones, which win."""
        pairs = {(one.one, one.other): one for one in (*self.judged, *more)}
        return Judgements(tuple(pairs[pair] for pair in sorted(pairs)), self.suggested)


def read_judgements(path: Path) -> Judgements:
    """The judgements of a file.

    Raises:
        InputError: there is no such file, or a line is no judgement.
        StorageError: the file cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        raise InputError("there is no such file", file=str(path), remedy="check the path") from None
    except OSError as error:
        raise unreadable(str(path), error) from None
    found, suggested = [], 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        one = _judged(line, str(path), number)
        suggested += one is None
        found += [one] if one else []
    return Judgements(suggested=suggested).with_(found)


def line_of(one: Judged) -> str:
    """A judgement as a line of the file."""
    told = (one.one, one.other, one.judgement.value, one.score, one.user or None)
    return json.dumps([*told, one.created or None], ensure_ascii=False) + "\n"


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two ids as the format orders them: made ones first, then the greater."""
    return (one, other) if _weight(one) > _weight(other) else (other, one)


def _weight(id: str) -> tuple[bool, bool, str]:
    return _WIKIDATA.fullmatch(id) is not None, id.startswith("NK-"), id


def _judged(line: bytes, file: str, number: int) -> Judged | None:
    """The judgement of a line, ``None`` for a suggestion or a deleted line."""

    def wrong(what: str, field: str) -> InputError:
        remedy = f"write [{', '.join(_FIELDS)}], as nomenklatura dumps its resolver"
        return InputError(what, file=file, line=number, field=field, remedy=remedy)

    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise wrong("is not JSON", "line") from None
    if not isinstance(told, list) or not 3 <= len(told) <= len(_FIELDS) + 1:
        raise wrong("is no judgement", "line")
    told += [None] * (len(_FIELDS) + 1 - len(told))
    target, source, word, score, user, created, deleted = told
    for field, value in (("target", target), ("source", source)):
        if not isinstance(value, str) or not value:
            raise wrong(f"{value!r} is no id", field)
    if target == source:
        raise wrong(f"{target!r} is judged against itself", "source")
    if score is not None and (isinstance(score, bool) or not isinstance(score, int | float)):
        raise wrong(f"{score!r} is no score", "score")
    if word == _SUGGESTED or deleted is not None:
        return None
    if word not in list(Judgement):
        raise wrong(f"{word!r} is no judgement", "judgement")
    texts = ("" if value is None else str(value) for value in (user, created))
    points = None if score is None else float(score)
    return Judged(*pair_of(target, source), Judgement(word), points, *texts)
