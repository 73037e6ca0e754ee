"""Peers' scores, run by the interpreter of their own environment: nothing of Clearance is here.

``peer.py TOOL QUESTIONS ANSWERS [CORPUS]``: questions as JSON, answers as JSON with the seconds.
``sparse_dot_topn`` searches the whole corpus by itself; the others score the candidates given.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
from pathlib import Path
from typing import Any


def logic_v2(questions: list[Any]) -> list[list[float]]:
    """Nomenklatura's logic-v2, in its default configuration."""
    from followthemoney import EntityProxy
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    assert algorithm is not None
    config = algorithm.default_config()

    ids = map(str, itertools.count())  # names are kept by id: two of one id are one entity to it

    def entity(side: Any) -> Any:
        schema = "Person" if side["person"] else "Company"
        place = "country" if side["person"] else "jurisdiction"
        countries = [code.lower() for code in side["countries"]]
        properties = {"name": side["names"], place: countries}
        return EntityProxy.from_dict({"id": next(ids), "schema": schema, "properties": properties})

    return [
        [algorithm.compare(query, entity(side), config).score for side in one["candidates"]]
        for one in questions
        for query in [entity(one["query"])]
    ]


def wratio(questions: list[Any]) -> list[list[float]]:
    """rapidfuzz WRatio over names in lower case, the best of all names."""
    from rapidfuzz import fuzz, utils

    def best(query: Any, other: Any) -> float:
        pairs = ((a, b) for a in query["names"] for b in other["names"])
        return max(fuzz.WRatio(a, b, processor=utils.default_process) for a, b in pairs) / 100

    return [[best(one["query"], side) for side in one["candidates"]] for one in questions]


def sparse_dot_topn(questions: list[Any], corpus: list[str]) -> list[list[Any]]:
    """The nearest rows of the corpus by cosine of TF-IDF trigrams: pairs of row and cosine."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    columns = vectors.fit_transform(corpus).T.tocsr()
    rows = vectors.transform([one["query"]["names"][0] for one in questions])
    found = sp_matmul_topn(rows, columns, top_n=2, sort=True)
    spans = [slice(a, b) for a, b in zip(found.indptr, found.indptr[1:], strict=False)]
    return [
        [
            list(pair)
            for pair in zip(found.indices[at].tolist(), found.data[at].tolist(), strict=True)
        ]
        for at in spans
    ]


def main() -> None:
    """Answer the questions of a file."""
    tool, asked, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    questions = json.loads(asked.read_text())
    start = time.perf_counter()
    if tool == "sparse_dot_topn":
        import pyarrow.parquet as pq

        corpus = pq.read_table(sys.argv[4], columns=["name"])["name"].to_pylist()
        answers: list[Any] = sparse_dot_topn(questions, corpus)
    else:
        answers = {"logic-v2": logic_v2, "WRatio": wratio}[tool](questions)
    seconds = time.perf_counter() - start
    out.write_text(json.dumps({"answers": answers, "seconds": seconds}))


if __name__ == "__main__":
    main()
