"""Search: exact names first, then beginnings, then whole words, then typing slips; what races most before the rest."""

from collections.abc import Iterable
from typing import Any

import msgspec

from frontrunner.errors import UnknownOption
from frontrunner.search.entries import decoded
from frontrunner.search.matching import Typed
from frontrunner.search.results import Arena, Found, Hit
from frontrunner.search.words import is_han
from frontrunner.vocab import phrase

KINDS = ("indication", "modality", "target", "company", "product", "programme", "trial")
LONGEST = 200
#: order of the ways to match
_HOW = ("exact", "prefix", "words", "fuzzy", "part")
#: what is tried until something is found: how it matches, and the letters that a word may be wrong by
_PASSES = (("words", 0), ("fuzzy", 1), ("fuzzy", 2), ("part", 1))
_PASSES_OF_TRIALS = (("words", 0), ("fuzzy", 1), ("part", 0))
#: letters of a word from which on one, and two, may be wrong
_LONG_FOR = {0: 1, 1: 4, 2: 8}
#: a word that so many entries have is meant as it is; one that more have tell trials apart no more
_MEANT, _TOO_MANY = 1000, 20_000
#: words of a text, the rarest ones, by which trials that have only some are found
_TELLING = 4
#: letters of a beginning that is sought as one; of a trial more, since nearly all begin alike
_BEGINNING, _BEGINNING_OF_TRIAL = 3, 6
#: how the ids of registries begin, squeezed: nobody else's name does, and nearly all trials' do
_OF_REGISTRIES = ("nct0", "chictr", "ctr20", "isrctn", "jrct", "jprn", "euctr")
#: and ids of ours
_OF_OURS = ("prog", "prod", "org")
#: how many of the index's best are put in our order, which are all that a search gives: half of them trials
MOST = 60


def search(index: Any, text: str, kind: str | None, limit: int, snapshot: str) -> Found:
    """The hits of a text, at most `limit`, of one kind or of all."""
    if kind is not None and kind not in KINDS:
        raise UnknownOption("--kind", kind, KINDS)
    typed, said = Typed(text[:LONGEST]), phrase.read(text[:LONGEST])
    race = Arena(**said.parts) if said.is_arena else None
    hits = _hits(index, typed, kind, race is not None) if typed.words else []
    return Found(query=text, race=race, hits=hits[: max(limit, 1)], snapshot=snapshot)


