"""A publisher on loopback that answers by a script and misbehaves on request; real sockets, nothing replaced."""

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit


class Reply(NamedTuple):
    """An answer. `cut` leaves out so many of its last bytes, `drip` waits so many seconds after each byte."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = MappingProxyType({})
    cut: int = 0
    drip: float = 0.0


Script = Callable[[str, dict[str, str], dict[str, str]], Reply]


class Publisher:
    """`script(address, query, headers)` gives the reply; `asked` are the addresses asked for, in order."""

    def __init__(self, script: Script) -> None:
        self.script, self.asked = script, list[str]()
        self.origin = ""

    def headers_of(self, handler: BaseHTTPRequestHandler) -> dict[str, str]:
        return {key.lower(): value for key, value in handler.headers.items()}


@contextmanager
def publishing(script: Script) -> Iterator[Publisher]:
    """The publisher while the block runs."""
    publisher = Publisher(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = "https:/" + self.path
            publisher.asked.append(address)
            parts = urlsplit(address)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            bare = parts._replace(query="").geturl()
            try:
                self._send(publisher.script(bare, query, publisher.headers_of(self)))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if reply.drip:
                for byte in reply.body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(reply.drip)
            self.wfile.write(reply.body[: len(reply.body) - reply.cut] if not reply.drip else b"")
            self.close_connection = bool(reply.cut)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    publisher.origin = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def as_json(value: object, *, zipped: bool = False, **headers: str) -> Reply:
    """A JSON answer, gzip-coded on request."""
    body = json.dumps(value).encode()
    coded = {"Content-Encoding": "gzip"} if zipped else {}
    return Reply(200, gzip.compress(body) if zipped else body, {"Content-Type": "application/json", **coded, **headers})
