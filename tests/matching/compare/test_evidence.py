"""What each fact says of two records, in words, for, against, or neither."""

from __future__ import annotations

import pytest

from clearance.matching.compare.address import one_place
from clearance.matching.compare.contacts import FACTS, Fact, log_odds
from clearance.matching.compare.pairs import pair
from clearance.matching.compare.sides import side
from clearance.matching.evidence import Agrees, Evidence, EvidenceKind
from clearance.matching.rarity import rarity
from clearance.matching.tell import evidence
from clearance.model.party import LEI, Identifier
from clearance.model.record import Record

FOR, AGAINST, NEUTRAL = Agrees.FOR, Agrees.AGAINST, Agrees.NEUTRAL
RARE = rarity(lambda _word: 0, 0, {})
GOOD, OTHER = "213800WAVVOPS85N2205", "529900T8BM49AURSDO55"


def told(query: Record, candidate: Record) -> dict[EvidenceKind, Evidence]:
    return {one.kind: one for one in evidence(pair(side(query), side(candidate), RARE))}


def record(
    name: str = "Talomi Optics Ltd",
    countries: tuple[str, ...] = (),
    addresses: tuple[str, ...] = (),
    phones: tuple[str, ...] = (),
) -> Record:
    return Record("r", (name,), countries=countries, addresses=addresses, phones=phones)


NAMES = [
    ("Talomi Optics Ltd", "Talomi Optics Ltd", FOR),
    ("Talomi Optics Ltd", "OPTICS TALOMI LIMITED", FOR),
    ("Таломи Оптикс", "Talomi Optiks", FOR),
    ("talomioptics", "Talomi Optics", FOR),
    ("Talomi Optics", "Brevka Foods", AGAINST),
    ("Talomi", "Talomi Brevka Stelu", NEUTRAL),
]


@pytest.mark.parametrize(("query", "candidate", "agrees"), NAMES)
def test_names(query: str, candidate: str, agrees: Agrees) -> None:
    found = told(record(query), record(candidate))[EvidenceKind.NAME]
    assert found.agrees is agrees
    assert (found.weight >= 0.75) is (agrees is FOR)


SLIPS = [
    ("Tlaomi Optics", "Talomi Optics", FOR),
    ("Tlaomi Otpics Ltd", "Optics Talomi", FOR),
    ("Talomi Optics", "Talomi Optics", None),
    ("Telomi Optics", "Talomi Optics", None),
    ("Talmi Optics", "Talomi Optics", None),
    ("Tlaomi Optics", "Talomi Optics Brevka", None),
    ("Tlaomi Oprics", "Talomi Optics", None),
    ("Abba Optics", "Baba Optics", None),
    ("Talomi Optics 51712", "Talomi Optics 51172", None),
]


@pytest.mark.parametrize(("query", "candidate", "agrees"), SLIPS)
def test_letters_that_changed_places(query: str, candidate: str, agrees: Agrees | None) -> None:
    found = told(record(query), record(candidate)).get(EvidenceKind.SPELLING)
    assert (found.agrees if found else None) is agrees


NUMBERS = [
    ("Talomi Fund II", "Talomi Fund 2", FOR),
    ("Talomi Fund Two", "Talomi Fund II", FOR),
    ("Talomi Fund II", "Talomi Fund III", AGAINST),
    ("Talomi Fund II", "Talomi Fund", AGAINST),
    ("Talomi Fund", "Talomi Fund", None),
]


@pytest.mark.parametrize(("query", "candidate", "agrees"), NUMBERS)
def test_numbers_in_names(query: str, candidate: str, agrees: Agrees | None) -> None:
    found = told(record(query), record(candidate)).get(EvidenceKind.NUMBER)
    assert (found.agrees if found else None) is agrees


FORMS = [
    ("Talomi Ltd", "Talomi Limited", FOR),
    ("Talomi GmbH", "Talomi AG", AGAINST),
    ("Talomi", "Talomi AG", NEUTRAL),
    ("Talomi Co., Ltd.", "Talomi Ltd", NEUTRAL),
    ("Talomi", "Talomi", None),
]


@pytest.mark.parametrize(("query", "candidate", "agrees"), FORMS)
def test_legal_forms(query: str, candidate: str, agrees: Agrees | None) -> None:
    found = told(record(query), record(candidate)).get(EvidenceKind.LEGAL_FORM)
    assert (found.agrees if found else None) is agrees


COUNTRIES = [
    (("XA",), ("XA",), FOR),
    (("XA-01",), ("XA",), FOR),
    (("XA", "XB"), ("XB",), FOR),
    (("XA",), ("XB",), AGAINST),
    ((), ("XB",), NEUTRAL),
    ((), (), NEUTRAL),
]


@pytest.mark.parametrize(("query", "candidate", "agrees"), COUNTRIES)
def test_countries(query: tuple[str, ...], candidate: tuple[str, ...], agrees: Agrees) -> None:
    sides = record(countries=query), record(countries=candidate)
    assert told(*sides)[EvidenceKind.COUNTRY].agrees is agrees


