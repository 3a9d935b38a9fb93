"""One synthetic study: what it is (`Plan`), drawn from the world by its index, and its record as JSON bytes.

A record is written as text from pre-made pieces, not as a tree of objects: that is what makes thousands a second.
"""

import random
from datetime import timedelta
from typing import NamedTuple

from bench import posted, progress, rivers
from bench.progress import DATA_DAY, Dates, Progress
from bench.world import Condition, Product, Sponsor, Weighted, World, sites

#: Of the records without a product of the world: how many are observational, and how many name a known disease.
OBSERVATIONAL, KNOWN_OF_REST = 0.28, 0.13
PRODUCT_STUDIES = 0.25
#: One record in this many is a giant of hundreds of kilobytes.
GIANTS = 900

PHASES = Weighted(
    ("NA", "PHASE2", "PHASE1", "PHASE3", "PHASE4", "PHASE1 PHASE2", "PHASE2 PHASE3", "EARLY_PHASE1"),
    (55, 10, 7, 8, 14, 2, 2, 2),
)
#: Product studies go through the phases in this order.
LADDER = ("PHASE1", "PHASE1", "PHASE1 PHASE2", "PHASE2", "PHASE2", "PHASE3", "PHASE3", "PHASE4")
KINDS = Weighted(
    ("DRUG", "OTHER", "DEVICE", "BEHAVIORAL", "PROCEDURE", "DIETARY_SUPPLEMENT", "RADIATION", "DIAGNOSTIC_TEST"),
    (45, 16, 10, 11, 10, 4, 2, 3),
)
MASKINGS = (
    '{"masking":"NONE"}',
    '{"masking":"NONE"}',
    '{"masking":"SINGLE","whoMasked":["OUTCOMES_ASSESSOR"]}',
    '{"masking":"DOUBLE","whoMasked":["PARTICIPANT","INVESTIGATOR"]}',
    '{"masking":"QUADRUPLE","whoMasked":["PARTICIPANT","CARE_PROVIDER","INVESTIGATOR","OUTCOMES_ASSESSOR"]}',
)
AGES = (
    ('"minimumAge":"18 Years",', '["ADULT","OLDER_ADULT"]'),
    ('"minimumAge":"18 Years","maximumAge":"75 Years",', '["ADULT","OLDER_ADULT"]'),
    ('"minimumAge":"18 Years","maximumAge":"65 Years",', '["ADULT","OLDER_ADULT"]'),
    ('"minimumAge":"2 Years","maximumAge":"17 Years",', '["CHILD"]'),
    ("", '["CHILD","ADULT","OLDER_ADULT"]'),
)
SECONDARY = ("EUDRACT_NUMBER", "OTHER", "OTHER_GRANT", "REGISTRY", "CTIS", "NIH")


class Plan(NamedTuple):
    """What a study is; `scale` stretches its texts and lists, `product` is None for three studies in four."""

    number: int
    nct: str
    dates: Dates
    sponsor: Sponsor
    product: Product | None
    conditions: tuple[Condition, ...]
    phases: tuple[str, ...]
    observational: bool
    scale: float
    results: bool


