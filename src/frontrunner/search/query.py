"""Search: exact names first, then beginnings, then whole words, then typing slips; what races most before the rest."""

from typing import Any

from frontrunner.errors import UnknownOption
from frontrunner.search.arena import arena
from frontrunner.search.entries import decoded
from frontrunner.search.results import Found, Hit
from frontrunner.search.words import is_han, runs, squeezed

KINDS = ("indication", "modality", "target", "company", "product", "programme", "trial")
LONGEST = 200
MOST = 200
#: order of the ways to match
_HOW = ("exact", "prefix", "words", "fuzzy", "part")
#: letters of a beginning that is sought as one; of a trial more, since nearly all begin alike
_BEGINNING, _BEGINNING_OF_TRIAL = 3, 6
#: how the ids of registries begin, squeezed: nobody else's name does, and nearly all trials' do
_OF_REGISTRIES = ("nct0", "chictr", "ctr20", "isrctn", "jrct", "jprn", "euctr")
#: names of one thing that are compared with a text
_COMPARED = 12
#: how many of the index's best are put in our order
_POOL = 30


def search(index: Any, text: str, kind: str | None, limit: int, snapshot: str) -> Found:
    """The hits of a text, at most `limit`, of one kind or of all."""
    if kind is not None and kind not in KINDS:
        raise UnknownOption("--kind", kind, KINDS)
    sought = text[:LONGEST]
    hits = _hits(index, sought, kind, min(max(limit, 1), MOST)) if runs(sought) else []
    return Found(query=text, race=arena(sought), hits=hits, snapshot=snapshot)


def _hits(index: Any, text: str, kind: str | None, limit: int) -> list[Hit]:
    pool = max(_POOL, limit)
    searcher = index.searcher()
    groups = [[kind]] if kind else [list(KINDS[:-1]), ["trial"]]
    found = [hit for group in groups for hit in _group(index.schema, searcher, text, group, pool)]
    sought = squeezed(text)
    return sorted(found, key=lambda hit: _order(hit, sought))[:limit]


def _order(hit: Hit, sought: str) -> tuple[Any, ...]:
    races = hit.kind in KINDS[:3]
    empty = races and not hit.programmes
    return (_HOW.index(hit.how), empty, KINDS.index(hit.kind), -hit.programmes, len(hit.matched), hit.label, hit.id)


def _group(schema: Any, searcher: Any, text: str, kinds: list[str], pool: int) -> list[Hit]:
    """The best of some kinds: those that hold every word, else with slips of typing, else those that hold some."""
    from tantivy import Occur, Query

    of_kinds = Query.const_score_query(Query.term_set_query(schema, "kind", kinds), 0.0)
    shortest = _BEGINNING if kinds != ["trial"] else _BEGINNING_OF_TRIAL
    for how in ("words", "fuzzy", "part"):
        wanted = _wanted(schema, text, how, shortest)
        query = Query.boolean_query([(Occur.Must, of_kinds), (Occur.Must, wanted)])
        found = searcher.search(query, pool, False, weight_by_field="weight").hits
        if found:
            return [_hit(searcher.doc(address), text, how) for _, address in found]
    return []


def _wanted(schema: Any, text: str, how: str, shortest: int) -> Any:
    """The whole name, its beginning, or its words: all, `fuzzy` all but for a letter or two, `part` one or more."""
    from tantivy import Occur, Query

    sought = squeezed(text)
    whole = [(Occur.Should, Query.boost_query(Query.term_query(schema, "squeezed", sought), 200.0))] if sought else []
    if len(sought) >= _least(sought, shortest) or (sought and is_han(sought)):
        whole.append((Occur.Should, Query.boost_query(_begins(schema, "squeezed", sought), 20.0)))
    must = Occur.Should if how == "part" else Occur.Must
    words = [(must, _word(schema, run, how != "words", shortest)) for run in runs(text)]
    return Query.boolean_query([*whole, (Occur.Should, Query.boolean_query(words))])


def _least(text: str, shortest: int) -> int:
    """The letters that a beginning must have to be sought as one: of a registry's id more, as of a trial."""
    return _BEGINNING_OF_TRIAL if text.startswith(_OF_REGISTRIES) else shortest


def _begins(schema: Any, field: str, text: str) -> Any:
    from tantivy import Query

    return Query.fuzzy_term_query(schema, field, text, distance=0, prefix=True)


def _word(schema: Any, run: str, slips: bool, shortest: int) -> Any:
    from tantivy import Occur, Query

    if is_han(run):
        return (
            Query.phrase_query(schema, "words", list(run)) if len(run) > 1 else Query.term_query(schema, "words", run)
        )
    ways = [(Occur.Should, Query.boost_query(Query.term_query(schema, "words", run), 3.0))]
    if len(run) >= _least(run, shortest):
        ways.append((Occur.Should, _begins(schema, "words", run)))
    if slips and len(run) > 3:
        near = Query.fuzzy_term_query(schema, "words", run, distance=1 if len(run) < 8 else 2)
        ways.append((Occur.Should, near))
    return Query.boolean_query(ways)


def _hit(document: Any, text: str, how: str) -> Hit:
    entry = decoded(document.get_first("entry"))
    matched, found = _matched([entry.label, *entry.names, entry.id], text, how)
    return Hit(
        kind=entry.kind,
        id=entry.id,
        label=entry.label,
        label_zh=entry.label_zh or None,
        matched=matched,
        how=found,
        programmes=entry.weight,
    )


def _matched(names: list[str], text: str, how: str) -> tuple[str, str]:
    """The name that answers to the text, and how."""
    sought, words = squeezed(text), runs(text)
    folded = [(name, squeezed(name)) for name in names]
    exact = next((name for name, plain in folded if plain == sought), None)
    if exact is not None:
        return exact, "exact"
    begun = min((name for name, plain in folded if sought and plain.startswith(sought)), key=len, default=None)
    if begun is not None:
        return begun, "prefix"
    for name in names:
        held = runs(name)
        if all(any(word in one if is_han(word) else one.startswith(word) for one in held) for word in words):
            return name, "words"
    return _nearest(names, text), how


def _nearest(names: list[str], text: str) -> str:
    """The name that shares most pairs of letters with a text."""
    sought = _pairs(text)

    def alike(name: str) -> float:
        held = _pairs(name)
        return len(held & sought) / (len(held | sought) or 1)

    return max(names[:_COMPARED], key=alike)


def _pairs(text: str) -> set[str]:
    plain = text.casefold()[:80]
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
