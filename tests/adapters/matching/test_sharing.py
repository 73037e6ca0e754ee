"""Several processes give the answers of one, in its order, and fail as one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

import pytest

from clearance.adapters.matching.sharing import HELD, LOT, Shared
from clearance.matching.resolution import Answer, Because, Resolution
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


def numbered(size: int) -> list[Record]:
    return [Record(str(at)) for at in range(size)]


@pytest.mark.parametrize("size", [0, 1, LOT - 1, LOT, LOT + 1, 20 * LOT + 7])
@pytest.mark.parametrize("others", [1, 2])
def test_answers_come_in_the_order_of_the_records(size: int, others: int) -> None:
    with Shared(Echo(), others) as resolver:
        for _ in range(2):
            answers = resolver.resolve(numbered(size))
            assert [one.reasons[0].text for one in answers] == [one.id for one in numbered(size)]


def test_others_answer_while_this_process_is_busy() -> None:
    with Shared(Echo(), 1) as resolver:
        answers = list(resolver.stream(numbered(4 * LOT)))
    answerers = {one.reasons[1].text for one in answers}
    assert answerers - {str(os.getpid())}


def test_records_are_taken_as_they_are_needed() -> None:
    rest = iter(numbered(100 * LOT))
    with Shared(Echo(), 1) as resolver:
        next(resolver.stream(rest))
    assert len(list(rest)) >= (100 - HELD) * LOT


@pytest.mark.parametrize("at", [0, 5 * LOT, 9 * LOT + 1])
def test_a_failure_is_the_runs_failure(at: int) -> None:
    records = numbered(10 * LOT)
    records[at] = Record("broken")
    with Shared(Echo(), 1) as resolver, pytest.raises(IntegrityError, match="damaged"):
        resolver.resolve(records)


def test_a_process_that_was_ended_is_told() -> None:
    with Shared(Echo(), 1) as resolver:
        for process in resolver._processes:
            process.kill()
            process.join()
        with pytest.raises(ChildProcessError, match="ended from outside"):
            resolver.resolve(numbered(3))
