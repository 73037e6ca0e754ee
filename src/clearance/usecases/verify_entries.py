"""What entries say, held against what is kept beside them.

1. Every leaf is an entry of a known kind.
2. An entry is stored under the id that it states.
3. A sealed value has the digest that its entry states; one that is missing was erased by a later
   entry that says so.
4. What is kept under a digest has that digest, and what a decision names by a digest is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from clearance.ledger.entry import Entry, Kind, Sealed, entry
from clearance.model.errors import InputError
from clearance.model.plain import Fields
from clearance.usecases.log_findings import Flaw, LogFindings
from clearance.usecases.named_documents import documents_named


@dataclass(frozen=True, slots=True)
class Aside:
    """What a database keeps beside an entry: the id it is found by, and sealed values."""

    id: str
    sealed: tuple[Sealed, ...] = ()


class Kept(Protocol):
    """What a database keeps beside the tree."""

    def damage(self) -> Sequence[str]:
        """What the database finds wrong with itself; nothing else can be read then."""
        ...

    def aside(self, first: int, count: int) -> Mapping[int, Aside]:
        """What is kept beside entries, by their index."""
        ...

    def evidence(self) -> Iterable[tuple[str, bytes]]:
        """What entries name by a digest."""
        ...

    def amiss(self, size: int) -> Iterable[Flaw]:
        """What is stored and belongs to no tree of that size, or says something else than it."""
        ...


class Entries:
    """Reads a log's entries in order."""

    def __init__(self, found: LogFindings, kept: Kept | None) -> None:
        self._found = found
        self._kept = kept
        self._missing: set[tuple[int, str]] = set()
        self._named: dict[str, tuple[int, str]] = {}

    def read(self, first: int, leaves: Sequence[bytes]) -> None:
        """The next leaves, and what is kept beside them."""
        aside = self._kept.aside(first, len(leaves)) if self._kept is not None else {}
        for at, leaf in enumerate(leaves, first):
            try:
                one = entry(leaf)
                if one.kind is Kind.GAP:
                    self._found.lost += Fields(one.body, "body").number("lost")
                if one.kind is Kind.ERASURE:
                    self._erase(one)
                if one.kind is Kind.DECISION and self._kept is not None:
                    self._rests_on(at, one)
            except InputError as error:
                self._found.flaw(f"entry {at}", error.message())
                continue
            self._found.kinds[one.kind] = self._found.kinds.get(one.kind, 0) + 1
            if self._kept is not None:
                self._compare(at, one, aside.get(at, Aside("")))

    def finish(self) -> None:
        """After the last entry: what is missing, and what nobody names."""
        for at, field in sorted(self._missing):
            self._found.flaw(f"entry {at}", f"the sealed {field} is missing; no entry erases it")
        if self._kept is None:
            return
        self._found.aside = True
        for one in self._kept.amiss(self._found.size):
            self._found.flaw(one.place, one.what)
        self._documents(self._kept)

    def _rests_on(self, at: int, one: Entry) -> None:
        """Remember who is the first to name a document."""
        for name, digest in documents_named(one.body).items():
            self._named.setdefault(digest, (at, name))

    def _documents(self, kept: Kept) -> None:
        for digest, content in kept.evidence():
            if sha256(content).hexdigest() != digest:
                self._found.flaw(f"evidence {digest}", "does not have that digest")
            self._named.pop(digest, None)
        for digest, (at, name) in sorted(self._named.items(), key=lambda one: one[1]):
            self._found.flaw(f"entry {at}", f"its {name} is not kept: evidence {digest}")

    def _compare(self, at: int, one: Entry, aside: Aside) -> None:
        place = f"entry {at}"
        if aside.id != one.id:
            self._found.flaw(place, f"is stored under another id than {one.id}")
        held = {sealed.field: sealed for sealed in aside.sealed}
        for field, digest in one.sealed.items():
            sealed = held.pop(field, None)
            if sealed is None:
                self._missing.add((at, field))
            elif sealed.digest != digest:
                self._found.flaw(place, f"the sealed {field} was changed")
        for field in held:
            self._found.flaw(place, f"a sealed {field} is kept that it does not state")

    def _erase(self, one: Entry) -> None:
        erased = set(erased_by(one)) & self._missing
        self._missing -= erased
        self._found.erased += len(erased)


def erased_by(one: Entry) -> Iterator[tuple[int, str]]:
    """Which sealed values an entry of that kind says were erased."""
    for place in Fields(one.body, "body").objects("erased"):
        yield place.number("index"), place.text("field")
