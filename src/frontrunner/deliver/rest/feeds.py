"""What moved the races last, as feeds: Atom (RFC 4287) and JSON Feed 1.1. Entries lead to the words behind them.

Without parameters: the newest milestones, and who overtook whom in the races that moved. With those of an arena
(`?indication=...&modality=...`): every change of that race within two years.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

import msgspec
from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import Response

from frontrunner.api import HomeHandle
from frontrunner.deliver.serving import Desk
from frontrunner.deliver.serving.parameters import parameters, read
from frontrunner.deliver.serving.pinned import PinnedHome
from frontrunner.deliver.views.changes import change
from frontrunner.deliver.views.moved import moved_races
from frontrunner.deliver.views.race import arena_parts
from frontrunner.deliver.views.view import NOTICE, label
from frontrunner.errors import TookTooLong, UsageError
from frontrunner.race.answers import Move, Moved

#: newest facts, races of them whose order is told, and how far back: of those, and of one race that is asked for
_ENTRIES, _RACES = 50, 3
_RECENT, _BACK = timedelta(days=60), timedelta(days=730)
#: what narrows a feed to one race
ARENA = [one for one in parameters(HomeHandle.race) if one.name not in ("on", "clock")]
_TITLE = "Frontrunner: what moved the races"


def add_to(app: FastAPI, desk: Desk) -> None:
    """Add /feed.atom and /feed.json."""

    def atom(request: Request) -> Response:
        entries, updated = _entries(desk, request)
        return Response(_atom(entries, updated, str(request.url)), media_type="application/atom+xml")

    def json(request: Request) -> Response:
        entries, _ = _entries(desk, request)
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _TITLE,
            "description": NOTICE,
            "home_page_url": str(request.base_url),
            "feed_url": str(request.url),
            "items": entries,
        }
        return Response(msgspec.json.encode(feed), media_type="application/feed+json")

    app.add_api_route("/feed.atom", atom, methods=["GET"], name="feed_atom")
    app.add_api_route("/feed.json", json, methods=["GET"], name="feed_json")


def _entries(desk: Desk, request: Request) -> tuple[list[dict[str, Any]], str]:
    """What happened last as items of a JSON Feed, the newest first, and when the snapshot was built.

    Of the arena that is asked for; of all races, with the orders of those that moved last, where none is.
    """
    arena, base = read(ARENA, request.query_params.multi_items()), str(request.base_url)
    with desk.asking() as home:
        if arena:
            return _orders(home, arena, base, _BACK), home.built_at
        moved = home.newest(limit=_ENTRIES).moved
        found = [_entry(one, base) for one in moved]
        for race in moved_races(moved)[:_RACES]:
            part = {"indication": race.indication} | ({"modality": race.modality} if race.modality else {})
            with suppress(UsageError, TookTooLong):  # a race too wide to be told day by day has its milestones
                found += [one for one in _orders(home, part, base, _RECENT) if one["tags"] == ["order"]]
        return sorted(found, key=lambda one: str(one["date_published"]), reverse=True), home.built_at


def _orders(home: PinnedHome, arena: dict[str, str], base: str, back: timedelta) -> list[dict[str, Any]]:
    """The changes of one race since some time, the newest first."""
    changes = home.changes(**arena, since=date.today() - back)  # type: ignore[arg-type]
    where = ", ".join(arena_parts(changes.arena))
    return [_move(move, where, f"{base}en/changes?{urlencode(arena)}") for move in reversed(changes.moves)]


def _move(move: Move, where: str, address: str) -> dict[str, Any]:
    """A change of one row: of the order where somebody was overtaken or a place is another one."""
    ordered = move.overtook or move.drew_level or move.place_before != move.place
    title = f"{move.programme}: {change(move)}, {move.day} ({where})"
    place = f" Place {move.place}." if move.place else ""
    return {
        "id": f"{address}&{urlencode({'until': move.day})}#{move.id}",
        "url": f"{address}&{urlencode({'until': move.day})}",
        "title": title,
        "content_text": f"{title}.{place}",
        "date_published": f"{move.day}T00:00:00Z",
        "tags": ["order"] if ordered else ["row"],
    }


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
        "tags": ["milestone"],
    }


def _atom(entries: list[dict[str, Any]], updated: str, address: str) -> str:
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{escape(address)}</id><title>{escape(_TITLE)}</title><updated>{escape(updated)}</updated>",
        f"<author><name>Frontrunner</name></author><subtitle>{escape(NOTICE)}</subtitle>",
    ]
    for entry in entries:
        parts.append(
            f"<entry><id>{escape(entry['id'])}</id><title>{escape(entry['title'])}</title>"
            f"<link href={quoteattr(entry['url'])}/><updated>{entry['date_published']}</updated>"
            f"<summary>{escape(entry['content_text'])}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>", ""])
