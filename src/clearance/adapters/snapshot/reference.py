"""Reference data in use: the graph for the engine, rows for explanation, look-ups for customers.

Made in memory by ``compile`` or mapped from a snapshot folder; nobody can tell the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from clearance.adapters.snapshot.content import Content, graph_of
from clearance.adapters.snapshot.fuse import FACTS
from clearance.adapters.snapshot.lookup import by_domain, by_identifier, by_name
from clearance.adapters.snapshot.merging import canonical_in
from clearance.model.dates import ALWAYS, NEVER, UNDATED, Moment, Period
from clearance.model.interest import Direct, Interest, InterestType
from clearance.model.particular import Particular, ParticularKind
from clearance.model.party import Identifier, Party, PartyKind
from clearance.model.record import Record
from clearance.model.share import Share, Unspecified, of_units
from clearance.ownership.arrays.graph import (
    ATTRIBUTED,
    CONSOLIDATION,
    HIGH_OPEN,
    LOW_OPEN,
    STATED,
    Graph,
    Int64,
)

_DIRECTS = tuple(Direct)
_KINDS = {int(kind): kind for kind in PartyKind}
_REACHED_AT = (
    (ParticularKind.ADDRESS,),
    (ParticularKind.WEBSITE, ParticularKind.EMAIL),
    (ParticularKind.PHONE,),
)
"""What a record tells of where a party is reached."""
_FOUND = 1 << 16
"""Ids and their positions kept: whoever asks for a party asks for it again."""


class Reference:
    """Parties and interests by index and by id.

    **Shape**: implements ``model.rows.Rows``; a party's index is the rank of its id. ``digest``
    names the snapshot, empty for data in memory. Of merged parties the one that stands for them
    answers to every id, with the names, numbers and particulars of all; ``canonical`` leads to it
    from each party's index, ``None`` where nothing is merged.
    """

    def __init__(self, content: Content, digest: str = "", graph: Graph | None = None) -> None:
        self.content = content
        self.digest = digest
        self.graph = graph or graph_of(content)
        self._ids = content.texts["party.id"]
        self._told = lru_cache(maxsize=_FOUND)(self._ids.__getitem__)
        self._find = lru_cache(maxsize=_FOUND)(self._ids.find)
        self.canonical = canonical_in(content)
        self._component_row = self.graph.interests.component_row

    def __len__(self) -> int:
        return len(self._ids)

    def index(self, id: str) -> int | None:
        """The index of a party, or ``None``. **Cost**: a binary search."""
        found = self._find(id)
        if found < 0:
            return None
        return found if self.canonical is None else int(self.canonical[found])

    def indexes(self, ids: Sequence[str]) -> list[int]:
        """The index of each party, or -1. **Cost**: for many, some 5 µs each."""
        found = self._ids.find_all(ids)
        if self.canonical is not None:
            found = np.where(found >= 0, self.canonical[found], -1)
        return [int(one) for one in found]

    def id(self, index: int) -> str:
        """The id of a party."""
        return self._told(int(index))

    def ids_at(self, indexes: Int64) -> list[str]:
        """The ids of many parties. **Cost**: a sixth of asking for each."""
        return self._ids.take(indexes)

    def name(self, index: int) -> str:
        """The name of a party, empty where not stated."""
        names = self.content.texts["party.name"]
        if self.canonical is None:
            return names[int(index)]
        return next(filter(None, (names[one] for one in self.members(int(index)))), "")

    def members(self, index: int) -> tuple[int, ...]:
        """The parties that this one stands for, itself first; itself alone where none is merged."""
        if self.canonical is None:
            return (index,)
        member = self.content.arrays["merge.member"]
        start, end = np.searchsorted(self.canonical[member], (index, index + 1))
        return tuple(member[start:end].tolist()) or (index,)

    def ids(self, index: int) -> tuple[str, ...]:
        """Every id that a party answers to, its own first."""
        return tuple(map(self.id, self.members(index)))

    def statement(self, row: int) -> str:
        """The statement behind an interest row of the graph."""
        return self.content.texts["interest.statement"][int(row)]

    def party_ids(self) -> Iterator[str]:
        """Every party id, in ascending order of code points; of merged parties one."""
        if self.canonical is None:
            return iter(self._ids)
        stands = self.canonical == np.arange(len(self.canonical))
        return (id for id, own in zip(self._ids, stands, strict=True) if own)

    def party(self, id: str) -> Party | None:
        """The party of that id, a stub if it is only named by an interest, or ``None``."""
        found = self.index(id)
        return None if found is None else self.party_at(found)

    def party_at(self, index: int) -> Party:
        """The party of that index."""
        facts, codes = self.graph.parties, self.graph.parties.codes
        told = self._teller(index)
        branch = int(facts.branch_of[index])
        return Party(
            id=self.id(index),
            name=self.name(index),
            kind=PartyKind(int(facts.kind[index])),
            jurisdiction=codes[facts.jurisdiction[index]],
            headquarters=codes[facts.headquarters[index]],
            residence=codes[facts.residence[index]],
            residence_period=_period(
                facts.residence_start_first[index], facts.residence_start_last[index],
                facts.residence_end_first[index], facts.residence_end_last[index],
            ),
            lists=facts.list_sets[facts.lists[index]],
            identifiers=self.identifiers(index),
            capital=bool(facts.capital[index]),
            branch_of=self.id(branch) if branch >= 0 else "",
            unspecified=self._word("unspecified", "party", told),
            source=self._word("source", "party", told),
            statement=self.content.texts["party.statement"][told],
            stub=bool(self.content.arrays["party.stub"][index]),
        )  # fmt: skip

    def identifiers(self, index: int) -> tuple[Identifier, ...]:
        """The identifiers of a party, in the order in which they were stated."""
        places = self._items("identifier", index)
        if not places:
            return ()
        scheme = self.content.arrays["party.identifier_scheme"]
        schemes, ids = self.content.tables["scheme"], self.content.texts["party.identifier"]
        found = [Identifier(schemes[scheme.item(at)], ids[at]) for at in places]
        return tuple(found) if len(found) == 1 else tuple(dict.fromkeys(found))

    def other_names(self, index: int) -> tuple[str, ...]:
        """Further names of a party, in the order in which they were stated."""
        names, mains = self.content.texts["party.other_name"], self.content.texts["party.name"]
        own = [names[at] for at in self._items("other_name", index)]
        members = self.members(index)
        if len(members) == 1:
            return tuple(own)
        united = dict.fromkeys((self.name(index), *(mains[one] for one in members), *own))
        return tuple(filter(None, united))[1:]

    def particulars(self, index: int) -> tuple[Particular, ...]:
        """Addresses, legal form and the like of an entity, in the order of statement."""
        places = self._items("particular", index)
        if not places:
            return ()
        kind = self.content.arrays["party.particular_kind"]
        texts = self.content.texts["party.particular"]
        return tuple(
            dict.fromkeys(Particular(ParticularKind(int(kind[at])), texts[at]) for at in places)
        )

    def record(self, index: int) -> Record:
        """The party as one side of a comparison. **Cost**: some 8 µs, half of ``party_at``'s."""
        facts, codes = self.graph.parties, self.graph.parties.codes
        told = self.particulars(index)
        reached = [_of(told, *kinds) for kinds in _REACHED_AT] if told else ((), (), ())
        names = (self.name(index), *self.other_names(index))
        places = (
            codes[facts.jurisdiction.item(index)],
            codes[facts.headquarters.item(index)],
            codes[facts.residence.item(index)],
        )
        return Record(
            id=self.id(index),
            names=tuple(dict.fromkeys(filter(None, names))),
            kind=_KINDS[facts.kind.item(index)],
            countries=tuple(dict.fromkeys(filter(None, places))),
            identifiers=self.identifiers(index),
            addresses=reached[0],
            websites=reached[1],
            phones=reached[2],
        )

    def lookup_identifier(self, scheme: str, id: str) -> tuple[int, ...]:
        """The parties that have this identifier, ascending."""
        return by_identifier(self.content, [(scheme, id)])[0]

    def lookup_name(self, name: str, jurisdiction: str = "") -> tuple[int, ...]:
        """The parties of exactly this name there (empty = anywhere), ascending."""
        return by_name(self.content, [(name, jurisdiction)])[0]

    def with_identifiers(self, identifiers: Sequence[Identifier]) -> list[tuple[int, ...]]:
        """The parties that carry each identifier, ascending."""
        return by_identifier(self.content, [(one.scheme, one.id) for one in identifiers])

    def with_domains(self, domains: Sequence[str]) -> list[tuple[int, ...]]:
        """The parties that are reached at each domain, ascending."""
        return by_domain(self.content, domains)

    def conflicts(self, index: int) -> tuple[str, ...]:
        """Facts on which the party's sources differ, by field."""
        own = self.content.arrays["party.conflict_of"]
        at = int(np.searchsorted(own, index))
        if at == len(own) or own[at] != index:
            return ()
        bits = int(self.content.arrays["party.conflict"][at])
        return tuple(name for bit, name in enumerate(FACTS) if bits >> bit & 1)

    def interests_in(self, subject: str) -> Sequence[Interest]:
        """Every interest in ``subject``, by interested party, type, source, statement."""
        index = self.index(subject)
        if index is None:
            return ()
        start, end = self.graph.subject_start[index : index + 2]
        return tuple(self.interest(row) for row in range(int(start), int(end)))

    def interests_of(self, interested_party: str) -> Sequence[Interest]:
        """Every interest that ``interested_party`` holds, by subject, type, source, statement."""
        index = self.index(interested_party)
        if index is None:
            return ()
        start, end = self.graph.holder_start[index : index + 2]
        rows = sorted(int(row) for row in self.graph.by_holder[start:end])
        return tuple(self.interest(row) for row in rows)

    def interest(self, row: int) -> Interest:
        """The interest behind a row of the graph, as it was stated."""
        rows, texts = self.graph.interests, self.content.texts
        flags, joint = int(rows.flags[row]), int(rows.joint[row])
        return Interest(
            interested_party=self.id(int(rows.holder[row])),
            subject=self.id(int(rows.subject[row])),
            type=InterestType(int(rows.type[row])),
            share=self._share(row, flags),
            period=_period(
                rows.start_first[row], rows.start_last[row],
                rows.end_first[row], rows.end_last[row],
            ),
            source=self.content.tables["source"][rows.source[row]],
            statement=texts["interest.statement"][row],
            record=texts["interest.record"][row],
            direct=_DIRECTS[self.content.arrays["interest.direct"][row].item()],
            attributed=bool(flags & ATTRIBUTED),
            components=self._components(row),
            joint=texts["joint.id"][joint] if joint >= 0 else "",
            consolidation=bool(flags & CONSOLIDATION),
            detail=self._word("detail", "interest", row),
        )  # fmt: skip

    def _share(self, row: int, flags: int) -> Share | Unspecified:
        if not flags & STATED:
            reason = self._word("unspecified", "interest", row)
            return Unspecified(reason) if reason else Unspecified()
        return Share(
            of_units(int(self.graph.interests.low[row])),
            of_units(int(self.graph.interests.high[row])),
            bool(flags & LOW_OPEN),
            bool(flags & HIGH_OPEN),
        )

    def _components(self, row: int) -> tuple[str, ...]:
        start, end = np.searchsorted(self._component_row, (row, row + 1))
        parties = self.graph.interests.component_party[start:end]
        return tuple(self.id(int(party)) for party in parties)

    def _items(self, name: str, index: int) -> Sequence[int]:
        """Where the items of a party and of those it stands for lie."""
        starts = self.content.arrays[f"party.{name}_start"]
        if self.canonical is None:
            return range(starts.item(index), starts.item(index + 1))
        own = (range(starts.item(one), starts.item(one + 1)) for one in self.members(int(index)))
        return tuple(chain.from_iterable(own))

    def _teller(self, index: int) -> int:
        """The first of the parties that this one stands for whose source says something of it."""
        source = self.content.arrays["party.source"]
        return next((one for one in self.members(index) if source[one]), index)

    def _word(self, name: str, prefix: str, at: int) -> str:
        code: int = self.content.arrays[f"{prefix}.{name}"][at].item()
        return self.content.tables[name][code]


def _period(
    start_first: np.int32, start_last: np.int32, end_first: np.int32, end_last: np.int32
) -> Period:
    start = None if start_first == ALWAYS else Moment(int(start_first), int(start_last))
    end = None if end_first == NEVER else Moment(int(end_first), int(end_last))
    return UNDATED if start is None and end is None else Period(start, end)


def _of(particulars: Sequence[Particular], *kinds: ParticularKind) -> tuple[str, ...]:
    return tuple(one.text for one in particulars if one.kind in kinds)
