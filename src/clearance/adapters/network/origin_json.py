"""What sources say of an address, as plain values: for answers, for the log, for a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearance.model.dates import text_of_day
from clearance.model.plain import Json
from clearance.network.origin import Origin, Said, Vote
from clearance.network.source import Source


def origin_json(origin: Origin) -> dict[str, Json]:
    """Every vote, and who agrees with whom."""
    hidden = origin.anonymised
    return {
        "votes": [vote_json(vote) for vote in origin.votes],
        "countries": _said(origin.countries),
        "asns": _said(origin.asns),
        "kinds": _said(origin.kinds),
        "anonymised": None if hidden is None else _one(hidden),
        "reserved": origin.reserved,
    }


def vote_json(vote: Vote) -> Mapping[str, Json]:
    """One source's word; what it does not say is left out."""
    said: dict[str, Json] = {
        "country": vote.country,
        "asn": vote.asn,
        "kinds": list(vote.kinds),
        "operator": vote.operator,
    }
    told = {name: value for name, value in said.items() if value}
    voice = {"voice": vote.voice} if vote.voice not in ("", vote.source) else {}
    return {"source": vote.source, **told, **voice, "as_of": text_of_day(vote.as_of)}


def source_json(source: Source) -> dict[str, Json]:
    """A source as it is described in a database."""
    return {
        "id": source.id,
        "format": source.format,
        "voice": source.voice,
        "as_of": text_of_day(source.as_of),
        "licence": source.licence,
        "digest": source.digest,
        "files": list(source.files),
        "blocks": source.blocks,
    }


def _said(things: Sequence[Said]) -> list[Json]:
    return [_one(said) for said in things]


def _one(said: Said) -> Mapping[str, Json]:
    return {"what": said.what, "sources": list(said.sources), "voices": said.voices}
