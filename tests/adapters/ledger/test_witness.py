"""A witness that looks at a log from outside: it signs what has only grown, and nothing else."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.adapters.ledger.logs import KEY, filled, leaf

from clearance.adapters.ledger.cosigning import keep
from clearance.adapters.ledger.export import export
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.source import FiledLog, Web
from clearance.adapters.ledger.witnessing import ask
from clearance.adapters.ledger.writer import LogWriter, create
from clearance.ledger.base import bytes_of
from clearance.ledger.checkpoint import checkpoint, trusted
from clearance.ledger.keys import COSIGNATURE, Signer
from clearance.ledger.note import Note, note
from clearance.ledger.tiles import Tile
from clearance.ledger.verify import is_consistent
from clearance.model.errors import InputError, IntegrityError, StorageError
from clearance.usecases.verify_log import verify_log
from clearance.usecases.witness_log import cosigned, grown

WITNESS = Signer("example.org/witness", bytes(range(2, 34)), COSIGNATURE)
KEYS = [KEY.verifier, WITNESS.verifier]
TIME = 1_760_000_000


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, FiledLog]]:
    """A folder, and the log that a server on loopback offers out of it."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield folder, FiledLog(Web(f"http://127.0.0.1:{server.server_port}/"))
    server.shutdown()
    thread.join()
    server.server_close()


def _export(place: str, folder: Path) -> None:
    with LogReader.open(place) as reader:
        export(reader, folder)


def _grow(place: str, count: int, name: str) -> None:
    with LogWriter.open(place, KEY) as log:
        for at in range(count):
            log.append(leaf(f"{name}{at}"), f"{name}{at}")


def test_a_log_that_grows_is_followed_and_signed(
    served: tuple[Path, FiledLog], tmp_path: Path
) -> None:
    folder, log = served
    place = str(tmp_path / "log.db")
    create(place, KEY)
    before: Note | None = None
    for count in (0, 1, 254, 1, 0, 700):
        _grow(place, count, f"{count}-")
        _export(place, folder)
        assert verify_log(log, [KEY.verifier]).flaws == []
        before = cosigned(grown(log, [KEY.verifier], before), WITNESS, TIME)
        assert before.signed_by(KEYS) == tuple(KEYS)
    assert checkpoint(before.text).size == 956 if before else False


def test_a_log_that_was_rewritten_cut_or_signed_by_others_is_not_signed_for(
    served: tuple[Path, FiledLog], tmp_path: Path
) -> None:
    folder, log = served
    long, short = filled(tmp_path / "long.db", 300), filled(tmp_path / "short.db", 40)
    _export(long, folder)
    before = grown(log, [KEY.verifier])
    for place, told in ((short, "300 are remembered"), (_other(tmp_path, 300), "was rewritten"),
                        (_other(tmp_path, 600), "was rewritten")):  # fmt: skip
        (folder / "checkpoint").unlink()
        _export(place, folder)
        with pytest.raises(IntegrityError, match=told):
            grown(log, [KEY.verifier], before)
    stranger = Signer("example.org/other", bytes(32))
    with pytest.raises(IntegrityError, match="no key of that log"):
        grown(log, [stranger.verifier])


def _other(folder: Path, count: int) -> str:
    place = str(folder / f"other-{count}.db")
    create(place, KEY)
    _grow(place, count, "other")
    return place


def test_tiles_that_lie_are_not_believed(served: tuple[Path, FiledLog], tmp_path: Path) -> None:
    folder, log = served
    place = filled(tmp_path / "log.db", 300)
    _export(place, folder)
    before = grown(log, [KEY.verifier])
    _grow(place, 100, "more")
    _export(place, folder)
    tile = folder / Tile(0, 1, 144).path
    tile.write_bytes(bytes(144 * 32))
    with pytest.raises(IntegrityError, match="was rewritten"):
        grown(log, [KEY.verifier], before)
    tile.unlink()
    with pytest.raises(IntegrityError, match="is missing"):
        grown(log, [KEY.verifier], before)


def test_a_partial_tile_that_is_gone_is_taken_from_the_full_one(
    served: tuple[Path, FiledLog], tmp_path: Path
) -> None:
    folder, log = served
    place = filled(tmp_path / "log.db", 200)
    _export(place, folder)
    old = (folder / "checkpoint").read_text()
    _grow(place, 100, "more")
    _export(place, folder)
    (folder / "checkpoint").write_text(old)
    for tile in (Tile(0, 0, 200), Tile(-1, 0, 200)):
        (folder / tile.path).unlink()
    assert verify_log(log, [KEY.verifier]).flaws == []


