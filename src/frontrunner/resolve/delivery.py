"""How a gene or cell product gets where it works: its route, the tissue it is for and where its cells come from.

Rules in rules/delivery.csv, in order: cues without one of which a pattern is not tried, a guard that silences it, and
the kinds of products (`within`, with all below) that it speaks of. Only gene and cell products are asked. No words, no
label.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from frontrunner.model import Trial
from frontrunner.resolve.names import Caseless, Tested, alternatives, rules
from frontrunner.resolve.wording import Cued, families, is_living

#: kinds of products that are no cells
_NO_CELLS = frozenset({"in_vivo_gene_therapy", "oncolytic_virus"})
#: sources that say whose the cells are, not of what tissue
_WHOSE = frozenset({"autologous", "allogeneic", "donor", "xenogeneic"})
#: how many texts about a product are asked: its names, titles, conditions and arms come first
_TEXTS = 40


class Delivery(msgspec.Struct, frozen=True):
    """How a product is given: vocabulary ids with the words that gave them, or null.

    Several sources of the cells are separated by `|`.
    """

    route: str | None = None
    route_words: str | None = None
    tissue: str | None = None
    tissue_words: str | None = None
    cell_source: str | None = None
    cell_source_words: str | None = None


class _Rule(msgspec.Struct, frozen=True):
    term: str
    pattern: Caseless
    guard: Caseless | None
    within: frozenset[str]


@cache
def _rules(kind: str) -> Cued[_Rule]:
    return Cued(
        (
            row["cues"],
            _Rule(
                row["term"],
                Caseless(row["pattern"]),
                Caseless(row["guard"]) if row["guard"] else None,
                frozenset(alternatives(row["within"])) if row["within"] else frozenset(),
            ),
        )
        for row in rules("delivery")
        if row["kind"] == kind
    )


@lru_cache(maxsize=20_000)
def _found(kind: str, text: str, modality: str) -> tuple[tuple[str, str], ...]:
    """(term, words) of the rules of a kind that match a text, in their order, each term once."""
    found: dict[str, str] = {}
    for rule in _rules(kind).tried(text):
        match = rule.pattern.search(text) if not rule.within or rule.within & families(modality) else None
        if match and not (rule.guard and rule.guard.search(text)):
            found.setdefault(rule.term, text[match.start() : match.end()])
    return tuple(found.items())


def of_product(trial: Trial, product: Tested, modality: str) -> Delivery | None:
    """What the record's own words say of a product of this modality; None of any but gene and cell products."""
    if not is_living(modality):
        return None
    said = _said(trial, product)
    route, tissue = _first("route", said, modality), _first("tissue", said, modality)
    cells = families(modality).isdisjoint(_NO_CELLS) and modality != "gene_therapy"
    source = _source(said, modality) if cells else None
    return Delivery(*(route or (None, None)), *(tissue or (None, None)), *(source or (None, None)))


def _first(kind: str, said: Sequence[str], modality: str) -> tuple[str, str] | None:
    """The first rule that the first telling text matches; where one text tells two routes, none: it compares them."""
    for text in said:
        found = _found(kind, text, modality)
        if found:
            return None if kind == "route" and len({term for term, _ in found} - {"implanted"}) > 1 else found[0]
    return None


def _source(said: Sequence[str], modality: str) -> tuple[str, str] | None:
    """Of what tissue the cells are, and whose: each by the first text that tells it."""
    found: dict[str, str] = {}
    for whose in (False, True):
        told = ([one for one in _found("cell_source", text, modality) if (one[0] in _WHOSE) == whose] for text in said)
        found |= dict(next(filter(None, told), ()))
    return ("|".join(found), "; ".join(dict.fromkeys(found.values()))) if found else None


def _said(trial: Trial, product: Tested) -> list[str]:
    """The texts about a product, the closest first: its intervention, titles, conditions, keywords, arms."""
    given = [] if product.at is None else [trial.interventions[product.at]]
    said = [text for one in given for text in (one.name, *one.other_names)]
    said += [text for text in (trial.brief_title, trial.official_title) if text]
    said += [*trial.conditions, *trial.keywords, *(arm.label for arm in trial.arm_groups if arm.label)]
    return said[:_TEXTS]
