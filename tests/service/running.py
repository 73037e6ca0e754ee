"""``clearance serve`` as it runs: a process on loopback, asked over sockets, ended by a signal."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.service.scene import CUSTOMERS, POLICY

from clearance.adapters.ledger.key_file import make_key
from clearance.adapters.ledger.writer import create
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.migrate import migrate
from clearance.adapters.sql.portfolio import put_accounts, put_customers
from clearance.model.account import Account
from clearance.model.customer import Customer

PATIENCE = 30.0


@dataclass
class Served:
    """A running decision point."""

    process: subprocess.Popen[str]
    port: int
    folder: Path
    told: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def log(self) -> str:
        return str(self.folder / "log.db")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, asked: object, path: str = "/access/v1/evaluation") -> dict[str, object]:
        """The answer to a question."""
        status, _, body = fetch(self.url + path, json.dumps(asked).encode(), JSON)
        assert status == 200, body
        found: dict[str, object] = json.loads(body)
        return found

    def stop(self, how: signal.Signals = signal.SIGTERM) -> Mapping[str, object]:
        """Stop it; what it said last."""
        self.process.send_signal(how)
        _, rest = self.process.communicate(timeout=PATIENCE)
        self.told += [json.loads(line) for line in rest.splitlines() if line.startswith("{")]
        return self.told[-1]


JSON = {"content-type": "application/json"}


def prepared(folder: Path, customers: Sequence[Customer] = CUSTOMERS) -> Path:
    """A folder with a state, a key and a log."""
    database = Database(str(folder / "state.db"))
    migrate(database)
    put(database, customers)
    database.close()
    create(str(folder / "log.db"), make_key(folder / "key", "example.org/log"))
    return folder


def put(database: Database, customers: Sequence[Customer]) -> None:
    accounts = [
        Account(one.id[2:], one.id, channel="reseller" if one.id == "c-resale" else "")
        for one in customers
    ]
    with changing(database, "tests") as change:
        put_customers(change, customers, "tests")
        put_accounts(change, accounts, "tests")


@contextmanager
def served(folder: Path, *options: str, policy: Path = POLICY) -> Iterator[Served]:
    """The decision point over a prepared folder; killed at the end if it still runs."""
    words = ["serve", "--policy", str(policy), "--bind", "127.0.0.1:0"]
    for name, file in (("--log", "log.db"), ("--key", "key"), ("--state", "state.db")):
        words += [name, str(folder / file)]
    process = subprocess.Popen(
        [sys.executable, "-m", "clearance.cli.app", *words, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield _listening(process, folder)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=PATIENCE)


def _listening(process: subprocess.Popen[str], folder: Path) -> Served:
    assert process.stderr is not None
    told: list[Mapping[str, object]] = []
    for line in process.stderr:
        assert line.startswith("{"), line + process.stderr.read()
        told.append(json.loads(line))
        if told[-1]["event"] == "listening":
            return Served(process, int(str(told[-1]["port"])), folder, told)
    raise AssertionError(f"it did not start: {told}")


def fetch(
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    source: str = "127.0.0.1",
) -> tuple[int, Mapping[str, str], bytes]:
    """Status, headers and body of a request made from a loopback address."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _from(source))
    request = urllib.request.Request(url, body, dict(headers or {}))
    try:
        with opener.open(request, timeout=PATIENCE) as reply:
            return reply.status, {k.lower(): v for k, v in reply.headers.items()}, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            told = {name.lower(): value for name, value in error.headers.items()}
            return error.code, told, error.read()


def _from(source: str) -> urllib.request.HTTPHandler:
    import http.client

    class Bound(http.client.HTTPConnection):
        def __init__(self, *words: object, **named: object) -> None:
            super().__init__(*words, **{**named, "source_address": (source, 0)})  # type: ignore[arg-type]

    class Handler(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Bound, request)

    return Handler()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@contextmanager
def running(command: Sequence[str], port: int, folder: Path, **environment: str) -> Iterator[None]:
    """A program that is waited for until it listens, and ended by its id."""
    with (folder / "program.log").open("w") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=folder,
            env={**os.environ, **environment},
        )
    try:
        until = time.monotonic() + PATIENCE
        while not _open(port):
            assert process.poll() is None, (folder / "program.log").read_text()[-2000:]
            assert time.monotonic() < until, "it does not listen"
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
