"""Sources: told by content, clean UTF-8, and stopped before they hurt the machine."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from clearance.adapters.formats.limits import Limits
from clearance.adapters.formats.source import Source, open_source
from clearance.model.errors import ClearanceError, InputError, SourceError

TEXT = "id,name\nA,Kräm\n"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def only(path: Path, **limits: int) -> Source:
    (source,) = open_source(path, limits=Limits(**limits))
    return source


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        gzip.compress(TEXT.encode()),
        zipped(a=TEXT.encode()),
        zipped(a=gzip.compress(TEXT.encode())),
    ],
    ids=["plain", "mark", "utf-16", "utf-32", "utf-16-be", "gzip", "zip", "gzip in zip"],
)
def test_however_it_is_packed_the_text_is_the_same(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "name-without-meaning.csv"
    path.write_bytes(content)
    source = only(path)
    assert b"".join(source.chunks()).decode() == TEXT
    assert list(source.lines()) == [(1, b"id,name"), (2, "A,Kräm".encode())]
    assert source.head(7) == b"id,name"
    assert source.reader().read() == TEXT.encode()


def test_each_member_of_an_archive_is_a_source_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "two.zip"
    path.write_bytes(zipped(b=b"1", a=b"2"))
    assert [source.name for source in open_source(path)] == [f"{path}!b", f"{path}!a"]


def test_a_folder_gives_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text("x")
    assert [source.path.name for source in open_source(tmp_path)] == ["a.csv", "b.csv"]


def test_characters_on_the_seam_of_two_chunks_stay_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clearance.adapters.formats.source.CHUNK", 3)
    path = tmp_path / "seams"
    text = "aé€😀" * 5 + "\n"
    path.write_text(text, encoding="utf-8")
    pieces = list(only(path).chunks())
    assert "".join(piece.decode() for piece in pieces) == text


def test_windows_line_ends_are_no_part_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "dos"
    path.write_bytes(b"a\r\n\r\nb")
    assert list(only(path).lines()) == [(1, b"a"), (2, b""), (3, b"b")]


def broken_zip() -> bytes:
    return zipped(a=b"x" * 1000)[:-30]


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"", SourceError, "the file is empty"),
        (b"\xef\xbb\xbf", SourceError, "holds only white space"),
        (b" \n\n", SourceError, "holds only white space"),
        (gzip.compress(b""), SourceError, "the file is empty"),
        ("id\nKräm\n".encode("latin-1"), SourceError, "byte 5 is not UTF-8"),
        (b"ok \xc3", SourceError, "byte 3 is not UTF-8"),
        (b"\xff\xfea\x00\x00\xd8b\x00", SourceError, "byte 4 is not UTF-16-LE"),
        (gzip.compress(b"x" * 9999)[:-12], SourceError, "ends too early"),
        (gzip.compress(b"x" * 99)[:-8] + b"12345678", SourceError, "is broken"),
        (broken_zip(), SourceError, "is broken"),
        (zipped(), SourceError, "holds no file"),
        (zipped(a=b"0" * 9_000_000), SourceError, "unpacks to"),
        (gzip.compress(b"0\n" * 4_000_000), SourceError, "unpacks to more than"),
        (b"short\n" + b"x" * 2_000_000, SourceError, ":2: a line longer than 1 MB"),
        (b"x" * 2_000_000 + b"\nshort\n", SourceError, ":1: a line longer than 1 MB"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    tmp_path: Path, content: bytes, error: type[ClearanceError], says: str
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(error) as caught:
        list(only(path, line=1_000_000, ratio_after=1_000_000).lines())
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_more_bytes_or_members_than_allowed_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.zip"
    path.write_bytes(zipped(a=bytes(range(256)) * 40, b=b"x"))
    with pytest.raises(SourceError, match="10241 bytes"):
        open_source(path, limits=Limits(unpacked=5000))
    with pytest.raises(SourceError, match="2 files"):
        open_source(path, limits=Limits(members=1))


def test_a_missing_file_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        open_source(tmp_path / "none")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda content: zipped(a=content)])
def test_progress_counts_compressed_bytes(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "p"
    path.write_bytes(pack(bytes(str(list(range(50_000))), "ascii")))
    seen: list[int] = []
    (source,) = open_source(path, progress=seen.append)
    assert sum(len(chunk) for chunk in source.chunks()) > 200_000
    assert 0.9 * path.stat().st_size < sum(seen) <= 1.2 * path.stat().st_size
