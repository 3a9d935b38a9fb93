"""What moved the races last, as feeds: Atom (RFC 4287) and JSON Feed 1.1. Entries lead to the words behind them."""

from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

import msgspec
from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import Response

from frontrunner.deliver.serving import Desk
from frontrunner.deliver.views.view import NOTICE, label
from frontrunner.race.answers import Moved

_ENTRIES = 50
_TITLE = "Frontrunner: what moved the races"


def add_to(app: FastAPI, desk: Desk) -> None:
    """Add /feed.atom and /feed.json."""

    def atom(request: Request) -> Response:
        entries, updated = _entries(desk, request)
        return Response(_atom(entries, updated, str(request.base_url)), media_type="application/atom+xml")

    def json(request: Request) -> Response:
        entries, _ = _entries(desk, request)
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _TITLE,
            "description": NOTICE,
            "home_page_url": str(request.base_url),
            "feed_url": f"{request.base_url}feed.json",
            "items": entries,
        }
        return Response(msgspec.json.encode(feed), media_type="application/feed+json")

    app.add_api_route("/feed.atom", atom, methods=["GET"], name="feed_atom")
    app.add_api_route("/feed.json", json, methods=["GET"], name="feed_json")


def _entries(desk: Desk, request: Request) -> tuple[list[dict[str, Any]], str]:
    """The newest facts as items of a JSON Feed, and when the snapshot was built."""
    with desk.asking() as home:
        return [_entry(one, str(request.base_url)) for one in home.newest(limit=_ENTRIES).moved], home.built_at


def _entry(moved: Moved, base: str) -> dict[str, Any]:
    where = f" ({', '.join(moved.jurisdictions)})" if moved.jurisdictions else ""
    title = f"{moved.programme}: {label('event', moved.event)}{where}, {moved.date}"
    address = f"{base}en/why?{urlencode({'id': moved.evidence})}"
    return {
        "id": address,
        "url": address,
        "title": title,
        "content_text": f"{title}. {moved.status}; known from {moved.known_from}.",
        "date_published": f"{moved.known_from}T00:00:00Z",
    }


def _atom(entries: list[dict[str, Any]], updated: str, base: str) -> str:
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(base)}feed.atom</id><title>{escape(_TITLE)}</title><updated>{escape(updated)}</updated>",
        f"<author><name>Frontrunner</name></author><subtitle>{escape(NOTICE)}</subtitle>",
    ]
    for entry in entries:
        parts.append(
            f"<entry><id>{escape(entry['id'])}</id><title>{escape(entry['title'])}</title>"
            f"<link href={quoteattr(entry['url'])}/><updated>{entry['date_published']}</updated>"
            f"<summary>{escape(entry['content_text'])}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>", ""])
