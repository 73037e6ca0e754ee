"""What reads bytes of others: each with samples, and with what may come of any bytes at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq
from litestar import Litestar
from litestar.testing import TestClient
from tests.adapters.ledger.logs import KEY, filled, leaf, sealed_of
from tests.adapters.network.building import SOURCES, build
from tests.fuzz import sources
from tests.fuzz.target import Target, reads, told
from tests.ownership.proof_world import prover_of
from tests.ownership.worked_examples import EXAMPLES
from tests.reference.world import World
from tests.service.scene import PROXY, Scene, asking, scene

from clearance.adapters.campaigns.ingest import ingest
from clearance.adapters.impact import identities
from clearance.adapters.ledger.export import export
from clearance.adapters.ledger.reader import LogReader
from clearance.adapters.ledger.source import FiledLog
from clearance.adapters.matching.judgements import read_judgements
from clearance.adapters.matching.models import load_models, models_bytes, shipped_models
from clearance.adapters.network.reader import Networks
from clearance.adapters.policies import reading as policies
from clearance.adapters.policies.bundle import bundle, opened
from clearance.adapters.portfolio.accounts import read_accounts
from clearance.adapters.portfolio.customers import read_customers
from clearance.adapters.screening.results import JSONL as RESULTS
from clearance.adapters.screening.results import read_results
from clearance.adapters.screening.standings import NAME as STANDINGS
from clearance.adapters.screening.standings import Standings
from clearance.adapters.sql.changing import changing
from clearance.adapters.sql.engine import Database
from clearance.adapters.sql.keys import Keys, create_key
from clearance.adapters.sql.migrate import migrate
from clearance.bootstrap.verifying import verify as verify_proof
from clearance.ledger.checkpoint import checkpoint, number
from clearance.ledger.entry import entry
from clearance.ledger.keys import verifier
from clearance.ledger.note import note, signatures
from clearance.ledger.receipt import receipt
from clearance.model.dates import day_of
from clearance.model.proof_json import certificate_json, proof_json
from clearance.policy.clauses.conditions import variables_of
from clearance.service.limits import Limits
from clearance.service.management.app import create_app
from clearance.service.management.ports import Office
from clearance.service.replies import Reply
from clearance.service.wire import Reader, Refusal, Request
from clearance.usecases.check_policy import check
from clearance.usecases.scopes import Scope
from clearance.usecases.verify_log import verify_log

LATER = day_of("2100-01-01")
CUSTOMERS = (
    b"id,name,country,headquarters,lei,register_number,register,segment,annual_revenue,kind,channel,"
    b"opened,billing\nc1,Alder Ltd,XA,XB-01,5299000000000000AA12,42,XA-REG,smb,125000.50,entity,"
    b'reseller,2026-01-05,XC\nc2,"two; words",,,,,,,,,,,\n'
)
ACCOUNTS = b"id,customer,segment,channel,opened\na1,c1,smb,direct,2026-01-05\na2,c2,,,\n"
ROW = {"time": "2026-01-05T10:00:00Z", "account": "a1", "prompt": "write a poem about the sea"}


def _documents() -> Sequence[bytes]:
    kinds = (
        (policies.POLICIES, policies.policy_ids()),
        (policies.RULES, policies.rule_ids()),
        (policies.LISTS, policies.list_ids()),
    )
    return [
        policies.read_document(id, kind)[1].encode() for kind, ids in kinds for id in ids[:4]
    ] + [policies.read_document("example-all-rules", policies.POLICIES)[1].encode()]


def _document(data: bytes, folder: Path) -> None:
    def read(path: Path) -> None:
        for one in check([(str(path), policies.read_text(path))], policies.shelf_of):
            for problem in one.problems:
                assert "\n" not in problem.error().message()

    reads(read, "x.toml")(data, folder)


def _bundle(data: bytes, folder: Path) -> None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    told(lambda: opened(value, data))


def _parquet() -> bytes:
    file = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": ["c1", "c2"], "annual_revenue": [1.5, None]}), file)
    octets: bytes = file.getvalue().to_pybytes()
    return octets


@cache
def _scene() -> Scene:
    return scene()


def _authzen(data: bytes, folder: Path) -> None:
    for path in ("/access/v1/evaluation", "/access/v1/evaluations"):
        reply = _scene().reply("POST", path, data, content_type="application/json")
        assert reply.status in (200, 400), reply
        json.loads(reply.body)
    _scene().log.leaves.clear()


def _questions() -> Sequence[bytes]:
    whole = asking(
        "fine",
        ip="192.0.2.1",
        phone="+441632960001",
        end_customer="c-fine",
        end_use="support",
        service="chat",
        time="2026-03-01T12:00:00Z",
    )
    up = {
        **whole,
        "action": {"name": "sign_up"},
        "subject": {"type": "account", "id": "n", "properties": {"headquarters": "XA"}},
    }
    batch = {
        **whole,
        "evaluations": [{}, {"subject": {"type": "account", "id": "law"}}],
        "options": {"evaluations_semantic": "deny_on_first_deny"},
    }
    return [json.dumps(one).encode() for one in (whole, up, batch)]


def _wire(data: bytes, folder: Path) -> None:
    """Bytes of a connection, all at once and in pieces, are the same requests."""
    whole, pieces = (
        _requests([data]),
        _requests([data[at : at + 7] for at in range(0, len(data), 7)]),
    )
    assert [one.body for one in whole] == [one.body for one in pieces][: len(whole)] or not whole
    for request in whole:
        reply = _scene().door.answer(request, PROXY)
        assert not isinstance(reply, Reply) or reply.status < 500, reply


def _requests(pieces: Sequence[bytes]) -> Sequence[Request]:
    reader = Reader(Limits())
    found = []
    for piece in pieces:
        reader.feed(piece)
        try:
            while (request := reader.next()) is not None:
                found.append(request)
        except Refusal:
            break
    return found


def _streams() -> Sequence[bytes]:
    body = _questions()[0]
    head = b"POST /access/v1/evaluation HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    plain = b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)
    chunked = b"%bTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (head, len(body), body)
    asked = b"GET /check/a?b HTTP/1.1\r\nHost: x\r\nX-Account: fine\r\n"
    asked += b"X-Forwarded-For: 192.0.2.1, 10.0.0.1\r\n\r\n"
    return [plain, chunked, asked, plain + asked, asked.replace(b"/check", b"http://h/check")]


def _forward(data: bytes, folder: Path) -> None:
    lines = dict(zip(("x-account", "x-model", "x-forwarded-for"), data.split(b"\n"), strict=False))
    given = {name.encode(): text.replace(b"\r", b"") for name, text in lines.items()}
    reply = _scene().door.answer(Request("GET", "/check", "", given, b"", True), PROXY)
    assert isinstance(reply, Reply)
    assert reply.status in (200, 400, 403, 451), reply
    assert all(b": " in line for line in reply.headers.split(b"\r\n")[:-1]), reply.headers


@cache
def _api() -> tuple[TestClient[Litestar], Mapping[str, str]]:
    database = Database(str(Path(mkdtemp()) / "state.db"))
    migrate(database)
    with changing(database, "tests") as change:
        _, token = create_key(change, "fuzz", frozenset(Scope))
    client = TestClient(create_app(Office(database, Keys(database))), raise_server_exceptions=False)
    return client, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


BODIES: Mapping[str, object] = {
    "PUT /v1/customers": {
        "source": "s",
        "since": "2026-01-05",
        "customers": [
            {
                "id": "c",
                "name": "n",
                "headquarters": "XA",
                "annual_revenue": "12.5",
                "kind": "entity",
                "identifiers": [{"scheme": "s", "id": "1"}],
                "declared": {"billing": "XB"},
            }
        ],
    },
    "PUT /v1/accounts": {
        "source": "s",
        "accounts": [{"id": "a", "customer": "c", "opened": "2026-01-05"}],
    },
    "POST /v1/facts": {
        "facts": [
            {
                "about": "customer",
                "subject": "c",
                "kind": "risk",
                "value": "low",
                "source": "crm",
                "confidence": 80,
                "since": "2026-01-05",
                "until": "2026-02-05",
            }
        ]
    },
    "POST /v1/releases": {"series": "s", "bundle": {}, "note": ""},
    "POST /v1/webhooks": {"url": "https://example.org/x", "events": ["release.*"]},
    "POST /v1/snapshots": {"digest": "0" * 64, "as_of": "2026-01-05"},
}


def _management(data: bytes, folder: Path) -> None:
    client, given = _api()
    first, _, body = data.partition(b"\n")
    method, _, path = first.decode("latin-1").partition(" ")
    if f"{method} {path}" not in BODIES:
        method, path = "PUT", "/v1/customers"
    answer = client.request(method, path, content=body, headers=given)
    assert answer.status_code < 500, answer.text
    assert answer.status_code < 300 or answer.json()["status"] == answer.status_code


def _bodies() -> Sequence[bytes]:
    made = json.loads(bundle("provider-regions-2025-09-05").document)
    whole = {**BODIES, "POST /v1/releases": {"series": "s", "bundle": made}}
    return [f"{where}\n{json.dumps(body)}".encode() for where, body in whole.items()]


def _paper(data: bytes, folder: Path) -> None:
    """What a log hands out as text: notes, checkpoints, receipts, keys, entries; and what
    a witness answers."""
    told(lambda: entry(data))
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    for read in (note, signatures, number, checkpoint, receipt, verifier):
        told(lambda read=read: read(text))  # type: ignore[misc]
    told(lambda: receipt(text).flaw(leaf("d0001", sealed_of(1)), [KEY.verifier]))
    told(lambda: variables_of(text[:500]))


@cache
def _filed() -> Mapping[str, bytes]:
    """A log's files, by their paths."""
    folder = Path(mkdtemp())
    with LogReader.open(filled(folder / "log.db", 300)) as reader:
        export(reader, folder / "log")
        (folder / "log" / "a.tlog-proof").write_text(reader.receipt(1).text)
    files = (one for one in sorted((folder / "log").rglob("*")) if one.is_file())
    return {str(one.relative_to(folder / "log")): one.read_bytes() for one in files}


