"""An ingested log as the arrays that seeds and tests work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from clearance.adapters.campaigns.engines import Engine
from clearance.adapters.campaigns.known_texts import NOTHING, KnownTexts
from clearance.campaigns.actors import Accounts, Actors, actors_of
from clearance.campaigns.anchors import FEWEST
from clearance.campaigns.evidence import Int64
from clearance.campaigns.log_view import LogView, Pairs, Requests, pairs, shared
from clearance.campaigns.queries import ASKED


@dataclass(frozen=True, slots=True)
class Opened:
    """A log's accounts, their actors, what actors share, and the keyed number of each card.

    **Shape**: an item of ``public`` is a text that anybody may use, named by ``texts``.
    """

    accounts: Accounts
    actors: Actors
    view: LogView
    cards: Int64
    public: Pairs
    texts: tuple[str, ...]


def open_view(
    engine: Engine, organisations: Mapping[str, str], known: KnownTexts = NOTHING
) -> Opened:
    """What the days of an engine say of their actors.

    Args:
        engine: the log.
        organisations: accounts' verified organisations, over what the log declares.
        known: texts that anybody may use; they are no anchors.

    **Cost**: about a second a million rows.
    """
    accounts = _accounts(engine, organisations)
    actors = actors_of(accounts)
    requests = actors.requests[actors.of]
    engine.give("actors", account=accounts.account, actor=actors.of, requests=requests)
    focus = engine.columns(ASKED["focus"])
    source = known.sources(focus["token"])
    own = source < 0
    kept, tokens = shared(focus["actor"][own], focus["token"][own], FEWEST)
    public, texts = pairs(focus["actor"][~own], source[~own])
    cards = engine.columns(ASKED["cards"])
    by_card, card_names = shared(cards["actor"], cards["thing"])
    found = engine.columns(ASKED["addresses"])
    mixed = found["address"] ^ (found["day"] * 0x9E3779B97F4A7C1)
    addresses, item = shared(found["actor"], mixed)
    place = found["address"][np.unique(mixed, return_index=True)[1]]
    places = place[np.searchsorted(np.unique(mixed), item)]
    view = LogView(
        len(actors),
        kept,
        tokens,
        by_card,
        addresses,
        places,
        _echoes(engine),
        _copies(engine),
    )
    names = tuple(known.names[one] for one in texts.tolist())
    return Opened(accounts, actors, view, card_names, public, names)


def _accounts(engine: Engine, organisations: Mapping[str, str]) -> Accounts:
    table = engine.ask(ASKED["accounts"])
    stated = table["organisation"].to_pylist()
    if organisations:
        names = table["name"].to_pylist()
        stated = [organisations.get(*pair) for pair in zip(names, stated, strict=True)]
    number = {word: at for at, word in enumerate(sorted({"", *stated}))}
    organisation = np.array([number[word] for word in stated], np.int64)
    return Accounts(
        _plain(table, "account"),
        organisation,
        _plain(table, "card"),
        _plain(table, "address"),
        _plain(table, "n"),
    )


def _plain(table: pa.Table, name: str) -> Int64:
    column: Int64 = table[name].to_numpy().astype(np.int64)
    return column


def _echoes(engine: Engine) -> Pairs:
    found = engine.columns(ASKED["echoes"])
    low = np.minimum(found["giver"], found["taker"])
    high = np.maximum(found["giver"], found["taker"])
    once = np.unique(np.stack((low, high)), axis=1)
    number = np.arange(once.shape[1])
    return pairs(np.concatenate((once[0], once[1])), np.concatenate((number, number)))[0]


def _copies(engine: Engine) -> Pairs:
    found = engine.columns(ASKED["copied"])
    acts = np.stack([found[name] for name in ("day", "text", "act")])
    first = np.ones(acts.shape[1], np.bool_)
    first[1:] = (acts[:, 1:] != acts[:, :-1]).any(axis=0)
    return pairs(found["actor"], first.cumsum())[0]


def requests_of(engine: Engine, opened: Opened, members: Int64) -> Requests:
    """The times of these actors' requests; others have none.

    **Cost**: a second for three million rows.
    """
    wanted = np.zeros(len(opened.actors), np.bool_)
    wanted[members] = True
    kept = wanted[opened.actors.of]
    engine.give("wanted", account=opened.accounts.account[kept], actor=opened.actors.of[kept])
    found = engine.columns(ASKED["requests"])
    start = np.searchsorted(found["actor"], np.arange(len(opened.actors) + 1))
    return Requests(start.astype(np.int64), found["time"])
