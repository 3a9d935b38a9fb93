"""What kind of medicine a trial tests, with which vector and against or for which gene: each label with its words.

Rules in order, in rules/*.csv; no rule, no label. A name decides before a title.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import msgspec

from frontrunner.model import Intervention, Trial
from frontrunner.resolve import known
from frontrunner.resolve.followups import says_follow_up
from frontrunner.resolve.names import Caseless, Name, Tested, may_match, name_key, rules
from frontrunner.resolve.products import tested
from frontrunner.resolve.stated import is_background, names
from frontrunner.resolve.wording import (
    BY_NAME,
    BY_STEM,
    Cued,
    Hit,
    Said,
    best,
    families,
    hits,
    is_before_product,
    is_living,
    listed_inns,
    of_inn,
    of_intervention,
    of_names,
    title_gives_living,
)
from frontrunner.vocab import load

_RECEPTORS = frozenset({"car_t", "car_nk", "car_m", "tcr_t"})
_SEROTYPE = re.compile(
    r"AAV[- ]?(?:serotype[- ]?)?(?:2?/)?\s?(?P<name>rh\.?\s?\d+|hu\.?\s?\d+|\d+|S3|LK03|SLB101|Spark100)"
    r"|vir(?:us|al)(?: vector)?,?\s(?:of\s)?serotype\s(?P<type>rh\.?\s?\d+|hu\.?\s?\d+|\d+)",
    re.I,
)
_LENTI = re.compile(r"lentivir|lentigl|\blvv?\b|\bLV[-.]|慢病毒", re.I)
_RETRO = re.compile(r"(?<!lenti)(?:gamma[- ]?)?retrovir|逆转录病毒", re.I)
#: characters between a product's name and what a title calls it
_RIGHT_BEHIND = 3
#: how far what a title calls a product may reach, and words of which one is then in it
_LONGEST_KIND = 60
_KINDS = ("gene", "cell", "car", "vir", "aav", "plasmid", "vaccin", "antibod")
_TYPED = re.compile(r"\s*(drug|biological|genetic|procedure|device|other|combination[ _]product|behavioral):\s*", re.I)
#: words of a title, and not of the name of what is given
_TITLED = re.compile(
    r"\b(?:in|for|after|following|among|versus|vs|study|trial|patients|subjects|participants|prior|previous\w*|effects?"
    r"|efficacy|safety|outcomes?|events?|registry|predict\w*)\b|治疗|患者|研究|试验",
    re.I,
)
#: words of which a title that gives cells or genes beside an unknown drug has one
_LIVING_CUES = ("cell", "gene ", "car-t", "car t", "aav", "virus", "msc", "lymphocyte")
_TITLES = "protocolSection.identificationModule"
_GIVEN = "protocolSection.armsInterventionsModule"
#: what is given before cells, and what says that it was given for something else
_LYMPHODEPLETION = ("fludarabin", "cyclophosphamid")
_NO_LYMPHODEPLETION = ("transplant", "irradiation", "tbi", "busulfan", "thiotepa", "rituximab", "vaccin", "graft")
#: kinds that a title may know better: dendritic cells are called a vaccine, cord blood for the brain a transplant
_GIVES_WAY = frozenset({"vaccine", "hsct", "virus_specific_t"})
#: the vector that a modality implies
_VECTOR_OF = {"lentiviral": "lentivirus", "lentiviral_hsc": "lentivirus", "hsv": "HSV-1", "adenoviral": "adenovirus"}


class Label(msgspec.Struct, frozen=True):
    """Modality, vector and target as vocabulary ids; several targets separated by `|`.

    `transgene` says that the target is the gene delivered, not what is bound. `words` at `place` gave the modality.
    `follow_up`: a long-term follow-up, extension, registry or expanded access: not a new rung.
    """

    modality: str
    vector: str | None
    target: str | None
    transgene: bool
    words: str
    place: str
    follow_up: bool = False


def classify(names: Sequence[Said], texts: Sequence[Said] = (), *, before: bool = False) -> Label | None:
    """The label that the names of one product give, completed from the texts about it; None where nothing says.

    `names` and `texts` are (place, words); texts are asked only where the names say nothing or something weak, and
    for what patients had before only where the study is about that (`before`).
    """
    hit = of_names(names)
    if hit is None or hit[0].weak or hit[0].rank == BY_NAME or hit[0].modality in _GIVES_WAY:
        more = best(texts, title=not before)
        if before and more and more[0].modality == "hsct":
            # a title of cells infused names the procedure as well
            more = best(texts, title=True) or more
        if more and (hit is None or _is_finer(more[0], hit[0].modality)):
            hit = more
        elif more and hit and hit[0].modality == "cell_therapy" and more[0].modality == "gene_therapy":
            # cells are given and the title speaks of gene therapy
            hit = (msgspec.structs.replace(more[0], modality="gene_modified_cell"), more[1])
    if hit is None:
        return None
    found, said = hit[0], (*names, *texts)
    named = (known.of_text(text) for _, text in names) if found.rank == BY_NAME or is_living(found.modality) else ()
    product = next(filter(None, named), None)
    if product is None or product.modality not in families(found.modality):
        product = known.UNKNOWN
    target = _target(found.modality, found, said) or product.target
    vector = _vector(found.modality, said) or product.vector
    transgene = target is not None and _delivers(found.modality)
    return Label(found.modality, vector, target, transgene, found.words, hit[1])


def _is_finer(more: Hit, than: str) -> bool:
    """Whether a title names a kind below what the names say, cells where they say a transplant, or a CAR in them."""
    if than == "virus_specific_t":
        return more.modality in _RECEPTORS
    return than in families(more.modality) or (than == "hsct" and is_living(more.modality) and not more.weak)


@cache
def _delivers(modality: str) -> bool:
    """Whether the target of such a product is the gene it brings, not an antigen that its receptor binds."""
    return "gene_therapy" in families(modality) and not families(modality) & _RECEPTORS


def _vector(modality: str, said: Sequence[Said]) -> str | None:
    """The vector as stated or implied; a serotype that the vocabulary does not know stays unknown."""
    if modality in _VECTOR_OF:
        return _VECTOR_OF[modality]
    if modality in ("aav", "nuclease_editing", "gene_editing"):
        return next((vector for _, text in said if (vector := _serotype(text))), None)
    if modality == "gene_therapy" or "gene_modified_cell" in families(modality):
        if any(_LENTI.search(text) for _, text in said):
            return "lentivirus"
        return "gammaretrovirus" if any(_RETRO.search(text) for _, text in said) else None
    return None


@lru_cache(maxsize=50_000)
def _serotype(text: str) -> str | None:
    match = _SEROTYPE.search(text)
    return load("vector").find("AAV" + re.sub(r"[.\s]", "", match["name"] or match["type"])) if match else None


@cache
def _targets(context: tuple[str, ...]) -> Cued[tuple[Caseless, str]]:
    """(pattern, target) of the rules of some contexts."""
    return Cued(
        (row["cues"], (Caseless(row["pattern"]), row["target"]))
        for row in rules("targets")
        if row["context"] in context
    )


@cache
def _context(modality: str) -> tuple[str, ...]:
    """The contexts of the target rules that apply to a modality."""
    above = families(modality)
    if above & _RECEPTORS:
        return ("antigen",)
    if "antibody" in above:
        return ("antigen", "antibody")
    if above & {"gene_therapy", "rna"}:
        return ("gene",)
    return ("drug",) if modality == "small_molecule" else ()


def _target(modality: str, hit: Hit, said: Sequence[Said]) -> str | None:
    """Target of a listed name, of a stem, else what the first text that tells one says."""
    listed = listed_inns().get(name_key(hit.words))
    if listed:
        return listed[1]
    by_stem = (of_inn(hit.words) or of_inn(hit.words.split()[-1])) if hit.rank == BY_STEM else None
    if by_stem and by_stem[2]:
        return by_stem[2]
    context = _context(modality)
    return next((found for _, text in said if context and (found := _targets_in(text, context))), None)


@lru_cache(maxsize=100_000)
def _targets_in(text: str, context: tuple[str, ...]) -> str | None:
    found = [target for pattern, target in _targets(context).tried(text) if pattern.search(text)]
    return "|".join(dict.fromkeys("|".join(found).split("|"))) if found else None


def classify_trial(trial: Trial) -> list[tuple[Tested, Label | None]]:
    """Each tested product with its label, in order.

    Title, keywords and conditions are asked for a gene product, a code or a construct, never for a small molecule:
    `Ibrutinib After CAR-T` is no CAR-T. Where a record has an official title alone, that is its title.
    """
    if trial.brief_title is None and trial.official_title:
        return _by_official_title(trial)
    return [(product, _label(trial, product)) for product in tested(trial)]


def _by_official_title(trial: Trial) -> list[tuple[Tested, Label | None]]:
    brief, official = f"{_TITLES}.briefTitle", f"{_TITLES}.officialTitle"
    found: list[tuple[Tested, Label | None]] = []
    for product, label in classify_trial(msgspec.structs.replace(trial, brief_title=trial.official_title)):
        own = msgspec.structs.replace(product, place=product.place.replace(brief, official))
        said = label and msgspec.structs.replace(label, place=label.place.replace(brief, official))
        found.append((own, said))
    return found


def of_text(text: str) -> list[Label]:
    """The labels of a text alone: interventions between bars or semicolons, a title, or the name of what is given.

    A title must say that a gene or cell product is given: many name what patients had before.
    """
    given = [_intervention(part) for part in re.split(r"\s*[|;；]\s*", text) if part.strip()]
    listed = len(given) > 1 or any(one.type for one in given)
    if len(given) > 1 and given[0].type is None and all(one.type for one in given[1:]):
        return _labels_of(Trial(trial_id="", brief_title=given[0].name, interventions=given[1:]))
    said = [] if listed else _labels_of(Trial(trial_id="", brief_title=text))
    if said:
        return said
    found = _labels_of(Trial(trial_id="", interventions=given))
    return found if listed or not _TITLED.search(text) else [label for label in found if not is_living(label.modality)]


def _intervention(part: str) -> Intervention:
    typed = _TYPED.match(part)
    return Intervention(name=part[typed.end() :], type=typed[1].upper()) if typed else Intervention(name=part)


def _labels_of(trial: Trial) -> list[Label]:
    return [label for _, label in classify_trial(trial) if label]


def _titles(trial: Trial) -> list[Said]:
    said = []
    if trial.brief_title:
        said.append((f"{_TITLES}.briefTitle", trial.brief_title))
    if trial.official_title and trial.official_title != trial.brief_title:
        said.append((f"{_TITLES}.officialTitle", trial.official_title))
    said += [(f"protocolSection.conditionsModule.keywords[{n}]", word) for n, word in enumerate(trial.keywords)]
    said += [(f"protocolSection.conditionsModule.conditions[{n}]", word) for n, word in enumerate(trial.conditions)]
    return said


def _label(trial: Trial, product: Tested) -> Label | None:
    title = f"{trial.brief_title or ''} {trial.official_title or ''}"
    given = None if product.at is None else trial.interventions[product.at]
    said, brief = _said(trial, product, given), trial.brief_title or ""
    texts = _titles(trial) if _may_ask(product, given, title) else ()
    if given and not texts and given.type in ("DRUG", None) and _is_apart(product, said, brief):
        texts = [(f"{_TITLES}.briefTitle", brief)]
    before = product.at is None and says_follow_up(trial.brief_title or "", True)
    found = classify(said, texts, before=before)
    if found is None and not texts and (behind := _behind_name(trial.brief_title or "", product)):
        found = classify((), behind)
    if found and given and given.type == "GENETIC" and "protein" in families(found.modality):
        found = classify((), texts, before=before) or found
    if found and _is_of_another(trial, product, found):
        found = classify(said)
    label = _by_registry_type(product, given, found) or _behind_lymphodepletion(trial, product, given)
    if label is None:
        return None
    living = is_living(label.modality)
    if living and (label.target is None or label.vector is None):
        label = _completed(label, texts or _titles(trial))
    late = says_follow_up(title, living) or (living and trial.study_type not in (None, "", "INTERVENTIONAL"))
    return msgspec.structs.replace(label, follow_up=True) if late else label


def _by_registry_type(product: Tested, given: Intervention | None, label: Label | None) -> Label | None:
    """What the type `GENETIC` adds: a named product is a gene therapy, cells are gene-modified."""
    if given is None or given.type != "GENETIC" or product.shared:
        return label
    place = f"{_GIVEN}.interventions[{product.at}].type"
    if label is None or "protein" in families(label.modality):
        # the protein is what the gene makes
        told = label is not None or any(name.kind in ("code", "inn", "construct") for name in product.names)
        return Label("gene_therapy", None, None, False, "GENETIC", place) if told else None
    if label.modality in ("cell_therapy", "unmodified_cell"):
        return msgspec.structs.replace(label, modality="gene_modified_cell", words="GENETIC", place=place)
    return label


def _behind_lymphodepletion(trial: Trial, product: Tested, given: Intervention | None) -> Label | None:
    """What fludarabine with cyclophosphamide before a code, and nothing else, says: cells are given."""
    if given is None or given.type == "DEVICE" or not any(_is_unknown(name, given) for name in product.names):
        return None
    told = " ".join([one.name for at, one in enumerate(trial.interventions) if at != product.at]).lower()
    if not all(map(told.__contains__, _LYMPHODEPLETION)) or _living_beside(trial, product):
        return None
    title = (trial.brief_title or "").lower()
    if may_match(title, (*_NO_LYMPHODEPLETION, _LYMPHODEPLETION[0])) or may_match(told, _NO_LYMPHODEPLETION):
        return None
    at = next(
        n for n, one in enumerate(trial.interventions) if n != product.at and _LYMPHODEPLETION[0] in one.name.lower()
    )
    place = f"{_GIVEN}.interventions[{at}].name"
    return Label("cell_therapy", None, None, False, trial.interventions[at].name, place)


def _is_of_another(trial: Trial, product: Tested, label: Label) -> bool:
    """Whether the words about a trial tell another intervention, which itself says what it is.

    A code beside `Coxsackievirus A21` is not that virus because the keywords name it.
    """
    if product.at is None or not product.names or not is_living(label.modality) or label.place.startswith(_GIVEN):
        return False
    return any(
        (kind in families(label.modality) or label.modality in families(kind)) and not _shares_name(product, one)
        for one, kind in _living_beside(trial, product)
    )


def _living_beside(trial: Trial, product: Tested) -> list[tuple[Intervention, str]]:
    """The other interventions that say by themselves that they are gene or cell products, with their kinds."""
    told = ((one, of_intervention(one)) for at, one in enumerate(trial.interventions) if at != product.at)
    return [(one, kind) for one, kind in told if kind and is_living(kind)]


def _is_unknown(name: Name, given: Intervention) -> bool:
    """Whether a name tells nothing of the product: a code, or any word of a biological that is not background."""
    return name.kind == "code" or (name.kind == "plain" and given.type == "BIOLOGICAL" and not is_background(name.key))


def _said(trial: Trial, product: Tested, given: Intervention | None) -> list[Said]:
    """The product's names; the whole words of the intervention where it states no other product."""
    if given is None or product.shared:
        return [(product.place, name.value) for name in product.names]
    at = f"{_GIVEN}.interventions[{product.at}]"
    others = ((f"{at}.otherNames[{n}]", other) for n, other in enumerate(given.other_names))
    return [(f"{at}.name", _own_part(trial, product, given.name)), *others]


