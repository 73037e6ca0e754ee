"""Say who records are: a file of customers, one record, or whatever a program asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clearance.adapters.matching.run import MatchRun
from clearance.adapters.told import Told
from clearance.matching.resolution import Resolution, Weighed
from clearance.model.customer import Customer
from clearance.model.errors import InputError
from clearance.model.party import LEI, Identifier, PartyKind
from clearance.model.record import Record
from clearance.model.region import region_code
from clearance.usecases.match import Resolver


class Matcher:
    """A snapshot's parties, ready to be asked who a record is.

    Use this when a program matches record by record. Threads may share one; pickled it is its
    path, and opens the snapshot again where it arrives. Processes share the snapshot's pages.
    """

    __slots__ = ("_resolver", "model", "path")

    def __init__(self, path: Path, model: Path | None, resolver: Resolver) -> None:
        self.path = path
        self.model = model
        self._resolver = resolver

    @classmethod
    def open(cls, path: Path | str, model: Path | str | None = None) -> Matcher:
        """The matcher of a snapshot.

        Args:
            path: a snapshot folder.
            model: a model made by ``clearance match train``; the shipped one.

        Raises:
            InputError: no such model.
            IntegrityError: the folder is no snapshot.

        **Cost**: a second or two at ten million parties; nothing is read before it is used.
        """
        from clearance.adapters.matching.opening import open_resolver

        folder, learned = Path(path), None if model is None else Path(model)
        return cls(folder, learned, open_resolver(folder, learned))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self).open, (self.path, self.model)

    def resolve(self, record: Record) -> Resolution:
        """Who a record is. **Cost**: below a millisecond, once pages are in memory."""
        return self._resolver.resolve([record])[0]

    def resolve_all(self, records: Sequence[Record]) -> Sequence[Resolution]:
        """Who each record is, in order."""
        return self._resolver.resolve(records)


def record_of(
    name: str = "",
    *,
    country: str = "",
    lei: str = "",
    number: str = "",
    address: str = "",
    website: str = "",
    phone: str = "",
    kind: str = "unknown",
) -> Record:
    """A record from texts as somebody types them.

    Args:
        name: its name, in any script.
        country: an ISO 3166 code.
        lei: its LEI.
        number: ``SCHEME:NUMBER`` of a register.
        address: one address, in one text.
        website: a site or an e-mail address.
        phone: a phone number.
        kind: ``entity``, ``person``, ``state``, ``arrangement`` or ``unknown``.

    Raises:
        InputError: the country, the number or the kind cannot be read.

    >>> record_of("Aurora", country="xa", number="XA-REG:42").identifiers
    (Identifier(scheme='XA-REG', id='42'),)
    """
    kinds = {each.word: each for each in PartyKind}
    if kind not in kinds:
        what = f"{kind[:40]!r} is no kind of party"
        raise InputError(what, file="--kind", remedy=f"write one of {', '.join(kinds)}")
    scheme, colon, id = number.partition(":")
    if number and not (scheme and colon and id):
        remedy = "write SCHEME:NUMBER, such as XA-REG:42"
        raise InputError(f"{number[:40]!r} names no register", file="--number", remedy=remedy)
    told = [Identifier(LEI, lei.strip().upper())] if lei else []
    told += [Identifier(scheme, id)] if number else []
    customer = Customer(
        id="",
        name=name.strip(),
        country=region_code(country),
        identifiers=tuple(told),
        kind=kinds[kind],
        addresses=(address,) if address else (),
        websites=(website,) if website else (),
        phones=(phone,) if phone else (),
    )
    return customer.record


def match_customers(
    reference: Path,
    customers: Path,
    out: Path | None = None,
    *,
    model: Path | None = None,
    told: Told | None = None,
) -> MatchRun:
    """Say of every customer of a file which party of a snapshot it is.

    Args:
        reference: a snapshot folder.
        customers: CSV, JSON lines or Parquet.
        out: a folder for both result files; none is written without it.
        model: a model made by ``clearance match train``; the shipped one.
        told: who is told how far it is.

    Raises:
        InputError: the customers or the model cannot be used.
        StorageError: the folder cannot be written; nothing is left of it then.
        IntegrityError: the snapshot does not agree with its digests.
    """
    from clearance.adapters.matching.run import match_file

    return match_file(reference, customers, out, model, told or Told())


def search(
    reference: Path, text: str, *, country: str = "", limit: int = 10, model: Path | None = None
) -> tuple[Weighed, ...]:
    """The parties of a snapshot whose names are most like a text, most alike first.

    Raises:
        InputError: the text has no letter or digit, or the country is no code.
        IntegrityError: the folder is no snapshot.
    """
    from clearance.adapters.matching.opening import open_resolver
    from clearance.usecases.search_names import search_names

    return search_names(open_resolver(reference, model), text, country, limit)
