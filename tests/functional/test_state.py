"""``clearance state`` as a user runs it: filled, judged again from it, copied and exported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.functional.test_screen import POLICY, clearance, results, screen, world

from clearance.adapters.policies.loaded import load_policy
from clearance.adapters.policies.reading import codes
from clearance.adapters.sql.store import Store
from clearance.model.customer import Customer
from clearance.model.dates import day_of
from clearance.model.party import Party
from clearance.policy.facts import UNIDENTIFIED, facts_of
from clearance.policy.judging.decide import Judge
from clearance.usecases.found import Found, asked

__all__ = ["world"]
DAY = day_of("2025-09-05")


@pytest.fixture(scope="module")
def state(world: Path) -> Path:
    """A state with the customers of the world and what screening found of them."""
    screen(world, "screened")
    for words in (
        ("init", "state.db"),
        ("import-customers", "state.db", "customers.csv"),
        ("import-screening", "state.db", "screened"),
    ):
        done = clearance(world, "state", *words)
        assert (done.returncode, done.stderr) == (0, "")
    return world / "state.db"


def judged(state: Path, world: Path) -> Mapping[str, str]:
    """Every customer's outcome, from the state alone."""
    loaded = load_policy(POLICY, str(world / "regions.toml"))
    judge, store = Judge(loaded.policy, codes()), Store.open(str(state))
    with store.look() as look:
        screened = look.screened(loaded.rules, asked(loaded.policy, loaded.rules))
        found = {span.value.customer: span.value for span in screened}
        customers = {span.value.id: span.value for span in look.customers()}
    store.close()
    return {id: outcome(judge, one, found[id]) for id, one in customers.items()}


def outcome(judge: Judge, customer: Customer, found: Found) -> str:
    """What the policy says of one customer on what is kept of it."""
    register = Party(
        "",
        jurisdiction=found.register_incorporation,
        headquarters=found.register_headquarters,
    )
    facts = facts_of(customer, register, found.unidentified, found.doubt or UNIDENTIFIED)
    return judge.decide(facts, found.standings, DAY).outcome.word


def test_what_is_kept_of_a_screening_is_judged_as_the_screening_judged(
    world: Path, state: Path
) -> None:
    screened = {id: one["outcome"] for id, one in results(world / "screened").items()}
    assert judged(state, world) == screened


def test_answers_to_another_question_are_not_taken(world: Path, state: Path) -> None:
    other = (world / "regions.toml").read_text().replace("XA", "XB")
    (world / "others").mkdir()
    (world / "others" / "regions.toml").write_text(other)
    assert set(judged(state, world / "others").values()) == {"review"}


def test_a_screening_is_imported_once(world: Path, state: Path) -> None:
    done = clearance(world, "state", "import-screening", str(state), "screened")
    assert (done.returncode, "is imported already" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("init", "state.db"), "holds a state already"),
        (("migrate", "nothing.db"), "holds no state"),
        (("import-customers", "nothing.db", "customers.csv"), "no such database"),
        (("import-customers", "state.db", "parties.csv"), "unknown column"),
        (("import-screening", "state.db", "snapshot"), "no standings there"),
        (("import-accounts", "state.db", "customers.csv"), "unknown column"),
        (("copy", "nothing.db", "new.db"), "no such database"),
        (("copy", "state.db", "state.db"), "holds a state already"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_used_is_told_and_changes_nothing(
    world: Path, state: Path, words: tuple[str, ...], message: str
) -> None:
    before = state.read_bytes()
    done = clearance(world, "state", *words)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
    assert state.read_bytes() == before
    assert not (world / "nothing.db").exists()


def test_a_copy_on_the_other_engine_and_back_holds_the_same(
    world: Path, state: Path, postgres: str
) -> None:
    assert clearance(world, "state", "copy", str(state), postgres).returncode == 0
    assert clearance(world, "state", "copy", postgres, "back.db").returncode == 0
    assert judged(world / "back.db", world) == judged(state, world)
    for name, out in ((str(state), "one"), (postgres, "two"), ("back.db", "three")):
        assert clearance(world, "state", "export", name, out).returncode == 0
    files = [
        {f.name: f.read_bytes() for f in (world / out).iterdir()} for out in ("one", "two", "three")
    ]
    assert files[0] == files[1] == files[2]
    more = world / "more.csv"
    more.write_text("id,customer\na1,c1\n")
    done = clearance(world, "state", "import-accounts", postgres, "more.csv")
    assert (done.returncode, done.stdout) == (0, "1 rows changed\n")
    customers = [json.loads(line) for line in files[0]["customer.jsonl"].splitlines()]
    assert [one["id"] for one in customers] == ["c1", "c2", "c3", "c4", "c5"]
