"""How an explanation looks on a terminal: trees, arithmetic, readings, what is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from clearance.adapters.explaining.explain_json import explanation_json, owners_json
from clearance.adapters.foreign_text import visible
from clearance.adapters.report.explain_page import explain_page, owners_page, told
from clearance.cli.render import document
from clearance.cli.terminal import show, table
from clearance.model.dates import text_of, text_of_day
from clearance.model.party import Party, PartyKind
from clearance.model.share import range_text
from clearance.usecases.explain import Answered, Explanation, OwnersOf
from clearance.usecases.picture import Role
from clearance.usecases.tree import Node, Tie, alike, nodes
from clearance.usecases.tree_picture import shares_text

WIDE = 140
SIGNS = {
    Role.RESTRICTED: ("⊖ ", "bold red"),
    Role.REACHED: ("▲ ", "red"),
    Role.POSSIBLE: ("◇ ", "yellow"),
    Role.UNKNOWN: ("? ", "yellow"),
}


def explanation(found: Explanation, format: str) -> None:
    """Print an explanation as a tree, as JSON or as a page."""
    if format == "json":
        document(explanation_json(found))
    elif format == "html":
        sys.stdout.write(explain_page(found))
    else:
        show(*_parts(found), width=WIDE)


def owners(party: Party, as_of: int, found: Sequence[OwnersOf], format: str) -> None:
    """Print whom the owner-finding rules name as a table, as JSON or as a page."""
    if format == "json":
        document(owners_json(party, as_of, found))
    elif format == "html":
        sys.stdout.write(owners_page(party, as_of, found))
    else:
        _owners_table(party, as_of, found)


def _owners_table(party: Party, as_of: int, found: Sequence[OwnersOf]) -> None:
    rows = table("Rule", "Owner", "Kind", "Share", "Measure", "Reached", min_width=60)
    for one in found:
        rule = one.rule.id + ("" if one.in_force else " (not in force, as if)")
        if not one.found:
            nobody = "nobody" if one.asked else "not asked: name the --policy whose regions count"
            rows.add_row(rule, nobody, "", "", "", "")
        for owner in one.found:
            rows.add_row(
                rule,
                _named(owner.party),
                owner.party.kind.word,
                range_text(owner.share),
                owner.measure,
                owner.reached.word,
            )
        rows.add_section()
    title = Text(f"Owners of {_named(party)} on {text_of_day(as_of)}", "bold")
    show(title, rows, width=WIDE)


def _parts(found: Explanation) -> Iterator[RenderableType]:
    party = found.party
    yield Text(f"{_named(party)} on {text_of_day(found.as_of)}", "bold")
    names = {node.party.id: node.party for node in nodes(found.upward)}
    for answer in found.answers:
        yield from _answer(answer, names)
    if found.upward.children or found.upward.more:
        yield Text("\nOwners, upwards", "bold")
        yield _tree(found.upward)
    else:
        yield Text("\nNobody is declared to own it on the day.")
    if found.downward.children:
        yield Text("\nWhat it owns, downwards", "bold")
        yield _tree(found.downward)
    yield Text("⊖ restricted itself   ▲ reached   ◇ possibly reached   ? unknown", "dim")


def _answer(answer: Answered, names: dict[str, Party]) -> Iterator[RenderableType]:
    finding = answer.finding
    yield Text(f"\n{answer.rule.title}: {finding.reached.word}", "bold")
    yield Text(told(answer))
    if answer.rule.verified != "yes":
        yield Text(f"not verified: {answer.rule.verified}", "dim")
    if len({result.reached for result in finding.readings.values()}) > 1:
        yield Text("The readings differ:", "yellow")
        for name, result in finding.readings.items():
            yield Text(f"  {name}: {range_text(result.share)}, {result.reached.word}")
    if answer.steps:
        rows = table("Step", "Reading", "Arithmetic", "Reached")
        for step in answer.steps:
            named = _named(names[step.party]) if step.party in names else step.party
            rows.add_row(named, step.reading, step.sum, step.reached.word)
        yield rows
    for one in finding.missing:
        subject = names.get(one.subject)
        yield Text(f"missing: {one.what}, {_named(subject) if subject else one.subject}")


def _tree(root: Node) -> Tree:
    tree = Tree(_label(root))
    _grow(tree, root)
    return tree


def _grow(tree: Tree, node: Node) -> None:
    for child in node.children:
        _grow(tree.add(_label(child)), child)
    if node.more:
        tree.add(Text(f"and {node.more} more", "dim"))


def _label(node: Node) -> Text:
    sign, style = SIGNS.get(node.role, ("", ""))
    label = Text()
    for ties in alike(node.ties):
        text = visible(shares_text([tie.interest for tie in ties]) + _about(ties[0]))
        label.append(f"{text}  ", "cyan" if ties[0].certain else "cyan dim")
    label.append(sign + _named(node.party), style)
    label.append(f"  {_facts(node.party)}", "dim")
    if node.repeated:
        label.append("  (stands above)", "dim")
    if node.ended:
        label.append(f"  ({node.ended} interests not live)", "dim")
    return label


def _about(tie: Tie) -> str:
    start, end = text_of(tie.interest.period.start), text_of(tie.interest.period.end)
    dates = f" {start or ''}–{end or ''}" if start or end else ""
    marks = " attributed" if tie.interest.attributed else ""
    perhaps = "" if tie.certain else " perhaps"
    source = f" [{tie.interest.source}]" if tie.interest.source else ""
    return f"{dates}{marks}{perhaps}{source}"


def _named(party: Party) -> str:
    return visible(party.name or party.unspecified or party.id)


def _facts(party: Party) -> str:
    place = party.headquarters or party.jurisdiction
    if party.headquarters and party.jurisdiction not in ("", party.headquarters):
        place = f"{party.headquarters}, inc. {party.jurisdiction}"
    kind = "" if party.kind is PartyKind.ENTITY else party.kind.word
    return visible(" ".join(part for part in (place, kind, party.id) if part))