def _own_part(trial: Trial, product: Tested, text: str) -> str:
    """Of a sum the part that names the product, where the record gives it without that partner too."""
    if "+" not in text or not any(_shares_name(product, one) for one in trial.interventions if one.name != text):
        return text
    return next((part for part in text.split("+") if any(name.value in part for name in product.names)), text)


def _shares_name(product: Tested, one: Intervention) -> bool:
    return not {name.key for name in product.names}.isdisjoint(name.key for name in names(one))


def _may_ask(product: Tested, given: Intervention | None, title: str) -> bool:
    asks = product.generic or given is None or given.type == "GENETIC"
    asks = asks or any(name.kind in ("code", "construct") for name in product.names)
    asks = asks or (
        given is not None and given.type == "BIOLOGICAL" and not any(is_background(name.key) for name in product.names)
    )
    return asks and not is_before_product(title)


def _is_apart(product: Tested, said: Sequence[Said], title: str) -> bool:
    """Whether a title gives a gene or cell product and does not name this unknown drug, of which it would say when."""
    lower = title.lower()
    if product.shared or not may_match(lower, _LIVING_CUES) or of_names(said) or not title_gives_living(title):
        return False
    return not any(is_background(name.key) or name.value.lower() in lower for name in product.names)


def _behind_name(title: str, product: Tested) -> list[Said]:
    """What a title says right behind a product's name (`DeltaRex-G Gene Therapy for ...`)."""
    for name in product.names:
        at = title.lower().find(name.value.lower())
        rest = title[at + len(name.value) :][:_LONGEST_KIND] if at >= 0 else ""
        found = next(iter(hits(rest, True)), None) if may_match(rest.lower(), _KINDS) else None
        if found and rest.find(found.words) <= _RIGHT_BEHIND:
            said = rest[: rest.find(found.words) + len(found.words) + _RIGHT_BEHIND]
            return [(f"{_TITLES}.briefTitle", said)]
    return []


def _completed(label: Label, titles: Sequence[Said]) -> Label:
    """Vector and target that only the title, the keywords or the conditions state, for gene and cell products."""
    target = label.target or _target(label.modality, Hit(0, "", "", False), titles)
    vector = label.vector or _vector(label.modality, titles)
    transgene = target is not None and _delivers(label.modality)
    return msgspec.structs.replace(label, target=target, vector=vector, transgene=transgene)
