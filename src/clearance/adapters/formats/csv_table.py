"""What the two plain CSV formats share: header, blocks, and a function from rows to a batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

import numpy as np
import pyarrow as pa

from clearance.adapters.formats.batch import Batch
from clearance.adapters.formats.csv_blocks import Block, blocks, parse
from clearance.adapters.formats.csv_header import (
    Columns,
    check_header,
    delimiter_of,
    refuse_returns,
    split_header,
)
from clearance.adapters.formats.in_order import in_order
from clearance.adapters.formats.source import Source
from clearance.model.errors import InputError
from clearance.ownership.arrays.graph import Int64

HEADER = 10_000
"""Characters of the longest header that is looked at."""

Rows = Callable[[pa.Table, Int64, str, str], Batch]


def read_table(
    source: Source, columns: Columns, types: dict[str, pa.DataType], rows: Rows
) -> Iterator[Batch]:
    """Every block of a plain CSV source as a batch.

    Raises:
        InputError: the header cannot be used, or rows cannot be told apart.
        SourceError: the bytes cannot be read.
    """
    line = _header_line(source)
    delimiter = delimiter_of(line)
    names = split_header(line, delimiter)
    check_header(names, columns, source.name)
    default = PurePath(source.name).name

    def batch_of(block: Block) -> Batch:
        table, lines, rejects = parse(block, names, types, source, delimiter)
        batch = rows(table, lines, source.name, default)
        merged = tuple(sorted(rejects + batch.rejects, key=lambda one: one.line))
        return replace(batch, rejects=merged, records=batch.records + len(rejects))

    yield from in_order(batch_of, _bodies(blocks(source, delimiter)))


def _header_line(source: Source) -> str:
    head = source.head().decode("utf-8", errors="ignore").lstrip("\r\n")
    line, feed, _ = head.partition("\n")
    line = line.removesuffix("\r")
    refuse_returns(line, source.name)
    if len(line) > HEADER or (not feed and len(head) >= HEADER):
        raise InputError(
            f"a header longer than {HEADER:,} characters", file=source.name, line=1,
            remedy="write the column names on the first line",
        )  # fmt: skip
    return line


def _bodies(found: Iterator[Block]) -> Iterator[Block]:
    """The blocks without the header and without those that hold nothing else."""
    headless = False
    for block in found:
        body = block if headless else _without_header(block)
        headless = True
        if len(body.ends):
            yield body


def _without_header(block: Block) -> Block:
    starts, ends, _ = block.spans()
    if not len(starts):
        return block
    cut = int(ends[0]) + 1
    kept = block.ends[block.ends >= cut] - cut
    passed = block.data.count(b"\n", 0, cut)
    return Block(block.data[cut:], kept.astype(np.int64), block.first + passed)
