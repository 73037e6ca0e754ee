"""How databases of addresses look on a terminal. Values in, text out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from clearance.adapters.network.origin_json import origin_json, source_json
from clearance.bootstrap.network import Built, Described, Looked
from clearance.cli.render import document
from clearance.model.dates import text_of_day
from clearance.network.agreement import Agreement
from clearance.network.origin import Origin, Said
from clearance.network.source import Source


def built(out: Path, made: Built, *, as_json: bool) -> None:
    """Print what a build made."""
    if as_json:
        sources = [source_json(source) for source in made.sources]
        document({"out": str(out), **asdict(made), "sources": sources})
        return
    from clearance.cli.terminal import show

    show(f"database {made.digest[:16]} in {out}")
    show(f"{made.stretches:,} stretches of addresses, {made.records:,} distinct sets of votes")
    show(_agreed(made.agreement))
    show(_sources(made.sources))


def described(found: Described, *, as_json: bool) -> None:
    """Print what a database is made of, and how old that is."""
    networks = found.networks
    if as_json:
        sources = [
            {**source_json(source), "age": source.age(found.day), "stale": source in found.stale}
            for source in networks.sources
        ]
        document({"digest": networks.digest, "compiled": networks.compiled, "sources": sources})
        return
    from clearance.cli.terminal import show

    show(f"database {networks.digest}", _sources(networks.sources))
    for source in found.stale:
        show(f"stale: {source.id} is {source.age(found.day)} days old")
    if not networks.compiled:
        show("slow: the reader's C extension is not loaded; install maxminddb as a wheel")


def looked_up(found: Sequence[Looked], *, as_json: bool) -> None:
    """Print what sources say of addresses."""
    if as_json:
        document({"addresses": [_json(one) for one in found]})
        return
    from clearance.cli.terminal import show

    for one in found:
        show(f"{one.address} in {one.network}")
        if one.carried is not None:
            show(f"  {_carried(*one.carried)}")
        if one.origin is None:
            show("  no source knows this address")
            continue
        show(_votes(one.origin), *(f"  {line}" for line in _summary(one.origin)))
        for source in one.stale:
            show(f"  stale: {source}")


def _json(one: Looked) -> dict[str, object]:
    told = {"address": one.address, "network": one.network, "known": one.origin is not None}
    said = {} if one.origin is None else origin_json(one.origin)
    inside = dict(zip(("means", "address"), one.carried, strict=True)) if one.carried else None
    return {**told, "carried": inside, **said, "stale": list(one.stale)}


def _carried(means: str, address: str) -> str:
    if means == "Teredo":
        return f"carries {address} (Teredo), as its client says: not looked up, ask for it apart"
    return f"carries {address} ({means}): the votes are about that address"


def _votes(origin: Origin) -> object:
    from clearance.cli.terminal import table

    rows = table("source", "country", "ASN", "kinds", "operator", "as of")
    for vote in origin.votes:
        asn, kinds = str(vote.asn or ""), " ".join(vote.kinds)
        as_of = text_of_day(vote.as_of)
        rows.add_row(vote.source, vote.country, asn, kinds, vote.operator, as_of)
    return rows


def _summary(origin: Origin) -> Iterator[str]:
    """Who agrees with whom, in words."""
    if origin.countries:
        yield "country: " + ", ".join(map(_by, origin.countries))
    if origin.anonymised is not None:
        yield f"anonymised: {_voices(origin.anonymised)}"
    if origin.reserved:
        yield "reserved: nobody on the Internet sends from here"


def _by(said: Said) -> str:
    return f"{said.what} by {_voices(said)}"


def _voices(said: Said) -> str:
    count = f"{said.voices} independent source{'' if said.voices == 1 else 's'}"
    return f"{count} ({', '.join(said.sources)})"


def _agreed(figures: Agreement) -> str:
    placed = f"{figures.placed:,} IPv4 addresses placed in a country"
    if not figures.compared:
        return f"{placed}, none by two independent sources"
    share = figures.unanimous / figures.compared
    return f"{placed}, {figures.compared:,} by two or more, {share:.1%} of these without dispute"


def _sources(sources: Sequence[Source]) -> object:
    from clearance.cli.terminal import table

    rows = table("source", "format", "as of", "licence", "blocks", "sha256", title="sources")
    for source in sources:
        licence = source.licence or "not stated"
        cells = (text_of_day(source.as_of), licence, f"{source.blocks:,}", source.digest[:16])
        rows.add_row(source.id, source.format, *cells)
    return rows
