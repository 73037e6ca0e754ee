"""One side of a comparison: a record with its names read once.

1. A name is written in several ways, each for a comparison that needs it; all are made once for a
   record, however many it is held against.
2. ``words`` are what is aligned: Latin words, and pairs of signs where words are not parted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from clearance.matching.text.form import NameForm, name_form
from clearance.matching.text.persons import has_initials
from clearance.model.party import PartyKind
from clearance.model.quick import quick
from clearance.model.record import Record

_KEPT = 1 << 14
"""Names kept as they were read."""

_SOUNDS = str.maketrans("cqgzvwpdxj", "kkksfbbtsy", "aeiouyh' ")
"""Letters that scripts and their romanisations mix up, as one; vowels as none."""


@quick
@dataclass(frozen=True, slots=True)
class Written:
    """One name in the spellings that are compared.

    **Shape**: ``plain`` Latin words without legal form, ``ordered`` the same sorted, ``raw`` folded
    words of its script, ``whole`` everything without spaces, ``sounds`` the consonants.
    """

    form: NameForm
    words: tuple[str, ...]
    plain: str
    ordered: str
    raw: str
    whole: str
    sounds: str


@dataclass(frozen=True, slots=True)
class Side:
    """A record and what is read of it; ``countries`` without their subdivisions."""

    record: Record
    names: tuple[Written, ...]
    countries: frozenset[str]


def side(record: Record, forms: Iterable[NameForm] | None = None) -> Side:
    """The record as one side of a comparison, its names read here unless ``forms`` are given."""
    names = tuple(_read(record) if forms is None else map(written, forms)) or (NAMELESS,)
    return Side(record, names, frozenset(code[:2] for code in record.countries))


def written(form: NameForm) -> Written:
    """The spellings of a name that are compared.

    >>> written(name_form("Zürich Cables Ltd")).sounds
    'srkkbls'
    """
    raw = "".join(form.core) if form.dense else " ".join(form.core)
    words = form.ascii
    if form.dense:
        words = tuple(raw[at : at + 2] for at in range(max(1, len(raw) - 1)))
    plain = " ".join(form.ascii)
    ordered = " ".join(sorted(form.ascii))
    sounds = plain.translate(_SOUNDS)
    return Written(form, words, plain, ordered, raw, form.folded.replace(" ", ""), sounds)


def _read(record: Record) -> Iterable[Written]:
    """Names as their bearer's kind has them; those with initials both ways if it is not known."""
    kind = PartyKind.PERSON if record.kind is PartyKind.PERSON else PartyKind.ENTITY
    yield from (_written(name, kind) for name in record.names)
    if record.kind is PartyKind.UNKNOWN:
        either = filter(has_initials, record.names)
        yield from (_written(name, PartyKind.PERSON) for name in either)


@lru_cache(maxsize=_KEPT)
def _written(name: str, kind: PartyKind) -> Written:
    """A name is read once for whoever asks by it and for the party that bears it."""
    return written(name_form(name, kind))


NAMELESS = written(name_form(""))
"""What stands for the name of who gave none."""
