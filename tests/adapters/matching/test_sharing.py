"""Several processes give the answers of one, in its order, and fail as one."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from clearance.adapters.matching.sharing import Shared
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


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 100])
@pytest.mark.parametrize("others", [1, 2])
def test_answers_come_in_the_order_of_the_records(size: int, others: int) -> None:
    records = [Record(str(at)) for at in range(size)]
    with Shared(Echo(), others) as resolver:
        for _ in range(2):
            answers = resolver.resolve(records)
            assert [one.reasons[0].text for one in answers] == [one.id for one in records]
    assert len({one.reasons[1].text for one in answers}) == min(size, others + 1)


@pytest.mark.parametrize("at", [0, 1], ids=["here", "there"])
def test_a_failure_is_the_runs_failure(at: int) -> None:
    records = [Record("fine"), Record("fine")]
    records[at] = Record("broken")
    with Shared(Echo(), 1) as resolver, pytest.raises(IntegrityError, match="damaged"):
        resolver.resolve(records)
