"""The log that detection asks: an ingested one, through a database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from clearance.adapters.campaigns.engines import Engine
from clearance.adapters.campaigns.known_texts import NOTHING, KnownTexts
from clearance.adapters.campaigns.timeline import campaigns_days, everybodys_days
from clearance.adapters.campaigns.view import Opened, open_view, requests_of
from clearance.campaigns.evidence import Int64
from clearance.campaigns.held import Held
from clearance.campaigns.log_view import LogView, Requests
from clearance.campaigns.queries import ASKED
from clearance.campaigns.readings import Volume, readings
from clearance.campaigns.search import Judged
from clearance.campaigns.traits import Facts
from clearance.usecases.campaign_picture import picture
from clearance.usecases.detect import Detected
from clearance.usecases.findings import Days, Finding, Member, Pivot, Shared, pivoted, pivots

_ANCHORS = 400


class AskedLog:
    """Answers ``usecases.detect.Log`` and turns what it found into findings with names."""

    def __init__(
        self,
        engine: Engine,
        organisations: Mapping[str, str] | None = None,
        known: KnownTexts = NOTHING,
    ) -> None:
        self._engine = engine
        self._opened: Opened = open_view(engine, organisations or {}, known)

    @property
    def view(self) -> LogView:
        """Actors and what they share."""
        return self._opened.view

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return len(self._opened.accounts.account)

    @property
    def total(self) -> int:
        """How many requests there are."""
        return int(self._opened.accounts.requests.sum())

    def names(self) -> tuple[str, ...]:
        """The name of each actor's first account."""
        first = self._first_accounts()
        self._engine.give("members", account=first, campaign=np.zeros(len(first), np.int64))
        known = self._names()
        return tuple(known[one][0] for one in first.tolist())

    def requests(self, members: Int64) -> Requests:
        """The times of these actors' requests."""
        return requests_of(self._engine, self._opened, members)

    def facts(self) -> Facts:
        """What each actor's first account states of itself."""
        table = self._engine.ask(ASKED["facts"])
        order = np.argsort(table["account"].to_numpy())
        at = order[np.searchsorted(table["account"].to_numpy()[order], self._first_accounts())]
        created, tokens, n = (_plain(table[name])[at] for name in ("created", "tokens", "n"))
        agent, issuer, asn, plan = (
            _numbered(table[name])[at] for name in ("agent", "issuer", "asn", "plan")
        )
        return Facts(created, agent, issuer, asn, plan, tokens if tokens.any() else n)

    def _first_accounts(self) -> Int64:
        first = np.unique(self._opened.actors.of, return_index=True)[1]
        return self._opened.accounts.account[first]

    def findings(self, detected: Detected) -> tuple[Finding, ...]:
        """What was found, for a reviewer."""
        accounts = [self._accounts_of(one) for one in detected.searched.campaigns]
        if not accounts:
            return ()
        number = np.repeat(np.arange(len(accounts)), [len(one) for one in accounts])
        self._engine.give("members", account=np.concatenate(accounts), campaign=number)
        names = self._names()
        days, everybody = campaigns_days(self._engine), everybodys_days(self._engine)
        return tuple(
            self._finding(at, detected, names, days[at], pivots(days[at], everybody))
            for at in range(len(detected.searched.campaigns))
        )

    def _accounts_of(self, one: Judged) -> Int64:
        inside = np.isin(self._opened.actors.of, one.tested.cohort.members)
        return self._opened.accounts.account[inside]

    def _names(self) -> dict[int, tuple[str, str]]:
        table = self._engine.ask(ASKED["named"])
        columns = (table[name].to_pylist() for name in ("account", "name", "organisation"))
        return {key: (name, body) for key, name, body in zip(*columns, strict=True)}

    def _finding(
        self,
        at: int,
        detected: Detected,
        names: Mapping[int, tuple[str, str]],
        days: Days,
        moves: Sequence[Pivot],
    ) -> Finding:
        judged = detected.searched.campaigns[at]
        cohort, accounts = judged.tested.cohort, self._opened.accounts
        p = dict(zip(cohort.members.tolist(), detected.member_p[at], strict=True))
        inside = np.flatnonzero(np.isin(self._opened.actors.of, cohort.members))
        members = [
            Member(
                *names[int(accounts.account[one])],
                p[int(self._opened.actors.of[one])],
                int(accounts.requests[one]),
            )
            for one in inside.tolist()
        ]
        timeline = tuple((day, sum(days[day].values())) for day in sorted(days))
        volume = self._volume(at, inside, timeline)
        place = detected.one_place[at]
        traits = (*detected.traits[at], *pivoted(moves))
        return Finding(
            _id(accounts.account[inside]),
            judged.verdict,
            tuple(sorted(members, key=lambda one: (one.p, one.account))),
            len(cohort.members),
            judged.tested.evidence,
            traits,
            (*_counter(members, place), *self._public(cohort.members)),
            readings(judged.tested.evidence, traits, volume, one_place=place),
            volume,
            timeline,
            tuple(moves),
            self._shared(judged, inside),
            picture(cohort.members, detected.requests, self.view),
        )

    def _volume(self, at: int, inside: Int64, timeline: Sequence[tuple[int, int]]) -> Volume:
        given, taken = self._tokens(at)
        total = sum(n for _, n in timeline)
        busiest = max(n for _, n in timeline) / max(1, total)
        return Volume(
            len(inside),
            total,
            len(timeline),
            busiest,
            given,
            taken,
        )

    def _tokens(self, campaign: int) -> tuple[int, int]:
        """Tokens that a campaign put in and took out; 0 where the log does not state them."""
        said = self._engine.columns(ASKED["tokens"])
        at = int(np.flatnonzero(said["campaign"] == campaign)[0])
        return int(said["given"][at]), int(said["taken"][at])

    def _public(self, members: Int64) -> Iterator[str]:
        """How many members keep to texts that anybody may use."""
        _, text = Held(self._opened.public, self.view.actors).of(members)
        for number, count in enumerate(np.bincount(text).tolist()):
            if count:
                name = self._opened.texts[number]
                yield f"{count} of {len(members)} keep to public texts of {name}"

    def _shared(self, judged: Judged, inside: Int64) -> Shared:
        view, members = self.view, judged.tested.cohort.members
        _, cards = Held(view.cards, view.actors).of(members)
        named = self._opened.cards[np.unique(cards)]
        return Shared(
            tuple(sorted(self._opened.accounts.account[inside].tolist())),
            tuple(sorted(judged.tested.cohort.tokens[:_ANCHORS])),
            tuple(sorted(named.tolist())),
        )


def _counter(members: Sequence[Member], one_place: bool) -> tuple[str, ...]:
    """What speaks against acting as one in secret."""
    found: list[str] = []
    declared = sum(bool(one.organisation) for one in members)
    if declared:
        found.append(f"{declared} of {len(members)} accounts belong to declared organisations")
    if one_place:
        found.append("most members called from one same address: a campus, an office, a carrier")
    return tuple(found)


def _id(accounts: Int64) -> str:
    """A campaign's id: it follows from its accounts."""
    digest = hashlib.blake2b(np.sort(accounts).tobytes(), digest_size=5)
    return f"campaign-{digest.hexdigest()}"


def _plain(column: pa.ChunkedArray) -> Int64:
    numbers: Int64 = column.to_numpy().astype(np.int64)
    return numbers


def _numbered(column: pa.ChunkedArray) -> Int64:
    """Words as numbers in the order of words, nothing as 0."""
    encoded = column.combine_chunks().dictionary_encode()
    words = encoded.dictionary.to_pylist()
    number = {word: at for at, word in enumerate(sorted({"", *words}))}
    known = np.array([number[word] for word in words], np.int64)
    numbers: Int64 = known[encoded.indices.to_numpy()]
    return numbers
