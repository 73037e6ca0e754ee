"""Labelled lists of real names, read from the folder that ``CLEARANCE_TEST_DATA`` names.

Training sees half of the entities of OFAC's list (public domain) and nothing of the others, whose
licences ask for more.
"""

from __future__ import annotations

import csv
import gzip
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from clearance.matching.compare.sides import Side, side
from clearance.matching.text.form import name_form
from clearance.model.party import PartyKind
from clearance.model.record import Record
from clearance.usecases.asked import Question

KINDS = {"Person": PartyKind.PERSON}
LIMIT = 20


def folder() -> Path:
    """Where the lists are."""
    root = os.environ.get("CLEARANCE_TEST_DATA", "")
    if not root:
        raise SystemExit("CLEARANCE_TEST_DATA names no folder of published data")
    return Path(root) / "matching"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entity of a list and all its names."""

    id: str
    kind: PartyKind
    names: list[str] = field(default_factory=list)


def ofac() -> list[Listed]:
    """Entities of OFAC's list with their other names; vessels left out."""
    found: dict[str, Listed] = {}
    for row in _rows(folder() / "ofac_aka.csv"):
        if row["schema"] == "Vessel":
            continue
        one = found.setdefault(
            row["entity_id"], Listed(row["entity_id"], _kind(row), [row["name"]])
        )
        one.names.append(row["alias"])
    return list(found.values())


def in_training(one: Listed) -> bool:
    """Is this entity of the half that a model may learn from?"""
    return zlib.crc32(one.id.encode()) % 2 == 0


def aliases_held_out(
    listed: list[Listed], absent: float = 0.0, seed: int = 1
) -> Iterator[Question]:
    """Each alias asked for in turn, itself taken out of its entity's names."""
    rng = np.random.default_rng(seed)
    sides = [side(Record(one.id, tuple(one.names), one.kind)) for one in listed]
    for place, one in enumerate(listed):
        for at, alias in enumerate(one.names[1:], 1):
            rest = tuple(name for name in one.names[:at] + one.names[at + 1 :] if name != alias)
            if not rest:
                continue
            hidden = bool(rng.random() < absent)
            query = side(Record("", (alias,), one.kind))
            known = side(Record(one.id, rest, one.kind))
            others = [*sides[:place], *([] if hidden else [known]), *sides[place + 1 :]]
            kept = nearest(query, others)
            right = next((i for i, other in enumerate(kept) if other is known), -1)
            kind = "person" if one.kind is PartyKind.PERSON else "entity"
            yield Question(query, tuple(kept), right, not hidden, (kind,))


def strangers_made(listed: list[Listed], seed: int = 1) -> Iterator[Question]:
    """People and bodies who are not listed: a name with one of its words from another's.

    Half keep all words but one, half keep only one.
    """
    rng = np.random.default_rng(seed)
    sides = [side(Record(one.id, tuple(one.names), one.kind)) for one in listed]
    for one in listed:
        words = one.names[0].split()
        others = listed[int(rng.integers(len(listed)))].names[0].split()
        if len(words) < 2 or len(others) < 2:
            continue
        at = int(rng.integers(len(words)))
        if rng.random() < 0.5:
            words[at] = others[int(rng.integers(len(others)))]
        else:
            words = [words[at], *others[1:]] if at == 0 else [*others[:-1], words[at]]
        query = side(Record("", (" ".join(words),), one.kind))
        yield Question(query, tuple(nearest(query, sides)), -1, False)


def words_in(listed: list[Listed]) -> Counter[str]:
    """In how many names of the list each Latin word is."""
    names = (name_form(name, one.kind).ascii for one in listed for name in one.names)
    return Counter(word for words in names for word in set(words))


def nearest(query: Side, sides: list[Side], limit: int = LIMIT) -> list[Side]:
    """The sides whose names are most alike: a small list needs no index."""
    return Nearest(sides).to(query, limit)


class Nearest:
    """A list that is asked many times for whose names are most alike, by letters or by sound."""

    def __init__(self, sides: list[Side]) -> None:
        self._sides = sides
        names = [(at, name) for at, one in enumerate(sides) for name in one.names]
        self._owner = np.array([at for at, _ in names])
        self._spelled = [name.ordered for _, name in names]
        self._sounded = [name.sounds for _, name in names]

    def to(self, query: Side, limit: int = LIMIT) -> list[Side]:
        """The nearest of all."""
        asked = query.names[0]
        by_letters = process.cdist([asked.ordered], self._spelled, scorer=fuzz.ratio)[0]
        by_sound = process.cdist([asked.sounds], self._sounded, scorer=fuzz.ratio)[0]
        close = np.zeros(len(self._sides))
        np.maximum.at(close, self._owner, np.maximum(by_letters, by_sound))
        return [self._sides[at] for at in np.argsort(-close, kind="stable")[:limit]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Two names and whether people hold them for one party's."""

    kind: PartyKind
    first: str
    second: str
    match: bool


def name_bench() -> list[Labelled]:
    """Pairs of names with a label."""
    return [
        Labelled(_kind(row), row["name1"], row["name2"], row["is_match"] == "true")
        for row in _rows(folder() / "nk_name_bench.csv")
    ]


def _kind(row: dict[str, str]) -> PartyKind:
    return KINDS.get(row["schema"], PartyKind.ENTITY)


def listed_persons() -> list[str]:
    """Names of listed persons."""
    files = ("positives_un_untreated.csv", "positives_us_congress_untreated.csv")
    return [row["full_name"] for file in files for row in _rows(folder() / "yente" / file)]


def other_persons() -> list[str]:
    """A hundred thousand invented names of persons who are not listed."""
    files = ("negatives_global.csv.gz", "negatives_us.csv.gz")
    return [row["full_name"] for file in files for row in _rows(folder() / "yente" / file)]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
