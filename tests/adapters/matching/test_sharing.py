"""Several processes give the answers of one, in its order, and fail as one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pytest

from clearance.adapters.matching.sharing import LOT, answered
from clearance.matching.resolution import Answer, Because, Resolution
from clearance.model.customer import Customer
from clearance.model.errors import IntegrityError
from clearance.model.record import Record


class Echo:
    """Answers with the record's id and who answered; breaks over one named ``broken``."""

    def resolve(self, records: Sequence[Record]) -> Sequence[Resolution]:
        if any(record.id == "broken" for record in records):
            raise IntegrityError("a page is damaged", file="names")
        told = Because("by", str(os.getpid()))
        return [Resolution(Answer.NONE, reasons=(Because("id", one.id), told)) for one in records]

    def stream(self, records: Iterable[Record]) -> Iterator[Resolution]:
        return iter(self.resolve(list(records)))


def numbered(size: int) -> list[Customer]:
    return [Customer(str(at)) for at in range(size)]


@pytest.mark.parametrize("size", [0, 1, LOT - 1, LOT, LOT + 1, 20 * LOT + 7])
@pytest.mark.parametrize("others", [0, 1, 2, None])
def test_answers_come_in_the_order_of_the_customers(size: int, others: int | None) -> None:
    customers = numbered(size)
    answers = list(answered(Echo(), customers, lambda who: who, others))
    assert [one.reasons[0].text for one in answers] == [one.id for one in customers]


def test_what_is_wanted_is_made_where_it_was_found() -> None:
    makers = set(answered(Echo(), numbered(4 * LOT), lambda who: os.getpid(), 2))
    answerers = set(answered(Echo(), numbered(4 * LOT), lambda who: who.reasons[1].text, 2))
    assert os.getpid() not in makers
    assert str(os.getpid()) not in answerers


@pytest.mark.parametrize("at", [0, 5 * LOT, 9 * LOT + 1])
@pytest.mark.parametrize("others", [0, 1])
def test_a_failure_is_the_runs_failure(at: int, others: int) -> None:
    customers = numbered(10 * LOT)
    customers[at] = Customer("broken")
    with pytest.raises(IntegrityError, match="damaged"):
        list(answered(Echo(), customers, lambda who: who, others))
