"""What the trials of the ledger are about: their conditions, keywords and titles as concepts of its vocabulary.

`condition_concept` (text, indication, because): each text once, null where it names no disease · `trial_indication`
(doc, indication, place, because) · `conditions_read` (doc). Only texts and documents that are new are read, unless the
vocabulary has another edition: then all are, so the order in which files came does not matter.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import msgspec
import pyarrow as pa

from frontrunner import runner
from frontrunner.resolve import tables
from frontrunner.resolve.indications import Match, Matcher
from frontrunner.store.ledger import Connection
from frontrunner.vocab import Vocabulary

#: rows of records that a process reads at a time: enough to be quick, few enough for any memory
_AT_ONCE = 25_000
#: a term with more terms than this at or below it is a group
_MANY = 8
_PLACES = ("protocolSection.conditionsModule.conditions", "protocolSection.conditionsModule.keywords")
_TITLES = (
    "protocolSection.identificationModule.briefTitle",
    "protocolSection.identificationModule.officialTitle",
)
_TABLES = {
    "condition_concept": pa.schema(
        [("text", pa.string()), ("indication", pa.string()), ("because", pa.string())],
    ),
    "trial_indication": pa.schema(
        [("doc", pa.uint64()), ("indication", pa.string()), ("place", pa.string()), ("because", pa.string())]
    ),
    "conditions_read": pa.schema([("doc", pa.uint64()), ("edition", pa.string())]),
}


class About(msgspec.Struct, frozen=True):
    """What one trial record says it is about; `titles` are the brief and the official one."""

    conditions: Sequence[str] = ()
    keywords: Sequence[str] = ()
    titles: Sequence[str | None] = ()


class _Task(msgspec.Struct, frozen=True):
    """Records to read over a vocabulary, which is pickled: rows of `conditions_of` and of `conditions_known`."""

    vocabulary: bytes
    edition: str
    rows: pa.Table
    known: pa.Table


def run(connection: Connection, edition: str, pickled: Callable[[], bytes]) -> None:
    """Bring `trial_indication` up to date with the documents and the vocabulary (of that edition) of the ledger.

    Many records are read in several processes.
    """
    for table, schema in _TABLES.items():
        tables.insert(connection, table, schema.empty_table())
    if connection.execute("select 1 from conditions_read where edition <> ? limit 1", [edition]).fetchall():
        for table in _TABLES:
            connection.execute(f"delete from {table}")
    for found in runner.run(_read, _tasks(connection, edition, pickled)):
        connection.register("found_texts", found.pop("condition_concept"))
        connection.execute(tables.sql("conditions_new"))  # two processes may have read one text
        connection.unregister("found_texts")
        for table, rows in found.items():
            tables.insert(connection, table, rows)


def _tasks(connection: Connection, edition: str, pickled: Callable[[], bytes]) -> Iterator[_Task]:
    ((first, last),) = tables.rows(connection, "conditions_unread")
    for start in () if first is None else range(first, last + 1, _AT_ONCE):
        place = {"first": start, "last": start + _AT_ONCE - 1}
        rows, known = (tables.columns(connection, query, **place) for query in ("conditions_of", "conditions_known"))
        yield _Task(pickled(), edition, rows, known)


def _read(task: _Task) -> dict[str, pa.Table]:
    told = {doc: About(conditions, keywords, titles) for doc, conditions, keywords, *titles in _rows(task.rows)}
    memory = {text: Match(id, because) if id else None for text, id, because in _rows(task.known)}
    held = set(memory)
    reading = reader(task.vocabulary)
    found = [(doc, match) for doc, one in told.items() for match in reading.of_trial(one, memory)]
    new = [(text, one) for text, one in memory.items() if text not in held]
    made: dict[str, list[tuple[object, ...]]] = {
        "condition_concept": [(text, one and one.id, one and one.because) for text, one in new],
        "trial_indication": [(doc, one.id, one.place, one.because) for doc, one in found],
        "conditions_read": [(doc, task.edition) for doc in told],
    }
    return {table: tables.table(_TABLES[table], rows) for table, rows in made.items()}


def _rows(columns: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in columns.columns), strict=True)


@lru_cache(1)
def reader(pickled: bytes) -> "Reader":
    """The reader over a vocabulary that was pickled, made once a process."""
    return Reader(pickle.loads(pickled))


class Reader:
    """Reads what trials are about, over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.tree = vocabulary
        self.matcher = Matcher(vocabulary)
        self._whole = lru_cache(100_000)(self.matcher.match)
        self._groups: dict[str, bool] = {}

    def of_trial(self, about: About, memory: dict[str, Match | None] | None = None) -> list[Match]:
        """The diseases a trial is about, each once, with the place that says so; never more than its own list.

        Conditions first. Keywords, then titles, are read only where the conditions name no disease, or only groups
        (`Retinal Disease`); then they may only name something below those groups. A disease above another one found is
        left out, and so is what is only a sign of one (`Blindness`). `memory` holds texts matched before, and new ones.
        """
        memory = {} if memory is None else memory
        found = self._of_list(about.conditions, _PLACES[0], memory)
        if all(self._is_group(one.id) for one in found):
            keywords: Iterable[list[Match]] = (self._of_list(part, _PLACES[1], memory) for part in (about.keywords,))
            for more in chain(keywords, self._of_titles(about.titles)):
                below = [one for one in more if not found or self._below_any(one.id, found)]
                if below:
                    found += below
                    break
        return self.matcher.lowest(found)

    def _of_list(self, texts: Sequence[str], place: str, memory: dict[str, Match | None]) -> list[Match]:
        """Matches of a list; `Retinoschisis`, `X-Linked` are one name that its registry cut at the comma."""
        matches: list[Match] = []
        told = [self._match(text, memory) for text in texts]
        for index, found in enumerate(told):
            if found is None:
                continue
            if index + 1 < len(texts) and told[index + 1] is None:
                whole = self._whole(f"{texts[index]}, {texts[index + 1]}")
                found = whole if whole and self._below_any(whole.id, [found]) else found
            matches.append(Match(found.id, found.because, f"{place}[{index}]"))
        return matches

    def _match(self, text: str, memory: dict[str, Match | None]) -> Match | None:
        if text not in memory:
            memory[text] = self.matcher.match(text)
        return memory[text]

    def _of_titles(self, titles: Sequence[str | None]) -> Iterator[list[Match]]:
        for title, place in zip(titles, _TITLES, strict=False):
            if title:
                yield [Match(one.id, one.because, place) for one in self.matcher.match_title(title)]

    def _is_group(self, id: str) -> bool:
        """Whether a term says little: many diseases stand below it (`Lymphoma`, `Retinal Degeneration`)."""
        if id not in self._groups:
            self._groups[id] = len(self.tree.descendants(id)) > _MANY
        return self._groups[id]

    def _below_any(self, id: str, found: Iterable[Match]) -> bool:
        above = self.tree.ancestors(id)
        return any(one.id in above and one.id != id for one in found)