def _hits(index: Any, typed: Typed, kind: str | None, known: bool) -> list[Hit]:
    """All hits, the best first; the same whatever the limit is, so that pages of them fit together."""
    groups = [(kind,)] if kind else [KINDS[:-1], KINDS[-1:]]
    searcher = index.searcher()
    several = [_Sought(index.schema, searcher, typed, kinds, known) for kinds in groups]
    return sorted((hit for sought in several for hit in _group(sought, MOST // len(several))), key=_order)


def _order(hit: Hit) -> tuple[Any, ...]:
    races = hit.kind in KINDS[:3]
    empty = races and not hit.programmes
    return (_HOW.index(hit.how), empty, KINDS.index(hit.kind), -hit.programmes, len(hit.matched), hit.label, hit.id)


class _Sought(msgspec.Struct, frozen=True):
    """A text put to the entries of some kinds; `known` where each word of it is one of a race, and none typed wrong.

    Trials are many and weigh alike, so fewer ways are tried with them.
    """

    schema: Any
    searcher: Any
    typed: Typed
    kinds: tuple[str, ...]
    known: bool

    @property
    def of_trials(self) -> bool:
        return self.kinds == KINDS[-1:]

    def least(self, word: str) -> int:
        """The letters that a beginning must have to be sought as one: of a trial, or a registry's id, more."""
        return _BEGINNING_OF_TRIAL if self.of_trials or _begins_alike(word, _OF_REGISTRIES) else _BEGINNING

    def held(self, word: str) -> int:
        """How many entries of all kinds have a word as it is."""
        return int(self.searcher.doc_freq("words", word))

    def is_meant(self, word: str) -> bool:
        """Whether so many have a word as it is that it was not typed wrong."""
        return self.held(word) >= _MEANT

    def may_slip(self, word: str, letters: int) -> bool:
        """Whether so many letters of a word may be wrong; of a registry's id none."""
        if self.known or len(word) < _LONG_FOR[letters] or is_han(word) or word.startswith(_OF_REGISTRIES):
            return False
        return not self.is_meant(word)


def _group(sought: _Sought, pool: int) -> list[Hit]:
    """The best of some kinds: those that hold every word, else with slips of typing, else those that hold some."""
    from tantivy import Occur, Query

    several = [(Occur.Should, Query.term_query(sought.schema, "kind", kind)) for kind in sought.kinds]
    of_kinds = Query.const_score_query(Query.boolean_query(several), 0.0)  # a term set would gather all trials first
    words = sought.typed.words
    weight = None if sought.of_trials else "weight"
    for how, slips in _PASSES_OF_TRIALS if sought.of_trials else _PASSES:
        if len(words) == 1 if how == "part" else slips and not any(sought.may_slip(word, slips) for word in words):
            continue
        wanted = _telling(sought, words) if how == "part" and sought.of_trials else _wanted(sought, words, how, slips)
        query = Query.boolean_query([(Occur.Must, of_kinds), (Occur.Must, wanted)])
        found = sought.searcher.search(query, pool, False, weight_by_field=weight).hits
        if found:
            return [_hit(sought.searcher.doc(address), sought.typed, how) for _, address in found]
    return []


def _wanted(sought: _Sought, words: list[str], how: str, slips: int) -> Any:
    """The whole name, its beginning, or its words: all, with `slips` all but for a letter or two, `part` some."""
    from tantivy import Occur, Query

    schema, name = sought.schema, sought.typed.squeezed
    whole = [(Occur.Should, Query.boost_query(Query.term_query(schema, "squeezed", name), 200.0))] if name else []
    least = _BEGINNING_OF_TRIAL if _begins_alike(name, _OF_OURS) else sought.least(name)
    if len(name) >= least or (name and is_han(name)):
        whole.append((Occur.Should, Query.boost_query(_begins(schema, "squeezed", name), 20.0)))
    must = Occur.Should if how == "part" else Occur.Must
    held = [word for word in words if how != "part" or word not in phrase.EMPTY] or words
    return Query.boolean_query(
        [*whole, (Occur.Should, Query.boolean_query([(must, _word(sought, word, slips)) for word in held]))]
    )


def _telling(sought: _Sought, words: list[str]) -> Any:
    """One or more of the words that tell trials apart, as they are."""
    from tantivy import Occur, Query

    held = sorted((sought.held(word), word) for word in words if not is_han(word) and word not in phrase.EMPTY)
    rare = [word for many, word in held if 0 < many <= _TOO_MANY][:_TELLING]
    known = [Query.term_query(sought.schema, "words", word) for word in rare]
    known += [_word(sought, word, 0) for word in words if is_han(word)]
    return Query.boolean_query([(Occur.Should, one) for one in known])


def _begins_alike(word: str, ids: Iterable[str]) -> bool:
    """Whether a word may be the beginning of one of very many ids."""
    return any(word.startswith(id) or id.startswith(word) for id in ids)


def _begins(schema: Any, field: str, text: str) -> Any:
    from tantivy import Query

    return Query.fuzzy_term_query(schema, field, text, distance=0, prefix=True)


def _word(sought: _Sought, word: str, slips: int) -> Any:
    from tantivy import Occur, Query

    schema = sought.schema
    if is_han(word):
        return (
            Query.phrase_query(schema, "words", list(word))
            if len(word) > 1
            else Query.term_query(schema, "words", word)
        )
    as_it_is = Query.term_query(schema, "words", word)
    if sought.of_trials and sought.is_meant(word):
        return as_it_is
    ways = [(Occur.Should, Query.boost_query(as_it_is, 3.0))]
    if len(word) >= sought.least(word):
        ways.append((Occur.Should, _begins(schema, "words", word)))
    if slips and sought.may_slip(word, 1):
        near = Query.fuzzy_term_query(schema, "words", word, distance=slips if sought.may_slip(word, slips) else 1)
        ways.append((Occur.Should, near))
    return Query.boolean_query(ways)


def _hit(document: Any, typed: Typed, how: str) -> Hit:
    entry = decoded(document.get_first("entry"))
    matched, found = typed.answer([entry.label, *entry.names, entry.id], how)
    return Hit(
        kind=entry.kind,
        id=entry.id,
        label=entry.label,
        label_zh=entry.label_zh or None,
        matched=matched,
        how=found,
        programmes=entry.weight,
    )
