"""Releases in the database: the state machine's rules, held in one transaction."""

from __future__ import annotations

import pytest

from clearance.adapters.policies.bundle import bundle
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.outbox import waiting
from clearance.adapters.sql.releases import draft, take_step
from clearance.adapters.sql.store import Store
from clearance.model.errors import InputError
from clearance.usecases.releases import Act, State

POLICY = bundle("provider-regions-2025-09-05")
DIGEST = POLICY.digest


def step(database: Database, by: str, act: Act, evidence: str, number: int = 1) -> State:
    with changing(database, by) as change:
        return take_step(change, "regions", number, act, evidence).state


@pytest.fixture
def drafted(database: Database) -> Database:
    with changing(database, "Ada") as change:
        draft(change, "regions", POLICY, "first")
    return database


def test_a_policy_goes_its_way_and_comes_back_with_every_step(drafted: Database) -> None:
    store = Store(drafted)
    before = store.generation()
    assert step(drafted, "Ada", Act.VALIDATE, DIGEST) is State.VALIDATED
    assert step(drafted, "Ada", Act.IMPACT, "report") is State.IMPACT_RUN
    assert store.generation() == before
    assert step(drafted, "Bo", Act.APPROVE, "report") is State.APPROVED
    assert store.generation() == before + 1
    with store.look() as look:
        (release,) = look.releases()
        assert look.bundle(release.digest) == POLICY.document
        assert look.bundle("nothing") is None
    assert [one.by for one in release.steps] == ["Ada", "Ada", "Ada", "Bo"]
    assert release.effective is not None


def test_its_author_cannot_approve_it_and_nothing_is_kept_of_the_attempt(
    drafted: Database,
) -> None:
    step(drafted, "Ada", Act.VALIDATE, DIGEST)
    step(drafted, "Ada", Act.IMPACT, "report")
    with pytest.raises(InputError, match="second person"):
        step(drafted, "ada", Act.APPROVE, "report")
    with Store(drafted).look() as look:
        assert look.releases()[0].state is State.IMPACT_RUN


@pytest.mark.parametrize(
    ("act", "evidence", "number", "message"),
    [
        (Act.APPROVE, DIGEST, 1, "no approve now"),
        (Act.VALIDATE, "another", 1, "rests on another"),
        (Act.VALIDATE, DIGEST, 2, "no release regions/2"),
    ],
)
def test_a_step_out_of_order_is_refused(
    drafted: Database, act: Act, evidence: str, number: int, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        step(drafted, "Bo", act, evidence, number)


def test_releases_of_a_series_are_counted_and_a_bundle_is_kept_once(drafted: Database) -> None:
    with changing(drafted, "Bo") as change:
        assert draft(change, "regions", POLICY).number == 2
        assert draft(change, "others", POLICY).number == 1
        with pytest.raises(InputError, match="no name"):
            draft(change, " ", POLICY)


def test_every_step_waits_for_the_log_with_its_person_sealed(drafted: Database) -> None:
    (entry,) = waiting(drafted)
    assert (entry.kind, entry.sealed) == ("policy_release", {"by": "Ada"})
    assert b"Ada" not in entry.body
