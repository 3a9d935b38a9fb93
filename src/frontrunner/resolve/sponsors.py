"""The company of each spelling of a sponsor or applicant, by rules and then by judgements.

`sponsor` (name, company, kind, parent, country) · `same_company` (id, same, joined_on: what judgements joined it with)
· `company_spelling` (text, class, key, bare, bare_key, parent, kind, country): what a spelling tells, told once.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import pyarrow as pa

from frontrunner.model import Judgement
from frontrunner.resolve import companies, tables
from frontrunner.resolve.column import Known, Named, known_companies
from frontrunner.resolve.countries import country_of
from frontrunner.resolve.judgements import judged
from frontrunner.store.ledger import Connection
from frontrunner.vocab import fold

_SPONSOR = pa.schema([(name, pa.string()) for name in ("name", "company", "kind", "parent", "country")])
_SAME = pa.schema([(name, pa.string()) for name in ("id", "same", "joined_on")])


class Spelling(msgspec.Struct, frozen=True):
    """What one spelling tells by itself, given the class of a registry. Grain: text x class.

    `key` joins it with others, as does `bare_key` without the place it begins with (`bare`); `parent` is the key of a
    company that it says it belongs to.
    """

    text: str
    class_: str | None
    key: str
    bare: str
    bare_key: str
    parent: str | None
    kind: str
    country: str | None


_SPELLING = pa.schema([(name, pa.string()) for name in Spelling.__struct_fields__])


def run(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """Write `sponsor` and `same_company` for everything the ledger holds."""
    curated = tables.rows(connection, "curated_companies")
    known = known_companies([Named(company, value, value) for company, value in curated])
    sponsors = {name: classes[0] if classes else None for name, classes in tables.rows(connection, "sponsors")}
    told = _told(connection, sponsors.items())
    proposed = {name: _company_id(known, told[name, class_]) for name, class_ in sponsors.items()}
    names = {fold(value): str(company) for company, value in curated}
    names |= {fold(name): company for name, company in proposed.items()}
    decided = judged(names, judgements, {company for company, _ in curated})
    rows = []
    for name, class_ in sponsors.items():
        one = told[name, class_]
        owner = one.parent and _company_id(known, told[one.parent, None])
        company = decided.id(name, names[fold(name)])
        rows.append((name, company, one.kind, owner and decided.same.get(owner, owner), one.country))
    tables.replace(connection, "sponsor", tables.table(_SPONSOR, rows))
    same = [(id, to, decided.since[id]) for id, to in sorted(decided.same.items())]
    tables.replace(connection, "same_company", tables.table(_SAME, same))


def _told(connection: Connection, wanted: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], Spelling]:
    """The spellings wanted and those of the parents that they name; the ledger keeps what was not read before."""
    tables.insert(connection, "company_spelling", _SPELLING.empty_table())
    held = (Spelling(*row) for row in connection.execute("from company_spelling").fetchall())
    told = {(one.text, one.class_): one for one in held}
    new = list(_unread(wanted, told))
    tables.insert(connection, "company_spelling", tables.table(_SPELLING, map(msgspec.structs.astuple, new)))
    return told


def _unread(
    wanted: Iterable[tuple[str, str | None]], told: dict[tuple[str, str | None], Spelling]
) -> Iterator[Spelling]:
    """Read the spellings that are not among those told, which they join."""
    for text, class_ in wanted:
        if (text, class_) not in told:
            told[text, class_] = one = _read(text, class_)
            yield one
            yield from _unread([(one.parent, None)] if one.parent else [], told)


def _read(text: str, class_: str | None) -> Spelling:
    key = companies.company_key(text)
    bare = companies.without_place(key)
    return Spelling(
        text=text,
        class_=class_,
        key=key,
        bare=bare,
        bare_key=companies.company_key(bare),
        parent=companies.parent_key(text),
        kind=companies.organisation_kind(text, class_),
        country=country_of(text),
    )


def _company_id(known: Known, one: Spelling) -> str:
    ids = known.found(one.text, one.key) or known.found(one.bare, one.bare_key) or known.shorter(one.key)
    return ids[0] if len(ids) == 1 else "org:" + companies.slug(one.key)