class Studies:
    """Every record of the synthetic registry by index: a function of seed, vocabularies and index alone."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        name = f"frontrunner:{seed}"
        self.world = World(name)
        self.prose = rivers.prose(name, 60_000)
        self.criteria = rivers.criteria(name, 50_000)
        self.outcomes = rivers.outcomes(name, 24_000)
        self.titles = rivers.titles(name, 4_000)
        self.results = posted.Results(name)
        self.sites = {recruiting: sites(name, "RECRUITING" if recruiting else None) for recruiting in (False, True)}
        self.countries = Weighted(list(self.sites[False]), [river.pieces for river in self.sites[False].values()])

    def record(self, index: int, day: int = 0, moved: bool = False) -> bytes:
        """The record as compact JSON: of the base (day 0), or of a data set some `day`s later, there perhaps `moved`.

        A record that did not move differs by its `versionHolder` alone, as every record of the registry does daily.
        """
        rng, dates, stage = progress.told(self.seed, index)
        plan = self._plan(rng, index, f"NCT{progress.nct_number(index):08d}", dates, stage)
        shown = stage
        if moved:
            shown = progress.changed(stage, dates, random.Random(f"{self.seed}:{index}:{day}"), day)
        return self._written(rng, plan, stage, shown, day).encode()

    def _plan(self, rng: random.Random, index: int, nct: str, dates: Dates, stage: Progress) -> Plan:
        scale = rng.lognormvariate(0.11, 0.24)
        if index % GIANTS == GIANTS // 2:
            scale = 12 + rng.expovariate(0.12)
        if rng.random() < PRODUCT_STUDIES:
            return self._product_plan(rng, index, nct, dates, stage, scale)
        world = self.world
        pool = world.known if rng.random() < KNOWN_OF_REST else world.others
        count = min(17, 1 + int(rng.expovariate(1.3)))
        observational = rng.random() < OBSERVATIONAL
        return Plan(
            number=index,
            nct=nct,
            dates=dates,
            sponsor=(world.companies if rng.random() < 0.13 else world.academics).draw(rng),
            product=None,
            conditions=tuple({pool.draw(rng): None for _ in range(count)}),
            phases=() if observational else tuple(PHASES.draw(rng).split()),
            observational=observational,
            scale=scale,
            results=stage.status in ("COMPLETED", "TERMINATED") and not observational and rng.random() < 0.16,
        )

    def _product_plan(
        self, rng: random.Random, index: int, nct: str, dates: Dates, stage: Progress, scale: float
    ) -> Plan:
        product, started = self.world.products.draw(rng), dates.start / 365.25 + 1990
        for _ in range(6):
            if product.began <= started:
                break
            product = self.world.products.draw(rng)
        sponsor = rng.choices((product.developer, product.partner, self.world.academics.draw(rng)), (70, 12, 18))[0]
        age = max(0.0, started - product.began)
        step = min(len(LADDER) - 1, int(age * (0.2 + 0.6 * rng.random())))
        count = min(len(product.conditions), 1 + int(rng.random() ** 3 * 4))
        return Plan(
            number=index,
            nct=nct,
            dates=dates,
            sponsor=sponsor,
            product=product,
            conditions=tuple(rng.sample(product.conditions, count)),
            phases=tuple(LADDER[step].split()),
            observational=False,
            scale=scale * 1.1,
            results=stage.status in ("COMPLETED", "TERMINATED") and rng.random() < 0.42,
        )

    def _written(self, rng: random.Random, plan: Plan, stage: Progress, shown: Progress, day: int) -> str:
        title = self._title(rng, plan)
        names = ",".join(f'"{rng.choice(condition.names)}"' for condition in plan.conditions)
        sections = (
            _identification(rng, plan, title),
            _status_module(plan, stage, shown),
            self._sponsors(rng, plan),
            self._description(rng, plan),
            f'"conditionsModule":{{"conditions":[{names}]{self._keywords(rng, plan)}}}',
            self._design(rng, plan, shown),
            self._arms(rng, plan),
            self._outcomes(rng, plan),
            self._eligibility(rng, plan),
            self._locations(rng, plan, stage),
            self._references(rng, plan),
        )
        protocol = ",".join(section for section in sections if section)
        results = documents = ""
        if plan.results:
            size = int(min(600_000, rng.lognormvariate(8.75, 0.5) * plan.scale))
            results = self.results.section(rng, size, self.prose.run(rng, 1)) + ","
            documents = _documents(plan)
        return (
            f'{{"protocolSection":{{{protocol}}},{results}{documents}'
            f'"derivedSection":{{{self._derived(rng, plan, day)}}},'
            f'"hasResults":{"true" if plan.results else "false"}}}'
        )

    def _title(self, rng: random.Random, plan: Plan) -> str:
        disease = rng.choice(plan.conditions[0].names)
        if plan.product is None:
            return f"{rng.choice(self.titles)} {disease}"
        product, phase = plan.product, "/".join(part[-1] for part in plan.phases)
        form = int(rng.random() * 3)
        if form == 0:
            return f"A Phase {phase} Study of {product.code} ({product.phrase}) in Patients With {disease}"
        if form == 1:
            return f"{product.inn or product.code} for the Treatment of {disease}"
        return f"Safety and Efficacy of {product.code} in {disease}"

    def _sponsors(self, rng: random.Random, plan: Plan) -> str:
        others: dict[Sponsor, None] = {}
        while rng.random() < 0.28 and len(others) < 8:
            others[(self.world.companies if rng.random() < 0.4 else self.world.academics).draw(rng)] = None
        if plan.product and plan.sponsor.kind != "INDUSTRY" and rng.random() < 0.5:
            others[plan.product.developer] = None
        listed = ",".join(f'{{"name":"{other.name}","class":"{other.kind}"}}' for other in others)
        joined = f',"collaborators":[{listed}]' if listed else ""
        return (
            '"sponsorCollaboratorsModule":{"responsibleParty":{"type":"SPONSOR"},'
            f'"leadSponsor":{{"name":"{plan.sponsor.name}","class":"{plan.sponsor.kind}"}}{joined}}},'
            '"oversightModule":{"oversightHasDmc":true,"isFdaRegulatedDrug":false,"isFdaRegulatedDevice":false}'
        )

    def _description(self, rng: random.Random, plan: Plan) -> str:
        brief = self.prose.cut(rng, int(rng.lognormvariate(6.4, 0.55) * plan.scale))
        detailed = ""
        if rng.random() < 0.65:
            text = self.prose.cut(rng, min(30_000, int(rng.lognormvariate(7.35, 0.65) * plan.scale)))
            detailed = f',"detailedDescription":"{text}"'
        return f'"descriptionModule":{{"briefSummary":"{brief}"{detailed}}}'

    def _keywords(self, rng: random.Random, plan: Plan) -> str:
        count = int(rng.random() ** 2 * 9)
        pool = self.world.known if plan.product else self.world.others
        listed = ",".join(f'"{pool.draw(rng).names[0]}"' for _ in range(count))
        return f',"keywords":[{listed}]' if count else ""

    def _design(self, rng: random.Random, plan: Plan, shown: Progress) -> str:
        kind = f',"type":"{shown.enrolled_type}"' if shown.enrolled_type else ""
        enrolled = f'"enrollmentInfo":{{"count":{shown.enrolled}{kind}}}'
        if plan.observational:
            model = rng.choice(("COHORT", "COHORT", "CASE_CONTROL", "CASE_ONLY", "OTHER"))
            time = rng.choice(("PROSPECTIVE", "PROSPECTIVE", "RETROSPECTIVE", "CROSS_SECTIONAL"))
            info = f'"designInfo":{{"observationalModel":"{model}","timePerspective":"{time}"}}'
            return f'"designModule":{{"studyType":"OBSERVATIONAL","patientRegistry":false,{info},{enrolled}}}'
        phases = ",".join(f'"{phase}"' for phase in plan.phases)
        allocation, model = rng.choice((("RANDOMIZED", "PARALLEL"), ("RANDOMIZED", "PARALLEL"), ("NA", "SINGLE_GROUP"),
                                        ("NON_RANDOMIZED", "SEQUENTIAL"), ("RANDOMIZED", "CROSSOVER")))  # fmt: skip
        purpose = rng.choice(("TREATMENT", "TREATMENT", "TREATMENT", "PREVENTION", "SUPPORTIVE_CARE", "DIAGNOSTIC"))
        return (
            f'"designModule":{{"studyType":"INTERVENTIONAL","phases":[{phases}],"designInfo":{{'
            f'"allocation":"{allocation}","interventionModel":"{model}",'
            f'"primaryPurpose":"{"TREATMENT" if plan.product else purpose}",'
            f'"maskingInfo":{rng.choice(MASKINGS)}}},{enrolled}}}'
        )

    def _arms(self, rng: random.Random, plan: Plan) -> str:
        given = self._given(rng, plan)
        labels = [f"Arm {letter}" for letter in "ABCDEFGH"[: max(1, min(8, int(rng.expovariate(0.5)) + 1))]]
        arms = []
        for place, label in enumerate(labels):
            kind, name = given[place % len(given)][:2]
            text = self.prose.cut(rng, int(rng.expovariate(1 / (110 * plan.scale))))
            role = "EXPERIMENTAL" if place == 0 else "ACTIVE_COMPARATOR"
            shown = f'"interventionNames":["{kind.capitalize()}: {name}"]'
            arms.append(f'{{"label":"{label}","type":"{role}","description":"{text}",{shown}}}')
        listed = ",".join(f'"{label}"' for label in labels)
        interventions = []
        for kind, name, also in given:
            text = self.prose.cut(rng, int(rng.expovariate(1 / (70 * plan.scale))))
            others = f',"otherNames":[{also}]' if also else ""
            interventions.append(
                f'{{"type":"{kind}","name":"{name}","description":"{text}","armGroupLabels":[{listed}]{others}}}'
            )
        return (
            f'"armsInterventionsModule":{{"armGroups":[{",".join(arms)}],"interventions":[{",".join(interventions)}]}}'
        )

    def _given(self, rng: random.Random, plan: Plan) -> list[tuple[str, str, str]]:
        """What is given: registry type, name, other names as they stand in a JSON array."""
        given: list[tuple[str, str, str]] = []
        if plan.product:
            product = plan.product
            name, also = product.code, f'"{product.inn}"' if product.inn else ""
            if product.inn and rng.random() < 0.4:
                name, also = product.inn, f'"{product.code}"'
            given.append((product.type, name, also))
        while not given or (rng.random() < 0.42 and len(given) < 14):
            kind = KINDS.draw(rng)
            names = self.world.lists["drug" if kind == "DRUG" else f"gives {kind}"]
            given.append((kind, rng.choice(names).capitalize(), ""))
        return given

    def _outcomes(self, rng: random.Random, plan: Plan) -> str:
        primary = self.outcomes.run(rng, max(1, int(rng.lognormvariate(0.2, 0.7) * plan.scale)))
        count = int(rng.lognormvariate(1.15, 0.65) * plan.scale * (1.5 if plan.product else 1))
        secondary = f',"secondaryOutcomes":[{self.outcomes.run(rng, count)}]' if count else ""
        return f'"outcomesModule":{{"primaryOutcomes":[{primary}]{secondary}}}'

    def _eligibility(self, rng: random.Random, plan: Plan) -> str:
        size = rng.lognormvariate(7.5, 0.5) * plan.scale
        taken, refused = self.criteria.cut(rng, int(size * 0.45)), self.criteria.cut(rng, int(size * 0.55))
        limits, groups = AGES[min(4, int(rng.expovariate(0.9)))]
        sex = "ALL" if rng.random() < 0.86 else "FEMALE" if rng.random() < 0.7 else "MALE"
        healthy = "true" if rng.random() < 0.2 else "false"
        return (
            f'"eligibilityModule":{{"eligibilityCriteria":"Inclusion Criteria:\\n\\n{taken}\\n\\nExclusion Criteria:'
            f'\\n\\n{refused}","healthyVolunteers":{healthy},"sex":"{sex}",{limits}"stdAges":{groups}}}'
        )

    def _locations(self, rng: random.Random, plan: Plan, stage: Progress) -> str:
        if rng.random() < 0.06:
            return ""
        rivers_of = self.sites[stage.status == "RECRUITING"]
        many = rng.lognormvariate(2.1, 1.0) if plan.sponsor.kind == "INDUSTRY" else rng.lognormvariate(0.2, 0.9)
        left = max(1, min(400, int(many * plan.scale**1.5)))
        found = [rivers_of[plan.sponsor.country].run(rng, left if left < 6 else left // 2)]
        left -= left if left < 6 else left // 2
        while left > 0:
            count = min(left, 1 + int(rng.random() * 12))
            found.append(rivers_of[self.countries.draw(rng)].run(rng, count))
            left -= count
        return f'"contactsLocationsModule":{{"locations":[{",".join(found)}]}}'

    def _references(self, rng: random.Random, plan: Plan) -> str:
        shared = '"ipdSharingStatementModule":{"ipdSharing":"NO"}' if rng.random() < 0.45 else ""
        if rng.random() > 0.28:
            return shared
        cited = ",".join(
            f'{{"pmid":"{10_000_000 + int(rng.random() * 29_000_000)}","type":"BACKGROUND",'
            f'"citation":"{self.prose.run(rng, 2)}"}}'
            for _ in range(1 + int(rng.expovariate(0.45) * plan.scale))
        )
        return f'"referencesModule":{{"references":[{cited}]}}' + ("," + shared if shared else "")

    def _derived(self, rng: random.Random, plan: Plan, day: int) -> str:
        version = (DATA_DAY + timedelta(days=day)).isoformat()
        drug = f',"interventionBrowseModule":{{{rng.choice(self.world.drug_browse)}}}' if rng.random() < 0.55 else ""
        return (
            f'"miscInfoModule":{{"versionHolder":"{version}"}},'
            f'"conditionBrowseModule":{{{plan.conditions[0].browse}}}{drug}'
        )


def _identification(rng: random.Random, plan: Plan, title: str) -> str:
    secondary = ""
    if rng.random() < 0.2:
        listed = ",".join(
            f'{{"id":"{2004 + int(rng.random() * 22)}-{int(rng.random() * 999_999):06d}-{int(rng.random() * 90) + 10}",'
            f'"type":"{rng.choice(SECONDARY)}"}}'
            for _ in range(1 + int(rng.expovariate(1.2)))
        )
        secondary = f'"secondaryIdInfos":[{listed}],'
    acronym = f',"acronym":"{plan.sponsor.letters}{plan.number % 997}"' if rng.random() < 0.22 else ""
    return (
        f'"identificationModule":{{"nctId":"{plan.nct}",'
        f'"orgStudyIdInfo":{{"id":"{plan.sponsor.letters}-{int(rng.random() * 9_000_000)}"}},{secondary}'
        f'"organization":{{"fullName":"{plan.sponsor.name}","class":"{plan.sponsor.kind}"}},'
        f'"briefTitle":"{title}",'
        f'"officialTitle":"{title}: {plan.conditions[-1].names[0]}, protocol {plan.nct[-5:]}"{acronym}}}'
    )


def _status_module(plan: Plan, stage: Progress, shown: Progress) -> str:
    days = progress.calendar()
    first, first_posted = days[plan.dates.first], days[plan.dates.first + 4]
    first_type = "ACTUAL" if first > "2017-01-18" else "ESTIMATED"
    known = '"lastKnownStatus":"RECRUITING",' if shown.status == "UNKNOWN" else ""
    why = f'"whyStopped":"{shown.why_stopped}",' if shown.why_stopped else ""
    results = ""
    if plan.results:
        day = days[min(progress.TODAY - 1, max(plan.dates.first + 5, plan.dates.primary + 400))]
        results = (
            f'"resultsFirstSubmitDate":"{day}","resultsFirstSubmitQcDate":"{day}",'
            f'"resultsFirstPostDateStruct":{{"date":"{day}","type":"ACTUAL"}},'
        )
    return (
        f'"statusModule":{{"statusVerifiedDate":"{shown.verified}","overallStatus":"{shown.status}",{known}{why}'
        f'"expandedAccessInfo":{{"hasExpandedAccess":false}},'
        f'"startDateStruct":{_dated(shown.start, shown.start_type)},'
        f'"primaryCompletionDateStruct":{_dated(shown.primary, shown.primary_type)},'
        f'"completionDateStruct":{_dated(shown.completion, shown.completion_type)},'
        f'"studyFirstSubmitDate":"{first}","studyFirstSubmitQcDate":"{first}",'
        f'"studyFirstPostDateStruct":{{"date":"{first_posted}","type":"{first_type}"}},'
        f'{results}"lastUpdateSubmitDate":"{shown.submitted}",'
        f'"lastUpdatePostDateStruct":{{"date":"{shown.posted}","type":"ACTUAL"}}}}'
    )


def _dated(day: str, kind: str) -> str:
    return f'{{"date":"{day}","type":"{kind}"}}' if kind else f'{{"date":"{day}"}}'


def _documents(plan: Plan) -> str:
    day = plan.dates.start
    start = progress.calendar()[day]
    return (
        '"documentSection":{"largeDocumentModule":{"largeDocs":[{"typeAbbrev":"Prot_SAP","hasProtocol":true,'
        '"hasSap":true,'
        f'"hasIcf":false,"label":"Study Protocol and Statistical Analysis Plan","date":"{start}",'
        f'"uploadDate":"{start}T09:30","filename":"Prot_SAP_000.pdf","size":{100_000 + day}}}]}}}},'
    )
