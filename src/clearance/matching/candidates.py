"""Where candidates come from: the one seam between who is asked for and who may be meant.

1. A source finds; it does not judge. It may offer parties that are nobody's match, and is asked for
   enough of them that the right one is among them.
2. A country narrows where to look first and is never a condition: a wrong or missing one still
   finds.
3. Every name of a party is looked at by itself: a party of 300 names is found by each of them, and
   takes one place among the candidates.
4. Same question, same answer: candidates as alike stand in order of party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from clearance.matching.text.form import NameForm
from clearance.model.party import Identifier
from clearance.model.record import Record

ENOUGH = 20
"""Candidates that are asked for: the share of right ones among them is what search is held to."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is asked for: the forms of all names, and ISO 3166 codes of where it may be."""

    forms: tuple[NameForm, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party that may be meant, by which of its names.

    **Shape**: ``likeness`` is for the order of candidates alone, from 0 to a little above 1.
    """

    party: int
    name: str
    likeness: float


class CandidateSource(Protocol):
    """A reference that can be searched.

    **Shape**: parties are indexes of the reference; lists are in order of the questions.
    """

    @property
    def names(self) -> int:
        """How many names there are."""

    def by_identifiers(self, identifiers: Sequence[Identifier]) -> Sequence[Sequence[int]]:
        """For each identifier the parties that carry it, however it is spelt, ascending."""

    def by_domains(self, domains: Sequence[str]) -> Sequence[Sequence[int]]:
        """For each domain that is somebody's own the parties that are reached there, ascending."""

    def search(
        self, sought: Sequence[Sought], limit: int = ENOUGH, far: float = 0.0
    ) -> Sequence[Sequence[Candidate]]:
        """For each question the parties whose names are most alike, the most alike first.

        Args:
            sought: the questions.
            limit: how many parties at most.
            far: who is less alike than this part of the best is left out.
        """

    def record(self, party: int, name: str = "") -> Record:
        """What the reference holds of a party; of many names, the main one and ``name`` alone."""

    def count(self, word: str) -> int:
        """In how many names a folded word in Latin letters stands."""
