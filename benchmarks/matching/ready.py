"""The corpus as a snapshot, made once into the scratch folder and used again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.matching.corpus import make_corpus
from benchmarks.matching.open_set import Corpus, corpus_of
from benchmarks.matching.real_names import real_names
from benchmarks.process import clearance
from clearance.adapters.matching.source import Candidates, candidates_of
from clearance.adapters.snapshot.folder import open_folder
from clearance.matching.candidates import Sought
from clearance.matching.compare.sides import Side
from clearance.usecases.match import FAR

VERSION = 1
"""Of the generators; a scratch folder of another version is not used."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A corpus, and the snapshot of it that is searched."""

    table: pa.Table
    corpus: Corpus
    source: Candidates

    def search(self, queries: Sequence[Side], limit: int) -> list[list[int]]:
        """The rows of the corpus that are weighed for each query, as ``clearance match`` does."""
        found = self.source.search([_sought(query) for query in queries], limit, FAR)
        return [[one.party for one in each] for each in found]


def ready(root: Path, size: int, real: Path | None = None) -> Ready:
    """The corpus of ``size`` names, its files made if they are not there."""
    folder = root / f"names-v{VERSION}-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    file, snapshot = folder / "corpus.parquet", folder / "snapshot"
    if not file.exists():
        pq.write_table(make_corpus(real_names(real), size), file)
    table = pq.read_table(file).combine_chunks()
    if not snapshot.exists():
        pq.write_table(_parties(table), folder / "parties.parquet")
        clearance("reference", "build", str(snapshot), str(folder / "parties.parquet"))
    return Ready(table, corpus_of(table), candidates_of(open_folder(snapshot)))


def _sought(query: Side) -> Sought:
    return Sought(tuple(name.form for name in query.names), tuple(sorted(query.countries)))


def _parties(table: pa.Table) -> pa.Table:
    """The corpus with the columns of the plain format; a person has a residence only."""
    person = pc.equal(table["kind"], "person")
    return pa.table(
        {
            "id": table["id"],
            "kind": table["kind"],
            "name": table["name"],
            "jurisdiction": pc.if_else(person, "", table["country"]),
            "residence": pc.if_else(person, table["country"], ""),
        }
    )
