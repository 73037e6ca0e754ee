"""Random small worlds for properties: who holds what, in every shape that registers know.

1. Two to nine parties, loops and own shares included, since holders and subjects are drawn freely.
2. ``features`` switch shapes on; a narrower set is easier to read when a property fails.
3. A tidy world has no subject whose disjoint minima go above 100 %; a wild one may.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st
from tests.graphs import share
from tests.reference.world import World

from clearance.model.dates import UNDATED, Period, day_of, parse_date
from clearance.model.interest import CAPITAL_RIGHTS, Interest, InterestType
from clearance.model.party import Party, PartyKind
from clearance.model.rule import Force, Rule, SeedFact, Seeds, Version
from clearance.model.rule import Test as ShareTest
from clearance.model.share import Share, Unspecified

DAY = day_of("2026-06-01")
ALL_FEATURES = frozenset(
    (
        *("bands", "unstated", "unknown", "attributed", "joint", "components", "sources"),
        *("dates", "arrangements", "control", "votes", "board", "rights", "branch", "person"),
        *("missing", "wild", "self", "declared", "options", "consolidation", "roles"),
    )
)
"""``declared``: indirect holdings over components that hold something, some of them shared;
``roles``: settlors, trustees and beneficiaries whose share is stated."""
NOMINEES = frozenset(("nominees",))
"""Holdings of nominees, whose nominators are named in one of three places, or nowhere."""
_EXACT = ("5", "10", "20", "25", "30", "40", "49", "50", "51", "60", "75", "95", "100", "33.3")
_BANDS = (
    *("(25,50]", "(50,75)", "[75,100]", "[25,50]", "(25,100]", "[0,25)", "(50,100]", "[10,60)"),
    *("(0,10]", "(0,100]", "[0,100)"),
)
_PERIODS = (
    ("2019", ""),
    ("", "2026"),
    ("2026-06-01", ""),
    ("", "2026-06-01"),
    ("2026-06", ""),
    ("2020-01-01", "2026-06-02"),
    ("2026", "2026-06"),
    ("2027-01-01", ""),
)
_CONTROL = (
    InterestType.otherInfluenceOrControl,
    InterestType.controlByLegalFramework,
    InterestType.seniorManagingOfficial,
    InterestType.boardMember,
)
_GROUP = InterestType.otherInfluenceOrControl
_OPTION = InterestType.conditionalRightsGrantedByContract
_ROLES = (
    InterestType.settlor,
    InterestType.trustee,
    InterestType.beneficiaryOfLegalArrangement,
)


@st.composite
def worlds(
    draw: st.DrawFn, rules: st.SearchStrategy[Rule], features: frozenset[str] = ALL_FEATURES
) -> World:
    """A world, a rule, named seeds, on one day."""
    names = "ABCDEFGHI"[: draw(st.integers(2, 9))]
    parties = tuple(draw(_party(name, names, features)) for name in names)
    kinds = {party.id: party.kind for party in parties}
    count = draw(st.integers(1, min(16, 2 * len(names) + 2)))
    interests = [draw(_interest(names, number, kinds, features)) for number in range(count)]
    interests = draw(_back_from_branches(parties, count)) + interests
    if "declared" in features and not draw(st.integers(0, 2)):
        interests += draw(_declared(names, len(interests), features))
    if "nominees" in features:
        interests += draw(_nominations(names, interests, features))
    if "wild" not in features or draw(st.integers(0, 3)):
        interests = list(_tidy(interests))
    known = [name for name in names if kinds[name] is not PartyKind.UNKNOWN]
    seeds = draw(st.sets(st.sampled_from(known), max_size=3)) if known else set[str]()
    return World(parties, tuple(interests), draw(rules), DAY, frozenset(seeds))


@st.composite
def _back_from_branches(draw: st.DrawFn, parties: tuple[Party, ...], number: int) -> list[Interest]:
    """Some branches hold their own head offices whole, or nearly so."""
    whole = st.sampled_from((None, "100", "100", "95"))
    rows = [(party.id, party.branch_of, draw(whole)) for party in parties if party.branch_of]
    return [
        Interest(
            branch,
            head,
            InterestType.shareholding,
            share(amount),
            statement=f"s{number + place:02}",
        )
        for place, (branch, head, amount) in enumerate(rows, 30)
        if amount
    ]


@st.composite
def _party(draw: st.DrawFn, name: str, names: str, features: frozenset[str]) -> Party:
    kinds = [PartyKind.ENTITY] * 12
    kinds += [PartyKind.UNKNOWN] * 2 if "unknown" in features else []
    kinds += [PartyKind.ARRANGEMENT] * 2 if "arrangements" in features else []
    kinds += [PartyKind.PERSON, PartyKind.STATE] if "person" in features else []
    kind = draw(st.sampled_from(kinds))
    party = Party(name, kind=kind, capital=draw(st.integers(0, 15)) != 0)
    if "branch" in features and kind is PartyKind.ENTITY and not draw(st.integers(0, 9)):
        head = draw(st.sampled_from(names))
        return replace(party, branch_of=head if head < name else "")
    return party


@st.composite
def _interest(
    draw: st.DrawFn,
    names: str,
    number: int,
    kinds: dict[str, PartyKind],
    features: frozenset[str],
) -> Interest:
    holder, subject = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    if holder == subject and "self" not in features:
        subject = names[(names.index(holder) + 1) % len(names)]
    type = draw(st.sampled_from(_types(kinds[subject], features)))
    components: tuple[str, ...] = ()
    sized = type not in _ROLES and type not in _CONTROL and holder != subject
    if "components" in features and sized and not draw(st.integers(0, 7)):
        others = sorted(set(names) - {holder, subject})
        components = tuple(draw(st.sets(st.sampled_from(others), max_size=2))) if others else ()
    joint = "joint" in features and not components and not draw(st.integers(0, 3))
    consolidated = "consolidation" in features and type is _GROUP and not draw(st.integers(0, 3))
    return Interest(
        holder,
        subject,
        type,
        share("?") if consolidated else _amount(draw, type, features),
        _period(draw, features),
        source=draw(st.sampled_from(("", "one", "two"))) if "sources" in features else "",
        statement=f"s{number:02}",
        attributed="attributed" in features and not draw(st.integers(0, 4)),
        components=tuple(sorted(components)),
        joint=f"j-{subject}" if joint and holder != subject else "",
        consolidation=consolidated,
    )


@st.composite
def _declared(draw: st.DrawFn, names: str, number: int, features: frozenset[str]) -> list[Interest]:
    """Indirect holdings declared over components that hold something, some of them shared."""
    some = draw(st.permutations(names))
    subject, components = some[0], some[1:4]
    amounts = st.sampled_from((*_EXACT[:9], *_BANDS[:2], "?", "?"))
    pairs = [(component, subject) for component in components]
    pairs += [(draw(st.sampled_from(names)), component) for component in components]
    rows: list[tuple[str, str, tuple[str, ...]]]
    rows = [(holder, held, ()) for holder, held in pairs if holder != held]
    for holder in draw(st.sets(st.sampled_from(names), min_size=1, max_size=2)):
        over = tuple(sorted(draw(st.sets(st.sampled_from(components), min_size=1)) - {holder}))
        rows += [(holder, component, ()) for component in over if draw(st.integers(0, 3))]
        rows += [(holder, subject, over)] if holder != subject else []
    return [
        Interest(
            holder,
            held,
            InterestType.shareholding,
            share(draw(amounts)),
            statement=f"s{number + place:02}",
            components=over,
        )
        for place, (holder, held, over) in enumerate(rows)
    ]


@st.composite
def _nominations(
    draw: st.DrawFn, names: str, interests: list[Interest], features: frozenset[str]
) -> list[Interest]:
    """Who holds some of these is a nominee; nominators in it, in what it holds, or elsewhere."""
    wanted = (InterestType.shareholding, InterestType.votingRights)
    held = [row for row in interests if row.type in wanted]
    rows: list[tuple[str, str, InterestType]] = []
    for row in draw(st.lists(st.sampled_from(held), max_size=2)) if held else ():
        nominee, elsewhere = row.interested_party, draw(st.sampled_from(names))
        rows += [(nominee, row.subject, InterestType.nominee)]
        rows += [(nominee, elsewhere, InterestType.nominee)] if draw(st.booleans()) else []
        places = st.sampled_from((nominee, nominee, row.subject, elsewhere))
        for nominator in draw(st.sets(st.sampled_from(names), max_size=2)):
            rows += [(nominator, draw(places), InterestType.nominator)]
    return [
        Interest(holder, subject, type, share("?"), _period(draw, features), statement=f"t{place}")
        for place, (holder, subject, type) in enumerate(rows)
    ]


def _types(kind: PartyKind, features: frozenset[str]) -> list[InterestType]:
    types = [InterestType.shareholding] * 12
    types += [InterestType.votingRights] * 3 if "votes" in features else []
    types += [InterestType.appointmentOfBoard] if "board" in features else []
    types += list(CAPITAL_RIGHTS) if "rights" in features else []
    types += list(_CONTROL) if "control" in features else []
    types += [InterestType.unknownInterest] if "missing" in features else []
    types += [_OPTION] if "options" in features else []
    if kind is PartyKind.ARRANGEMENT:
        types = [*_ROLES] * 2 + types[:2]
    return types


def _amount(draw: st.DrawFn, type: InterestType, features: frozenset[str]) -> Share | Unspecified:
    told = type in _ROLES and "roles" in features and not draw(st.integers(0, 2))
    if type in (*_ROLES, *_CONTROL, InterestType.unknownInterest) and not told:
        return share("?")
    texts = list(_EXACT)
    texts += _BANDS if "bands" in features else []
    texts += ["?"] * 3 if "unstated" in features else []
    return share(draw(st.sampled_from(texts)))


def _period(draw: st.DrawFn, features: frozenset[str]) -> Period:
    if "dates" not in features or draw(st.integers(0, 4)):
        return UNDATED
    start, end = draw(st.sampled_from(_PERIODS))
    return Period(parse_date(start) if start else None, parse_date(end) if end else None)


def _tidy(interests: Iterable[Interest]) -> Iterable[Interest]:
    """Leave out rows that would take a subject's minima above the whole."""
    taken: dict[tuple[str, InterestType], Fraction] = {}
    for interest in interests:
        if isinstance(interest.share, Share):
            key = (interest.subject, interest.type)
            total = taken.get(key, Fraction(0)) + interest.share.minimum
            if total > 1:
                continue
            taken[key] = total
        yield interest