MILL = "12 Mill Road, Brevkaton"
ADDRESS, DOMAIN, PHONE = EvidenceKind.ADDRESS, EvidenceKind.DOMAIN, EvidenceKind.PHONE
REACHED = [
    ("addresses", ADDRESS, "12 Mill Road, Brevkaton 4711", "12 Mill Rd., Brevkaton", FOR),
    ("addresses", ADDRESS, MILL, "14 Mill Road, Brevkaton", AGAINST),
    ("addresses", ADDRESS, "Brevkaton", "Brevkaton", NEUTRAL),
    ("addresses", ADDRESS, MILL, "", NEUTRAL),
    ("addresses", ADDRESS, MILL, "\udcff" + MILL, FOR),
    ("websites", DOMAIN, "https://www.talomi.example/a", "info@talomi.example", FOR),
    ("websites", DOMAIN, "https://www.talomi.co.uk/a", "info@talomi.co.uk", FOR),
    ("websites", DOMAIN, "https://www.talomi.co.uk/a", "https://www.brevka.co.uk/a", AGAINST),
    ("websites", DOMAIN, "talomi.example", "brevka.example", AGAINST),
    ("websites", DOMAIN, "talomi@gmail.com", "brevka@gmail.com", None),
    ("websites", DOMAIN, "talomi.example", "", NEUTRAL),
    ("websites", DOMAIN, "192.0.2.7", "localhost", None),
    ("phones", PHONE, "+44 20 7946 0018", "+442079460018", FOR),
    ("phones", PHONE, "+44 20 7946 0018", "+44 20 7946 0019", NEUTRAL),
    ("phones", PHONE, "ask for us", "+44 20 7946 0019", NEUTRAL),
]


@pytest.mark.parametrize(("field", "kind", "query", "candidate", "agrees"), REACHED)
def test_how_somebody_is_reached(
    field: str, kind: EvidenceKind, query: str, candidate: str, agrees: Agrees | None
) -> None:
    stated = {text: (text,) if text else () for text in (query, candidate)}
    sides = [
        Record(
            "r",
            addresses=stated[text] if field == "addresses" else (),
            websites=stated[text] if field == "websites" else (),
            phones=stated[text] if field == "phones" else (),
        )
        for text in (query, candidate)
    ]
    found = told(*sides).get(kind)
    assert (found.agrees if found else None) is agrees


def identified(*numbers: tuple[str, str]) -> Record:
    return Record("r", ("Talomi",), identifiers=tuple(Identifier(*one) for one in numbers))


IDENTIFIERS = [
    (((LEI, GOOD),), ((LEI, GOOD.lower()),), FOR, True),
    (((LEI, GOOD),), ((LEI, OTHER),), AGAINST, True),
    (((LEI, GOOD),), (("XA-REG", "77"),), None, False),
    ((("VAT", "XA77"),), (("VAT", "XA 77"),), FOR, False),
    ((("VAT", "XA77"),), (("VAT", "XA78"),), None, False),
    (((LEI, GOOD[:-1] + "9"),), ((LEI, GOOD[:-1] + "9"),), None, False),
]


@pytest.mark.parametrize(("query", "candidate", "agrees", "strong"), IDENTIFIERS)
def test_numbers_of_registers(
    query: tuple[tuple[str, str], ...],
    candidate: tuple[tuple[str, str], ...],
    agrees: Agrees | None,
    strong: bool,
) -> None:
    found = told(identified(*query), identified(*candidate)).get(EvidenceKind.IDENTIFIER)
    assert (found.agrees if found else None) is agrees
    assert found is None or found.strong is strong


def test_a_nameless_record_has_no_evidence_of_names() -> None:
    assert EvidenceKind.NAME not in told(Record("r"), record())


def test_of_several_names_the_two_most_alike_are_compared() -> None:
    many = Record("r", ("Brevka Foods", "Таломи Оптикс", "Stelu Lines"))
    assert "Talomi Optics" in told(record("Talomi Optics"), many)[EvidenceKind.NAME].text


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_what_agrees_adds_and_what_differs_takes_away(fact: Fact) -> None:
    assert fact.agree[0] > fact.agree[1]
    assert fact.differ[0] < fact.differ[1]


def test_facts_that_one_side_lacks_move_nothing() -> None:
    full = record(addresses=("12 Mill Road, Brevkaton",), phones=("+44 20 7946 0018",))
    assert log_odds(full, record()) == log_odds(record(), full) == 0.0
    assert log_odds(full, full) > 0.0 > log_odds(full, record(addresses=("9 Other Way, Stelu",)))


def test_of_several_addresses_the_two_that_are_one_place_are_named() -> None:
    query = record(addresses=("3 Elm Street, Elmford", MILL))
    held = "12 Mill Rd., Brevkaton"
    assert one_place(query, record(addresses=("98 Cedar Road, Cedarville", held))) == (MILL, held)
    assert one_place(query, record(addresses=("98 Cedar Road, Cedarville",))) is None
    assert one_place(query, record()) is None
