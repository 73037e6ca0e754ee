"""A real PostgreSQL for tests: a cluster of its own on loopback, gone when the tests are.

PostgreSQL refuses to run as root; root starts it as ``postgres`` or ``nobody``. Where it is not
installed, tests that need it are skipped and say so.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

OWNER = "clearance"
_INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@dataclass(frozen=True)
class Cluster:
    """A running server and the folder it keeps its data in."""

    programs: Path
    folder: Path
    port: int
    password: str
    user: int | None

    def url(self, database: str) -> str:
        """Where one of its databases is."""
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
            " -c fsync=off -c max_connections=60 -c shared_buffers=64MB"
        )
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", "-t", "60", "-l", log, "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it: ``fast`` breaks connections, ``immediate`` is a crash."""
        self.run("pg_ctl", "stop", "-w", "-m", mode)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of its programs on its data."""
        done = subprocess.run(
            [str(self.programs / program), "-D", str(self.folder / "data"), *arguments],
            user=self.user,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def execute(self, text: str) -> None:
        """Run a statement of the administrator's, outside any transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(text.encode())


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A cluster for the whole run; a test that stops it starts it again."""
    if not _INSTALLED:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="clearance-postgres-"))
    cluster = Cluster(_INSTALLED[0], folder, _free_port(), secrets.token_hex(16), _somebody())
    try:
        _prepare(cluster)
        cluster.start()
        yield cluster
        cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_cluster: Cluster) -> Iterator[str]:
    """The URL of a new, empty database."""
    name = f"test_{secrets.token_hex(6)}"
    postgres_cluster.execute(f"CREATE DATABASE {name}")
    yield postgres_cluster.url(name)
    postgres_cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _prepare(cluster: Cluster) -> None:
    secret = cluster.folder / "password"
    secret.write_text(cluster.password)
    if cluster.user is not None:
        for path in (cluster.folder, secret):
            os.chown(path, cluster.user, -1)
    cluster.run(
        "initdb",
        "--no-sync",
        "--no-locale",
        "--encoding=UTF8",
        "--auth=scram-sha-256",
        f"--username={OWNER}",
        f"--pwfile={secret}",
    )


def _somebody() -> int | None:
    """Who runs it where we are root: nobody who may do anything."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return names.get("postgres", names.get("nobody"))


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
