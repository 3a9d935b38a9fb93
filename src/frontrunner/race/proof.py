"""What proves an answer: the quotes, the documents they stand in, and on what terms those may be passed on."""

from collections.abc import Iterable

import msgspec

from frontrunner import edition, sources
from frontrunner.race.question import Snapshot
from frontrunner.race.results import Quote
from frontrunner.race.why import quotes
from frontrunner.store import evidence


class Held(msgspec.Struct, frozen=True):
    """One kept document: its bytes as published, and the content whose SHA-256 is its identity."""

    hash: str
    source: str
    key: str
    media_type: str
    url: str | None
    body: bytes
    canonical: bytes


class Terms(msgspec.Struct, frozen=True):
    """On what terms a source's records may be passed on."""

    source: str
    title: str
    publisher: str
    licence: str
    attribution: str


class Proof(msgspec.Struct, frozen=True):
    """Everything that an answer rests on."""

    quotes: list[Quote]
    documents: list[Held]
    terms: list[Terms]
    edition: str
    snapshot: str


def proof(snapshot: Snapshot, ids: Iterable[str]) -> Proof:
    """The proof of evidence ids, each once. Raises UnknownName for one that points nowhere."""
    told = quotes(snapshot, ids)
    docs = list(dict.fromkeys(int(quote.document[:16], 16) for quote in told))
    rows = {row["doc"]: row for row in snapshot.rows("documents", docs=docs)}
    found = []
    for doc in docs:
        row = rows[doc]
        location = evidence.Location(row["run"], row["segment"], row["row_group"], row["row_in_group"])
        body = evidence.body(snapshot.home, location)
        canonical = sources.named(row["source"]).read(body).canonical
        found.append(
            Held(row["hash"].hex(), row["source"], row["key"] or "", row["media_type"], row["url"], body, canonical)
        )
    return Proof(
        told, found, [_terms(id) for id in sorted({one.source for one in found})], edition.whole(), snapshot.name
    )


def _terms(id: str) -> Terms:
    source = sources.named(id).SOURCE
    return Terms(id, source.title, source.publisher, source.licence, source.attribution)
