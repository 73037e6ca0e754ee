"""A newer generation takes the older one's place: nothing is dropped, and no answer mixes two."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.service.scene import POLICY, asking, generation, scene

from clearance.adapters.policies.bundle import Bundle, bundle
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.portfolio import put_screening
from clearance.bootstrap.serving import Generation, Loader, Sources
from clearance.model.customer import Customer
from clearance.model.errors import InputError, IntegrityError
from clearance.service.serve import Renewal
from clearance.usecases.found import Run

MANY = 2_000
NETWORKS = Path(__file__).parents[1] / "data" / "networks" / "golden.mmdb"


@dataclass
class Turns:
    """Makes generations in turn: in one every account is refused under one policy, in the next
    every account is served under another."""

    policies: tuple[Bundle, Bundle]
    made: int = 0
    broken: bool = False

    def number(self) -> int:
        return self.made + 1

    def load(self) -> Generation:
        if self.broken:
            raise InputError("a policy has a mistake")
        self.made += 1
        code = "XA" if self.made % 2 else "XC"
        customers = [Customer(f"c-{n}", headquarters=code) for n in range(MANY)]
        return generation(self.policies[self.made % 2], customers, self.made)


@dataclass
class Heard:
    events: list[str] = field(default_factory=list)

    def __call__(self, event: str, said: Any) -> None:
        self.events.append(event)


def two_policies(folder: Path) -> tuple[Bundle, Bundle]:
    text = POLICY.read_text()
    other = folder / "other.toml"
    other.write_text(text.replace('id = "tests"', 'id = "other"', 1))
    return bundle(str(POLICY)), bundle(str(other))


def test_no_request_is_dropped_and_none_is_torn_while_generations_change(tmp_path: Path) -> None:
    here = scene()
    turns = Turns(two_policies(tmp_path))
    here.desk.generation = turns.load()
    renewal = Renewal(here.desk, turns, 0.0, Heard())  # type: ignore[arg-type]
    asked = [orjson.dumps(asking(f"{n}", ip="192.0.2.1")) for n in range(MANY)]
    fitting = {("other", "deny"), ("tests", "allow")}
    seen: set[tuple[str, str]] = set()
    answers = 0
    renewal.start()
    until = time.monotonic() + 20
    while turns.made < 12 and time.monotonic() < until:
        for body in asked[answers % 50 :: 50]:
            reply = here.reply(
                "POST", "/access/v1/evaluation", body, content_type="application/json"
            )
            told = orjson.loads(reply.body)["context"]
            seen.add((told["policy"]["id"], told["outcome"]))
            answers += 1
    renewal.end()
    assert seen == fitting
    assert here.desk.counts.failed == 0
    assert answers == len(here.log.leaves)
    for entry in here.log.entries():
        body_: Any = entry.body
        assert body_["facts"] in here.log.kept
        assert (body_["policy"]["id"], body_["outcome"]) in fitting


def test_a_generation_that_cannot_be_made_leaves_the_older_one(tmp_path: Path) -> None:
    here = scene()
    turns = Turns(two_policies(tmp_path))
    here.desk.generation = before = turns.load()
    turns.broken = True
    heard = Heard()
    renewal = Renewal(here.desk, turns, 0.01, heard)  # type: ignore[arg-type]
    renewal.start()
    while not heard.events:
        time.sleep(0.005)
    renewal.end()
    assert here.desk.generation is before
    assert set(heard.events) == {"generation_failed"}


def test_nothing_is_made_where_nothing_changed_unless_it_is_asked_for(tmp_path: Path) -> None:
    here = scene()
    turns = Turns(two_policies(tmp_path))
    here.desk.generation = turns.load()
    still = threading.Event()

    class Same(Turns):
        def number(self) -> int:
            still.set()
            return self.made

    same = Same(turns.policies, turns.made)
    renewal = Renewal(here.desk, same, 0.01, Heard())  # type: ignore[arg-type]
    renewal.start()
    assert still.wait(5)
    assert same.made == 1
    renewal.ask()
    while same.made == 1:
        time.sleep(0.005)
    renewal.end()
    assert here.desk.generation.number == 2


def test_of_screenings_the_latest_is_the_one_whose_age_counts(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "state.db"))
    migrate(database)
    loader = Loader(Sources([str(POLICY)], database.place))
    assert loader.load().sources == []
    for id, day in (("first", 20_000), ("latest", 20_400), ("of an earlier day", 20_100)):
        with changing(database, "tester") as change:
            put_screening(change, Run(id, "tests", day, "snapshot", {}), [])
    assert loader.load().sources == [("screening", 20_400)]
    loader.close()
    database.close()


def test_a_database_of_networks_is_open_once_while_its_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "networks.mmdb"
    file.write_bytes(NETWORKS.read_bytes())
    loader = Loader(Sources([str(POLICY)], networks=file))
    generations = [loader.load() for _ in range(3)]
    assert Path("/proc/self/maps").read_text().count(str(file)) == 1
    assert all(one.sources == generations[0].sources != [] for one in generations)
    loader.close()


def test_a_database_of_networks_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    file, damaged = tmp_path / "networks.mmdb", tmp_path / "damaged"
    file.write_bytes(NETWORKS.read_bytes())
    loader = Loader(Sources([str(POLICY)], networks=file))
    loader.load()
    data = bytearray(NETWORKS.read_bytes())
    data[40] ^= 1
    damaged.write_bytes(data)
    damaged.rename(file)
    with pytest.raises(IntegrityError):
        loader.load()
    file.unlink()
    with pytest.raises(InputError, match="no such file"):
        loader.load()
    loader.close()
