"""A press claim as parts: superlative, milestone, scope, subject. Or the words that were not understood.

The words are in `claim_words.csv` and in the vocabularies; docs/explanation/claims.md tells how they combine. Every
word of a claim must have a meaning here or change nothing: a claim is never answered with a word left over.
"""

from collections.abc import Callable

import msgspec

from frontrunner import vocab
from frontrunner.race.words import Names, NotUnderstood, Word, without_dates, words_of

_PHASES = ("phase_1", "phase_1_2", "phase_2", "pivotal")
_AND = ("and", "和", "与", "及")


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was understood.

    `superlatives` holds first, only, leading or a rank as digits. `place` is a jurisdiction, or None; `worldwide` says
    that the claim speaks of the whole world. `subjects` are product and company ids, none where it names nobody.
    `ahead` and `behind` are those said to have come before and after it; `narrowed` are words no record tells apart.
    """

    words: list[Word]
    superlatives: list[str]
    milestone: str | None
    indication: str | None
    modality: str | None
    target: str | None
    place: str | None
    worldwide: bool
    origin: str | None
    lane: str
    subjects: list[str]
    ahead: list[str]
    behind: list[str]
    narrowed: list[Word]
    as_of: str | None
    dated: str | None


def parse(claim: str, names: Callable[[list[str]], Names]) -> Parsed:
    """The parts of a claim; `names` is asked what phrases name, only where the lists leave words over.

    Raises NotUnderstood.
    """
    text, as_of, dated = without_dates(claim)
    words, ahead, behind = _compared(_owned(words_of(text, names)))
    told = [word for word in words if word.kind != "filler"]
    place, origin = _places(told)
    subjects = _subjects(told)
    return Parsed(
        words=told,
        superlatives=_superlatives(told, compared=bool(subjects and (ahead or behind))),
        milestone=_milestone(words, place),
        indication=_one(told, "indication"),
        modality=_narrowest(told),
        target=_targets(told),
        place=place,
        worldwide="GLOBAL" in _values(told, "place"),
        origin=origin,
        lane=_one(told, "lane") or "registrational",
        subjects=subjects,
        ahead=ahead,
        behind=behind,
        narrowed=[word for word in told if word.kind == "narrow"],
        as_of=as_of,
        dated=dated,
    )


# Whose, and compared with whom


def _owned(words: list[Word]) -> list[Word]:
    """`its first` as a first where a place has it; what a product or a company does first of its own is no race."""
    read, owner = list[Word](), ""
    for word in words:
        if word.kind == "own":
            if owner not in ("place", "loose", "adjective"):
                raise NotUnderstood([word.text], "it may be the first of its owner's alone")
            word = Word(word.text, "superlative", word.value)
        elif word.kind in ("place", "loose", "adjective", "product", "company"):
            owner = word.kind
        read.append(word)
    return read


def _compared(words: list[Word]) -> tuple[list[Word], list[str], list[str]]:
    """The claim without the rivals that it compares with, and those who are said to be ahead and behind."""
    kept, found = list[Word](), {"ahead": list[str](), "behind": list[str]()}
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.kind != "rival":
            kept.append(word)
            continue
        rivals, at = _named_next(words, at)
        if word.value == "second":
            kept.append(Word(word.text, "superlative", "2"))
        elif not rivals:
            raise NotUnderstood([word.text], "it does not say whom it compares with")
        found["behind" if word.value == "behind" else "ahead"] += rivals
    if any(word.kind == "closing" for word in kept) and not found["ahead"]:
        raise NotUnderstood([word.text for word in kept if word.kind == "closing"], "it does not say after what")
    return [word for word in kept if word.kind != "closing"], found["ahead"], found["behind"]


def _named_next(words: list[Word], at: int) -> tuple[list[str], int]:
    """The products, else the companies, that follow a place, and where they end: `Pfizer's Beqvez` is one product."""
    names, end, another = list[Word](), at, True
    for place, word in enumerate(words[at:], start=at):
        if word.kind in ("product", "company") and another:
            names.append(word)
            end, another = place + 1, word.kind == "company"
        elif word.kind == "filler" and word.text in _AND:
            another = True
        elif word.kind != "filler":
            break
    return _subjects(names), end


# Parts


def _values(words: list[Word], kind: str) -> list[str]:
    return list(dict.fromkeys(word.value for word in words if word.kind == kind))


def _one(words: list[Word], kind: str) -> str | None:
    """The one value of a kind; of diseases one below the other, the lower."""
    found = _values(words, kind)
    if kind == "indication" and len(found) > 1:
        terms = vocab.load("indication")
        above = {id: terms.ancestors(id) - {id} if id in terms.terms else frozenset() for id in found}
        found = [id for id in found if not any(id in higher for higher in above.values())]
    if len(found) > 1:
        raise NotUnderstood([word.text for word in words if word.kind == kind], f"these name more than one {kind}")
    return found[0] if found else None


def _targets(words: list[Word]) -> str | None:
    """The target, or all that one product hits, sorted and joined by `|`; `dual` is said of two."""
    found = sorted({id for value in _values(words, "target") for id in value.split("|")})
    dual = [word.text for word in words if word.kind == "dual"]
    if dual and len(found) < 2:
        raise NotUnderstood(dual, "it does not say which two targets")
    return "|".join(found) or None


def _narrowest(words: list[Word]) -> str | None:
    """The kind of therapy: `in vivo AAV gene therapy` names three, of which one is below the others."""
    found, terms = _values(words, "modality"), vocab.load("modality")
    low = [id for id in found if not any(id != other and id in terms.ancestors(other) for other in found)]
    if len(low) > 1:
        raise NotUnderstood(
            [word.text for word in words if word.kind == "modality"], "these are two kinds of therapy at once"
        )
    return low[0] if low else None


def _superlatives(words: list[Word], *, compared: bool) -> list[str]:
    found = _values(words, "superlative")
    if _values(words, "both"):
        found = ["first", "only", *found]
    found = list(dict.fromkeys(found))
    ranks = [one for one in found if one == "first" or one.isdigit()]
    if not found and not compared:
        raise NotUnderstood([], "it claims no first, second, only or leading place")
    if len(ranks) > 1 or ("leading" in found and len(found) > 1):
        raise NotUnderstood(found, "these places contradict each other")
    return found


def _subjects(words: list[Word]) -> list[str]:
    """The products named, else the companies."""
    return _values(words, "product") or _values(words, "company")


def _places(words: list[Word]) -> tuple[str | None, str | None]:
    """Where it counts and where the product comes from.

    A country by its bare name is the place, unless another place is named: then it is the origin. An adjective is the
    origin, unless it stands before a step (`the first Chinese approval`) and no place is named.
    """
    places, origins = _values(words, "place"), _values(words, "origin")
    for at, word in enumerate(words):
        if word.kind == "adjective":
            step = at + 1 < len(words) and words[at + 1].kind in ("noun", "verb", "milestone")
            (places if step and not places else origins).append(word.value)
    for value in _values(words, "loose"):
        (origins if any(place != value for place in places) and value not in places else places).append(value)
    places = [place for place in dict.fromkeys(places) if place != "GLOBAL"]
    origins = list(dict.fromkeys(origins))
    if len(places) > 1 or len(origins) > 1:
        raise NotUnderstood([*places, *origins], "these are several places; check one at a time")
    place = places[0] if places else None
    origin = origins[0] if origins else None
    if origin == "PLACE":
        if place != "CN":  # `the first domestic one with a US IND` is said at home, wherever that is
            raise NotUnderstood(
                [word.text for word in words if word.value == "PLACE"], "it does not say of which country"
            )
        origin = place
    return place, origin


def _milestone(words: list[Word], place: str | None) -> str | None:
    """The step claimed: a fixed phrase, else a noun with its verb, else a verb; None where there is none."""
    fixed, nouns, verbs = (_values(words, kind) for kind in ("milestone", "noun", "verb"))
    phases = [noun for noun in nouns if noun in _PHASES]
    if len(fixed) > 1 or len(phases) > 1:
        raise NotUnderstood([*fixed, *phases], "it names two milestones")
    if fixed:
        named = any(tail in word.text for word in words for tail in _NAMED)
        if "approve" in verbs and fixed[0] not in vocab.load("rung").terms and not named:
            raise NotUnderstood([*fixed, "approved"], "it names two milestones")
        return phases[0] if fixed == ["first_patient"] and phases else fixed[0]
    return _of_noun(nouns, verbs, phases, place) or _of_verb(verbs, place)


def _of_noun(nouns: list[str], verbs: list[str], phases: list[str], place: str | None) -> str | None:
    passed = "approve" in verbs or "clear" in verbs
    asked = "file" in verbs or "accept" in verbs
    if "ind" in nouns:
        if (
            "accept" in verbs and not passed and place != "CN"
        ):  # the FDA accepts an IND that it lets go on, the CDE to review it
            raise NotUnderstood(["accept"], "an IND that is accepted may be filed or cleared")
        return "ind_filed" if asked and not passed else "ind_cleared"
    if "application" in nouns:
        return "approved" if passed else "accepted" if "accept" in verbs else "filed"
    if phases or "clinic" in nouns:
        if "readout" in verbs:
            return "topline_positive"
        return "ind_cleared" if passed else phases[0] if phases else "first_patient"
    return "first_patient" if "patient" in nouns and {"dose", "treat"} & set(verbs) else None


#: words that make a designation of `orphan drug`, which alone may be said of any such drug
_NAMED = ("designat", "status", "eligib", "recogni", "资格", "认定", "品种", "纳入", "程序")
_STEPS = {
    "readout": "topline_positive",
    "launch": "launched",
    "approve": "approved",
    "accept": "accepted",
    "file": "filed",
    "clear": "ind_cleared",
    "dose": "first_patient",
    "register": "registered",
}


def _of_verb(verbs: list[str], place: str | None) -> str | None:
    if "clear" in verbs and place in ("EU", "UK", "JP"):
        raise NotUnderstood(["clear"], "whether to be tried or to be sold it does not say")
    found = [_STEPS[verb] for verb in _STEPS if verb in verbs]
    if len(found) > 1 and found[:2] != ["accepted", "filed"]:
        raise NotUnderstood(found, "it names two milestones")
    return found[0] if found else None
