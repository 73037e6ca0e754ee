"""What a decision rested on, as JSON that decides the same when it is read again.

1. ``facts`` and ``standings`` of one account or customer are one document; an origin is another.
2. What is at its default is left out, so that a new field leaves old documents as they are.
3. Documents are canonical; their SHA-256 is what a decision says of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

import orjson

from clearance.adapters.screening.standing_json import standing_json, standing_of_json
from clearance.model.dates import ALWAYS, NEVER, day_of, text_of_day
from clearance.model.plain import Fields, Json
from clearance.model.rule import Rule
from clearance.network.origin import Kind, Origin, Vote
from clearance.policy.facts import UNIDENTIFIED, Channel, Facts, Manner, Posted
from clearance.usecases.decide import Holder, Known


def known_bytes(known: Known | Holder) -> bytes:
    """What is known of an account or customer."""
    document: dict[str, Json] = {"facts": _facts_json(known.facts)}
    if known.standings:
        document["standings"] = [
            standing_json(standing) for _, standing in sorted(known.standings.items())
        ]
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def known_of(value: Json, rules: Mapping[str, Rule]) -> Known:
    """What such a document says, under the rules that the policy names.

    Raises:
        InputError: it is no such document.
    """
    fields = Fields(value, "known")
    standings = [standing_of_json(one, rules) for one in fields.objects("standings")]
    known = Known(
        _facts(fields.object("facts")),
        {one.rule.id: one for one in standings if one is not None},
    )
    fields.done()
    return known


def origin_bytes(origin: Origin) -> bytes:
    """Every source's vote about an address, without the address."""
    votes = [_vote_json(vote) for vote in origin.votes]
    return orjson.dumps(votes, option=orjson.OPT_SORT_KEYS)


def origin_of(value: Json) -> Origin:
    """The origin that such a document describes.

    Raises:
        InputError: it is no such document.
    """
    votes = Fields({"votes": value}, "origin").objects("votes")
    return Origin(tuple(_vote(vote) for vote in votes))


def _facts_json(facts: Facts) -> dict[str, Json]:
    found: dict[str, Json] = {
        "account": facts.account,
        "channel": "" if facts.channel is Channel.DIRECT else facts.channel.value,
        "customer": facts.customer,
        "doubt": "" if facts.doubt == UNIDENTIFIED else facts.doubt,
        "opened": "" if facts.opened == ALWAYS else text_of_day(facts.opened),
        "posted": [_posted_json(one) for one in facts.posted],
        "revenue": format(facts.revenue, "f") if facts.revenue else "",
        "segment": facts.segment,
        "stated": dict(facts.stated),
        "unidentified": facts.unidentified,
    }
    return {name: value for name, value in found.items() if value}


def _facts(fields: Fields) -> Facts:
    facts = Facts(
        stated=fields.pairs("stated"),
        unidentified=fields.text("unidentified", ""),
        segment=fields.text("segment", ""),
        revenue=_amount(fields),
        doubt=fields.text("doubt", UNIDENTIFIED),
        posted=tuple(_posted(one) for one in fields.objects("posted")),
        channel=fields.one_of(fields.text("channel", "direct"), Channel, "channel"),
        customer=fields.text("customer", ""),
        account=fields.text("account", ""),
        opened=_day(fields, "opened", ALWAYS),
    )
    fields.done()
    return facts


def _amount(fields: Fields) -> Decimal:
    try:
        return Decimal(fields.text("revenue", "0"))
    except InvalidOperation:
        raise fields.fault("revenue", "is no amount") from None


def _posted_json(posted: Posted) -> dict[str, Json]:
    found: dict[str, Json] = {
        "confidence": None if posted.confidence == 100 else posted.confidence,
        "kind": posted.kind,
        "manner": "" if posted.manner is Manner.OBSERVED else posted.manner.value,
        "reviewer": posted.reviewer,
        "since": "" if posted.since == ALWAYS else text_of_day(posted.since),
        "source": posted.source,
        "until": "" if posted.until == NEVER else text_of_day(posted.until),
        "value": posted.value,
    }
    return {name: value for name, value in found.items() if value not in ("", None)}


def _posted(fields: Fields) -> Posted:
    posted = Posted(
        kind=fields.text("kind"),
        value=fields.text("value", ""),
        source=fields.text("source", ""),
        confidence=fields.number("confidence", 100),
        since=_day(fields, "since", ALWAYS),
        until=_day(fields, "until", NEVER),
        manner=fields.one_of(fields.text("manner", "observed"), Manner, "manner"),
        reviewer=fields.text("reviewer", ""),
    )
    fields.done()
    return posted


def _day(fields: Fields, name: str, default: int) -> int:
    return day_of(fields.text(name)) if fields.has(name) else default


def _vote_json(vote: Vote) -> dict[str, Json]:
    found: dict[str, Json] = {
        "as_of": text_of_day(vote.as_of),
        "asn": vote.asn,
        "country": vote.country,
        "kinds": [kind.value for kind in vote.kinds],
        "operator": vote.operator,
        "source": vote.source,
        "voice": vote.voice,
    }
    return {name: value for name, value in found.items() if value}


def _vote(fields: Fields) -> Vote:
    vote = Vote(
        source=fields.text("source"),
        country=fields.text("country", ""),
        asn=fields.number("asn"),
        kinds=tuple(fields.one_of(one, Kind, "kinds") for one in fields.texts("kinds")),
        as_of=day_of(fields.text("as_of")),
        operator=fields.text("operator", ""),
        voice=fields.text("voice", ""),
    )
    fields.done()
    return vote
