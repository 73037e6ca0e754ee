"""People's judgements as questions: what is asked, what is known, what is learned."""

from __future__ import annotations

from collections.abc import Sequence

from clearance.matching.candidates import ENOUGH, Candidate, Sought
from clearance.matching.judgement import Judged, Judgement
from clearance.matching.rarity import rarity
from clearance.model.party import Identifier, PartyKind
from clearance.model.record import Record
from clearance.usecases.asked import Question, answered, examples, judged_questions

SAME, DIFFERENT, UNSURE = Judgement.SAME, Judgement.DIFFERENT, Judgement.UNSURE
NAMES = ("Talomi Optics", "Talomi Foods", "Brevka Lines")
RARE = rarity(lambda _word: 0, 0, {})


class Source:
    """A source that finds everybody for everybody, in order of party."""

    names = len(NAMES)

    def by_identifiers(self, identifiers: Sequence[Identifier]) -> Sequence[Sequence[int]]:
        return [() for _ in identifiers]

    def by_domains(self, domains: Sequence[str]) -> Sequence[Sequence[int]]:
        return [() for _ in domains]

    def search(
        self, sought: Sequence[Sought], limit: int = ENOUGH, far: float = 0.0
    ) -> Sequence[Sequence[Candidate]]:
        return [[Candidate(at, name, 1.0) for at, name in enumerate(NAMES)] for _ in sought]

    def record(self, party: int, name: str = "") -> Record:
        return Record(f"P{party}", (NAMES[party],), PartyKind.ENTITY)

    def count(self, word: str) -> int:
        return 0


CUSTOMERS = {"C1": Record("C1", ("Talomi Otpics",)), "C2": Record("C2", ("Brevka",))}


def asked(*judged: tuple[str, str, Judgement]) -> list[Question]:
    parties = {f"P{at}": at for at in range(len(NAMES))}
    said = [Judged(*one) for one in judged]
    return list(judged_questions(said, CUSTOMERS, parties.get, Source()))


def test_who_is_the_same_as_one_candidate_is_no_other() -> None:
    (one,) = asked(("P0", "C1", SAME))
    assert (one.right, one.present, one.known) == (0, True, None)
    assert examples([one], RARE).matches.tolist() == [True, False, False]


def test_who_was_only_told_apart_teaches_only_what_was_looked_at() -> None:
    (one,) = asked(("P1", "C1", DIFFERENT))
    assert (one.right, one.present, one.known) == (-1, False, frozenset({1}))
    assert examples([one], RARE).matches.tolist() == [False]


def test_a_best_candidate_that_nobody_looked_at_is_not_counted() -> None:
    found = answered(asked(("P1", "C1", DIFFERENT)), lambda _query, _others: (0.9, 0.5, 0.1))
    assert (len(found.outcomes), found.unknown) == (0, 1)
    found = answered(asked(("P1", "C1", DIFFERENT)), lambda _query, _others: (0.1, 0.5, 0.1))
    assert (found.outcomes.right.tolist(), found.unknown) == ([False], 0)


def test_a_judgement_may_name_the_customer_first_or_second() -> None:
    assert asked(("C1", "P0", SAME)) == asked(("P0", "C1", SAME))


def test_a_party_is_never_its_own_candidate() -> None:
    (one,) = asked(("P1", "P0", DIFFERENT))
    assert one.query.record.id == "P1"
    assert [other.record.id for other in one.candidates] == ["P0", "P2"]


def test_what_nobody_could_tell_and_whom_nobody_knows_are_passed_over() -> None:
    assert asked(("P0", "C1", UNSURE), ("P9", "C1", SAME), ("X1", "X2", SAME)) == []


def test_questions_come_in_the_order_of_who_is_asked_about() -> None:
    found = asked(("P2", "C2", SAME), ("P0", "C1", SAME))
    assert [one.query.record.id for one in found] == ["C1", "C2"]
    assert found[0].labels == ("kind entity", "script Latin", "no country", "name only")
