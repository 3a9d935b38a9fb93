"""Whole tables: every mart as Parquet and as JSON Lines, written as they are read, never whole in memory.

What reads and writes them is imported when one is asked for: a server starts without it.
"""

import tempfile
from collections.abc import Iterator
from typing import IO

import msgspec
from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import Response, StreamingResponse

from frontrunner.deliver.serving import Desk
from frontrunner.errors import UnknownOption

_PIECE = 256_000


class Marts(msgspec.Struct, frozen=True):
    """The tables that can be had whole."""

    marts: list[str]


def add_to(app: FastAPI, desk: Desk) -> None:
    """Add /api/marts, and each of them as .parquet and .jsonl."""

    def listed() -> Response:
        from frontrunner import marts

        return Response(msgspec.json.encode(Marts(list(marts.ORDER))), media_type="application/json")

    def parquet(request: Request) -> Response:
        name = _named(request)
        written = _parquet(desk, name)
        headers = {"Content-Disposition": f'attachment; filename="{name}.parquet"'}
        return StreamingResponse(_pieces(written), media_type="application/vnd.apache.parquet", headers=headers)

    def lines(request: Request) -> Response:
        return StreamingResponse(_lines(desk, _named(request)), media_type="application/jsonl")

    app.add_api_route("/api/marts", listed, methods=["GET"], name="api_marts")
    app.add_api_route("/api/marts/{mart}.parquet", parquet, methods=["GET"], name="api_mart_parquet")
    app.add_api_route("/api/marts/{mart}.jsonl", lines, methods=["GET"], name="api_mart_lines")


def _named(request: Request) -> str:
    from frontrunner import marts

    name = str(request.path_params["mart"])
    if name not in marts.ORDER:
        raise UnknownOption("mart", name, marts.ORDER)
    return name


def _parquet(desk: Desk, name: str) -> IO[bytes]:
    """The mart in a file that is gone when it is closed."""
    import pyarrow.parquet as pq

    written = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
    with desk.asking() as home, home.mart(name) as reader, pq.ParquetWriter(written, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
    written.seek(0)
    return written


def _pieces(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        while piece := written.read(_PIECE):
            yield piece


def _lines(desk: Desk, name: str) -> Iterator[bytes]:
    """One JSON object a row."""
    with desk.asking() as home, home.mart(name) as reader:
        for batch in reader:
            yield msgspec.json.Encoder().encode_lines(batch.to_pylist())
