"""The made-up world behind the records: conditions, sponsors, sites and products, the same for every size of file.

Disease, modality and target names come from `frontrunner.vocab`, so a race on the synthetic base has runners: some
9,000 products, each with a code name, a developer and one to four indications, tested again and again. Everybody else
is made of `words.txt`. All names are stored as they stand inside a JSON string.
"""

import json
import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from bench import rivers, words
from frontrunner import vocab

PRODUCTS = 9_000
COMPANIES = 2_400
HOSPITALS = 3_200
#: Name pieces of a core vocabulary that are too short to stand as a condition in a record.
SHORTEST_NAME = 6

#: Of products for cancers and for the rest: modality -> weight.
CANCER_MODALITIES = {
    "small_molecule": 36, "antibody": 17, "bispecific_antibody": 6, "adc": 8, "car_t": 15, "car_nk": 2, "tcr_t": 2,
    "til": 2, "oncolytic_virus": 3, "vaccine": 4, "mrna": 2, "unmodified_cell": 3,
}  # fmt: skip
OTHER_MODALITIES = {
    "small_molecule": 40, "antibody": 12, "aav": 13, "lentiviral_hsc": 2, "edited_hsc": 1, "sirna": 6, "aso": 5,
    "protein": 6, "peptide": 6, "vaccine": 4, "msc": 3, "mrna": 1, "plasmid_dna": 1,
}  # fmt: skip
#: Registry types of interventions by modality; `DRUG` for the rest.
TYPES = dict.fromkeys(("aav", "lentiviral_hsc", "edited_hsc", "plasmid_dna"), "GENETIC") | dict.fromkeys(
    ("antibody", "bispecific_antibody", "adc", "car_t", "car_nk", "tcr_t", "til", "oncolytic_virus", "vaccine", "mrna",
     "unmodified_cell", "msc", "protein"), "BIOLOGICAL"
)  # fmt: skip
#: Genes of the diseases whose races are about one gene.
TARGETS = {
    "hemophilia A": "F8", "hemophilia B": "F9", "spinal muscular atrophy": "SMN1", "Duchenne muscular dystrophy": "DMD",
    "sickle cell disease": "HBB", "beta-thalassemia": "HBB", "X-linked retinitis pigmentosa": "RPGR",
    "Leber congenital amaurosis": "RPE65", "Leber hereditary optic neuropathy": "ND4", "multiple myeloma": "TNFRSF17",
    "neovascular age-related macular degeneration": "VEGFA", "diffuse large B-cell lymphoma": "CD19",
    "B-cell acute lymphoblastic leukemia": "CD19", "follicular lymphoma": "CD19", "mantle cell lymphoma": "CD19",
    "large B-cell lymphoma": "CD19", "B-cell non-Hodgkin lymphoma": "CD19", "dyslipidemia": "CETP",
    "Fabry disease": "GLA", "Pompe disease": "GAA", "choroideremia": "CHM", "Stargardt disease": "ABCA4",
    "hypercholesterolemia": "PCSK9", "cystic fibrosis": "CFTR", "phenylketonuria": "PAH", "obesity": "GLP1R",
    "type 2 diabetes mellitus": "GLP1R", "Parkinson disease": "SNCA", "Huntington disease": "HTT",
}  # fmt: skip
CANCER_TARGETS = (
    "PDCD1",
    "PDCD1",
    "CD274",
    "CLDN18",
    "ERBB2",
    "EGFR",
    "VEGFA",
    "MSLN",
    "CD22",
    "GPC3",
    "KRAS",
    "CD276",
)

Thing = TypeVar("Thing")


class Weighted(Generic[Thing]):
    """Things drawn by weight with one random number."""

    def __init__(self, things: Sequence[Thing], weights: Iterable[float]) -> None:
        self.things = things
        self.bounds = list(accumulate(weights))

    def draw(self, rng: random.Random) -> Thing:
        """One of them."""
        return self.things[bisect_right(self.bounds, rng.random() * self.bounds[-1], 0, len(self.things) - 1)]


def tail(count: int, head: float, slope: float) -> list[float]:
    """Weights of a heavy tail: the first `head` ranks nearly alike, then falling by rank to the power of `slope`."""
    return [(rank + head) ** -slope for rank in range(1, count + 1)]


class Condition(NamedTuple):
    """A disease as registries spell it, its browse module, its id in the core vocabulary (None: not there)."""

    names: tuple[str, ...]
    browse: str
    known: str | None


class Sponsor(NamedTuple):
    """`name` and `kind` (registry class), where it is, the letters of its code names."""

    name: str
    kind: str
    country: str
    letters: str


