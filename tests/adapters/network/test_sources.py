"""What publishers and operators write down, recognised by content; what is wrong is told."""

from __future__ import annotations

import gzip
import struct
from ipaddress import ip_address
from pathlib import Path

import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet
from tests.adapters.network.building import build, built

from clearance.adapters.network.reader import Networks
from clearance.model.dates import day_of
from clearance.model.errors import ClearanceError, InputError, SourceError
from clearance.network.origin import Kind, Vote

KINDS = 'kinds = ["vpn"]'
LATER = day_of("2100-01-01")
"""After the day of whoever runs the tests: other writers date their files by the clock."""


def vote(networks: Networks, address: str) -> Vote | None:
    """What the one source says."""
    origin = networks.lookup(address)
    assert origin is not None
    return next((vote for vote in origin.votes if vote.source == "s"), None)


@pytest.mark.parametrize(
    ("name", "text", "about", "country", "kinds"),
    [
        ("geoip", "3221225984,3221226239,XA\n", "", "XA", ""),
        ("a.csv", "192.0.2.0,192.0.2.255,XA\n", "", "XA", ""),
        ("a.csv", "\ufeffnetwork,country\r\n192.0.2.0/24,xa\r\n", "", "XA", ""),
        ("a.csv", '# remark\n\n"192.0.2.0/24",XA,Town\n',
         'columns = ["network", "country", "city"]\nignore = ["city"]', "XA", ""),
        ("a.tsv", "start\tend\tas_name\n192.0.2.0\t192.0.2.9\tNet\n", 'country = "XB"', "XB", ""),
        ("a.csv", "network,kinds\n192.0.2.0/24,vpn hosting\n", "", "", "hosting vpn"),
        ("a.csv", "network,is_tor_exit_node,is_anonymous_vpn\n192.0.2.1,1,0\n", "", "", "tor"),
        ("a.csv", "network,kinds\n192.0.2.0/24,hosting\n192.0.2.1/32,\n", KINDS, "", "vpn"),
        ("a.txt", "192.0.2.0/24\n", KINDS, "", "vpn"),
        ("a.txt", "# one\n\n 192.0.2.0/31 # two\n", 'country = "XA"', "XA", ""),
        ("a.txt", "192.0.2.1", 'kinds = ["relay", "hosting"]', "", "hosting relay"),
    ],
)  # fmt: skip
def test_a_source_is_read(
    tmp_path: Path, name: str, text: str, about: str, country: str, kinds: str
) -> None:
    said = vote(built(tmp_path, name, text, about), "192.0.2.1")
    assert said is not None
    assert (said.country, " ".join(said.kinds)) == (country, kinds)


@pytest.mark.parametrize("code", ["??", "", "-", "ZZ", "EU", "ap"])
def test_a_code_that_names_no_country_is_silence(tmp_path: Path, code: str) -> None:
    text = f"network,country\n192.0.2.0/24,XA\n192.0.2.0/25,{code}\n"
    networks = built(tmp_path, "a.csv", text)
    assert vote(networks, "192.0.2.1") is None
    assert vote(networks, "192.0.2.200") is not None


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(b"network,country\n192.0.2.0/24,XA\n")
    assert vote(built(tmp_path, "a.csv.gz", packed), "192.0.2.1") is not None


def test_text_of_others_stays_on_its_line(tmp_path: Path) -> None:
    networks = built(tmp_path, "a.csv", 'network,operator\n192.0.2.1,"A\u202e\tB  C"\n')
    said = vote(networks, "192.0.2.1")
    assert said is not None
    assert said.operator == "A‹U+202E› B C"


