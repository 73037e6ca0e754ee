"""The log in PostgreSQL: a cluster of its own with full sync, on loopback, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks import ledger

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
ENTRIES = 200_000


def stored() -> Mapping[str, float]:
    """Entries stored and signed a second, and what sixteen durable writers waited."""
    with _cluster() as url:
        found = {one.name: one.value for one in ledger.storing(url, ENTRIES, clients=(16,))}
    return {"entries_per_second": found["stored"], "durable_p99_ms": found["durable-16"]}


@contextmanager
def _cluster() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="clearance-bench-"))
    user = None if os.getuid() else pwd.getpwnam("postgres").pw_uid
    if user is not None:
        os.chown(folder, user, -1)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, password = folder / "data", secrets.token_hex(16)
    (folder / "password").write_text(password)
    (folder / "password").chmod(0o644)

    def run(program: str, *words: str) -> None:
        command = [str(INSTALLED[0] / program), "-D", str(data), *words]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, user=user, cwd=folder, stdin=quiet, stdout=quiet)

    try:
        run("initdb", "-U", "bench", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        run("pg_ctl", "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql://bench:{password}@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "fast")
    finally:
        shutil.rmtree(folder)
