"""Downloads against a server on loopback that breaks off, lies and refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from clearance.adapters.pulling.download import Downloader
from clearance.adapters.pulling.publishers import PUBLISHERS
from clearance.adapters.pulling.pull import note_of, pull
from clearance.model.errors import IntegrityError, SourceError, StorageError

CONTENT = bytes(range(256)) * 4_000
ETAG = '"one"'


@dataclass
class Site:
    """What the server has, what it did, and how it misbehaves."""

    files: dict[str, bytes]
    base: str = ""
    break_after: int = 0
    failures: list[int] = field(default_factory=list)
    digest: str = ""
    ranges: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    etag: str = ETAG
    coding: str = ""
    careless: bool = False
    astray: bool = False
    redirect: str = ""
    retry_after: str = "7"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site({})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _answer(self, site)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    site.base = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def _answer(handler: BaseHTTPRequestHandler, site: Site) -> None:
    site.asked.append(handler.path)
    if site.failures:
        handler.send_response(site.failures.pop(0))
        handler.send_header("Retry-After", site.retry_after)
        handler.end_headers()
        return
    if site.redirect:
        handler.send_response(302)
        handler.send_header("Location", site.redirect)
        handler.end_headers()
        return
    body = site.files.get(handler.path)
    if body is None:
        handler.send_response(404)
        handler.end_headers()
        return
    wanted = handler.headers.get("Range", "")
    fresh = site.careless or handler.headers.get("If-Range", "") == site.etag
    start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and fresh else 0
    site.ranges.append(wanted if fresh else "")
    handler.send_response(206 if start else 200)
    if start:
        start = 0 if site.astray else start
        handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
    if site.coding:
        handler.send_header("Content-Encoding", site.coding)
    handler.send_header("ETag", site.etag)
    handler.send_header("Content-Length", str(len(body) - start))
    if site.digest:
        handler.send_header("Repr-Digest", site.digest)
    handler.end_headers()
    if site.break_after and len(body) - start > site.break_after:
        handler.wfile.write(body[start : start + site.break_after])
        handler.close_connection = True
        return
    handler.wfile.write(body[start:])


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def downloader(pauses: list[float]) -> Iterator[Downloader]:
    with httpx.Client(timeout=5) as client:
        yield Downloader(client, attempts=5, pause=pauses.append)


def test_a_broken_transfer_goes_on_where_it_stopped(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    site.break_after = 400_000
    digest = downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip", size=len(CONTENT))
    assert (tmp_path / "a.zip").read_bytes() == CONTENT
    assert digest == hashlib.sha256(CONTENT).hexdigest()
    assert site.ranges == ["", "bytes=400000-", "bytes=800000-"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_transfer_of_another_version_starts_over(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    (tmp_path / "a.zip.part").write_bytes(b"of an older version")
    (tmp_path / "a.zip.part.validator").write_text('"older"')
    site.files["/a.zip"] = CONTENT
    downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("etag", "wrong"),
    [('"older"', {"careless": True}), (ETAG, {"astray": True})],
    ids=["another version", "from the beginning"],
)
def test_what_goes_on_with_other_bytes_is_dropped(
    site: Site, downloader: Downloader, tmp_path: Path, etag: str, wrong: dict[str, bool]
) -> None:
    (tmp_path / "a.zip.part").write_bytes(b"of an older version")
    (tmp_path / "a.zip.part.validator").write_text(etag)
    site.files["/a.zip"] = CONTENT
    for name, value in wrong.items():
        setattr(site, name, value)
    downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == CONTENT
    assert site.ranges == ["bytes=19-", ""]


@pytest.mark.parametrize("redirect", ["/a.zip", "ftp://127.0.0.1/a.zip"])
def test_a_redirect_that_leads_nowhere_ends_it_at_once(
    site: Site, downloader: Downloader, pauses: list[float], tmp_path: Path, redirect: str
) -> None:
    site.redirect = redirect
    with pytest.raises(SourceError, match="cannot be asked for"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert pauses == []


def test_bytes_that_come_packed_are_refused(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    site.files["/a.zip"], site.coding = CONTENT, "gzip"
    with pytest.raises(SourceError, match="packed as gzip"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_pause_asked_for_by_date_is_heeded(
    site: Site, downloader: Downloader, pauses: list[float], tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    site.failures, site.retry_after = [503], "Fri, 31 Dec 9999 23:59:59 GMT"
    downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert pauses == [60.0]


def test_a_weak_etag_is_never_used_to_go_on(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    site.etag, site.break_after = 'W/"weak"', 900_000
    with pytest.raises(SourceError, match="after 5 attempts"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert set(site.ranges) == {""}
    assert not (tmp_path / "a.zip").exists()


def test_a_passing_failure_is_tried_again_after_the_pause_asked_for(
    site: Site, downloader: Downloader, pauses: list[float], tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    site.failures = [503, 429]
    downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert pauses == [7.0, 7.0]


def test_a_refusal_ends_it_at_once(site: Site, downloader: Downloader, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"/a\.zip: the server answers 404"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert site.asked == ["/a.zip"]


def test_bytes_that_are_not_the_published_ones_leave_nothing(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    other = base64.b64encode(hashlib.sha256(b"other").digest()).decode()
    site.digest = f"sha-256=:{other}:"
    with pytest.raises(IntegrityError, match="Repr-Digest says"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip")
    assert not list(tmp_path.glob("*.zip*part"))
    assert not (tmp_path / "a.zip").exists()


def test_a_length_that_is_not_the_published_one_leaves_nothing(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    site.files["/a.zip"] = CONTENT
    with pytest.raises(SourceError, match="1024000 bytes came, 5 were published"):
        downloader.fetch(site.base + "/a.zip", tmp_path / "a.zip", size=5)
    assert not (tmp_path / "a.zip").exists()


def _golden_copies(site: Site) -> None:
    data = {}
    for part in ("lei2", "rr", "repex"):
        site.files[f"/{part}.csv.zip"] = part.encode() * 100
        data[part] = {
            "full_file": {
                "csv": {"url": f"{site.base}/{part}.csv.zip", "size": len(part) * 100},
            }
        }
    listing = "/api/v2/golden-copies/publishes/latest"
    site.files[listing] = json.dumps({"data": data}).encode()


def test_the_golden_copies_come_with_a_note_each(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    _golden_copies(site)
    files = pull(PUBLISHERS["gleif"], tmp_path, downloader, today="2026-01-02", base=site.base)
    assert [file.name for file in files] == ["lei2.csv.zip", "rr.csv.zip", "repex.csv.zip"]
    note = json.loads(note_of(files[1]).read_text())
    assert (note["licence"], note["retrieved"], note["size"]) == ("CC0 1.0", "2026-01-02", 200)
    assert note["sha256"] == hashlib.sha256(b"rr" * 100).hexdigest()


def test_a_file_that_cannot_be_written_is_named(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    _golden_copies(site)
    (tmp_path / "lei2.csv.zip.part").mkdir()
    with pytest.raises(StorageError, match="cannot be written") as told:
        pull(PUBLISHERS["gleif"], tmp_path, downloader, today="2026-01-02", base=site.base)
    assert str(told.value.file).endswith("lei2.csv.zip")


def test_what_is_complete_is_not_fetched_again(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    _golden_copies(site)
    for _ in range(2):
        pull(PUBLISHERS["gleif"], tmp_path, downloader, today="2026-01-02", base=site.base)
    assert site.asked.count("/rr.csv.zip") == 1


def test_the_newest_company_files_are_taken_from_the_publishers_pages(
    site: Site, downloader: Downloader, tmp_path: Path
) -> None:
    old = "persons-with-significant-control-snapshot-2026-01-01.zip"
    new = "persons-with-significant-control-snapshot-2026-01-02.zip"
    basic = "BasicCompanyDataAsOneFile-2026-01-01.zip"
    site.files["/en_pscdata.html"] = f'<a href="{old}">a</a><a href="{new}">b</a>'.encode()
    site.files["/en_output.html"] = f'<a href="{basic}">c</a>'.encode()
    site.files |= {f"/{name}": name.encode() for name in (old, new, basic)}
    files = pull(PUBLISHERS["uk-psc"], tmp_path, downloader, today="2026-01-02", base=site.base)
    assert [file.name for file in files] == [new, basic]


@pytest.mark.parametrize("listing", [b"{}", b"<html>", b'{"data": {"lei2": []}}'])
def test_a_listing_of_another_shape_is_told(
    site: Site, downloader: Downloader, tmp_path: Path, listing: bytes
) -> None:
    site.files["/api/v2/golden-copies/publishes/latest"] = listing
    with pytest.raises(SourceError, match="the listing of the golden copies"):
        pull(PUBLISHERS["gleif"], tmp_path, downloader, today="2026-01-02", base=site.base)