@pytest.mark.parametrize(
    ("name", "text", "about", "message"),
    [
        ("a.csv", "192.0.2.0,192.0.2.9\n", "", "a.csv:1: 2 cells, but 3 columns"),
        ("a.csv", "192.0.2.9,192.0.2.0,XA\n", "", "a.csv:1: end: ends before it starts; swap"),
        ("a.csv", "192.0.2.0,4294967296,XA\n", "", "a.csv:1: '4294967296' is no address"),
        ("a.csv", "network,country\n192.0.2.0/24,XA\n192.0.2/24,XB\n", "",
         "a.csv:3: '192.0.2' is no address"),
        ("a.csv", "network,country\n192.0.2.0/24,ABC\n", "",
         "a.csv:2: country: 'ABC' is no country"),
        ("a.csv", "network,asn\n192.0.2.0/24,AS4294967296\n", "", "a.csv:2: asn: "),
        ("a.csv", "network,vpn\n192.0.2.0/24,maybe\n", "", "a.csv:2: vpn: 'maybe' is neither"),
        ("a.csv", "network,kinds\n192.0.2.0/24,vnp\n", "", "a.csv:2: kinds: 'vnp' is no kind"),
        ("a.csv", "network,kind\n192.0.2.0/24,vpn\n", "",
         "a.csv:1: kind: unknown column 'kind'; did you mean 'kinds'?"),
        ("a.csv", "start,country\n192.0.2.0,XA\n", "", "a.csv:1: end: no column 'end'"),
        ("a.csv", "network,country\n192.0.2.0/24,XA\n192.0.2.0/24,XB\n", "",
         "a.csv:3: says of a block what"),
        ("a.csv", "", "", "a.csv: the file is empty"),
        ("a.csv", "network,country\n", "",
         "a.csv: names no address at all; fetch the file again, or take it off the list"),
        ("a.txt", "# nothing today\n", KINDS, "a.txt: names no address at all"),
        ("a.csv", b"network,country\n192.0.2.0/24,\xff\n", "", "not UTF-8"),
        ("a.txt", "192.0.2.0/24\n192.0.2.1/24\n", KINDS, "a.txt:2: '192.0.2.1/24' has bits set"),
        ("a.txt", "192.0.2.0/24\nnonsense\n", KINDS, "a.txt:2: 'nonsense' is no address"),
        ("a.txt", "192.0.2.0/24\n", "", "a.txt: a list of networks, and nobody says of what kind"),
        ("a.bin", b"IPORIGIN\x02\x00" + bytes(18), "", "a.bin: version 2 of the table"),
        ("a.bin", b"IPORIGIN\x01\x00", "", "a.bin: ends too early"),
        ("a.mmdb", b"\xab\xcd\xefMaxMind.com\xe0", "", "a.mmdb: "),
        ("a.csv", "network\n192.0.2.0/24\n", 'kinds = ["vnp"]',
         "sources.toml:5: source[1].kinds[1]: 'vnp' is not known here; did you mean 'vpn'?"),
        ("a.csv", "network\n192.0.2.0/24\n", 'country = "1"', "sources.toml:5: source[1].country"),
        ("a.csv", "network\n192.0.2.0/24\n", 'licens = "x"',
         "unknown field; did you mean 'licence'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, name: str, text: str | bytes, about: str, message: str
) -> None:
    with pytest.raises((InputError, SourceError)) as raised:
        built(tmp_path, name, text, about)
    assert message in raised.value.message()
    assert not (tmp_path / "n.mmdb").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "sources.toml:1: source: no source is listed; write [[source]] tables"),
        ("[[source]]\nid = 's'\n", "source[1].file: missing"),
        ("[[source]]\nfile = 'a.csv'\n", "source[1].id: missing"),
        ("[[source]]\nid = 's'\nfile = 'a.csv'\n",
         "a.csv: does not say whose it is and of which day"),
        ("[[source]]\nid = 's'\nfile = 'a.csv'\nas_of = 2025-11-04\n",
         "a.csv: as_of: 2025-11-04 is still to come"),
        ("[[source]]\nid = 's'\nfile = 'none.csv'\nas_of = 2025-11-01\n",
         "none.csv: there is no such file"),
        ("[[source]]\nid = 's'\nfile = 'a.csv'\nas_of = 2025-11-01\nlicence = 'x'\n"
         "[[source]]\nid = 's'\nfile = 'a.csv'\nas_of = 2025-11-01\n", "a.csv: licence: '', but"),
    ],
)  # fmt: skip
def test_what_is_not_said_of_a_source_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.csv").write_text("network,country\n192.0.2.0/24,XA\n")
    (tmp_path / "sources.toml").write_text(text)
    with pytest.raises(InputError) as raised:
        build(tmp_path / "n.mmdb", tmp_path / "sources.toml")
    assert message in raised.value.message()


