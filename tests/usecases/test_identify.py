"""Which party a customer is, and what is said where that is not known."""

from __future__ import annotations

import pytest
from tests.fakes.rows import FakeRows

from clearance.model.customer import Customer
from clearance.model.party import LEI, Identifier, Party
from clearance.usecases.identify import (
    AMBIGUOUS,
    CONTRADICTING,
    UNIDENTIFIED,
    identify,
)

ALDER_LEI = Identifier(LEI, "ALDER")
BIRCH_LEI = Identifier(LEI, "BIRCH")
ALDER_NO = Identifier("XA-REG", "1")
BIRCH_NO = Identifier("XB-REG", "2")
NOWHERE = Identifier(LEI, "NOWHERE")
PARTIES = FakeRows(
    [
        Party("p1", "Alder", jurisdiction="XA", identifiers=(ALDER_LEI, ALDER_NO)),
        Party("p2", "Birch", jurisdiction="XB", identifiers=(BIRCH_LEI, BIRCH_NO)),
        Party("p3", "Twin", jurisdiction="XC"),
        Party("p4", "Twin", jurisdiction="XC"),
        Party("p5", "Elm", jurisdiction="XD", identifiers=(Identifier("XD-REG", "9"),)),
        Party("p6", "Split", jurisdiction="XE", identifiers=(Identifier("XE-REG", "7"),)),
        Party("p7", "Split", jurisdiction="XF", identifiers=(Identifier("XE-REG", "7"),)),
    ]
)


@pytest.mark.parametrize(
    ("customer", "party", "by"),
    [
        (Customer("c", identifiers=(ALDER_LEI,)), "p1", "lei"),
        (Customer("c", "Birch", "XB", identifiers=(ALDER_LEI,)), "p1", "lei"),
        (Customer("c", identifiers=(BIRCH_NO,)), "p2", "register"),
        (Customer("c", identifiers=(ALDER_LEI, ALDER_NO)), "p1", "lei"),
        (Customer("c", identifiers=(NOWHERE, ALDER_NO)), "p1", "register"),
        (Customer("c", "alder", "XA"), "p1", "name"),
        (Customer("c", "Elm", "XD", identifiers=(NOWHERE,)), "p5", "name"),
    ],
)
def test_a_customer_is_found(customer: Customer, party: str, by: str) -> None:
    (found,) = identify([customer], PARTIES)
    assert (PARTIES.id(found.party), found.matched, found.problem) == (party, by, "")


@pytest.mark.parametrize(
    ("customer", "problem", "why"),
    [
        (Customer("c"), UNIDENTIFIED, "no name given"),
        (Customer("c", "Alder"), UNIDENTIFIED, "no country given"),
        (Customer("c", "Alder", "XB"), UNIDENTIFIED, "no party in XB has that name"),
        (Customer("c", identifiers=(NOWHERE,)), UNIDENTIFIED, "XI-LEI NOWHERE is not known"),
        (Customer("c", "Twin", "XC"), AMBIGUOUS, "2 parties in XC have that name"),
        (Customer("c", identifiers=(ALDER_LEI, BIRCH_NO)), CONTRADICTING, "2 different parties"),
        (
            Customer("c", "Elm", "XD", identifiers=(Identifier("XD-REG", "8"),)),
            CONTRADICTING,
            "carries XD-REG 9, not 8",
        ),
        (
            Customer("c", identifiers=(Identifier("XE-REG", "7"),)),
            CONTRADICTING,
            "2 different parties",
        ),
    ],
)
def test_a_customer_who_is_not_found_says_why(customer: Customer, problem: str, why: str) -> None:
    (found,) = identify([customer], PARTIES)
    assert (found.party, found.problem) == (-1, problem)
    assert why in found.why


def test_answers_stand_in_the_order_of_the_questions() -> None:
    customers = [
        Customer("a", "Birch", "XB"),
        Customer("b"),
        Customer("c", identifiers=(ALDER_LEI,)),
        Customer("d", "Alder", "XA"),
    ]
    assert [one.party for one in identify(customers, PARTIES)] == [1, -1, 0, 0]