def always(tests: tuple[ShareTest, ...]) -> tuple[Version, ...]:
    """In force on every day."""
    return (Version(Force(-(2**31) + 1, 2**31 - 1), tests),)


_PLACES = ("", "XA", "XB", "XC", "XD")
_FACTS = (
    (SeedFact.HEADQUARTERED,),
    (SeedFact.INCORPORATED, SeedFact.HEADQUARTERED),
    (SeedFact.INCORPORATED, SeedFact.GOVERNMENT, SeedFact.RESIDENT),
)


@st.composite
def located_worlds(draw: st.DrawFn, rules: st.SearchStrategy[Rule]) -> World:
    """A world whose rule picks the seeds by region: some kinds of party, some facts."""
    world = draw(worlds(rules))
    kinds = draw(st.sets(st.sampled_from(list(PartyKind)[1:]), min_size=1))
    regions = draw(st.sets(st.sampled_from(_PLACES[1:]), max_size=3))
    seeds = Seeds(
        tuple(sorted(kinds)),
        facts=draw(st.sampled_from(_FACTS)),
        regions=tuple(sorted(regions)),
        outside=draw(st.integers(0, 3)) == 0,
    )
    others = draw(st.booleans()) and world.rule.control.level is not None
    control = replace(world.rule.control, other_kinds_of_region=others)
    rule = replace(world.rule, seeds=seeds, control=control)
    parties = tuple(draw(_located(party)) for party in world.parties)
    return replace(world, parties=parties, rule=rule, seeds=None)


@st.composite
def _located(draw: st.DrawFn, party: Party) -> Party:
    places = st.sampled_from(_PLACES)
    if party.kind is PartyKind.PERSON:
        return replace(party, residence=draw(places), residence_period=_period(draw, ALL_FEATURES))
    return replace(party, jurisdiction=draw(places), headquarters=draw(places))