def test_a_file_that_does_not_say_its_day_needs_a_list(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("network,country\n192.0.2.0/24,XA\n")
    with pytest.raises(InputError, match="list it in a TOML file of sources"):
        build(tmp_path / "n.mmdb", tmp_path / "a.csv")
    with pytest.raises(InputError, match="is a folder; name files"):
        build(tmp_path / "n.mmdb", tmp_path)


def test_two_files_of_one_id_are_one_source(tmp_path: Path) -> None:
    head = "# Generated: Sat, {day} Nov 2025 04:00:00 GMT\n# Vendor: Maps\n# License: Own\n"
    (tmp_path / "4").write_text(head.format(day="01") + "192.0.2.0,192.0.2.9,XA\n")
    (tmp_path / "6").write_text(head.format(day="02") + "2001:db8::,2001:db8::9,XA\n")
    networks = build(tmp_path / "n.mmdb", tmp_path / "4", tmp_path / "6")
    maps = networks.sources[1]
    assert (maps.id, maps.licence, maps.files, maps.blocks) == ("maps", "Own", ("4", "6"), 2)
    assert maps.as_of == 20393
    for address in ("192.0.2.1", "2001:db8::1"):
        origin = networks.lookup(address)
        assert origin is not None
        assert [said.what for said in origin.countries] == ["XA"]


def test_a_table_of_iporigin_is_read_and_its_private_relay_is_no_vpn(tmp_path: Path) -> None:
    labels = [b"Example Cloud\thosting", b"Example VPN\tvpn", b"Example Private Relay\tvpn"]
    packed = struct.pack("<8sHQHII", b"IPORIGIN", 1, 1_761_955_200, len(labels), 2, 1)
    packed += b"".join(struct.pack("<H", len(label)) + label for label in labels)
    packed += struct.pack("<IIH", *_ends("192.0.2.0", "192.0.2.9"), 0)
    packed += struct.pack("<IIH", *_ends("192.0.2.10", "192.0.2.19"), 1)
    packed += struct.pack("<16s16sH", *(ip_address(f"2001:db8::{n}").packed for n in (1, 9)), 2)
    (tmp_path / "ranges.bin").write_bytes(packed)
    networks = build(tmp_path / "n.mmdb", tmp_path / "ranges.bin")
    found = {}
    for address in ("192.0.2.1", "192.0.2.12", "2001:db8::2"):
        origin = networks.lookup(address)
        assert origin is not None
        found[address] = (origin.votes[-1].operator, origin.votes[-1].kinds)
    assert found == {
        "192.0.2.1": ("Example Cloud", (Kind.HOSTING,)),
        "192.0.2.12": ("Example VPN", (Kind.VPN,)),
        "2001:db8::2": ("Example Private Relay", (Kind.RELAY,)),
    }
    assert networks.sources[1].as_of == 20393


def test_databases_of_others_are_read_under_their_own_names(tmp_path: Path) -> None:
    other = _other(
        tmp_path,
        {"192.0.2.0/25": {"country": {"iso_code": "XA", "names": {"en": "There"}},
                          "traits": {"is_anonymous_vpn": True, "is_anycast": False}},
         "2001:db8::/32": {"country_code": "XB", "autonomous_system_number": 64496,
                           "autonomous_system_organization": "Net"}},
    )  # fmt: skip
    networks = build(tmp_path / "n.mmdb", other, day=LATER)
    one, two = networks.lookup("::ffff:192.0.2.1"), networks.lookup("2001:db8::1")
    assert one is not None
    assert two is not None
    assert (one.votes[-1].country, one.votes[-1].kinds) == ("XA", (Kind.VPN,))
    assert (two.votes[-1].country, two.votes[-1].asn, two.votes[-1].operator) == (
        "XB",
        64496,
        "Net",
    )
    assert networks.sources[1].id == "example-country"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"place": "XA"}, "no field that is known"),
        ({"country": {"iso_code": "XAX"}}, "country.iso_code: 'XAX' is no country"),
    ],
)
def test_databases_of_others_that_say_nothing_known_are_told(
    tmp_path: Path, record: dict[str, object], message: str
) -> None:
    other = _other(tmp_path, {"192.0.2.0/24": record})
    with pytest.raises(ClearanceError) as raised:
        build(tmp_path / "n.mmdb", other, day=LATER)
    assert message in raised.value.message()


def test_a_database_of_votes_is_no_source(tmp_path: Path) -> None:
    built(tmp_path, "a.csv", "network,country\n192.0.2.0/24,XA\n")
    with pytest.raises(SourceError, match="holds votes already"):
        build(tmp_path / "m.mmdb", tmp_path / "n.mmdb")


def _ends(first: str, last: str) -> tuple[int, int]:
    return int(ip_address(first)), int(ip_address(last))


def _other(folder: Path, records: dict[str, dict[str, object]]) -> Path:
    """A database that another program writes; it is dated by its clock."""
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type="Example-Country")
    for network, record in records.items():
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(folder / "other.mmdb"))
    return folder / "other.mmdb"
