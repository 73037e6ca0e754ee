"""A database of addresses, mapped: what every source says of an address.

1. Equal records are one ``Origin`` object, so that whoever judges origins may do it once for each.
2. An address that no source knows is ``None``; a text that is no address is an ``InputError``.
3. Opening checks every byte against the digest that names the database.
4. Only what reads the format is loaded: the decision point keeps a database in every process.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network
from mmap import ACCESS_READ, mmap
from pathlib import Path
from socket import AF_INET, AF_INET6, inet_pton
from typing import cast

import maxminddb
from maxminddb import InvalidDatabaseError, Reader

from clearance.adapters.network import about
from clearance.adapters.network.addresses import no_address, plain
from clearance.adapters.network.record import Records
from clearance.adapters.unreadable import unreadable
from clearance.model.errors import InputError, IntegrityError
from clearance.network.origin import Origin
from clearance.network.source import Source


class Networks:
    """A database made by ``network build``, open for reading; threads may share it.

    **Shape**: ``sources`` in the order of the votes; ``digest`` names the database; ``built`` is in
    seconds since 1970; ``compiled`` says whether the reader is the compiled one, without which a
    lookup takes ten times as long.

    **Cost**: 1 to 2 µs a lookup, most of it waiting for memory; 300 bytes a distinct record that
    was ever met.
    """

    __slots__ = (
        "_get",
        "_reader",
        "_records",
        "built",
        "compiled",
        "digest",
        "file",
        "sources",
    )

    def __init__(self, file: str, reader: Reader, sources: tuple[Source, ...], digest: str) -> None:
        self.file = file
        self.sources = sources
        self.digest = digest
        self.built = reader.metadata().build_epoch
        self.compiled = type(reader).__module__ != Reader.__module__
        self._reader = reader
        self._get = cast("Callable[[str], str | None]", reader.get)
        self._records = Records(sources)

    @classmethod
    def open(cls, path: Path) -> Networks:
        """The database in a file.

        Raises:
            InputError: there is no such file, or it is no database of this kind.
            IntegrityError: its bytes are not those that were written.
            StorageError: the machine cannot read it.
        """
        file = str(path)
        try:
            reader = maxminddb.open_database(path)
            metadata = reader.metadata()
        except FileNotFoundError:
            raise InputError("no such file", file=file, remedy="check the path") from None
        except (InvalidDatabaseError, IsADirectoryError, ValueError):
            raise _not_a_database(file) from None
        except OSError as error:
            raise unreadable(file, error) from None
        if metadata.database_type != about.DATABASE_TYPE:
            raise _not_a_database(file)
        said = metadata.description
        text = said.get(about.SOURCES, "")
        sources = about.read(text, file)
        figures = metadata.node_count, metadata.record_size, metadata.build_epoch
        digest = _digest(path, text, figures)
        if digest != said.get(about.DIGEST):
            raise IntegrityError("its bytes differ from its digest", file=file, remedy=about.AGAIN)
        return cls(file, reader, sources, digest)

    def lookup(self, address: str) -> Origin | None:
        """Every source's vote about an address.

        Raises:
            InputError: the text is no address.
            IntegrityError: the file was changed while it was open.
        """
        family = AF_INET
        if ":" in address:
            family = AF_INET6
            address = address.partition("%")[0] if "%" in address else address
        try:
            inet_pton(family, address)
            record = self._get(address)
        except (OSError, ValueError):
            raise no_address(address) from None
        except InvalidDatabaseError:
            raise self._changed() from None
        return self._records[record]

    def block(self, address: str) -> str:
        """The widest network around an address in which nothing else is said.

        >>> Networks.open(Path("networks.mmdb")).block("192.0.2.7")  # doctest: +SKIP
        '192.0.2.0/24'
        """
        exact = plain(address)
        length = self._reader.get_with_prefix_len(exact)[1]
        return str(ip_network(f"{exact}/{length}", strict=False))

    def _changed(self) -> IntegrityError:
        what = "changed while it was open"
        return IntegrityError(what, file=self.file, remedy="replace a database by renaming")


def _digest(path: Path, sources: str, figures: tuple[int, int, int]) -> str:
    """The digest of the bytes that are there."""
    with (
        path.open("rb") as stream,
        mmap(stream.fileno(), 0, access=ACCESS_READ) as octets,
        memoryview(octets)[: octets.rfind(about.MARK)] as body,
    ):
        return about.digest(body, sources, figures)


def _not_a_database(file: str) -> InputError:
    return InputError(
        "no database of addresses", file=file, remedy="make one with 'clearance network build'"
    )
