"""From rows to blocks: one source's rows, several sources' rows, joint groups, own shares.

1. In one source equal rows are one; unequal rows are at least the largest, at most their sum.
2. Sources are intersected; where nothing is left, the hull stands.
3. A joint group is one block: the sum of its rows, their intersection where attributed.
4. A group of mixed rows has at least the larger of the two, at most both.
5. A company's own shares are taken out; ``total`` divides by what is left.
6. A branch is its head office's, whole, and nobody else's.
7. A stated role in an arrangement is a row of its pair; the other roles hold what these leave.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.reference.ends import (
    ALL,
    NONE,
    End,
    add,
    capped_lower,
    larger_lower,
    larger_upper,
    smaller_lower,
    smaller_upper,
)
from tests.reference.held import Block, Held
from tests.reference.live import Row, roles_of, rows_of
from tests.reference.nominees import looked_through
from tests.reference.world import World

from clearance.model.interest import CAPITAL_RIGHTS, MISSING_TYPES, Measure

Key = tuple[str, str, str]
"""What keeps rows apart: joint group, holder, and a mark of declared or optional holdings."""


def held_in(measure: Measure, world: World, rows: list[Row]) -> dict[str, Held]:
    """What is held in every subject."""
    by_subject: dict[str, list[Row]] = {name: [] for name in world.everybody()}
    for row in rows_of(measure, world, rows) + _others(roles_of(world, rows)):
        by_subject[row.subject].append(row)
    found = {}
    for name, party in world.everybody().items():
        if party.branch_of:
            whole = Block(name, (party.branch_of,), ALL, ALL)
            found[name] = Held((whole,) if party.branch_of != name else ())
        else:
            blocks = _blocks(by_subject[name], rows, world)
            found[name] = _apart(blocks)
    return found


def _others(roles: list[Row]) -> list[Row]:
    """Role-holders without a stated share: together what the stated ones leave, for each."""
    found = []
    for row in roles:
        if not row.stated:
            inside = [other for other in roles if other.subject == row.subject]
            told = _pairs([other for other in inside if other.stated])
            blocks = [_fused(key, some) for key, some in told.items()]
            sure = any(other.surely for other in inside if not other.stated)
            most, least = add(b.high for b in blocks).value, add(b.low for b in blocks).value
            low = End(max(Fraction(0), 1 - most)) if sure else NONE
            high = End(max(Fraction(0), 1 - least))
            found.append(replace(row, low=low, high=high, attributed=True, joint="roles"))
    return found


def _pairs(rows: list[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for row in rows:
        found.setdefault((row.joint, row.holder, row.apart), []).append(row)
    return found


def _blocks(rows: list[Row], everything: list[Row], world: World) -> list[Block]:
    single = {key: _fused_rights(key, some) for key, some in sorted(_pairs(rows).items())}
    joint: dict[str, list[Block]] = {}
    found = []
    for (group, holder, _), fused in single.items():
        for block in looked_through(fused, everything, world):
            if group and block.holders == (holder,) != (block.subject,):
                joint.setdefault(group, []).append(block)
            else:
                found.append(block)
    return found + [_together(blocks) for _, blocks in sorted(joint.items())]


def _fused_rights(key: Key, rows: list[Row]) -> Block:
    """Surplus and profit rights are two views of one capital: the larger counts."""
    kinds = [kind for kind in CAPITAL_RIGHTS if any(row.type is kind for row in rows)]
    if len(kinds) < 2:
        return _fused(key, rows)
    other = [row for row in rows if row.type not in CAPITAL_RIGHTS]
    two = [_fused(key, other + [row for row in rows if row.type is kind]) for kind in kinds]
    low = larger_lower(block.low for block in two)
    return replace(two[0], low=low, high=larger_upper(block.high for block in two))


def _fused(key: Key, rows: list[Row]) -> Block:
    sources: dict[str, list[Row]] = {}
    for row in rows:
        sources.setdefault(row.source, []).append(row)
    low, high = _across([_in_one_source(some) for some in sources.values()])
    stated = any(row.stated and row.type not in MISSING_TYPES for row in rows)
    return Block(
        rows[0].subject,
        (key[1],),
        low,
        high,
        any(row.attributed for row in rows),
        stated,
        rows[0].components,
        () if stated else (key[1],),
    )


def _in_one_source(rows: list[Row]) -> tuple[End, End]:
    different = {(r.low.value, r.low.open, r.high.value, r.high.open) for r in rows}
    intervals = [(End(a, b), End(c, d)) for a, b, c, d in sorted(different)]
    low = larger_lower(low for low, _ in intervals)
    return low, smaller_upper([ALL, add(high for _, high in intervals)]).bare


def _across(intervals: list[tuple[End, End]]) -> tuple[End, End]:
    low = larger_lower(low for low, _ in intervals)
    high = smaller_upper(high for _, high in intervals)
    if low.value < high.value or (low.value == high.value and not (low.open or high.open)):
        return low.bare, high.bare
    low = smaller_lower(low for low, _ in intervals)
    return low.bare, larger_upper(high for _, high in intervals).bare


def _together(blocks: list[Block]) -> Block:
    holders = tuple(sorted({block.holders[0] for block in blocks}))
    disjoint = [block for block in blocks if not block.attributed]
    single = [(block.low, block.high) for block in blocks if block.attributed]
    low, high = _across(single) if single else (NONE, NONE)
    low = capped_lower(larger_lower([add(block.low for block in disjoint), low])).bare
    high = smaller_upper([ALL, add([*(block.high for block in disjoint), high])]).bare
    stated = all(block.stated for block in blocks)
    told = {block.holders[0] for block in blocks if block.stated}
    vague = tuple(name for name in holders if name not in told)
    return Block(blocks[0].subject, holders, low, high, bool(single), stated, vague=vague)


def _apart(blocks: list[Block]) -> Held:
    own = [block for block in blocks if block.holders == (block.subject,)]
    others = tuple(block for block in blocks if block.holders != (block.subject,))
    low, high = add(block.low for block in own), add(block.high for block in own)
    return Held(others, smaller_upper([ALL, low]).bare, smaller_upper([ALL, high]).bare)