def test_what_a_witness_signed_is_kept_and_receipts_are_given_under_it(tmp_path: Path) -> None:
    place = filled(tmp_path / "log.db", 300)
    with LogReader.open(place) as reader:
        seen = cosigned(grown(reader, [KEY.verifier]), WITNESS, TIME)
    assert keep(place, seen, [WITNESS.verifier]).size == 300
    _grow(place, 10, "more")
    with LogReader.open(place) as reader:
        stored = reader.at(7)
        assert stored is not None
        receipt = reader.receipt(7, reader.witnessed(7))
        assert receipt.flaw(stored.leaf, KEYS, witnesses=1) == ""
        assert "0 of 1 witnesses" in reader.receipt(7).flaw(stored.leaf, KEYS, witnesses=1)
        with pytest.raises(InputError, match="no witness has signed"):
            reader.witnessed(305)


def test_only_a_believed_witness_and_this_log_are_kept(tmp_path: Path) -> None:
    place, other = filled(tmp_path / "log.db", 30), _other(tmp_path, 30)
    with LogReader.open(place) as reader:
        signed = grown(reader, [KEY.verifier])
    with pytest.raises(IntegrityError, match="0 of 1 witnesses"):
        keep(place, signed, [WITNESS.verifier])
    with LogReader.open(other) as reader:
        seen = cosigned(grown(reader, [KEY.verifier]), WITNESS, TIME)
    with pytest.raises(IntegrityError, match="is no checkpoint of this log"):
        keep(place, seen, [WITNESS.verifier])
    with pytest.raises(InputError, match="is no witness's"):
        cosigned(seen, KEY, TIME)


def test_a_place_without_a_log_is_told(served: tuple[Path, FiledLog]) -> None:
    _, log = served
    with pytest.raises(StorageError, match="there is no checkpoint"):
        grown(log, [KEY.verifier])
    with pytest.raises(StorageError, match="cannot be read"):
        grown(FiledLog(Web("http://127.0.0.1:1")), [KEY.verifier])


class _Witness(BaseHTTPRequestHandler):
    """A witness as the standard describes it: it remembers one checkpoint."""

    seen: Note | None = None
    refuses = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        head, _, text = body.partition("\n\n")
        first, *lines = head.split("\n")
        found = note(text)
        said = trusted(found, [KEY.verifier])
        before = checkpoint(_Witness.seen.text) if _Witness.seen else None
        proof = [bytes_of(line) or b"" for line in lines]
        known = before.size if before else 0
        if _Witness.refuses:
            self._answer(_Witness.refuses, "")
        elif first != f"old {known}":
            self._answer(409, f"{known}\n")
        elif before and not is_consistent(known, before.root, proof, said.size, said.root):
            self._answer(422, "")
        else:
            _Witness.seen = cosigned(found, WITNESS, TIME)
            self._answer(200, _Witness.seen.signatures[-1].line)

    def _answer(self, status: int, text: str) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def test_a_witness_that_is_asked_follows_the_log(tmp_path: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Witness)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    place = filled(tmp_path / "log.db", 10)
    try:
        for count in (0, 300, 0, 5):
            _grow(place, count, f"{count}-")
            with LogReader.open(place) as reader:
                assert keep(place, ask(url, reader), [WITNESS.verifier]).size == reader.head().size
        with (
            LogReader.open(_other(tmp_path, 400)) as reader,
            pytest.raises(StorageError, match="answers 422"),
        ):
            ask(url, reader)
        with (
            LogReader.open(_other(tmp_path, 4)) as reader,
            pytest.raises(IntegrityError, match="has seen 315 entries, the log has 4"),
        ):
            ask(url, reader)
        _Witness.refuses = 403
        with LogReader.open(place) as reader, pytest.raises(StorageError, match="answers 403"):
            ask(url, reader)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    with LogReader.open(place) as reader:
        with pytest.raises(StorageError, match="cannot be asked"):
            ask(url, reader)
        with pytest.raises(InputError, match="no http or https URL"):
            ask("file:///etc/passwd", reader)


NO_ANSWERS = [
    b"",
    b"what\r\n\r\n",
    b"HTTP/1.1 many\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
]
CONFLICT = b"HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"


@contextmanager
def saying(said: bytes) -> Iterator[str]:
    """The URL of a server that says these bytes to one client."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_say, args=(listening, said))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def _say(listening: socket.socket, said: bytes) -> None:
    client, _ = listening.accept()
    with client:
        client.recv(65_536)
        client.sendall(said)


@pytest.mark.parametrize("said", [*NO_ANSWERS, CONFLICT, b"HTTP/1.1 200 OK\r\n\r\n\xff"])
def test_a_witness_that_answers_what_is_no_answer_is_told(tmp_path: Path, said: bytes) -> None:
    place = filled(tmp_path / "log.db", 3)
    with (
        saying(said) as url,
        LogReader.open(place) as reader,
        pytest.raises(StorageError, match="cannot be asked"),
    ):
        ask(url, reader)


@pytest.mark.parametrize("said", NO_ANSWERS)
def test_a_log_whose_server_gives_no_answer_is_told(said: bytes) -> None:
    with saying(said) as url, pytest.raises(StorageError, match="cannot be read"):
        grown(FiledLog(Web(url)), [KEY.verifier])
