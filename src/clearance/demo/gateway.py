"""The real decision point of the demo: its files, and ``clearance serve`` as a process.

Everything is made through the doors that an operator uses: state, database of addresses, key, log.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clearance.bootstrap import ledger, network, state
from clearance.demo.stage import Stage
from clearance.model.errors import StorageError

GATEWAY = "gateway"
ORIGIN = "provider.example/decisions"
BY = "demo"
POLICY = "gateway.toml"
PATIENCE = 30.0

SOURCES = {
    "maps.csv": "network,country\n192.0.2.0/24,XE\n",
    "second.csv": "network,country,hosting\n192.0.2.0/25,XE,no\n192.0.2.128/25,XE,yes\n",
    "exits.txt": "192.0.2.192/26\n",
    "sources.toml": """\
[[source]]
id = "maps"
file = "maps.csv"
as_of = 2025-09-01
licence = "invented"

[[source]]
id = "second-opinion"
file = "second.csv"
as_of = 2025-09-01
licence = "invented"

[[source]]
id = "vpn-list"
file = "exits.txt"
as_of = 2025-09-01
licence = "invented"
kinds = ["vpn"]
""",
}
"""Invented, of addresses kept for documentation: one source alone knows of a VPN."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The decision point's folder."""

    folder: Path

    @property
    def log(self) -> str:
        """The log of decisions."""
        return str(self.folder / "decisions.log")

    @property
    def public_key(self) -> Path:
        """What everybody checks receipts with."""
        return self.folder / "log.key.pub"

    def options(self) -> Sequence[str]:
        """The options of ``clearance serve``."""
        named = {
            "policy": self.folder.parent / POLICY,
            "state": self.folder / "state.db",
            "networks": self.folder / "networks.mmdb",
            "log": self.log,
            "key": self.folder / "log.key",
            "bind": "127.0.0.1:0",
            "time-tolerance": "any",  # the demo asks about days of its own
        }
        return [word for name, value in named.items() for word in (f"--{name}", str(value))]


def prepared(stage: Stage, accounts: Mapping[str, str], listed: str) -> Gateway:
    """The portfolio with what was found of it, accounts, addresses, a key and an empty log.

    Args:
        accounts: the customer of each account.
        listed: the id of one more customer, whom a law is about.
    """
    found = Gateway(stage.folder / GATEWAY)
    found.folder.mkdir()
    shutil.copy(Path(__file__).with_name(POLICY), stage.folder / POLICY)
    for name, text in SOURCES.items():
        (found.folder / name).write_text(text, encoding="utf-8")
    network.build(found.folder / "networks.mmdb", [found.folder / "sources.toml"])
    rows = "".join(f"{account},{customer}\n" for account, customer in accounts.items())
    _write(found.folder / "accounts.csv", "id,customer\n" + rows)
    _write(found.folder / "listed.csv", f"id,country,headquarters,tax\n{listed},XE,XE,XA\n")
    place = str(found.folder / "state.db")
    state.init(place)
    for file in (stage.folder / "customers.csv", found.folder / "listed.csv"):
        state.import_customers(place, file, BY, file.name, None)
    state.import_accounts(place, found.folder / "accounts.csv", BY, "accounts.csv", None)
    state.import_screening(place, stage.folder / "after", BY)
    ledger.keygen(found.folder / "log.key", ORIGIN)
    ledger.init(found.log, found.folder / "log.key")
    return found


@contextmanager
def served(gateway: Gateway) -> Iterator[str]:
    """The decision point as a process, by its URL; it is told to stop at the end.

    Raises:
        StorageError: it did not start.
    """
    command = [sys.executable, "-m", "clearance.cli.app", "serve", "--durable", *gateway.options()]
    process = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    try:
        yield f"http://127.0.0.1:{_port(process)}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def _port(process: subprocess.Popen[str]) -> int:
    """Where it listens, as it says when it does."""
    line = ""
    for line in process.stderr or ():
        said = json.loads(line) if line.startswith("{") else {}
        if said.get("event") == "listening":
            return int(said["port"])
    raise StorageError(f"the decision point did not start: {line.strip()}", file=GATEWAY)


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