def _papers() -> Sequence[bytes]:
    filed = _filed()
    return [
        filed["checkpoint"],
        filed["checkpoint"].rpartition(b"\n\n")[2],
        filed["a.tlog-proof"],
        KEY.verifier.text.encode(),
        leaf("d0001", sealed_of(1)),
        b'model == "m" && revenue > 3.0',
    ]


@dataclass
class _Files:
    """Files in memory."""

    files: Mapping[str, bytes]
    name: str = "memory"

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)


def _log(data: bytes, folder: Path) -> None:
    """A log one file of which is something else: it does not hold, or is what it was."""
    path, _, rest = data.partition(b"\n")
    named = path.decode("latin-1")
    files = {**_filed(), named: rest}
    found = verify_log(FiledLog(_Files(files)), [KEY.verifier])
    same = rest == _filed().get(named) or named not in _filed() or named.endswith("-proof")
    assert found.holds is same or (named == "checkpoint" and found.holds), (named, found)


def _filed_seeds() -> Sequence[bytes]:
    return [path.encode() + b"\n" + octets for path, octets in _filed().items()]


def _networks(data: bytes, folder: Path) -> None:
    name, _, rest = data.partition(b"\n")
    for each in SOURCES.iterdir():
        if each.suffix != ".mmdb":
            (folder / each.name).write_bytes(each.read_bytes())
    known = {one.name for one in SOURCES.iterdir()} - {"golden.mmdb"}
    changed = name.decode("latin-1") if name.decode("latin-1") in known else "countries.csv"
    (folder / changed).write_bytes(rest)
    told(lambda: build(folder / "n.mmdb", folder / "sources.toml", day=LATER).lookup("192.0.2.1"))


