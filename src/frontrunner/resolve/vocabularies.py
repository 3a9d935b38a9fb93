"""The vocabularies of a home as tables: the packaged lists, those of diseases and of targets extended by its concepts.

`term` (vocabulary, id, label, label_zh, slug, sort) · `closure` (an id and its ancestors, with distance) · `term_name`
(vocabulary, folded name, value, id, kind, source) · `vocabulary` (name, edition) · `living_kind` (modality). Each list
is written again only where what it is made of has changed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyarrow as pa

from frontrunner import vocab
from frontrunner.resolve import tables
from frontrunner.resolve.joining import Joined, Joining, Name, Told, above
from frontrunner.store.ledger import Connection

#: the vocabularies whose tree or order the marts ask for
TREES = ("rung", "authority", "modality", "target", "indication", "jurisdiction", "event")
#: trees of MeSH that hold diseases, and those below them that do not: of animals, and processes such as recurrence
_DISEASES = ("C", "F03")
_NO_DISEASES = ("C22", "C23.550")
#: a synonym of a gene answers to it if no word is likely to be written so: it has a digit, or five letters
_TELLING = re.compile(r".*\d.*|.{5,}", re.DOTALL)

_TABLES = {
    "term": "vocabulary varchar, id varchar, label varchar, label_zh varchar, slug varchar, sort bigint",
    "closure": "vocabulary varchar, ancestor varchar, id varchar, distance bigint",
    "term_name": "vocabulary varchar, name varchar, value varchar, id varchar, kind varchar, source varchar",
    "vocabulary": "name varchar, edition varchar",
}


def run(connection: Connection) -> None:
    """Write the tables of the vocabularies that are not there as they are now."""
    for table, columns in _TABLES.items():
        connection.execute(f"create table if not exists {table} ({columns})")
    connection.execute(f"create or replace view living_kind as {tables.sql('living_kind')}")
    now = dict.fromkeys(TREES, "packaged") | dict(tables.rows(connection, "concept_editions"))
    held = dict(connection.execute("select name, edition from vocabulary").fetchall())
    for name in [name for name in TREES if held.get(name) != now[name]]:
        for table in ("term", "closure", "term_name"):
            connection.execute(f"delete from {table} where vocabulary = $name", {"name": name})
        connection.execute("delete from vocabulary where name = $name", {"name": name})
        _write(connection, name, joined(connection, name))
        connection.execute("insert into vocabulary values ($name, $edition)", {"name": name, "edition": now[name]})


def joined(connection: Connection, name: str) -> Joined:
    """The packaged list, extended by the concepts of the ledger."""
    told = [Told(*row) for row in tables.rows(connection, "concepts", vocabulary=name)]
    if name == "target":
        return Joining(vocab.load(name), map(_gene, told), "genes", lambda one: one.label or one.id).joined()
    return Joining(vocab.load(name), _diseases(told), "mondo", lambda one: one.id).joined()


def load(connection: Connection, name: str) -> vocab.Vocabulary:
    """A vocabulary of the ledger, without its Chinese synonyms' sources: what texts are matched against."""
    synonyms, parents, external = (defaultdict[str, list[str]](list) for _ in range(3))
    for id, value, kind in connection.execute(
        "select id, value, kind from term_name where vocabulary = $name and kind in ('synonym', 'external')",
        {"name": name},
    ).fetchall():
        (synonyms if kind == "synonym" else external)[id].append(value)
    for id, ancestor in connection.execute(
        "select id, ancestor from closure where vocabulary = $name and distance = 1", {"name": name}
    ).fetchall():
        parents[id].append(ancestor)
    terms = connection.execute(
        "select id, label, label_zh from term where vocabulary = $name order by sort", {"name": name}
    ).fetchall()
    return vocab.Vocabulary(
        name,
        {
            id: vocab.Term(id, label, zh, tuple(synonyms[id]), tuple(parents[id]), "|".join(external[id]) or None, {})
            for id, label, zh in terms
        },
    )


def _gene(one: Told) -> Told:
    synonyms = [(name, kind) for name, kind in one.synonyms if _TELLING.fullmatch(name)]
    return Told(one.source, one.id, one.label, synonyms, one.parents, one.tree_numbers, one.same_as)


def _diseases(told: list[Told]) -> Iterable[Told]:
    """What is told of diseases, those of MeSH with the ids that stand above them in its trees."""
    by_number = {number: one.id for one in told for number in one.tree_numbers}
    mapped = {other for one in told for other in one.same_as}
    for one in told:
        if one.source != "mesh":
            yield one
        elif one.id in mapped or any(_is_disease(number) for number in one.tree_numbers):
            found = (by_number.get(number.rpartition(".")[0]) for number in one.tree_numbers if _is_disease(number))
            parents = [up for up in dict.fromkeys(found) if up]
            yield Told(one.source, one.id, one.label, one.synonyms, parents, one.tree_numbers, one.same_as)


def _is_disease(number: str) -> bool:
    return number.startswith(_DISEASES) and not number.startswith(_NO_DISEASES)


def _write(connection: Connection, name: str, made: Joined) -> None:
    terms, taken = made.vocabulary.terms, set[str]()
    slugs = [_slug(term, taken) for term in terms.values()]
    _insert(
        connection,
        "term",
        {
            "vocabulary": [name] * len(terms),
            "id": list(terms),
            "label": [term.label for term in terms.values()],
            "label_zh": [term.label_zh for term in terms.values()],
            "slug": slugs,
            "sort": list(range(len(terms))),
        },
    )
    _insert_names(connection, name, made.names)
    parents = {id: term.parents for id, term in terms.items()}
    closure = [(up, id, steps) for id in parents for up, steps in above(parents, id).items()]
    ancestors, ids, distances = zip(*closure, strict=True)
    _insert(
        connection,
        "closure",
        {"vocabulary": [name] * len(ids), "ancestor": ancestors, "id": ids, "distance": distances},
    )


def _insert_names(connection: Connection, vocabulary: str, names: list[Name]) -> None:
    columns: dict[str, Iterable[object]] = {"vocabulary": [vocabulary] * len(names)}
    columns |= {field: [getattr(one, field) for one in names] for field in ("name", "value", "id", "kind", "source")}
    _insert(connection, "term_name", columns)


def _slug(term: vocab.Term, taken: set[str]) -> str:
    """The label as part of an id; the id where two concepts are labelled alike."""
    found = slug(term.label)
    found = slug(term.id) if found in taken or not found else found
    taken.add(found)
    return found


def slug(label: str) -> str:
    """A label as part of an id: folded, words joined by hyphens."""
    return "-".join(vocab.fold(label).split())


def _insert(connection: Connection, table: str, columns: Mapping[str, Iterable[object]]) -> None:
    tables.insert(connection, table, pa.table({name: list(values) for name, values in columns.items()}))