class Product(NamedTuple):
    """`code` (and `inn`) name it, `phrase` says what it is; `began` is the year of its first study."""

    code: str
    inn: str | None
    phrase: str
    type: str
    modality: str
    target: str | None
    conditions: tuple[Condition, ...]
    developer: Sponsor
    partner: Sponsor
    began: float


def inside(text: str) -> str:
    """A text as it stands between the quotation marks of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


class World:
    """Everybody and everything that records name; a function of the seed and the vocabularies alone."""

    def __init__(self, seed: str) -> None:
        self.rng = random.Random(f"{seed}:world")
        self.writer = rivers.Writer(f"{seed}:names")
        self.lists = words.lists()
        self.browse_names = [inside(term.label) for term in vocab.load("indication").terms.values()]
        self.known, self.cancers = self._known_conditions()
        self.others = Weighted(self._other_conditions(), tail(900, 40, 0.7))
        companies = self._companies()
        self.companies = Weighted(companies, tail(len(companies), 5, 0.9))
        academics = self._academics()
        self.academics = Weighted(academics, tail(len(academics), 10, 0.8))
        self.products = Weighted([self._product(n) for n in range(PRODUCTS)], tail(PRODUCTS, 25, 0.6))
        self.drug_browse = [self._drug_browse() for _ in range(400)]

    def _known_conditions(self) -> tuple[Weighted[Condition], Weighted[Condition]]:
        """All diseases of the core vocabulary, and the cancers among them, the common ones more often."""
        indications = vocab.load("indication")
        cancer = indications.require("indication", "cancer")
        under = [term for term in indications.terms.values() if cancer in indications.ancestors(term.id)]
        conditions = {term.id: self._condition(_spellings(term), term.id) for term in indications.terms.values()}
        common = dict(entry.split("=") for entry in self.lists["common_diseases"])
        weights = {term.id: float(common.get(term.label, 1)) for term in indications.terms.values()}
        known = Weighted(list(conditions.values()), [weights[term] for term in conditions])
        return known, Weighted([conditions[term.id] for term in under], [weights[term.id] for term in under])

    def _other_conditions(self) -> list[Condition]:
        prefixes = ["", "Chronic ", "Acute ", "Severe ", "Recurrent ", "Pediatric ", "Elderly, ", "Moderate ", "Early "]
        names = [prefix + name for prefix in prefixes for name in self.lists["other_conditions"]][:900]
        return [self._condition((inside(name),), None) for name in names]

    def _condition(self, names: tuple[str, ...], known: str | None) -> Condition:
        mesh = f'{{"id":"D{self.rng.randrange(10**5):06d}","term":"{names[0]}"}}'
        ancestors = ",".join(
            f'{{"id":"D{self.rng.randrange(10**5):06d}","term":"{self.rng.choice(self.browse_names)}"}}'
            for _ in range(self.rng.randint(1, 9))
        )
        leaves = ",".join(self._leaf(self.rng.choice(self.browse_names)) for _ in range(self.rng.randint(2, 12)))
        branches = ",".join(self._branches("branches", self.rng.randint(1, 4)))
        found = f'"meshes":[{mesh}],"ancestors":[{ancestors}],"browseLeaves":[{leaves}],"browseBranches":[{branches}]'
        return Condition(names, found, known)

    def _leaf(self, name: str) -> str:
        number, relevance = self.rng.randrange(30_000), self.rng.choice(("LOW", "LOW", "HIGH"))
        found = f'"asFound":"{name}",' if relevance == "HIGH" else ""
        return f'{{"id":"M{number}","name":"{name}",{found}"relevance":"{relevance}"}}'

    def _branches(self, kind: str, count: int) -> list[str]:
        chosen = (branch.partition("=") for branch in self.rng.sample(self.lists[kind], count))
        return [f'{{"abbrev":"{abbrev}","name":"{name}"}}' for abbrev, _, name in chosen]

    def _drug_browse(self) -> str:
        names = [self.rng.choice(self.lists["drug"]).title() for _ in range(self.rng.randint(1, 7))]
        meshes = ",".join(f'{{"id":"D{self.rng.randrange(10**5):06d}","term":"{name}"}}' for name in names[:2])
        leaves = ",".join(self._leaf(name) for name in names)
        branches = ",".join(self._branches("drug_branches", self.rng.randint(1, 3)))
        return f'"meshes":[{meshes}],"browseLeaves":[{leaves}],"browseBranches":[{branches}]'

    def _companies(self) -> list[Sponsor]:
        places = Weighted(words.cities(), [city.weight for city in words.cities()])
        made: dict[str, Sponsor] = {}
        while len(made) < COMPANIES:
            stem = self.writer.name(2, 3).capitalize()
            end, form = self.rng.choice(self.lists["company_ends"]), self.rng.choice(self.lists["company_forms"])
            name = f"{stem} {end} {form}".replace(" ,", ",")
            letters = stem[:3].upper() if self.rng.random() < 0.7 else stem[:2].upper() + end[0]
            made.setdefault(stem, Sponsor(name, "INDUSTRY", places.draw(self.rng).country, letters))
        return list(made.values())

    def _academics(self) -> list[Sponsor]:
        """Hospitals and universities, then networks and public bodies, in one list with the great ones first."""
        cities = words.cities()
        places = Weighted(cities, [city.weight for city in cities])
        made: dict[str, Sponsor] = {}
        shares = Weighted(("academic_kinds", "group_kinds", "gov_kinds"), (95, 2, 3))
        classes = {"academic_kinds": "OTHER", "group_kinds": "NETWORK", "gov_kinds": "OTHER_GOV"}
        while len(made) < HOSPITALS:
            place, kinds = places.draw(self.rng), shares.draw(self.rng)
            first = inside(place.city) if self.rng.random() < 0.3 else self.writer.name(2, 3).capitalize()
            name = f"{first} {self.rng.choice(self.lists[kinds])}"
            made.setdefault(name, Sponsor(name, classes[kinds], place.country, first[:2].upper()))
        return list(made.values())

    def _product(self, number: int) -> Product:
        rng, developer = self.rng, self.companies.draw(self.rng)
        cancer = rng.random() < 0.6
        pool = self.cancers if cancer else self.known
        conditions = tuple({pool.draw(rng): None for _ in range(rng.choice((1, 1, 1, 2, 2, 4)))})
        weights = CANCER_MODALITIES if cancer else OTHER_MODALITIES
        modality = rng.choices(list(weights), list(weights.values()))[0]
        target = self._target(conditions[0], cancer)
        inn = None
        if rng.random() < 0.3 and f"inn {modality}" in self.lists:
            inn = self.writer.name(2, 3) + rng.choice(self.lists[f"inn {modality}"])
        label = vocab.load("modality").terms[modality].label
        return Product(
            code=f"{developer.letters}-{1000 + number}",
            inn=inn,
            phrase=inside(f"{target} {label}" if target else label),
            type=TYPES.get(modality, "DRUG"),
            modality=modality,
            target=target,
            conditions=conditions,
            developer=developer,
            partner=self.companies.draw(rng),
            began=2026.0 - 24 * rng.random() ** 1.6,
        )

    def _target(self, condition: Condition, cancer: bool) -> str | None:
        indications = vocab.load("indication")
        own = TARGETS.get(indications.terms[condition.known].label) if condition.known else None
        drawn = self.rng.choice(CANCER_TARGETS) if cancer and self.rng.random() < 0.5 else None
        return own or drawn


def _spellings(term: vocab.Term) -> tuple[str, ...]:
    """What a sponsor would type: the label, mostly, and those synonyms that are in Latin letters and not too short."""
    typed = [name for name in term.synonyms if name.isascii() and len(name) >= SHORTEST_NAME][:4]
    label = inside(term.label[0].upper() + term.label[1:])
    return (label, label, *(inside(name[0].upper() + name[1:]) for name in typed))


def sites(seed: str, status: str | None) -> dict[str, rivers.River]:
    """Study sites as JSON objects, a river for each country, all with or without a recruitment status."""
    rng, writer, lists = random.Random(f"{seed}:sites"), rivers.Writer(f"{seed}:sites"), words.lists()
    found: dict[str, list[str]] = {}
    for city in words.cities():
        for _ in range(20 + int(city.weight * 15)):
            kind = rng.choice(lists["site_kinds"])
            named = city.city if rng.random() < 0.4 else f"{writer.name(2, 3).capitalize()} {city.city}"
            state = f'"state":"{inside(city.state)}",' if city.state else ""
            told = f'"status":"{status}",' if status else ""
            found.setdefault(city.country, []).append(
                f'{{"facility":"{inside(named)} {kind}",{told}"city":"{inside(city.city)}",{state}'
                f'"zip":"{rng.randrange(10_000, 99_999)}","country":"{inside(city.country)}",'
                f'"geoPoint":{{"lat":{city.lat},"lon":{city.lon}}}}}'
            )
    return {country: rivers.River(rng.sample(places, len(places)), ",") for country, places in found.items()}