def _sources() -> Sequence[bytes]:
    files = [one for one in sorted(SOURCES.iterdir()) if one.suffix != ".mmdb"]
    return [one.name.encode() + b"\n" + one.read_bytes() for one in files]


def _campaigns(data: bytes, folder: Path) -> None:
    key = folder / "key"
    key.write_bytes(bytes(16))
    (folder / "in.jsonl").write_bytes(data)
    told(lambda: ingest([folder / "in.jsonl"], folder / "log", key, keep_text=False))


def _logs() -> Sequence[bytes]:
    rows = [ROW, {**ROW, "account": "a2", "time": 1_767_607_200}, {**ROW, "ip": "192.0.2.1"}]
    table = (
        b"time,account,prompt\n2026-01-05T10:00:00Z,a1,write a poem\n2026-01-05T10:00:01Z,a2,x\n"
    )
    return [b"".join(json.dumps(row).encode() + b"\n" for row in rows), table]


def _standings(folder: Path) -> object:
    found = Standings(folder)
    return list(found.rows())


def _screened(data: bytes, folder: Path) -> None:
    (folder / STANDINGS).write_bytes(data)
    told(lambda: _standings(folder))


def _screenings() -> Sequence[bytes]:
    head = {
        "format": "clearance-standings/1",
        "policy": "p",
        "as_of": "2026-01-05",
        "snapshot": "0" * 64,
        "asked": {"r": "0" * 64},
    }
    line = {
        "customer": "c1",
        "party": "P",
        "proof": "x",
        "register": "XA -",
        "standings": [{"rule": "r", "reached": "certain", "level": "bars"}],
    }
    doubt = {"customer": "c2", "doubt": "unidentified", "unidentified": "like nobody"}
    return [b"\n".join(json.dumps(one).encode() for one in (head, line, doubt)) + b"\n"]


