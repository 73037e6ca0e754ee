"""Other tools on the same log, each as its documents or the literature would have it used.

``python peers.py TOOL FOLDER OUT`` in the environment of ``peers.txt``. FOLDER holds the log as
text (``made``) and as our sketches (``log``); OUT gets the accounts that the tool would flag. What
joins five accounts or more is flagged: none of the tools says what a campaign is.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Int64 = NDArray[np.int64]

FEWEST = 5
POPULAR = 500
"""Passages that more accounts use are left out of pairs: their square would not end."""

WINDOW, TWICE = 60, 2
"""The customary rule: the same thing within a minute, twice."""

PROMPTS = 10
"""Prompts of an account that tools of text are given; more would not fit the memory."""


def toolkit(folder: Path) -> set[str]:
    """coordination-network-toolkit: the rarest repeated passage is what was shared again."""
    from coordination_network_toolkit.compute_networks import compute_co_retweet_parallel
    from coordination_network_toolkit.graph import load_networkx_graph
    from coordination_network_toolkit.preprocess import preprocess_data

    account, row, token, time = _uses(folder)
    _, of, count = np.unique(token, return_inverse=True, return_counts=True)
    order = np.lexsort((count[of], row))
    first = order[np.unique(row[order], return_index=True)[1]]
    nothing: list[str] = []
    messages = (
        (str(at), str(account[at]), "", str(token[at]), "", "", time[at] / 1e6, nothing)
        for at in first.tolist()
    )
    with tempfile.TemporaryDirectory() as scratch:
        place = f"{scratch}/posts.db"
        preprocess_data(place, messages)
        compute_co_retweet_parallel(place, WINDOW, n_threads=2, min_edge_weight=TWICE)
        graph = load_networkx_graph(place, "co_retweet")
    names = _names(folder)
    ends = np.array([(int(a), int(b)) for a, b in graph.edges() if a != b]).reshape(-1, 2)
    return {names[one] for one in _joined(ends)}


def pairs(folder: Path) -> set[str]:
    """Accounts joined wherever they have three passages in common, by components."""
    account, _, token, _ = _uses(folder)
    once = np.unique(np.stack((account, token)), axis=1)
    accounts, of = np.unique(once[0], return_inverse=True)
    _, item, count = np.unique(once[1], return_inverse=True, return_counts=True)
    kept = (count[item] >= 2) & (count[item] <= POPULAR)
    ones = np.ones(int(kept.sum()), np.int32)
    held = csr_array((ones, (of[kept], item[kept])), shape=(len(accounts), len(count)))
    shared = held @ held.T
    shared.data[shared.data < 3] = 0
    names = _names(folder)
    return {names[int(one)] for one in accounts[_large(shared)]}


def cosine(folder: Path) -> set[str]:
    """TF-IDF over runs of four words, accounts joined from a cosine of 0.3, by components."""
    from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

    texts = _texts(folder)
    hashed = HashingVectorizer(ngram_range=(4, 4), n_features=1 << 22, alternate_sign=False)
    matrix = TfidfTransformer().fit_transform(
        hashed.transform(" ".join(one) for one in texts.values())
    )
    ends: list[Int64] = []
    for at in range(0, len(texts), 1_000):
        near = (matrix[at : at + 1_000] @ matrix.T).tocoo()
        close = near.data >= 0.3
        ends.append(np.stack((near.row[close] + at, near.col[close]), axis=1))
    names = list(texts)
    return {names[one] for one in _joined(np.concatenate(ends))}


def minhash(folder: Path) -> set[str]:
    """datasketch: prompts alike from 0.5 are one template; whoever uses those of five, thrice."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=64)
    made: dict[tuple[str, int], MinHash] = {}
    for name, texts in _texts(folder).items():
        for at, text in enumerate(texts):
            words = text.split()
            said = MinHash(num_perm=64)
            said.update_batch([" ".join(words[i : i + 4]).encode() for i in range(len(words) - 3)])
            made[name, at] = said
            index.insert((name, at), said, check_duplication=False)
    alike: dict[str, int] = {}
    for (name, _), said in made.items():
        if len({other for other, _ in index.query(said)}) >= FEWEST:
            alike[name] = alike.get(name, 0) + 1
    return {name for name, count in alike.items() if count >= 3}


TOOLS = {
    "coordination-network-toolkit": toolkit,
    "pairs": pairs,
    "TF-IDF cosine": cosine,
    "MinHash-LSH": minhash,
}


def _uses(folder: Path) -> tuple[Int64, Int64, Int64, Int64]:
    """Account, row, token and time of every token of a sketch that two accounts or more use."""
    accounts, sizes, tokens, times = [], [], [], []
    for path in sorted((folder / "log").glob("day=*/rows.parquet")):
        table = pq.ParquetFile(path).read(["account", "time", "sketch"])
        sketch = table["sketch"].combine_chunks()
        accounts.append(table["account"].to_numpy())
        times.append(table["time"].to_numpy())
        sizes.append(np.diff(sketch.offsets.to_numpy()))
        tokens.append(sketch.flatten().to_numpy())
    row = np.repeat(np.arange(sum(map(len, sizes))), np.concatenate(sizes))
    token = np.concatenate(tokens)
    order = np.argsort(token, kind="stable")
    twice = np.zeros(len(token), np.bool_)
    same = token[order][1:] == token[order][:-1]
    twice[order[1:][same]] = twice[order[:-1][same]] = True
    account, time = np.concatenate(accounts)[row], np.concatenate(times)[row]
    return account[twice], row[twice], token[twice], time[twice]


def _names(folder: Path) -> dict[int, str]:
    names: dict[int, str] = {}
    for path in (folder / "log").glob("day=*/accounts.parquet"):
        table = pq.ParquetFile(path).read(["account", "name"])
        names.update(zip(table["account"].to_pylist(), table["name"].to_pylist(), strict=True))
    return names


def _texts(folder: Path) -> dict[str, list[str]]:
    """Up to ten prompts of each account, the first ones."""
    texts: dict[str, list[str]] = {}
    for path in sorted((folder / "made" / "log").iterdir()):
        table = pq.read_table(path, columns=["account", "prompt"])
        names = table["account"].to_pylist()
        for name, prompt in zip(names, table["prompt"].to_pylist(), strict=True):
            own = texts.setdefault(name, [])
            if len(own) < PROMPTS:
                own.append(prompt)
    return texts


def _joined(ends: Int64) -> list[int]:
    """Numbers in components of five and more."""
    numbers, at = np.unique(ends, return_inverse=True)
    at = at.reshape(-1, 2)
    ones = np.ones(len(at), np.int32)
    graph = csr_array((ones, (at[:, 0], at[:, 1])), shape=(len(numbers), len(numbers)))
    found: list[int] = numbers[_large(graph)].tolist()
    return found


def _large(graph: csr_array) -> NDArray[np.bool_]:
    """Which nodes are in components of five and more."""
    graph.eliminate_zeros()
    _, label = connected_components(graph, directed=False)
    large: NDArray[np.bool_] = np.bincount(label)[label] >= FEWEST
    return large


if __name__ == "__main__":
    tool, given, out = sys.argv[1:]
    Path(out).write_text(json.dumps(sorted(TOOLS[tool](Path(given)))), "utf-8")
