"""Several processes answer as one would, in its order, and fail as it would."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import active_children
from pickle import PickleBuffer

import pytest

from clearance.adapters.in_lots import HELD, aside, in_lots, processes
from clearance.model.errors import StorageError


def doubled(lot: range) -> tuple[int, list[int]]:
    """Who worked, and what came of it."""
    return os.getpid(), [2 * one for one in lot]


def lots(count: int) -> Iterator[range]:
    return (range(3 * at, 3 * at + at % 3) for at in range(count))


def broken_at(place: int, lot: range) -> int:
    if lot.start == 3 * place:
        raise StorageError("the disk is full", file="proofs.jsonl")
    return lot.start


@pytest.mark.parametrize("count", [0, 1, 2, HELD, 5 * HELD + 1])
@pytest.mark.parametrize("others", [0, 1, 3])
def test_answers_come_in_the_order_of_the_lots(count: int, others: int) -> None:
    found = list(in_lots(doubled, lots(count), others))
    assert [one for _, one in found] == [doubled(lot)[1] for lot in lots(count)]
    assert (os.getpid() in {who for who, _ in found}) is (count > 0 and not others)


@pytest.mark.parametrize("others", [0, 1, 3])
def test_long_bytes_are_there_until_the_next_answer(others: int) -> None:
    many = 3 * HELD * max(others, 1) + 1
    done = in_lots(lambda lot: PickleBuffer(bytes([lot.start]) * 50_000), lots(many), others)
    found = [bytes(one) for one in done]
    assert found == [bytes([lot.start]) * 50_000 for lot in lots(many)]


def test_every_process_works() -> None:
    found = list(in_lots(doubled, lots(60), 3))
    assert len({who for who, _ in found}) == 3


def test_what_a_process_made_before_is_still_there() -> None:
    seen: list[int] = []

    def counting(lot: range) -> int:
        seen.append(lot.start)
        return len(seen)

    assert list(in_lots(counting, lots(5), 1)) == [1, 2, 3, 4, 5]
    assert not seen


def test_lots_are_dealt_as_they_are_needed() -> None:
    rest = lots(100)
    some = in_lots(doubled, rest, 2)
    next(some)
    some.close()
    assert len(list(rest)) >= 100 - 2 * HELD


@pytest.mark.parametrize("others", [0, 1, 3])
@pytest.mark.parametrize("place", [0, 1, 30])
def test_a_failure_there_is_a_failure_here_at_its_lot(place: int, others: int) -> None:
    done = in_lots(lambda lot: broken_at(place, lot), lots(40), others)
    assert [next(done) for _ in range(place)] == [3 * at for at in range(place)]
    with pytest.raises(StorageError, match=r"proofs\.jsonl: the disk is full"):
        next(done)


def test_a_process_that_is_killed_is_told_of() -> None:
    with pytest.raises(ChildProcessError, match="ended from outside"):
        list(in_lots(lambda lot: os._exit(9), lots(4), 2))


def test_a_stop_here_ends_the_others() -> None:
    before = set(active_children())
    done = in_lots(doubled, lots(9), 2)
    next(done)
    assert len(set(active_children()) - before) == 2
    done.close()
    assert set(active_children()) == before


@pytest.mark.parametrize(
    ("enough", "system", "cores", "expected"),
    [
        (True, "linux", {0, 1}, 2),
        (False, "linux", {0, 1}, 0),
        (True, "darwin", {0, 1}, 0),
        (True, "linux", {0}, 0),
    ],
)
def test_processes_are_used_where_they_pay(
    monkeypatch: pytest.MonkeyPatch, enough: bool, system: str, cores: set[int], expected: int
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: cores)
    assert processes(enough) == expected


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_is_done_aside_is_there_when_it_is_asked_for(elsewhere: bool) -> None:
    with aside(lambda: (os.getpid(), bytes(1 << 20)), elsewhere) as answer:
        who, what = answer()
    assert len(what) == 1 << 20
    assert (who != os.getpid()) is elsewhere


@pytest.mark.parametrize("elsewhere", [False, True])
def test_what_fails_aside_fails_here(elsewhere: bool) -> None:
    with (
        pytest.raises(StorageError, match=r"proofs\.jsonl: the disk is full"),
        aside(lambda: broken_at(0, range(3)), elsewhere) as answer,
    ):
        answer()


def test_what_nobody_waits_for_is_ended() -> None:
    before = set(active_children())
    with aside(lambda: time.sleep(600), True):
        assert set(active_children()) - before
    assert set(active_children()) <= before
