"""Debian's ``tor-geoipdb`` compiled whole: every row is found again, at both of its ends.

``CLEARANCE_TOR_GEOIP`` names another folder with its two files; they are under CC BY-SA 4.0 and
never part of the repository.
"""

from __future__ import annotations

import os
import random
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from tests.adapters.network.building import build

from clearance.model.dates import day_of

FOLDER = Path(os.environ.get("CLEARANCE_TOR_GEOIP", "/usr/share/tor"))
FILES = (FOLDER / "geoip", FOLDER / "geoip6")


@pytest.mark.real_data
def test_every_row_of_tors_files_is_found_again(tmp_path: Path) -> None:
    if not all(file.exists() for file in FILES):
        pytest.skip(f"no tor-geoipdb in {FOLDER}")
    networks = build(tmp_path / "n.mmdb", *FILES, day=day_of("2100-01-01"))
    source = networks.sources[1]
    assert source.licence == "CC BY-SA 4.0"
    assert source.blocks > 400_000
    draw = random.Random(4)
    for file in FILES:
        rows = [line for line in file.read_text().splitlines() if not line.startswith("#")]
        for row in draw.sample(rows, 5_000):
            first, last, code = row.split(",")
            for end in (first, last):
                address = str(IPv4Address(int(end))) if end.isdigit() else end
                origin = networks.lookup(address)
                said = (
                    [one.country for one in origin.votes if one.source == source.id]
                    if origin
                    else []
                )
                assert said == ([] if code in {"??", "EU", "AP"} else [code]), row
