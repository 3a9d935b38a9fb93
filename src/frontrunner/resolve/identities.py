"""Join the names of all records into identities, as tables of the ledger. Derived, never edited.

`product_key` (key, product, part, until: what it was alone, see `parts`) · `country_jurisdiction` (country,
jurisdiction) · `event` (id, rung, effect, everywhere),
beside the tables of `vocabularies`, `conditions`, `uses`, `sponsors` and `declarations`.
"""

import pickle
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pyarrow as pa

from frontrunner import vocab
from frontrunner.model import Judgement
from frontrunner.resolve import conditions, declarations, licensed, names, sponsors, tables, uses, vocabularies
from frontrunner.resolve.clusters import cluster
from frontrunner.resolve.judgements import judged
from frontrunner.resolve.names import name_key
from frontrunner.resolve.parts import parts
from frontrunner.resolve.vocabularies import slug
from frontrunner.store.ledger import Connection

#: so many letters at the end of two proper names are the same substance, and what stands before is whose (`ona`, `abo`)
_MAKERS_TAIL = 14
_GREEK = tuple(names.GREEK)
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
    kinds: dict[str, str | None] = {}
    for product, value, modality in tables.rows(connection, "curated_products"):
        known.setdefault(name_key(value), product)
        kinds.setdefault(name_key(value), modality)
    substances = tables.rows(connection, "substances", curated=list(kinds), modalities=list(kinds.values()))
    copied = [name.key for (value,) in tables.rows(connection, "reference_names") if (name := licensed.proper(value))]
    licences = [*tables.rows(connection, "licensed_names"), *(([key], [key]) for key in copied)]
    register = [(own or [], keys) for own, keys in substances]
    regulated = licensed_products([*licences, *register], known)
    known = (
        _of_one_substance(
            regulated, [*(own for own, _ in substances if own and not _of_makers(own)), *_salts(regulated)]
        )
        | known
    )
    groups = tables.rows(connection, "name_groups")
    told = [*(group for group, _ in groups), *(group for _, group in substances)]
    keys = cluster(told, of_one_proper(register, known) | of_one_proper(licences, known) | known)
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


def _of_makers(proper: Sequence[str]) -> bool:
    """Whether the names of one substance of the register tell makers apart: by a Greek letter, by what is before."""
    tails = Counter(key[-_MAKERS_TAIL:] for key in proper if len(key) > _MAKERS_TAIL)
    return len(proper) > 1 and (any(key.endswith(_GREEK) for key in proper) or max(tails.values(), default=0) > 1)


def _salts(known: Iterable[str]) -> list[list[str]]:
    """Each proper name that is another one with a salt behind it (`irinotecanhydrochloride`), with that one."""
    keys, salts = frozenset(known), tuple(names.words("salts", "word"))
    found = ((key, next((salt for salt in salts if key.endswith(salt)), "")) for key in sorted(keys))
    return [[base, key] for key, salt in found if salt and (base := key.removesuffix(salt)) in keys]


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


def of_one_proper(groups: Iterable[tuple[Sequence[str], Sequence[str]]], known: Mapping[str, str]) -> dict[str, str]:
    """Brand or code -> the product of the proper name beside it, where all rows give it those of one product.

    So what a trial lists together (`teriparatide, Fosamax`) does not take a name from its own product.
    """
    beside: dict[str, set[str]] = {}
    for proper, keys in groups:
        products = {known[key] for key in proper if key in known}
        for key in keys if products else ():
            if key not in known:
                beside.setdefault(key, set()).update(products)
    return {key: min(found) for key, found in beside.items() if len(found) == 1}
