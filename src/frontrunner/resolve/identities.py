"""Join the names of all records into identities, as tables of the ledger. Derived, never edited.

`sponsor` (name, company, kind, parent) · `same_company` (id, same: what judgements joined it with) ·
`product_key` (key, product) · `country_jurisdiction` (country, jurisdiction)
`registration` (id, registry, trial, held, declared_by, doc): the ids of trials that several registries hold
and `event`, beside the tables of `vocabularies` and `conditions`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

import pyarrow as pa

from frontrunner import vocab
from frontrunner.model import Judgement
from frontrunner.resolve import companies, conditions, registrations, vocabularies
from frontrunner.resolve.clusters import cluster
from frontrunner.resolve.column import Known, Named, known_companies
from frontrunner.resolve.judgements import judged
from frontrunner.resolve.names import name_key
from frontrunner.resolve.vocabularies import slug
from frontrunner.store.ledger import Connection


def run(connection: Connection) -> None:
    """Resolve everything the ledger holds. One transaction."""
    connection.begin()
    try:
        vocabularies.run(connection)
        conditions.run(connection)
        _events(connection)
        _countries(connection)
        made = _judgements(connection)
        _sponsors(connection, made)
        _products(connection, made)
        _trials(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _events(connection: Connection) -> None:
    events = defaultdict[str, list[object]](list)
    for term in vocab.load("event").terms.values():
        extra = term.extra
        _append(
            events,
            id=term.id,
            rung=extra["rung"] or None,
            effect=extra["effect"],
            everywhere=extra["everywhere"] == "1",
        )
    _replace(connection, "event", events)


def _countries(connection: Connection) -> None:
    countries = vocab.load("country")
    rows = defaultdict[str, list[object]](list)
    for (name,) in _rows(connection, "countries"):
        country = countries.find(name)
        if country:
            _append(rows, country=name, jurisdiction=countries.terms[country].extra["jurisdiction"])
    _replace(connection, "country_jurisdiction", rows, ("country", "jurisdiction"))


def _sponsors(connection: Connection, made: Sequence[Judgement]) -> None:
    """The company of each sponsor's spelling, by rules and then by judgements; and which curated ids became another."""
    curated = _rows(connection, "curated_companies")
    known = known_companies([Named(company, value, value) for company, value in curated])
    names = {vocab.fold(value): str(company) for company, value in curated}
    sponsors = _rows(connection, "sponsors")
    names |= {vocab.fold(name): _company_id(known, name) for name, _ in sponsors}
    decided = judged(names, _about(made, "org:"), {company for company, _ in curated})
    rows = defaultdict[str, list[object]](list)
    for name, classes in sponsors:
        kind = companies.organisation_kind(name, classes[0] if classes else None)
        parent = companies.parent_key(name)
        owner = parent and _company_id(known, parent)
        company = decided.id(name, names[vocab.fold(name)])
        _append(rows, name=name, company=company, kind=kind, parent=owner and decided.same.get(owner, owner))
    _replace(connection, "sponsor", rows, ("name", "company", "kind", "parent"))
    same = defaultdict[str, list[object]](list)
    for id, to in sorted(decided.same.items()):
        _append(same, id=id, same=to, joined_on=decided.since[id])
    _replace(connection, "same_company", same, ("id", "same", "joined_on"))


def _company_id(known: Known, name: str) -> str:
    ids = known.ids(name) or known.ids(companies.without_place(companies.company_key(name)))
    return ids[0] if len(ids) == 1 else "org:" + companies.slug(companies.company_key(name))


def _judgements(connection: Connection) -> list[Judgement]:
    """All judgements, the oldest first."""
    fields = Judgement.__struct_fields__
    return [Judgement(**dict(zip(fields, row, strict=True))) for row in _rows(connection, "judgements")]


def _about(made: Iterable[Judgement], prefix: str) -> list[Judgement]:
    """Those that may be on companies (`org:`) or on products (`prod:`): a name may be of either."""
    other = "prod:" if prefix == "org:" else "org:"
    return [one for one in made if not one.left.startswith(other) and not one.right.startswith(other)]


def _products(connection: Connection, made: Sequence[Judgement]) -> None:
    known: dict[str, str] = {}
    told: dict[str, str | None] = {}
    for product, value, modality in _rows(connection, "curated_products"):
        known.setdefault(name_key(value), product)
        told.setdefault(name_key(value), modality)
    substances = _rows(connection, "substances", curated=list(told), modalities=list(told.values()))
    licensed = _rows(connection, "licensed_names")
    known = licensed_products([*licensed, *((proper or [], keys) for proper, keys in substances)], known) | known
    groups = [*(keys for (keys,) in _rows(connection, "name_groups")), *(keys for _, keys in substances)]
    keys = cluster(groups, known)
    decided = judged(keys, _about(made, "prod:"), set(known.values()))
    rows = defaultdict[str, list[object]](list)
    for key, product in sorted(keys.items()):
        _append(rows, key=key, product=decided.same.get(product, product))
    _replace(connection, "product_key", rows, ("key", "product"))


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


def _trials(connection: Connection) -> None:
    held = (id for (id,) in _rows(connection, "held_trials"))
    said = _rows(connection, "declared_ids", pattern=registrations.likely())
    found = registrations.joined(held, said)
    types = {"held": pa.bool_(), "doc": pa.uint64()}
    fields = registrations.Registration.__struct_fields__
    columns = {name: pa.array([getattr(one, name) for one in found], types.get(name, pa.string())) for name in fields}
    _replace(connection, "registration", columns)


def _rows(connection: Connection, query: str, **values: str | Sequence[str | None]) -> list[tuple[Any, ...]]:
    """The rows of `<query>.sql` beside this module."""
    sql = resources.files(__package__).joinpath(f"{query}.sql").read_text("utf-8")
    return connection.execute(sql, values).fetchall()


def _append(columns: defaultdict[str, list[object]], **row: object) -> None:
    for name, value in row.items():
        columns[name].append(value)


def _replace(connection: Connection, table: str, columns: Mapping[str, object], names: tuple[str, ...] = ()) -> None:
    """Put the rows in place of the table's; `names` gives the (text) columns where there may be no rows."""
    rows = pa.table(columns or {name: pa.array([], pa.string()) for name in names})
    connection.register("rows", rows)
    connection.execute(f"create or replace table {table} as from rows")
    connection.unregister("rows")
