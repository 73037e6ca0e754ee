"""A database on disk: what was told is found again, whoever reads it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import maxminddb
import numpy as np
import pytest
from tests.adapters.network.building import DAY, SOURCES, build

from clearance.adapters.network import mmdb
from clearance.adapters.network.reader import Networks
from clearance.model.errors import InputError, IntegrityError
from clearance.network.origin import Kind, Origin

GOLDEN = SOURCES / "golden.mmdb"


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    return build(tmp_path_factory.mktemp("networks") / "n.mmdb", SOURCES / "sources.toml")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("192.0.2.1", "maps XA, second XA 64496, kinds hosting"),
        ("192.0.2.20", "maps XA, second XA 64496, vpn vpn, kinds hosting vpn"),
        ("192.0.2.70", "maps XA, second 64497"),
        ("192.0.2.127", "maps XA, second 64497"),
        ("192.0.2.128", "maps XB, second XA 64496"),
        ("::ffff:192.0.2.128", "maps XB, second XA 64496"),
        ("2002:c000:280::1", "maps XB, second XA 64496"),
        ("64:ff9b::192.0.2.128", "maps XB, second XA 64496"),
        ("64:ff9b::c000:214", "maps XA, second XA 64496, vpn vpn, kinds hosting vpn"),
        ("198.51.100.7", ""),
        ("203.0.113.8", "kinds relay"),
        ("203.0.113.9", "vpn vpn, kinds relay"),
        ("2001:db8::1", "maps XA, second XA 64496"),
        ("2001:db8:0:1::1", "maps XA, second XA 64496, vpn vpn"),
        ("2001:db8:1::1", "second XA 64496"),
    ],
)
def test_every_sources_vote_is_kept(networks: Networks, address: str, said: str) -> None:
    origin = networks.lookup(address)
    assert origin is not None
    assert origin.votes[0].kinds == (Kind.RESERVED,)
    assert _told(origin) == said


def test_a_vote_carries_the_day_the_voice_and_the_operator(networks: Networks) -> None:
    origin = networks.lookup("192.0.2.20")
    assert origin is not None
    assert {(vote.source, vote.voice, vote.operator) for vote in origin.votes[1:]} == {
        ("example-maps", "example-maps", ""),
        ("second-opinion", "example-registry", "Example Net"),
        ("vpn-list", "vpn-list", "Example VPN"),
        ("kinds", "kinds", ""),
    }
    assert origin.stale(DAY, 2) == ("second-opinion", "kinds")


@pytest.mark.parametrize(
    ("address", "reserved"),
    [("127.0.0.1", True), ("::1", True), ("10.1.2.3", True), ("fe80::1%eth0", True),
     ("ff02::1", True), ("198.51.100.7", True), ("192.0.2.1", False),
     ("64:ff9b::10.1.2.3", True), ("64:ff9b::192.0.2.1", False)],
)  # fmt: skip
def test_special_purpose_addresses_are_reserved(
    networks: Networks, address: str, reserved: bool
) -> None:
    origin = networks.lookup(address)
    assert origin is not None
    assert origin.reserved is reserved


@pytest.mark.parametrize(
    "address",
    ["8.0.0.1", "2600::1", "192.0.0.9", "::ffff:8.0.0.1", "64:ff9b::8.0.0.1", "64:ff9c::192.0.2.1",
     "2001:0:cb00:7107::3fff:fd7f"],
)  # fmt: skip
def test_an_address_that_nobody_knows_is_none(networks: Networks, address: str) -> None:
    assert networks.lookup(address) is None


@pytest.mark.parametrize("address", ["", "127.1", "010.0.0.1", "192.0.2.1:80", "1.2.3.4%x", "x%y"])
def test_what_is_no_address_is_refused(networks: Networks, address: str) -> None:
    with pytest.raises(InputError, match="is no address"):
        networks.lookup(address)


def test_equal_votes_are_one_object(networks: Networks) -> None:
    assert networks.lookup("192.0.2.1") is networks.lookup("192.0.2.15")
    assert networks.lookup("192.0.2.1") is not networks.lookup("192.0.2.16")


def test_the_block_around_an_address_is_the_widest_of_one_say(networks: Networks) -> None:
    assert networks.block("192.0.2.130") == "192.0.2.128/25"
    assert networks.block("::ffff:192.0.2.20") == "192.0.2.16/28"
    assert networks.block("2001:db8:0:1::1") == "2001:db8:0:1::/64"


def test_the_compiled_reader_is_used(networks: Networks) -> None:
    assert networks.compiled


def test_both_readers_of_the_format_find_the_same(networks: Networks) -> None:
    plain = maxminddb.open_database(networks.file, maxminddb.MODE_MMAP)
    fast = maxminddb.open_database(networks.file, maxminddb.MODE_MMAP_EXT)
    draw = random.Random(7)
    asked = [f"192.0.{draw.randrange(4)}.{draw.randrange(256)}" for _ in range(500)]
    asked += [f"2001:db8:{draw.randrange(3):x}:{draw.randrange(3):x}::1" for _ in range(200)]
    assert [plain.get(one) for one in asked] == [fast.get(one) for one in asked]
    assert plain.metadata().ip_version == 6
    assert [str(network) for network, _ in plain] == [str(network) for network, _ in fast]


def test_equal_sources_give_equal_bytes(networks: Networks) -> None:
    assert Path(networks.file).read_bytes() == GOLDEN.read_bytes()


def test_the_metadata_names_every_source(networks: Networks) -> None:
    assert [(one.id, one.format, one.licence, one.blocks) for one in networks.sources[1:]] == [
        ("example-maps", "table", "invented", 3),
        ("second-opinion", "table", "CC0-1.0", 3),
        ("vpn-list", "networks", "MIT", 3),
        ("kinds", "table", "", 3),
    ]
    assert networks.built == DAY * 86_400
    assert all(len(source.digest) == 64 for source in networks.sources)


@pytest.mark.parametrize("where", ["tree", "record", "sources", "nodes"])
def test_a_changed_bit_is_found(tmp_path: Path, where: str) -> None:
    octets = bytearray(GOLDEN.read_bytes())
    place = {
        "tree": 100,
        "record": octets.index(b"second-opinion"),
        "sources": octets.rindex(b"MIT"),
        "nodes": octets.rindex(b"node_count") + len("node_count") + 2,
    }
    octets[place[where]] ^= 1
    (tmp_path / "n.mmdb").write_bytes(octets)
    with pytest.raises(IntegrityError, match=r"n\.mmdb: its bytes differ from its digest"):
        Networks.open(tmp_path / "n.mmdb")


def test_another_database_is_told(tmp_path: Path) -> None:
    metadata = mmdb.metadata(1, 24, {}, 0).replace(b"Clearance", b"Someother")
    octets, _ = mmdb.body(np.array([[-2, -2]]), [])
    (tmp_path / "n.mmdb").write_bytes(octets + metadata)
    with pytest.raises(InputError, match="no database of addresses; make one with"):
        Networks.open(tmp_path / "n.mmdb")


@pytest.mark.parametrize(
    "octets", [b"", b"text", GOLDEN.read_bytes()[:200] if GOLDEN.exists() else b""]
)
def test_what_is_no_database_is_told(tmp_path: Path, octets: bytes) -> None:
    (tmp_path / "n.mmdb").write_bytes(octets)
    with pytest.raises(InputError, match="no database of addresses"):
        Networks.open(tmp_path / "n.mmdb")


def test_a_missing_database_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file; check the path"):
        Networks.open(tmp_path / "none.mmdb")
    with pytest.raises(InputError, match="no database of addresses"):
        Networks.open(tmp_path)


@pytest.mark.parametrize(("size", "bits"), [(10, 24), (1 << 24, 28)])
def test_pointers_take_as_many_bits_as_they_need(tmp_path: Path, size: int, bits: int) -> None:
    """A record of that size lies before the one that is looked up."""
    sides = np.array([[1, -2], [-3, -4]])  # ::/2 is record 0, 4000::/2 record 1, 8000::/1 nothing
    chunk = "x" * min(size, (1 << 24) - 1)
    records = [chunk] * (size // len(chunk)) + ["found"]
    sides[1, 1] = -3 - (len(records) - 1)
    octets, chosen = mmdb.body(sides, records)
    assert chosen == bits
    (tmp_path / "n.mmdb").write_bytes(octets + mmdb.metadata(2, bits, {"en": "t"}, 1))
    reader = maxminddb.open_database(tmp_path / "n.mmdb")
    assert reader.get("4000::1") == "found"
    assert reader.get("8000::1") is None


def _told(origin: Origin) -> str:
    said = []
    for vote in origin.votes[1:]:
        words: Sequence[str] = (vote.country, str(vote.asn or ""), *vote.kinds)
        said.append(
            " ".join(
                [vote.source.split("-")[-1 if "maps" in vote.source else 0], *filter(None, words)]
            )
        )
    return ", ".join(said)
