"""Results sections: participant flow, baseline, outcome measures with numbers, adverse events.

The long parts are cut from rivers of JSON objects made for two groups; nothing here depends on what a study is about.
"""

import random

from bench import rivers, words

GROUPS = ("000", "001")


class Results:
    """Makes results sections."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(f"{seed}:results")
        self.writer = rivers.Writer(f"{seed}:results")
        self.lists = words.lists()
        self.measures = rivers.River([self._measure() for _ in range(2400)], ",")
        self.events = rivers.River([self._event() for _ in range(6000)], ",")
        self.baselines = rivers.River([self._baseline() for _ in range(1200)], ",")

    def section(self, rng: random.Random, size: int, notes: str) -> str:
        """A results section of about `size` characters, at least some 4,000; `notes` describes the groups."""
        rest = max(0, size - 3500)
        flow, baseline = _flow(rng, notes), self.baselines.cut(rng, 1200 + rest // 12)
        measures = self.measures.cut(rng, 900 + rest // 2)
        events = self.events.cut(rng, 400 + rest // 5)
        others = self.events.cut(rng, 400 + rest // 5)
        return (
            f'"resultsSection":{{"participantFlowModule":{flow},'
            f'"baselineCharacteristicsModule":{{"groups":[{_groups("BG", notes)}],"measures":[{baseline}]}},'
            f'"outcomeMeasuresModule":{{"outcomeMeasures":[{measures}]}},'
            f'"adverseEventsModule":{{"frequencyThreshold":"5","timeFrame":"{rng.choice(self.lists["n"])} weeks",'
            f'"eventGroups":[{_groups("EG", notes)}],"seriousEvents":[{events}],"otherEvents":[{others}]}},'
            '"moreInfoModule":{"certainAgreement":{"piSponsorEmployee":false,"restrictiveAgreement":false}}}'
        )

    def _value(self, group: str, *, spread: bool) -> str:
        value = f'"groupId":"{group}","value":"{self.random.random() * 100:.1f}"'
        return f'{{{value},"spread":"{self.random.random() * 20:.2f}"}}' if spread else f"{{{value}}}"

    def _values(self, letters: str, *, spread: bool) -> str:
        return ",".join(self._value(letters + group, spread=spread) for group in GROUPS)

    def _counts(self, letters: str) -> str:
        counts = ",".join(
            f'{{"groupId":"{letters}{group}","value":"{self.random.randrange(4, 400)}"}}' for group in GROUPS
        )
        return f'"denoms":[{{"units":"Participants","counts":[{counts}]}}]'

    def _measure(self) -> str:
        said, title = self.writer.sentence("notes", 8), self.writer.sentence("measures", 3)
        kind = self.random.choice(("PRIMARY", "SECONDARY", "SECONDARY", "OTHER_PRE_SPECIFIED"))
        note = self.writer.sentence("prose", 6)
        classes = ",".join(
            f'{{"title":"{self.writer.sentence("frames")}",'
            f'"categories":[{{"measurements":[{self._values("OG", spread=True)}]}}]}}'
            for _ in range(self.random.randint(1, 4))
        )
        return (
            f'{{"type":"{kind}","title":"{title}","description":"{said}","populationDescription":"{note}",'
            f'"reportingStatus":"POSTED","paramType":"MEAN","dispersionType":"Standard Deviation",'
            f'"unitOfMeasure":"score on a scale","timeFrame":"{self.writer.sentence("frames")}",'
            f'"groups":[{_groups("OG", note)}],{self._counts("OG")},"classes":[{classes}]}}'
        )

    def _event(self) -> str:
        term, system = self.random.choice(self.lists["event_terms"]), self.random.choice(self.lists["organ_systems"])
        stats = ",".join(
            f'{{"groupId":"EG{group}","numEvents":{self.random.randrange(40)},"numAffected":{self.random.randrange(30)},'
            f'"numAtRisk":{self.random.randrange(30, 400)}}}'
            for group in GROUPS
        )
        return (
            f'{{"term":"{term}","organSystem":"{system}","sourceVocabulary":"MedDRA (27.0)",'
            f'"assessmentType":"SYSTEMATIC_ASSESSMENT","stats":[{stats}]}}'
        )

    def _baseline(self) -> str:
        categories = ",".join(
            f'{{"title":"{self.writer.name(1, 3).capitalize()}","measurements":[{self._values("BG", spread=False)}]}}'
            for _ in range(self.random.randint(1, 5))
        )
        return (
            f'{{"title":"{self.random.choice(self.lists["baseline_measures"])}","paramType":"COUNT_OF_PARTICIPANTS",'
            f'"unitOfMeasure":"Participants","classes":[{{"categories":[{categories}]}}]}}'
        )


def _groups(letters: str, notes: str) -> str:
    titles = zip(GROUPS, ("Treatment", "Control"), strict=True)
    return ",".join(f'{{"id":"{letters}{group}","title":"{title}","description":"{notes}"}}' for group, title in titles)


def _flow(rng: random.Random, notes: str) -> str:
    steps = []
    for step in ("STARTED", "COMPLETED", "NOT COMPLETED"):
        counts = ",".join(f'{{"groupId":"FG{group}","numSubjects":"{int(rng.random() * 200)}"}}' for group in GROUPS)
        steps.append(f'{{"type":"{step}","achievements":[{counts}]}}')
    period = f'{{"title":"Overall Study","milestones":[{",".join(steps)}]}}'
    return f'{{"groups":[{_groups("FG", notes)}],"periods":[{period}]}}'
