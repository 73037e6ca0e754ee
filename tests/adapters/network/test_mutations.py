"""Files with bytes changed, cut or put in are read, or refused in one line; nothing else."""

from __future__ import annotations

import struct
from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from tests.adapters.network.building import SOURCES, build

from clearance.adapters.network.reader import Networks
from clearance.model.dates import day_of
from clearance.model.errors import ClearanceError

LATER = day_of("2100-01-01")


def iporigin() -> bytes:
    label = b"Example VPN\tvpn"
    ends = (int(ip_address("192.0.2.0")), int(ip_address("192.0.2.9")))
    head = struct.pack("<8sHQHII", b"IPORIGIN", 1, 1_761_955_200, 1, 1, 0)
    return head + struct.pack("<H", len(label)) + label + struct.pack("<IIH", *ends, 0)


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A small file of each format."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Example")
    writer.insert_network(IPSet(["192.0.2.0/24"]), {"country": {"iso_code": "XA"}, "is_vpn": True})
    other = tmp_path_factory.mktemp("other") / "other.mmdb"
    writer.to_db_file(str(other))
    names = ("countries.csv", "second.csv", "vpn.txt", "kinds.csv", "sources.toml")
    return {
        **{name: (SOURCES / name).read_bytes() for name in names},
        "ranges.bin": iporigin(),
        "other.mmdb": other.read_bytes(),
    }


CHANGE = st.tuples(st.floats(0, 1), st.integers(0, 4), st.binary(max_size=4))


def changed(octets: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, cut, put in changes:
        place = int(where * len(octets))
        octets = octets[:place] + put + octets[place + cut :]
    return octets


@pytest.mark.parametrize(
    "name",
    ["countries.csv", "second.csv", "vpn.txt", "kinds.csv", "sources.toml", "ranges.bin",
     "other.mmdb"],
)  # fmt: skip
@settings(max_examples=25)
@given(changes=st.lists(CHANGE, min_size=1, max_size=3))
def test_a_changed_source_is_read_or_refused(
    samples: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    changes: list[tuple[float, int, bytes]],
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    for each, octets in samples.items():
        (folder / each).write_bytes(changed(octets, changes) if each == name else octets)
    first = folder / (name if name in ("ranges.bin", "other.mmdb") else "sources.toml")
    flaw = ""
    try:
        assert build(folder / "n.mmdb", first, day=LATER).lookup("127.0.0.1") is not None
    except ClearanceError as error:
        flaw = error.message()
    assert "\n" not in flaw
    assert (folder / "n.mmdb").exists() is not bool(flaw)


@settings(max_examples=60)
@given(changes=st.lists(CHANGE, min_size=1, max_size=3))
def test_a_changed_database_is_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int, bytes]]
) -> None:
    golden = (SOURCES / "golden.mmdb").read_bytes()
    file = tmp_path_factory.mktemp("changed") / "n.mmdb"
    file.write_bytes(changed(golden, changes))
    try:
        found = Networks.open(file).digest
    except ClearanceError:
        return
    assert found == Networks.open(SOURCES / "golden.mmdb").digest
