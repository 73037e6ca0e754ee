"""What the decision point is measured with: accounts, a database of networks, a log, questions.

Accounts are invented: 97 of 100 have nothing against them, the rest lie in a region that the policy
does not serve, have an owner there, or carry a posted fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import orjson

from benchmarks import networks
from clearance.adapters.ledger.key_file import make_key
from clearance.adapters.ledger.writer import create
from clearance.adapters.policies.bundle import bundle
from clearance.adapters.screening.found_rows import FoundRow, standings_text
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.portfolio import (
    put_accounts,
    put_customers,
    put_facts,
    put_screening,
)
from clearance.model.account import Account
from clearance.model.customer import Customer
from clearance.model.plain import Json
from clearance.model.verdict import Reached
from clearance.policy.facts import Posted
from clearance.policy.reasons.owners import Standing
from clearance.usecases.found import Run, asked
from clearance.usecases.posting import About, telling

POLICY = Path(__file__).parent / "policy.toml"
SEGMENTS = ("small", "growth", "enterprise", "public")
SERVED = tuple(f"X{letter}" for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ")
_DAY = 20_000


def make(folder: Path, accounts: int) -> None:
    """A state, networks, a key and a log in a folder; what is there stays."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "networks.mmdb").exists():
        networks.make(folder / "networks.mmdb")
    if not (folder / "state.db").exists():
        _state(folder / "part.db", accounts)
        (folder / "part.db").rename(folder / "state.db")
    else:
        database = Database(str(folder / "state.db"))
        migrate(database)
        database.close()
    fresh_log(folder)


def fresh_log(folder: Path) -> None:
    """An empty log, and a key."""
    for file in [*folder.glob("log.db*"), *folder.glob("key")]:
        file.unlink()
    create(str(folder / "log.db"), make_key(folder / "key", "example.org/bench"))


def touch(folder: Path, turn: int) -> None:
    """Change one customer, so that a new generation is made."""
    database = Database(str(folder / "state.db"))
    with changing(database, "bench") as change:
        put_customers(change, [Customer("c-0", headquarters=SERVED[turn % len(SERVED)])], "bench")
    database.close()


def questions(count: int, accounts: int) -> Iterator[dict[str, Json]]:
    """AuthZEN questions of accounts in no order, with addresses all over."""
    for number in range(count):
        asks = (number * 7919) % accounts
        address = f"{1 + number * 31 % 220}.{number * 17 % 256}.{number * 101 % 256}.{number % 256}"
        context: dict[str, Json] = {"ip": address}
        if number % 10 == 0:
            context["end_use"] = "support"
        yield {
            "subject": {"type": "account", "id": f"a-{asks}"},
            "action": {"name": "use"},
            "resource": {"type": "model", "id": f"m-{number % 4}"},
            "context": context,
        }


def wrk_script(file: Path, batch: int, accounts: int) -> None:
    """What makes wrk ask: 4,096 requests in turn, each of so many questions, written beforehand."""
    made = list(questions(4096 * max(batch, 1) if batch < 10 else 256 * batch, accounts))
    step = max(batch, 1)
    bodies = [made[start : start + step] for start in range(0, len(made), step)]
    texts = [orjson.dumps({"evaluations": body} if batch else body[0]).decode() for body in bodies]
    path = "/access/v1/evaluations" if batch else "/access/v1/evaluation"
    lines = ",\n".join(f"[[{text}]]" for text in texts)
    file.write_text(f"""local bodies = {{
{lines}
}}
local made, at = {{}}, 0
init = function()
  for place, body in ipairs(bodies) do
    made[place] = wrk.format("POST", "{path}", {{ ["Content-Type"] = "application/json" }}, body)
  end
end
request = function()
  at = at % #made + 1
  return made[at]
end
""")


def _state(file: Path, count: int) -> None:
    with_database = Database(str(file))
    migrate(with_database)
    made = bundle(str(POLICY))
    policy, rules = made.loaded.policy, made.loaded.rules
    run = Run("bench", policy.id, _DAY, "bench", asked(policy, rules))
    owned = Standing(rules["provider-regions"], Reached.POSSIBLE)
    touched = standings_text({"provider-regions": owned})
    rows = (
        FoundRow(f"c-{n}", party=f"p-{n}", standings=touched if n % 100 == 1 else "")
        for n in range(count)
    )
    posted = Posted("campaign", "wave-1", "detect", confidence=95, reviewer="R")
    with changing(with_database, "bench") as change:
        put_customers(change, (_customer(n) for n in range(count)), "bench")
        put_accounts(change, (Account(f"a-{n}", f"c-{n}") for n in range(count)), "bench")
        put_facts(change, (telling(About.ACCOUNT, f"a-{n}", posted) for n in range(2, count, 100)))
        put_screening(change, run, rows)
    with_database.close()


def _customer(number: int) -> Customer:
    code = SERVED[number % len(SERVED)] if number % 100 else "XA"
    return Customer(
        f"c-{number}",
        country=code,
        headquarters=code,
        segment=SEGMENTS[number % len(SEGMENTS)],
        revenue=Decimal(number % 1000),
        declared={"billing": code},
    )
