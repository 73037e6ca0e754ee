"""A decision point in a few lines: accounts in a book, a clock that stands, and a log in memory.

| account | what is known of it |
|---|---|
| fine | headquarters XC |
| contract | headquarters XA: refused by contract |
| law | tax residence XA: refused by law |
| leaving | shipping XA, an enterprise: in wind-down, out on 2026-07-16 |
| resale | a reseller |
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from clearance.adapters.decisions.body import Recorder
from clearance.adapters.ledger.aside import unpacked
from clearance.adapters.ledger.store import Logged, Row
from clearance.adapters.network.addresses import plain
from clearance.adapters.policies.bundle import Bundle, bundle
from clearance.adapters.portfolio.phones import region_of
from clearance.bootstrap.serving import Generation
from clearance.ledger.entry import Entry, Sealed, entry
from clearance.ledger.tree import leaf_hash
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.errors import StorageError
from clearance.network.origin import Kind, Origin, Vote
from clearance.policy.judging.decide import Judge
from clearance.service.desk import Desk
from clearance.service.door import Door
from clearance.service.replies import Reply
from clearance.service.settings import Headers, Settings, networks
from clearance.service.wire import Request
from clearance.usecases.book import Book
from clearance.usecases.decide import Decider, Ready

POLICY = Path(__file__).parent / "policy.toml"
NOON = 1_772_366_400_000_000_000
"""2026-03-01T12:00:00Z in nanoseconds."""

PROXY = "203.0.113.9"
ORIGINS = {
    "192.0.2.1": Origin((Vote("a", "XC", as_of=20_000), Vote("b", "XC", as_of=20_000))),
    "192.0.2.66": Origin((Vote("a", "XC", kinds=(Kind.VPN,), as_of=20_000),)),
}
CUSTOMERS = (
    Customer("c-fine", headquarters="XC"),
    Customer("c-contract", headquarters="XA"),
    Customer("c-law", headquarters="XC", declared={"tax": "XA"}),
    Customer("c-leaving", headquarters="XC", segment="enterprise", declared={"shipping": "XA"}),
    Customer("c-resale", headquarters="XC"),
)


@dataclass
class MemoryLog:
    """Keeps what it is given; ``refuses`` as a full disk would."""

    leaves: dict[str, bytes] = field(default_factory=dict)
    sealed: dict[str, Sequence[Sealed]] = field(default_factory=dict)
    kept: dict[str, bytes] = field(default_factory=dict)
    refuses: bool = False
    waiting: list[Future[Logged]] = field(default_factory=list)
    by_hand: bool = False

    @property
    def trouble(self) -> str:
        return "the disk is full" if self.refuses else ""

    def promise(self, rows: Sequence[Row]) -> None:
        if self.refuses:
            raise StorageError("the disk is full", file="log")
        for row in rows:
            assert row.hash == leaf_hash(row.leaf)
            self.leaves[row.id] = row.leaf
            self.sealed[row.id] = unpacked(row.sealed)
            self.kept.update(row.evidence)

    def awaited(self, rows: Sequence[Row]) -> list[Future[Logged]]:
        self.promise(rows)
        futures = [Future[Logged]() for _ in rows]
        if self.by_hand:
            self.waiting += futures
        else:
            for at, (row, awaited) in enumerate(zip(rows, futures, strict=True), 1):
                index = len(self.leaves) - 1 - len(rows) + at
                awaited.set_result(Logged(index, row.hash, b"receipt of " + row.id.encode()))
        return futures

    def entries(self) -> list[Entry]:
        return [entry(leaf) for leaf in self.leaves.values()]


def book(made: Bundle, customers: Sequence[Customer] = CUSTOMERS) -> Book:
    accounts = {
        one.id.removeprefix("c-"): Account(
            one.id.removeprefix("c-"), one.id, channel="reseller" if one.id == "c-resale" else ""
        )
        for one in customers
    }
    policy = made.loaded.policy
    ready = Ready(
        policy.id, made.digest, Judge(policy, made.codes), 0, policy.appeal, policy.blocked_by
    )
    return Book(accounts, {one.id: one for one in customers}, {}, {}, {}, [ready])


def generation(
    made: Bundle | None = None, customers: Sequence[Customer] = CUSTOMERS, number: int = 1
) -> Generation:
    made = made or bundle(str(POLICY))

    def origin(address: str) -> Origin | None:
        return ORIGINS.get(plain(address))

    decider = Decider(book(made, customers), origin, region_of)
    return Generation(number, decider, Recorder({made.digest: made.document}))


def settings(legal_status: int = 451) -> Settings:
    named = Headers(account="x-account", model="x-model")
    return Settings(
        proxies=networks([PROXY, "10.0.0.0/8"]), headers=named, legal_status=legal_status
    )


@dataclass
class Scene:
    """A door, the log behind it, and questions put to it."""

    log: MemoryLog
    desk: Desk
    door: Door

    def reply(self, method: str, path: str, body: bytes = b"", **headers: str) -> Reply:
        """The reply to a request of a client's, or of the proxy where the path is ``/check``."""
        lines = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
        peer = PROXY if path.startswith("/check") else "198.51.100.7"
        found = self.door.answer(Request(method, path, "", lines, body, True), peer)
        assert isinstance(found, Reply)
        return found

    def ask(self, path: str, asked: object) -> tuple[int, dict[str, object]]:
        """The status and the document that a JSON question gets."""
        reply = self.reply("POST", path, orjson.dumps(asked), content_type="application/json")
        return reply.status, orjson.loads(reply.body)

    def decide(self, account: str, **context: str) -> dict[str, object]:
        """The document of a well formed question."""
        status, answer = self.ask("/access/v1/evaluation", asking(account, **context))
        assert status == 200
        return answer


def asking(account: str, **context: str) -> dict[str, object]:
    return {
        "subject": {"type": "account", "id": account},
        "action": {"name": "use"},
        "resource": {"type": "model", "id": "m-1"},
        "context": context,
    }


def scene(durable: bool = False, legal_status: int = 451) -> Scene:
    log = MemoryLog()
    desk = Desk(generation(), log, durable=durable, clock=lambda: NOON)
    return Scene(log, desk, Door(desk, settings(legal_status)))


def headers_of(reply: Reply) -> dict[str, str]:
    lines = reply.headers.decode().split("\r\n")
    return {name: value for name, _, value in (line.partition(": ") for line in lines if line)}
