"""Join the names of all records into identities, as tables of the ledger. Derived, never edited.

`product_key` (key, product, part, until: what it was alone, see `parts`) · `country_jurisdiction` (country,
jurisdiction) · `event` (id, rung, effect, everywhere),
beside the tables of `vocabularies`, `conditions`, `uses`, `sponsors` and `declarations`.
"""

import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pyarrow as pa

from frontrunner import vocab
from frontrunner.model import Judgement
from frontrunner.resolve import conditions, declarations, sponsors, tables, uses, vocabularies
from frontrunner.resolve.clusters import cluster
from frontrunner.resolve.judgements import judged
from frontrunner.resolve.names import name_key
from frontrunner.resolve.parts import parts
from frontrunner.resolve.vocabularies import slug
from frontrunner.store.ledger import Connection

_EVENT = pa.schema([*((name, pa.string()) for name in ("id", "rung", "effect")), ("everywhere", pa.bool_())])
_COUNTRY = pa.schema([(name, pa.string()) for name in ("country", "jurisdiction")])
_PRODUCT_KEY = pa.schema([*((name, pa.string()) for name in ("key", "product", "part")), ("until", pa.date32())])


def run(connection: Connection) -> None:
    """Resolve everything the ledger holds. One transaction."""
    connection.begin()
    try:
        vocabularies.run(connection)
        _diseases(connection)
        _events(connection)
        _countries(connection)
        made = _judgements(connection)
        sponsors.run(connection, _about(made, "org:"))
        _products(connection, made)
        declarations.run(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _diseases(connection: Connection) -> None:
    """What trials and regulators' rows are about; the vocabulary is loaded once, and only where one is to be read."""

    @cache
    def pickled() -> bytes:
        return pickle.dumps(vocabularies.load(connection, "indication"))

    ((edition,),) = connection.execute("select edition from vocabulary where name = 'indication'").fetchall()
    conditions.run(connection, str(edition), pickled)
    uses.run(connection, str(edition), lambda: conditions.reader(pickled()).matcher)


def _events(connection: Connection) -> None:
    events = [
        (term.id, term.extra["rung"] or None, term.extra["effect"], term.extra["everywhere"] == "1")
        for term in vocab.load("event").terms.values()
    ]
    tables.replace(connection, "event", tables.table(_EVENT, events))


def _countries(connection: Connection) -> None:
    countries = vocab.load("country")
    found = ((name, countries.find(name)) for (name,) in tables.rows(connection, "countries"))
    placed = [(name, countries.terms[country].extra["jurisdiction"]) for name, country in found if country]
    tables.replace(connection, "country_jurisdiction", tables.table(_COUNTRY, placed))


def _judgements(connection: Connection) -> list[Judgement]:
    """All judgements, the oldest first."""
    fields = Judgement.__struct_fields__
    return [Judgement(**dict(zip(fields, row, strict=True))) for row in tables.rows(connection, "judgements")]


def _about(made: Iterable[Judgement], prefix: str) -> list[Judgement]:
    """Those that may be on companies (`org:`) or on products (`prod:`): a name may be of either."""
    other = "prod:" if prefix == "org:" else "org:"
    return [one for one in made if not one.left.startswith(other) and not one.right.startswith(other)]


def _products(connection: Connection, made: Sequence[Judgement]) -> None:
    known: dict[str, str] = {}
    told: dict[str, str | None] = {}
    for product, value, modality in tables.rows(connection, "curated_products"):
        known.setdefault(name_key(value), product)
        told.setdefault(name_key(value), modality)
    substances = tables.rows(connection, "substances", curated=list(told), modalities=list(told.values()))
    licensed = tables.rows(connection, "licensed_names")
    regulated = licensed_products([*licensed, *((proper or [], keys) for proper, keys in substances)], known)
    known = _of_one_substance(regulated, [proper for proper, _ in substances if proper]) | known
    groups = tables.rows(connection, "name_groups")
    keys = cluster([*(group for group, _ in groups), *(group for _, group in substances)], known)
    decided = judged(keys, _about(made, "prod:"), set(known.values()))
    alone = parts(keys, groups, [*_of_one(known), *(group for _, group in substances)])
    rows = []
    for key, product in sorted(keys.items()):
        part = alone.get(key)
        same = decided.same.get(product, product)
        rows.append((key, same, part and part.product, part and part.until))
    tables.replace(connection, "product_key", tables.table(_PRODUCT_KEY, rows))


def _of_one_substance(known: Mapping[str, str], synonyms: Iterable[Sequence[str]]) -> dict[str, str]:
    """The same, with one product for the proper names of one substance (`paracetamol`, `acetaminophen`)."""
    same: dict[str, str] = {}
    for proper in synonyms:
        products = sorted({known[key] for key in proper if key in known})
        same |= {product: same.get(products[0], products[0]) for product in products[1:]}
    return {key: same.get(product, product) for key, product in known.items()}


def _of_one(known: Mapping[str, str]) -> list[list[str]]:
    """The keys of each product that curated rows and regulators name."""
    found: dict[str, list[str]] = {}
    for key, product in known.items():
        found.setdefault(product, []).append(key)
    return list(found.values())


def licensed_products(
    groups: Iterable[tuple[Sequence[str], Sequence[str]]], curated: Mapping[str, str]
) -> dict[str, str]:
    """Proper name -> product of what regulators licensed or register, from the (proper, all) name keys of each row.

    The curated product that its rows name, if they name one; a product of its own where they name none. So what
    trials say together (`morphine or fentanyl`) never joins two licensed substances. Brands without a telling proper
    name are a product of their own, unless a row gives one of them a proper name.
    """
    beside: dict[str, set[str]] = {}
    rows = sorted((list(proper), list(keys)) for proper, keys in groups)
    for proper, keys in rows:
        products = {curated[key] for key in keys if key in curated}
        for key in proper:
            if key not in curated:
                beside.setdefault(key, set()).update(products)
    known = {key: min(found) if found else f"prod:{slug(key)}" for key, found in beside.items() if len(found) < 2}
    held = curated.keys() | {key for proper, keys in rows if proper for key in keys}
    for _, keys in ((proper, keys) for proper, keys in rows if not proper and held.isdisjoint(keys)):
        product = min((known[key] for key in keys if key in known), default=f"prod:{slug(min(keys))}")
        known |= {key: product for key in keys if key not in known}
    return known
