"""The decision point as a process: answers are logged, receipts verify, and a stop loses none."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from tests.service.running import JSON, fetch, prepared, put, served
from tests.service.scene import asking

from clearance.adapters.ledger.key_file import read_key
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.sql.engine import Database
from clearance.bootstrap.decisions import replay
from clearance.ledger.keys import Verifier
from clearance.ledger.receipt import receipt
from clearance.ledger.tree import leaf_hash
from clearance.model.customer import Customer


def test_an_answer_is_in_the_log_and_decides_again_the_same(tmp_path: Path) -> None:
    with served(prepared(tmp_path)) as here:
        answers: list[Any] = [
            here.ask(asking(account, ip="192.0.2.66", phone="XA"))
            for account in ("fine", "contract", "law", "leaving", "nobody")
        ]
        assert [one["decision"] for one in answers] == [False, False, False, False, False]
        last = here.stop()
        assert (last["event"], last["log_size"], last["lost"]) == ("stopped", 5, 0)
    with LogReader.open(here.log) as reader:
        for answer in answers:
            id = answer["context"]["id"]
            stored = reader.entry(id)
            assert stored is not None
            assert leaf_hash(stored.leaf).hex() == answer["context"]["receipt"]["leaf"]
            assert reader.receipt(stored.index).flaw(stored.leaf, [key_of(tmp_path)]) == ""
            assert replay(here.log, id).verdict == "equal"


def key_of(folder: Path) -> Verifier:
    return read_key(folder / "key").verifier


def test_a_durable_answer_carries_a_receipt_that_verifies(tmp_path: Path) -> None:
    with served(prepared(tmp_path), "--durable") as here:
        answer: Any = here.ask(asking("law"))
        batch: Any = here.ask({**asking("fine"), "evaluations": [{}, {}]}, "/access/v1/evaluations")
        here.process.kill()
    told = [answer, *batch["evaluations"]]
    with LogReader.open(here.log) as reader:
        for one in told:
            stored = reader.entry(one["context"]["id"])
            assert stored is not None
            proof = receipt(one["context"]["receipt"]["proof"])
            assert proof.flaw(stored.leaf, [key_of(tmp_path)]) == ""


def test_a_stop_under_load_loses_no_answer(tmp_path: Path) -> None:
    with served(prepared(tmp_path)) as here:
        answered: list[int] = []
        body = json.dumps(asking("fine")).encode()

        def asking_on() -> None:
            while True:
                try:
                    status, _, _ = fetch(here.url + "/access/v1/evaluation", body, JSON)
                except OSError:
                    return
                answered.append(status)

        threads = [threading.Thread(target=asking_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        while len(answered) < 60:
            time.sleep(0.01)
        last = here.stop()
        for thread in threads:
            thread.join()
    assert set(answered) <= {200, 503}
    assert last["log_size"] == answered.count(200)
    assert (last["unanswered"], last["lost"]) == (0, 0)


def test_a_change_of_state_is_answered_from_soon_and_a_start_takes_the_log_up(
    tmp_path: Path,
) -> None:
    with served(prepared(tmp_path)) as here:
        assert here.ask(asking("fine", ip="192.0.2.1"))["decision"] is True
        database = Database(str(tmp_path / "state.db"))
        put(database, [Customer("c-fine", headquarters="XA")])
        database.close()
        here.process.send_signal(signal.SIGHUP)
        while here.ask(asking("fine", ip="192.0.2.1"))["decision"] is True:
            time.sleep(0.01)
        first = here.stop()
    with served(tmp_path) as here:
        assert here.ask(asking("fine"))["decision"] is False
        last = here.stop()
    assert last["log_size"] == int(str(first["log_size"])) + 1


def run(*words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "clearance.cli.app", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stderr + done.stdout


def test_what_cannot_be_served_is_said_in_one_line(tmp_path: Path) -> None:
    prepared(tmp_path)
    log, key = str(tmp_path / "log.db"), str(tmp_path / "key")
    base = ["serve", "--log", log, "--key", key]
    cases = [
        (base, 2, "no policy is named"),
        ([*base, "--policy", "nothing"], 2, "no policy 'nothing' is shipped"),
        ([*base, "--policy", "example-all-rules", "--bind", "here"], 2, "--bind"),
        ([*base, "--policy", "example-all-rules", "--proxy", "here"], 2, "no network"),
        ([*base, "--policy", "example-all-rules", "--state", str(tmp_path / "no.db")], 2, "no.db"),
        (["serve", "--key", key, "--log", str(tmp_path / "no.log")], 4, "no.log"),
        (["serve", "--log", log, "--key", str(tmp_path / "no.key")], 4, "no.key"),
        (["decision", "replay", "unheard", "--log", log], 2, "no entry has the id"),
    ]
    for words, code, said in cases:
        found, text = run(*words)
        assert (found, said in text, "Traceback" in text) == (code, True, False), (words, text)


def test_without_the_process_that_writes_the_log_nothing_is_answered(tmp_path: Path) -> None:
    with served(prepared(tmp_path)) as here:
        before: Any = here.ask(asking("fine"))
        assert fetch(f"{here.url}/health/ready")[0] == 200
        (writer,) = (
            Path(f"/proc/{here.process.pid}/task/{here.process.pid}/children").read_text().split()
        )
        os.kill(int(writer), signal.SIGKILL)
        until = time.monotonic() + 30
        while fetch(f"{here.url}/health/ready")[0] != 503:
            assert time.monotonic() < until
        status, _, body = fetch(
            f"{here.url}/access/v1/evaluation", json.dumps(asking("fine")).encode(), JSON
        )
        assert (status, json.loads(body)["status"]) == (503, 503)
        here.stop()
        assert here.process.returncode == 4
    with served(tmp_path) as here:
        lost = here.told[0]["lost"]
        assert (here.told[0]["killed"], lost in (0, 1)) == (True, True)
    with LogReader.open(here.log) as reader:
        found = reader.entry(before["context"]["id"] if not lost else "gap-0")
        assert found is not None


@pytest.mark.parametrize(
    ("most", "given"), [(4000, 1536), (700, 700), (200, 200)], ids=["more", "less", "hardly any"]
)
def test_files_may_be_open_for_every_connection_as_far_as_the_system_lets_us(
    most: int, given: int
) -> None:
    code = (
        "import resource as r; from clearance.service.serve import room;"
        f"r.setrlimit(r.RLIMIT_NOFILE, (200, {most})); room(1024);"
        "print(r.getrlimit(r.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) == given


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with served(prepared(tmp_path)) as here:
        other = tmp_path / "other"
        other.mkdir()
        prepared(other)
        found, text = run(
            "serve", "--policy", "example-all-rules", "--log", str(other / "log.db"),
            "--key", str(other / "key"), "--bind", f"127.0.0.1:{here.port}",
        )  # fmt: skip
        assert found == 4
        assert "cannot be listened on" in text


@pytest.mark.parametrize("format", ["table", "json"])
def test_the_commands_on_past_decisions_print(tmp_path: Path, format: str) -> None:
    with served(prepared(tmp_path)) as here:
        answer: Any = here.ask(asking("law", ip="192.0.2.66"))
        here.stop()
    id = answer["context"]["id"]
    for word in ("replay", "explain"):
        code, text = run("decision", word, id, "--log", here.log, "--format", format)
        assert code == 0
        assert id in text
        if format == "json":
            assert json.loads(text)["id"] == id
    assert "equal" in run("decision", "replay", id, "--log", here.log)[1]
    assert "192.0.2.66" in run("decision", "explain", id, "--log", here.log)[1]
