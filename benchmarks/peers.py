"""The same question put to other tools: who is reached on lower ends, pooled, more than 50 %.

Every peer gets the same live holdings of the same day and answers with the set of reached parties,
so that answers are compared as well as times. Shares are whole hundredths of a percent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HALF = 5_000
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Problem:
    """``holder[i]`` has ``share[i]`` / 10,000 of ``subject[i]``; ``seeds`` are party numbers."""

    size: int
    holder: Ints
    subject: Ints
    share: Ints
    seeds: Ints


def duckdb_cascade(problem: Problem) -> set[int]:
    """SQL, round by round until nothing is new: a recursive query cannot sum over its rounds."""
    import duckdb
    import pyarrow as pa

    database = duckdb.connect()
    database.execute("SET threads = 2")
    holdings = pa.table(
        {"holder": problem.holder, "subject": problem.subject, "share": problem.share}
    )
    database.register("given", holdings)
    database.register("seeds", pa.table({"party": problem.seeds}))
    database.execute("CREATE TABLE holding AS SELECT * FROM given")
    database.execute("CREATE TABLE reached AS SELECT party FROM seeds")
    while True:
        before = _count(database)
        database.execute(
            """INSERT INTO reached
               SELECT subject FROM holding SEMI JOIN reached ON holder = party
               GROUP BY subject HAVING sum(share) > 5000
               EXCEPT SELECT party FROM reached"""
        )
        if _count(database) == before:
            rows = database.execute("SELECT party FROM reached").fetchnumpy()
            return set(rows["party"].tolist())


def _count(database: object) -> int:
    row = database.execute("SELECT count(*) FROM reached").fetchone()  # type: ignore[attr-defined]
    return int(row[0])


def networkx_cascade(problem: Problem) -> set[int]:
    """A work list over a ``networkx.DiGraph``."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(
        zip(problem.holder.tolist(), problem.subject.tolist(), problem.share.tolist(), strict=True)
    )
    reached = set(problem.seeds.tolist())
    held: dict[int, int] = defaultdict(int)
    work = list(reached)
    while work:
        holder = work.pop()
        if holder not in graph:
            continue
        for subject, data in graph[holder].items():
            held[subject] += data["weight"]
            if held[subject] > HALF and subject not in reached:
                reached.add(subject)
                work.append(subject)
    return reached


CONTROL = """
reached(X) :- seed(X).
reached(Y) :- holds(_, Y, _), #sum { S, X : holds(X, Y, S), reached(X) } > 5000.
#show reached/1.
"""


def clingo_cascade(problem: Problem) -> set[int]:
    """The company-control program in Datalog with aggregates."""
    import clingo

    control = clingo.Control(["--warn=none"])
    facts = [
        f"holds({holder},{subject},{share})."
        for holder, subject, share in zip(
            problem.holder.tolist(), problem.subject.tolist(), problem.share.tolist(), strict=True
        )
    ]
    facts.extend(f"seed({party})." for party in problem.seeds.tolist())
    control.add("base", [], CONTROL + "\n".join(facts))
    control.ground([("base", [])])
    reached: set[int] = set()

    def collect(model: clingo.Model) -> None:
        reached.update(symbol.arguments[0].number for symbol in model.symbols(shown=True))

    control.solve(on_model=collect)
    return reached


def scipy_product(problem: Problem, rounds: int = 200) -> NDArray[np.float64]:
    """Power iteration x = max(seed, A x) until nothing moves by more than 1e-12."""
    from scipy.sparse import csr_matrix

    weights = problem.share / 10_000
    matrix = csr_matrix(
        (weights, (problem.subject, problem.holder)), shape=(problem.size, problem.size)
    )
    x = np.zeros(problem.size)
    x[problem.seeds] = 1.0
    for _ in range(rounds):
        following = np.asarray(matrix @ x, np.float64)
        following[problem.seeds] = 1.0
        if float(np.abs(following - x).max()) < 1e-12:
            return following
        x = following
    return x


def networkx_product(problem: Problem) -> NDArray[np.float64]:
    """Shares pushed along a topological order, group by group; loops by iteration."""
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(problem.size))
    graph.add_weighted_edges_from(
        zip(
            problem.holder.tolist(),
            problem.subject.tolist(),
            (problem.share / 10_000).tolist(),
            strict=True,
        )
    )
    seeds = set(problem.seeds.tolist())
    x = np.zeros(problem.size)
    x[problem.seeds] = 1.0
    groups = networkx.condensation(graph)
    for number in networkx.topological_sort(groups):
        members = groups.nodes[number]["members"] - seeds
        for _ in range(1 if len(members) == 1 else 400):
            for party in members:
                x[party] = sum(
                    data["weight"] * x[holder]
                    for holder, _, data in graph.in_edges(party, data=True)
                )
    return x
