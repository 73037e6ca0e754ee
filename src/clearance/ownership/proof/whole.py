"""Who counts whole by itself: seeds; on the upper side also whoever nobody knows the owner of.

An ownerless group is written as one step, or as one for each of its branches.
"""

from __future__ import annotations

from dataclasses import replace

from clearance.model.proof import EVERYTHING, Because, Side, Step
from clearance.ownership.checker.ceilings import ancestors
from clearance.ownership.checker.cited import BRANCH
from clearance.ownership.checker.loops import ownerless_groups
from clearance.ownership.checker.seeds import is_unknown, seed_facts
from clearance.ownership.proof.cite import citing, head_of, is_special, live_rows
from clearance.ownership.proof.solved import Solved


def count_whole(solved: Solved, family: tuple[str, ...]) -> None:
    """Whoever is restricted by itself."""
    equations = solved.equations
    rows, side = equations.rows, equations.side
    for name in family:
        facts = seed_facts(rows, equations.run, name, side)
        if facts and solved.root in ("", name):
            solved.enter(Step(name, Because.SEED, EVERYTHING, fact=facts[0]), EVERYTHING)
        elif side is Side.MAY and is_unknown(rows, name):
            solved.enter(Step(name, Because.UNKNOWN, EVERYTHING), EVERYTHING)
    if side is Side.MAY:
        _unowned(solved, family)


def _unowned(solved: Solved, family: tuple[str, ...]) -> None:
    """Groups without an owner, in whatever measure."""
    equations, whole = solved.equations, frozenset[str]()
    every = replace(equations, measure=None)
    wide = ancestors(every, *family)
    for measure in every.tested():
        for group in ownerless_groups(every, wide, measure):
            for step in _ownerless(solved, group):
                solved.enter(step, EVERYTHING)
            solved.weights.update(dict.fromkeys(group, EVERYTHING))
            whole |= group
    solved.equations = replace(equations, whole=whole)


def _ownerless(solved: Solved, group: set[str]) -> list[Step]:
    """The step of an ownerless group; where it holds itself by branches, one for each of these."""
    equations, members = replace(solved.equations, measure=None), tuple(sorted(group))
    special = {
        member
        for member in members
        if any(is_special(equations, member, measure) for measure in equations.measures())
    }
    heads = {name: head for name in members if (head := head_of(equations, name))}
    rows = (
        row
        for member in members
        if member not in heads
        for row in live_rows(equations, member)
        if row.interested_party in group or member in special
    )
    step = citing(equations, Step(members[0], Because.OWNERLESS, EVERYTHING, members=members), rows)
    if not heads:
        return [step]
    solved.loops += 1
    return [
        replace(step, party=name, fact=BRANCH + head, together=solved.loops)
        for name, head in heads.items()
    ]
