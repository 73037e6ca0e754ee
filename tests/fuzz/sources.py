"""What suppliers of data write: registers, networks, files of facts, conditions."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp

import pyarrow as pa
import pyarrow.parquet as pq
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from tests.adapters.formats.reading import DATA, read_file
from tests.adapters.network.building import build
from tests.fuzz.target import Target, reads, told

from clearance.adapters.campaigns.fact_files import COLUMNS, read_cleared, read_facts
from clearance.adapters.campaigns.known_texts import read_known
from clearance.model.dates import day_of
from clearance.model.errors import ClearanceError
from clearance.model.outcome import Outcome
from clearance.policy.asked import Asked
from clearance.policy.clauses.conditions import Compiled, Condition, variables_of
from clearance.policy.clauses.ground import Basis, Ground
from clearance.policy.facts import Facts

DAY = day_of("2100-01-01")
PARTIES = (
    b"id,name,jurisdiction,identifiers,kind\nA,Aurora Ltd,XA,lei:1;x:2,entity\nB,Borealis,XB,,\n"
)
INTERESTS = b"interested_party,subject,share,start,end\nP,A,60,2020-01-01,\nA,B,25-50,,2026-01-05\n"
CONDITIONS = (
    b'segment == "small" && networks.exists(kind, kind == "vpn")',
    b'posted.filter(one, one.kind == "x").size() > 2 || revenue > 3.0e5',
    b'model.matches("^m-[0-9]{1,3}$") && timestamp(time).getHours() < 6',
    b'stated["headquarters"] in ["XA", "XB"] ? identified : !identified',
    b'int(size(customer)) % 2 == 1 && string(revenue).startsWith("1")',
)


def _parquet() -> bytes:
    file = pa.BufferOutputStream()
    rows = {"interested_party": ["P", "A"], "subject": ["A", "B"], "share": [60.0, None]}
    pq.write_table(pa.table(rows), file)
    octets: bytes = file.getvalue().to_pybytes()
    return octets


def _registers() -> Sequence[bytes]:
    files = {path.name: path.read_bytes() for path in sorted(DATA.iterdir())}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("psc.jsonl", files["psc.jsonl"])
    more = {
        "parties.csv": PARTIES,
        "interests.csv": INTERESTS,
        "interests.parquet": _parquet(),
        "bods.json.gz": gzip.compress(files["bods-joint.json"]),
        "psc.zip": packed.getvalue(),
    }
    return [name.encode() + b"\n" + octets for name, octets in {**files, **more}.items()]


def _named(data: bytes, folder: Path) -> Path:
    """A file with the name that stands in the first line."""
    name, _, rest = data.partition(b"\n")
    plain = "".join(sign for sign in name.decode("latin-1") if sign.isalnum() or sign in "-.")
    path = folder / (plain.strip(".")[:40] or "x")
    path.write_bytes(rest)
    return path


def _register(data: bytes, folder: Path) -> None:
    told(lambda: read_file(_named(data, folder)))


def _networks() -> Sequence[bytes]:
    """Databases of others, and tables with a head of their own."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Example-Country")
    inside = {"country": {"iso_code": "XA"}, "traits": {"is_anonymous_vpn": True}}
    writer.insert_network(IPSet(["192.0.2.0/25"]), inside)
    writer.insert_network(IPSet(["2001:db8::/32"]), {"autonomous_system_number": 64496})
    file = Path(mkdtemp()) / "other.mmdb"
    writer.to_db_file(str(file))
    labels = (b"Example Cloud\thosting", b"Example VPN\tvpn")
    table = struct.pack("<8sHQHII", b"IPORIGIN", 1, 1_761_955_200, len(labels), 1, 1)
    table += b"".join(struct.pack("<H", len(label)) + label for label in labels)
    table += struct.pack("<IIH", 0xC0000200, 0xC0000209, 0)
    table += struct.pack("<16s16sH", b"\x20\x01" + bytes(14), b"\x20\x01" + b"\xff" * 14, 1)
    geoip = (
        b"# Generated: Sat, 01 Nov 2025 04:00:00 GMT\n# Vendor: Maps\n# License: Own\n"
        b"3221225984,3221226239,XA\n2001:db8::,2001:db8::9,XB\n"
    )
    return [b"o.mmdb\n" + file.read_bytes(), b"ranges.bin\n" + table, b"geoip\n" + geoip]


def _network(data: bytes, folder: Path) -> None:
    path = _named(data, folder)
    about = f'[[source]]\nid = "s"\nfile = "{path.name}"\nas_of = 2025-11-01\n'
    (folder / "sources.toml").write_text(about)
    told(lambda: build(folder / "n.mmdb", folder / "sources.toml", day=DAY).lookup("192.0.2.1"))


def _facts() -> Sequence[bytes]:
    cells = b"a1,c1,linked,99,2026-02-20,2026-05-21,template payment,,cleared,r.one\n"
    return [",".join(COLUMNS).encode() + b"\n" + cells]


def _cleared(path: Path) -> object:
    return list(read_facts(path)), read_cleared([path])


def _condition(data: bytes, folder: Path) -> None:
    """What can be read as a condition is asked, and yields a reason or none."""
    when = data.decode("utf-8", "replace")
    try:
        variables = variables_of(when)
    except ClearanceError:
        told(lambda: variables_of(when))
        return
    ground = Ground(Basis.OWN_CHOICE, "c")
    one = Compiled(Condition("x", ground, when, variables, Outcome.DENY, "said"))
    for facts in (Facts({}), Facts({"headquarters": "XA"}, segment="small", customer="c")):
        for asked in (Asked(), Asked(model="m-1", time="2026-01-20T23:30:00Z")):
            found = one.ask(facts, asked, DAY)
            assert found is None or found.outcome in (Outcome.DENY, Outcome.REVIEW)


def _known(data: bytes, folder: Path) -> None:
    """Known texts, read for a log that is not there but for its key."""
    (folder / "key").write_bytes(bytes(16))
    texts = _named(data, folder)
    told(lambda: read_known([texts], folder, folder / "key"))


def _texts() -> Sequence[bytes]:
    text = "a poem about the sea and all that swims in it, told by a fish "
    return [
        b"t.csv\nid,prompt\n1," + text.encode() * 3 + b'\n2,"x\ny"\n',
        b"t.jsonl\n" + json.dumps({"prompt": text}).encode() + b'\n{"prompt": "b"}\n',
        b"t.txt\n" + text.encode() * 4,
    ]


TARGETS: Mapping[str, Target] = {
    "known": Target(_texts, _known),
    "registers": Target(_registers, _register),
    "foreign": Target(_networks, _network),
    "facts": Target(_facts, reads(_cleared, "facts.csv")),
    "conditions": Target(lambda: CONDITIONS, _condition),
}
