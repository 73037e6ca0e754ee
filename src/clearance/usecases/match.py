"""Match records to the parties of a reference: search, compare, weigh, and the rules above.

1. Numbers are looked up first. Whoever they settle is held against those parties alone, and where
   the name is the same no model is asked; anybody else is searched by name, together with the
   parties that its numbers and its domain lead to.
2. A number with a wrong check digit is told, and counts for nothing.
3. Who is like nobody is searched once more by its address, which may be its name; then it is
   ambiguous at most.
4. Answers come in the order of the records and do not depend on how many are asked at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Protocol

from clearance.matching.candidates import ENOUGH, CandidateSource, Sought
from clearance.matching.case import LIMITS, Case, Limits, case_of, ranked
from clearance.matching.compare.domain import domains
from clearance.matching.compare.sides import Side, side
from clearance.matching.identifiers import Validity, agreeing, validity
from clearance.matching.resolution import Answer, Resolution, Weighed
from clearance.matching.resolve import resolve, undisputed
from clearance.matching.score import Scored, Scorer
from clearance.matching.settled import same_name
from clearance.matching.text.form import name_form
from clearance.model.party import BIC, LEI, VAT, Identifier
from clearance.model.record import Record

FAR = 0.7
"""Candidates less like than this part of the best are not weighed: of 4,000 names asked of ten
million as many are right, wrong and shown as from 0.6 on, and a third less is weighed."""

LOT = 1024
"""Records that are searched together."""

TOGETHER = 64
"""Questions that the models are asked about together."""

KEPT = 1 << 14
"""Parties of the reference kept as they were read."""

Found = tuple[int, str]
"""A party and by which of its names it was found; the empty one is all of them."""

_WORDS = {LEI: "lei", VAT: "vat", BIC: "bic"}


class Resolver(Protocol):
    """Whoever can say who records are."""

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        """The answer about each record, in order."""
        ...

    def stream(self, records: Iterable[Record]) -> Iterator[Resolution]:
        """The answer about each record, in order, as they come; few are held at a time."""
        ...


@dataclass(frozen=True, slots=True)
class _Question:
    """A record as it is asked: what counts of it, and what is told of the rest."""

    side: Side
    invalid: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()
    swapped: bool = False

    @property
    def sought(self) -> Sought:
        """The record as it is searched."""
        forms = tuple(one.form for one in self.side.names)
        return Sought(forms, self.side.record.countries)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What its names were found to be, each once."""
        return tuple(dict.fromkeys(code for one in self.side.names for code in one.form.warnings))


_Held = tuple[int, _Question, Sequence[Found]]
"""Where a question stands, the question, and the parties that it is held against."""