def _proofs() -> Sequence[bytes]:
    """Proofs of a worked example, with the certificates that they cite."""
    example = EXAMPLES[0]
    rule = example.rule_record()
    world = World(example.parties, example.graph, rule, example.day, example.seeds)
    prover = prover_of(world)
    proofs = [prover.prove(index) for index in range(len(world.everybody()))]
    cited = {name: certificate_json(one) for name, one in prover.certificates.items()}
    return [json.dumps({**proof_json(proof), "certificates": cited}).encode() for proof in proofs]


def _results() -> Sequence[bytes]:
    match = {"candidates": [{"party": "P"}], "settle": ["an LEI"]}
    first = {"customer": "c1", "reasons": [{"code": "ambiguous"}], "party": None, "match": match}
    lines = (first, {"customer": "c2", "reasons": [], "party": "P", "outcome": "deny"})
    return [b"".join(json.dumps(one).encode() + b"\n" for one in lines)]


def _earlier(data: bytes, folder: Path) -> None:
    """What ``--previous`` and ``impact`` read of an earlier screening."""
    (folder / RESULTS).write_bytes(data)
    told(lambda: list(read_results(folder)))
    told(lambda: list(identities._results(folder / RESULTS)))


TARGETS: Mapping[str, Target] = {
    "policy": Target(_documents, _document),
    "bundle": Target(lambda: [bundle("provider-regions-2025-09-05").document], _bundle),
    "customers": Target(
        lambda: [
            CUSTOMERS,
            b'{"id":"c1","name":"Alder"}\n{"id":"c2","annual_revenue":7}\n',
            _parquet(),
        ],
        reads(read_customers, "customers"),
    ),
    "accounts": Target(
        lambda: [ACCOUNTS, b'{"id":"a","customer":"c"}\n'],
        reads(lambda path: list(read_accounts(path)), "accounts"),
    ),
    "authzen": Target(_questions, _authzen),
    "wire": Target(_streams, _wire),
    "forward": Target(
        lambda: [
            b"fine\nm\n192.0.2.1, 10.0.0.1",
            b"law\n\n[::1]:80",
            b"nobody\n\xff\n::ffff:1.2.3.4%x",
        ],
        _forward,
    ),
    "management": Target(_bodies, _management),
    "papers": Target(_papers, _paper),
    "log": Target(_filed_seeds, _log),
    "networks": Target(_sources, _networks),
    "database": Target(
        lambda: [(SOURCES / "golden.mmdb").read_bytes()],
        reads(lambda path: Networks.open(path).lookup("192.0.2.1"), "n.mmdb"),
    ),
    "proof": Target(_proofs, reads(verify_proof, "proof.json")),
    "results": Target(_results, _earlier),
    "model": Target(lambda: [models_bytes(shipped_models())], reads(load_models, "model.json")),
    "judgements": Target(
        lambda: [b'["Q1","Q2","positive",null,"ada",1]\n["Q1","Q3","negative",0.5,"ada",1]\n'],
        reads(read_judgements, "judged.ijson"),
    ),
    "standings": Target(_screenings, _screened),
    "campaigns": Target(_logs, _campaigns),
    **sources.TARGETS,
}
