"""Which products a trial tests. Pure: from a trial's own words; what cannot be told stays apart."""

import re
from functools import lru_cache

import msgspec

from frontrunner.model import Intervention, Trial
from frontrunner.resolve import known, wording
from frontrunner.resolve.clusters import Clusters, Conflict, cluster, clusters
from frontrunner.resolve.followups import says_follow_up
from frontrunner.resolve.names import Caseless, Name, Tested, codes, constructs, inns, kind_of, name_key
from frontrunner.resolve.stated import (
    MEDICINES,
    apart,
    background,
    is_background,
    is_nothing,
    is_only_nothing,
    names,
    of_piece,
    shared_names,
    stated_products,
    unique,
)
from frontrunner.vocab import fold

__all__ = [
    "Clusters",
    "Conflict",
    "Name",
    "Tested",
    "cluster",
    "clusters",
    "name_key",
    "names",
    "tested",
]

_ASSAY = Caseless(
    r"analys[ie]s|sequencing|polymerase|hybridi[sz]ation|microarray|\bassay|genotyp|polymorphism|biomarker|blot"
    r"|\bsampl(?:e|es|ing)\b|\btest(?:s|ing)?\b|profil(?:e|ing)|collection|apheresis(?! product)|biopsy"
    r"|screening|questionnaire|follow[- ]?up|registry"
    r"|counsel|cytogenetic|molecular stud|\bmapping|\bpanel\b|omics|phenotyp|determination"
    r"|characteri[sz]|immune response|detection|repertoire|subsets?\b|correlative|measurement|gene expression"
    r"|expression of\b"
    r"|\bstability\b",
)
#: what cells are armed with; beside a gene or cell product it does not name it (`Interleukin-7 Expressing CAR-T`)
_ARMING = re.compile(r"interleukin|interferon|chemokine|cytokine|gmcsf|il\d")
_COMPARATOR_ARMS = frozenset({"ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
_COMPARATOR_NAME = re.compile(r"^\W*(?:active )?(?:comparator|control)\b", re.I)
#: types of interventions that may be a gene or cell product without saying so; many registries tell no type
_MAYBE_LIVING = frozenset({*MEDICINES, "PROCEDURE", "DEVICE", None})
_VERSUS = re.compile(r"\b(?:versus|vs|compared (?:to|with)|comparison with|over|to standard)\b", re.I)
#: what cells may do to those who get them, in lower case
_OF_ITS_HARM = re.compile(r"neurotoxic|encephalopath|cytokine release|\bcrs\b|\bicans\b|hemophagocytic|toxicities")
_TITLE = "protocolSection.identificationModule.briefTitle"
_SUM = re.compile(r"\b(?:concomitant|combination|combined|co-?administ\w+|together)\b", re.I)
_ALIAS = re.compile(r"\s?[®™]?,?\s?[(\[]([^()\[\]]{3,60})[)\]]")


class _Given(msgspec.Struct, frozen=True):
    """A product that an intervention states: where, its names, whether a gene or cell product, how it is given."""

    at: int
    order: int
    names: tuple[Name, ...]
    gene: bool
    biological: bool
    shared: bool


def tested(trial: Trial) -> list[Tested]:
    """The products under study, in the order of the interventions, one for each set of joined names.

    Not: placebo, sham, comparators (by arm, by `versus` in the title), conditioning and other background beside a
    product of another kind, procedures, devices, assays. Empty where the trial tests no medicine or tells none.
    """
    given = _given(trial)
    if trial.interventions and not given:
        return _followed(trial) or _told_by_title(trial)
    if _is_against_its_harm(trial, given):
        given = [g for g in given if not g.gene]
    elif _is_beside_the_point(trial, given):
        given = [g for g in given if g.names or not g.gene] or given
    kept, because = _under_study(trial, given)
    named = [g for g in _joined(kept) if g.names or not _repeats(trial, g, kept)]
    found = [_tested(trial, g, -n, because) for n, g in enumerate(named, 1)]
    if [product.generic for product in found].count(True) == 1:
        found = [_named_by_title(trial, product) for product in found]
    return found if any(g.gene for g in given) else _from_title(trial, given, found)


def _is_beside_the_point(trial: Trial, given: list[_Given]) -> bool:
    """Whether the title puts a nameless gene or cell product before or after what is tested, and is no follow-up."""
    title = trial.brief_title or ""
    nameless = any(g.gene and not g.names for g in given)
    other = any(not g.gene and not all(is_background(name.key) for name in g.names) for g in given)
    return nameless and other and wording.title_is_before_living(title) and not says_follow_up(title, True)


def _is_against_its_harm(trial: Trial, given: list[_Given]) -> bool:
    """Whether a medicine that the title names is given against the harm of the cells beside it."""
    title = (trial.brief_title or "").lower()
    if not any(g.gene for g in given) or not _OF_ITS_HARM.search(title):
        return False
    return any(name.value.lower() in title for g in given if not g.gene for name in g.names)


def _tested(trial: Trial, given: _Given, extra: int, because: str) -> Tested:
    """`extra` (negative) numbers a product that is not the first of its intervention."""
    place = f"protocolSection.armsInterventionsModule.interventions[{given.at}].name"
    position = given.at if given.order == 0 else extra
    generic = given.gene and not given.names
    return Tested(position, given.at, place, _with_aliases(trial, given), generic, because, given.shared)


def _given(trial: Trial) -> list[_Given]:
    found = []
    for at, intervention in enumerate(trial.interventions):
        stated = _stated(intervention.name, intervention.type, tuple(intervention.other_names))
        for order, (own, gene, biological) in enumerate(stated):
            found.append(_Given(at, order, own, gene, biological, len(stated) > 1))
    return found


@lru_cache(maxsize=100_000)
def _stated(name: str, type: str | None, others: tuple[str, ...]) -> tuple[tuple[tuple[Name, ...], bool, bool], ...]:
    """(names, whether a gene or cell product, whether registered as biological) of each product that is stated.

    Of an assay none; a gene or cell product of which only a generic phrase tells has no names.
    """
    if _ASSAY.search(name):
        return ()
    intervention = Intervention(name=name, type=type, other_names=list(others))
    kind = (type or "").upper()
    gene = _gives_gene_or_cell(intervention, kind)
    products = stated_products(intervention) if gene or kind in MEDICINES else []
    if gene:
        products = [own for names in products if (own := tuple(n for n in names if not _is_beside(n)))]
    biological = kind in ("BIOLOGICAL", "GENETIC")
    return tuple((own, gene, biological) for own in (products or ([()] if gene else [])))


def _is_beside(name: Name) -> bool:
    """Whether a name beside a gene or cell product is not its own: what arms the cells, a partner, conditioning."""
    if _ARMING.match(name.key) or is_background(name.key):
        return True
    told = wording.by_stem(name.value)
    return told is not None and not wording.is_living(told.modality)


def _gives_gene_or_cell(intervention: Intervention, kind: str) -> bool:
    # a device may bear the code of a product (`HF10`): its own words must say what it gives
    if is_only_nothing(intervention.name) or (kind == "DEVICE" and not wording.hits(intervention.name, False)):
        return False
    said = wording.of_intervention(intervention)
    return kind == "GENETIC" or (said is not None and wording.is_living(said))


def _under_study(trial: Trial, given: list[_Given]) -> tuple[list[_Given], str]:
    """What remains when comparators and background are taken away, and the last reason that took something."""
    because = "the only medicine" if len(given) == 1 else "among the medicines given"
    if len(given) < 2:
        return given, because
    for reason, keeps in (
        ("the gene or cell product of the trial", _beside_gene),
        ("an experimental arm", _by_arms),
        ("the others are background", _not_background),
        ("the title names it, the others are compared or added", _by_title),
    ):
        kept = keeps(trial, given)
        if kept and len(kept) < len(given):
            given, because = kept, reason
    return given, because


def _beside_gene(trial: Trial, given: list[_Given]) -> list[_Given]:
    if not any(g.gene for g in given):
        return given
    return [g for g in given if g.gene or (g.biological and any(name.kind == "code" for name in g.names))]


def _by_arms(trial: Trial, given: list[_Given]) -> list[_Given]:
    """Without what only comparator arms get, and what all arms get beside what only experimental arms get."""
    experimental, comparator = _arm_names(trial)
    if not experimental:
        return given
    told = {g.at: fold(trial.interventions[g.at].name) for g in given}
    tried = [g for g in given if told[g.at] in experimental or told[g.at] not in comparator]
    only = [g for g in tried if told[g.at] in experimental and told[g.at] not in comparator]
    return [g for g in tried if g.gene or g in only or told[g.at] not in comparator] if only else tried


@lru_cache(maxsize=20_000)
def _bare_arm_name(name: str) -> str:
    return fold(name.split(": ", 1)[-1])


def _arm_names(trial: Trial) -> tuple[set[str], set[str]]:
    experimental: set[str] = set()
    comparator: set[str] = set()
    for arm in trial.arm_groups:
        side = comparator if arm.type in _COMPARATOR_ARMS else experimental if arm.type == "EXPERIMENTAL" else None
        if side is not None:
            side.update(_bare_arm_name(name) for name in arm.intervention_names)
    return experimental, comparator


def _not_background(trial: Trial, given: list[_Given]) -> list[_Given]:
    return [
        g
        for g in given
        if not _COMPARATOR_NAME.search(trial.interventions[g.at].name)
        and (not g.names or g.gene or not all(is_background(name.key) for name in g.names))
    ]


def _by_title(trial: Trial, given: list[_Given]) -> list[_Given]:
    """Where no arms tell: what the title names before `versus`; codes and gene products stay in any case."""
    title = trial.brief_title or ""
    if trial.arm_groups or len(given) < 2 or not title:
        return given
    before = fold(_VERSUS.split(title, maxsplit=1)[0])
    named = [g for g in given if any(fold(name.value) in before for name in g.names)]
    if not named:
        return given
    return [g for g in given if g in named or g.gene or any(name.kind == "code" for name in g.names)]


def _joined(given: list[_Given]) -> list[_Given]:
    """One entry for entries that share a name; generic ones of one wording count once."""
    if len(given) < 2:
        return given
    joined: list[_Given] = []
    for g in given:
        keys = {name.key for name in g.names}
        for at, other in enumerate(joined):
            if keys & {name.key for name in other.names}:
                merged = unique((*other.names, *g.names))
                joined[at] = msgspec.structs.replace(other, names=merged, gene=other.gene or g.gene)
                break
        else:
            joined.append(g)
    return joined


def _repeats(trial: Trial, generic: _Given, given: list[_Given]) -> bool:
    """Whether a generic phrase (`Gene Transfer`) only repeats a named gene product, or an earlier generic one."""
    own = wording.of_intervention(trial.interventions[generic.at])
    for other in given:
        if (other.names and other.gene) or (not other.names and other.at < generic.at):
            label = wording.of_intervention(trial.interventions[other.at])
            if own is None or label == own or (label and own in wording.families(label)):
                return True
    return False


def _with_aliases(trial: Trial, given: _Given) -> tuple[Name, ...]:
    """Its names with those that a title puts in brackets right behind one of them (`Risdiplam (RO7034067)`)."""
    found: list[Name] = []
    for title in (trial.brief_title, trial.official_title):
        if title and "(" in title:
            folded = title.lower()
            for name in given.names:
                at = folded.find(name.value.lower())
                match = _ALIAS.match(title, at + len(name.value)) if at >= 0 else None
                if match:
                    found += (n for n in of_piece(match[1], "OTHER") if n.kind != "plain" and not is_background(n.key))
    return unique((*given.names, *found)) if found else given.names


def _named_by_title(trial: Trial, product: Tested) -> Tested:
    """A generic product with the one code or nonproprietary name that the brief title states."""
    if not product.generic:
        return product
    found = _title_names(trial.brief_title or "")
    if len({name.key for name in found}) != 1 or (trial.acronym and name_key(trial.acronym) == found[0].key):
        return product
    return msgspec.structs.replace(product, names=found, generic=False, because="the title names the generic product")


@lru_cache(maxsize=100_000)
def _title_names(title: str) -> tuple[Name, ...]:
    """Names a title states for certain: constructs, codes of at most six letters, gene and cell products."""
    short = (name for name in codes(title) if sum(c.isalpha() for c in name.key) <= 6)
    living = (name for name in inns(title) if (hit := wording.by_stem(name.value)) and wording.is_living(hit.modality))
    named = wording.by_name(title)
    known = (Name(named.words, name_key(named.words), kind_of(name_key(named.words))),) if named else ()
    found = (*constructs(title), *short, *living, *known)
    return unique(name for name in found if name.key not in shared_names())


def _from_title(trial: Trial, given: list[_Given], found: list[Tested]) -> list[Tested]:
    """The product that only the title names: where no intervention is told, or only conditioning and comparators."""
    title = trial.brief_title or ""
    if trial.interventions:
        return _beside_background(title, given) or [*found, *_together(title, given)]
    stated = () if wording.is_before_product(title) else _title_names(title)
    if stated:
        return _of_title(stated, "no intervention is told; the title names it")
    if wording.title_gives_living(title):
        return [Tested(-1, None, _TITLE, (), True, "no intervention is told; the title names its kind")]
    return _followed(trial)


def _of_title(names: tuple[Name, ...], because: str) -> list[Tested]:
    """The products that a title names, numbered downwards; without names it is one that nothing tells apart."""
    told = apart(names) or [()]
    return [Tested(-n, None, _TITLE, own, not own, because, len(told) > 1) for n, own in enumerate(told, 1)]


def _beside_background(title: str, given: list[_Given]) -> list[Tested]:
    """The product that a title names where only medicines usually given beside one are listed."""
    classes = [background().get(name.key) for g in given for name in g.names]
    if None in classes or wording.is_before_product(title):
        return []
    named = wording.by_name(title) or wording.by_stem(title)
    if named and wording.is_living(named.modality):
        return _of_title(_title_names(title), "the title names it beside background")
    if "conditioning" not in classes or not wording.title_gives_living(title):
        return []
    return [Tested(-1, None, _TITLE, (), True, "the title names it beside conditioning")]


def _together(title: str, given: list[_Given]) -> list[Tested]:
    """The gene or cell product that a title gives together with the medicines listed (`CAR-T and Lenalidomide`)."""
    named = any(name.value.lower() in title.lower() for g in given for name in g.names)
    if not named or not _SUM.search(title) or not wording.title_gives_living(title):
        return []
    return [Tested(-1, None, _TITLE, (), True, "the title gives it together with the others")]


def _followed(trial: Trial) -> list[Tested]:
    """The gene or cell product that people had before, of a follow-up that gives no medicine."""
    title = trial.brief_title or ""
    if not says_follow_up(title, True):
        return []
    names = _title_names(title)
    hit = known.of_text(title) or next(iter(wording.hits(title, False)), None)
    if hit is None or not wording.is_living(hit.modality):
        return []
    return _of_title(names, "a follow-up of people who had it")


def _told_by_title(trial: Trial) -> list[Tested]:
    """The gene or cell product of a title where biologicals are listed without a name (`Biological: IL-12`)."""
    biological = any(one.type in _MAYBE_LIVING and not is_nothing(one.name) for one in trial.interventions)
    if not biological or not wording.title_gives_living(trial.brief_title or ""):
        return []
    return [Tested(-1, None, _TITLE, (), True, "the title names its kind, no intervention names it")]