class Matching:
    """A resolver over candidates and a scorer; threads may share it.

    **Shape**: ``countries`` are those that any party of the reference is in.
    """

    def __init__(
        self,
        source: CandidateSource,
        scorer: Scorer,
        countries: Collection[str],
        limits: Limits = LIMITS,
    ) -> None:
        self._source = source
        self._scorer = scorer
        self._countries = frozenset(code[:2] for code in countries)
        self._limits = limits
        self._side = lru_cache(maxsize=KEPT)(lambda party, name: side(source.record(party, name)))

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        """The answer about each record, in order.

        **Cost**: about 0.1 ms a record that a number settles, half a millisecond any other.
        """
        asked = [self._question(record) for record in records]
        numbered = list(self._by_numbers(asked))
        known = [(at, asked[at], parties) for at, parties in enumerate(numbered) if parties]
        same = self._same(known)
        found = self._answers([one for one in known if one[0] not in same])
        settled = same.keys() | {at for at, one in found.items() if _is_settled(one)}
        open_at = [at for at in range(len(asked)) if at not in settled]
        still = [asked[at] for at in open_at]
        reached = zip(open_at, still, self._by_domains(still), self._search(still), strict=True)
        found |= same | self._answers(
            [(at, one, (*numbered[at], *sited, *named)) for at, one, sited, named in reached]
        )
        found |= self._turned([(at, asked[at]) for at in found if _is_nobody(asked[at], found[at])])
        return [found[at] for at in range(len(asked))]

    def stream(self, records: Iterable[Record]) -> Iterator[Resolution]:
        """The answer about each record, in order, as they come; few are held at a time."""
        rest = iter(records)
        while some := list(islice(rest, LOT)):
            yield from self.resolve(some)

    def candidates(self, record: Record, limit: int) -> tuple[Weighed, ...]:
        """The parties most like a record, most likely first, whatever the rules would say."""
        asked = self._question(record)
        (weighed,) = self._weighed([asked.side], self._search([asked], limit, far=0.0))
        return tuple(ranked(weighed)[:limit])

    def _question(self, record: Record) -> _Question:
        invalid = [one for one in record.identifiers if validity(one) is Validity.INVALID]
        valid = tuple(one for one in record.identifiers if one not in invalid)
        return _Question(
            side(replace(record, identifiers=valid) if invalid else record),
            tuple(f"{one.scheme} {one.id}" for one in invalid),
            tuple(code for code in record.countries if code[:2] not in self._countries),
        )

    def _search(
        self, asked: Sequence[_Question], limit: int = ENOUGH, far: float = FAR
    ) -> Sequence[Sequence[Found]]:
        """The parties most like each, each by the name that is."""
        if not asked:
            return ()
        found = self._source.search([one.sought for one in asked], limit, far)
        return [[(each.party, each.name) for each in some] for some in found]

    def _by_numbers(self, asked: Iterable[_Question]) -> Iterator[tuple[Found, ...]]:
        """The parties that each one's numbers lead to, each by all its names."""
        numbers = [one.side.record.identifiers for one in asked]
        found = iter(self._source.by_identifiers([each for some in numbers for each in some]))
        for some in numbers:
            yield tuple(dict.fromkeys((int(party), "") for _ in some for party in next(found)))

    def _by_domains(self, asked: Iterable[_Question]) -> Iterator[tuple[Found, ...]]:
        """The parties that are reached at each one's domains, unless they are too many to tell."""
        own = [sorted(domains(one.side.record)) for one in asked]
        found = iter(self._source.by_domains([each for some in own for each in some]))
        for some in own:
            reached = dict.fromkeys((int(party), "") for _ in some for party in next(found))
            yield tuple(reached) if len(reached) <= ENOUGH else ()

    def _same(self, cases: Iterable[_Held]) -> dict[int, Resolution]:
        """Those whose number and name lead to one party, which nothing speaks against."""
        found = {}
        for at, asked, parties in cases:
            if len(parties) > 1:
                continue
            (party, name), *_ = parties
            weighed = same_name(asked.side, self._side(party, name), party)
            case = self._case(asked, [weighed]) if weighed else None
            answer = undisputed(case) if case else None
            if answer is not None:
                found[at] = answer
        return found

    def _answers(self, cases: Sequence[_Held]) -> dict[int, Resolution]:
        """The answer to each question, held against its parties, by its place."""
        found = {}
        for start in range(0, len(cases), TOGETHER):
            some = cases[start : start + TOGETHER]
            weighed = self._weighed(
                [asked.side for _, asked, _ in some], [parties for _, _, parties in some]
            )
            for (at, asked, _), candidates in zip(some, weighed, strict=True):
                found[at] = resolve(self._case(asked, candidates))
        return found

    def _case(self, asked: _Question, weighed: Sequence[Weighed]) -> Case:
        return case_of(
            asked.side.record,
            weighed,
            self._limits,
            warnings=asked.warnings,
            invalid=asked.invalid,
            nowhere=asked.nowhere,
            swapped=asked.swapped,
        )

    def _weighed(
        self, asked: Sequence[Side], parties: Sequence[Sequence[Found]]
    ) -> Iterator[list[Weighed]]:
        """The candidates of each weighed, each party once."""
        found = [dict(reversed(some)) for some in parties]
        sides = [[self._side(party, name) for party, name in by.items()] for by in found]
        scored = self._scorer.score_all(zip(asked, sides, strict=True))
        for by, some in zip(found, scored, strict=True):
            yield [self._candidate(party, one) for party, one in zip(by, some, strict=True)]

    def _candidate(self, party: int, found: Scored) -> Weighed:
        """A candidate with what speaks for and against it, where anybody will look at that."""
        record, initials = found.pair.candidate.record, found.initials
        numbers = found.pair.query.record.identifiers and record.identifiers
        looked = initials or numbers or found.probability >= self._limits.candidate
        evidence = self._scorer.evidence(found) if looked else ()
        return Weighed(party, record, found.name, found.probability, evidence, initials)

    def _turned(self, asked: Sequence[tuple[int, _Question]]) -> dict[int, Resolution]:
        """What is found by the addresses of those who are like nobody, where anybody is."""
        turned = [_turned(one) for _, one in asked]
        places = (at for at, _ in asked)
        again = self._answers(list(zip(places, turned, self._search(turned), strict=True)))
        return {at: one for at, one in again.items() if one.answer is not Answer.NONE}


def _is_settled(who: Resolution) -> bool:
    """Is it a match by a number that settles? One that only supports leaves others possible."""
    return who.match is not None and any(who.match.settles())


def _is_nobody(asked: _Question, who: Resolution) -> bool:
    """Is it like nobody, though an address may be its name?

    So it may be where a digit stands in the name, or a legal form in the address.
    """
    if who.answer is not Answer.NONE or not asked.side.record.addresses:
        return False
    record = asked.side.record
    numbered = any(any(map(str.isdigit, name)) for name in record.names)
    return numbered or any(name_form(one).form for one in record.addresses)


def _turned(asked: _Question) -> _Question:
    """The same record with names and addresses in each other's place."""
    record = asked.side.record
    turned = replace(record, names=record.addresses, addresses=record.names)
    return replace(asked, side=side(turned), swapped=True)


def matched_by(identifiers: Sequence[Identifier], who: Resolution) -> str:
    """By which of the numbers asked by a match was found: its kind, or ``name`` for none."""
    match = who.match
    if not identifiers or match is None or not any(match.settles()):
        return "name"
    alone = len(identifiers) == 1
    common = identifiers[0] if alone else agreeing(identifiers, match.record.identifiers)
    return _WORDS.get(common.scheme, "register") if common else "register"
