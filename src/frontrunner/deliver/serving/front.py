"""What stands before every page and answer: headers, ETags, and answers kept for as long as their snapshot is in force.

An answer depends on the snapshot, the day, the address and the language, and on nothing else: these make its ETag and
its key. Whoever asks for what is being worked out waits for that one answer.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import date
from typing import Any

import msgspec

from frontrunner import __version__
from frontrunner.deliver.serving.desk import Desk

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]
_Headers = list[tuple[bytes, bytes]]

#: bytes of answers kept, and of the largest that is
_ROOM, _LARGEST = 96_000_000, 8_000_000
#: the longest address; more is no question of ours
_ADDRESS = 4096
#: scripts and styles are files of ours, never words of a page; they may ask this server alone
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; "
)
_SAFE: _Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


class _Answer(msgspec.Struct, frozen=True):
    """A whole answer; `etag` is empty for what is not kept."""

    status: int
    headers: _Headers
    body: bytes


class Front:
    """An ASGI application around another. `streamed` are the beginnings of addresses that pass through unkept."""

    def __init__(self, app: _App, desk: Desk, streamed: tuple[str, ...] = ("/api/marts/",)) -> None:
        self.app, self.desk, self.streamed = app, desk, streamed
        self._kept: OrderedDict[str, _Answer] = OrderedDict()
        self._room, self._state = _ROOM, ""
        self._awaited: dict[str, asyncio.Future[_Answer]] = {}

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif len(scope["raw_path"]) + len(scope["query_string"]) > _ADDRESS:
            await _say(_Answer(414, [(b"content-type", b"text/plain")], b"The address is too long.\n"), scope, send)
        elif scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(self.streamed):
            await self.app(scope, receive, _guarded(scope, send))
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        state = self.desk.state()
        if state != self._state:
            self._kept.clear()
            self._room, self._state = _ROOM, state
        key = _key(scope, state)
        asked = dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1")
        if key in asked:
            await _say(_Answer(304, [(b"etag", f'"{key}"'.encode())], b""), scope, send)
            return
        answer = self._kept.get(key) or await self._worked_out(key, scope, receive)
        await _say(answer, scope, send)

    async def _worked_out(self, key: str, scope: _Scope, receive: _Receive) -> _Answer:
        """The answer, worked out once for all who ask at the same time."""
        if key in self._awaited:
            return await asyncio.shield(self._awaited[key])
        future = self._awaited[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await _collected(self.app, {**scope, "method": "GET"}, receive)
            if answer.status == 200:
                answer = _Answer(200, [*answer.headers, (b"etag", f'"{key}"'.encode())], answer.body)
                self._keep(key, answer)
            future.set_result(answer)
            return answer
        except BaseException as error:
            future.set_exception(error if isinstance(error, Exception) else asyncio.CancelledError())
            future.exception()
            raise
        finally:
            del self._awaited[key]

    def _keep(self, key: str, answer: _Answer) -> None:
        if len(answer.body) <= _LARGEST:
            self._kept[key] = answer
            self._room -= len(answer.body)
        while self._room < 0:
            _, gone = self._kept.popitem(last=False)
            self._room += len(gone.body)


def _key(scope: _Scope, state: str) -> str:
    """What the answer depends on, as an ETag."""
    headers = dict(scope["headers"])
    language = headers.get(b"accept-language", b"")[:40] + headers.get(b"cookie", b"")[:200]
    parts = (state, date.today().isoformat(), __version__, scope["path"], scope["query_string"].hex(), language.hex())
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


async def _collected(app: _App, scope: _Scope, receive: _Receive) -> _Answer:
    status, headers, body = 500, _Headers(), bytearray()

    async def gather(message: MutableMapping[str, Any]) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, gather)
    return _Answer(status, headers, bytes(body))


async def _say(answer: _Answer, scope: _Scope, send: _Send) -> None:
    headers = [*answer.headers, *_safe(scope)]
    if answer.status in (200, 304):
        headers.append((b"cache-control", b"no-cache"))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer.body})


def _guarded(scope: _Scope, send: _Send) -> _Send:
    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_safe(scope)]}
        await send(message)

    return guarded


def _safe(scope: _Scope) -> _Headers:
    """The headers of every answer; what is meant to be embedded may be framed, nothing else."""
    if scope["path"].endswith(".svg"):  # a chart brings its own style; it can run and load nothing
        return [*_SAFE, (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; sandbox")]
    framed = "frame-ancestors *" if scope["path"].startswith("/embed/") else "frame-ancestors 'none'"
    return [*_SAFE, (b"content-security-policy", (_POLICY + framed).encode())]
