"""A press claim against the record: supported, contradicted by these sources, contested, or cannot be known.

The claim is judged in the scope that it words, then in the scopes that its words leave open; where those disagree it
is contested by scope. A claim is never called false: other sources may know what these do not.
"""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from frontrunner import vocab
from frontrunner.model import PartialDate
from frontrunner.race.answers import Checked, ClaimWord, Reading, Understood
from frontrunner.race.grammar import Parsed, parse
from frontrunner.race.question import Question, Snapshot, day
from frontrunner.race.results import Runner
from frontrunner.race.scopes import Scope, judged
from frontrunner.race.standings import coverage
from frontrunner.race.words import Names, NotUnderstood
from frontrunner.vocab import fold

#: kinds of therapy that people mean in a narrower and a wider sense, and the senses
SENSES = {
    "gene_therapy": ("in_vivo_gene_therapy", "gene_modified_cell", "oncolytic_virus"),
    "cell_therapy": ("gene_modified_cell", "unmodified_cell"),
}
#: the steps that an authority takes for one place; a study may have sites anywhere
_OF_A_PLACE = ("ind_filed", "ind_cleared", "filed", "accepted", "approved")
#: the last words of companies' names that people leave out
_KINDS = ("therapeutics", "pharma", "pharmaceuticals", "biotech", "biopharma", "biosciences", "bio", "therapies")
#: and the legal forms behind them
_FORMS = ("inc", "ltd", "limited", "corp", "corporation", "llc", "plc", "gmbh", "ag", "sa", "nv", "ab", "kk", "co")
PLACES = ("CN", "US", "EU", "UK", "JP")
SUPPORTED, CONTRADICTED, CONTESTED, UNKNOWN = (
    "supported",
    "contradicted by these sources",
    "contested",
    "cannot be known",
)


def check(snapshot: Snapshot, claim: str, on: date, clock: str) -> Checked:
    """The answer to a claim as of a day, by a clock; a claim that says `as of` a day is judged as of that day."""
    try:
        parsed = parse(claim, lambda phrases: _names(snapshot, claim, phrases))
        if not (parsed.indication or parsed.modality or parsed.target):
            raise NotUnderstood([], "it names no disease, kind of therapy or target to be first among")
        if parsed.milestone is None and parsed.superlatives not in ([], ["leading"]):
            raise NotUnderstood([], "it names no rung or milestone, such as approved or IND cleared")
    except NotUnderstood as unclear:
        return _answer(snapshot, claim, Question(on=on, clock=clock), unclear=unclear)
    disease = snapshot.concept("indication", "indication", parsed.indication) if parsed.indication else None
    asked = Question(
        indication=disease.id if disease else None,
        indication_label=disease.label if disease else None,
        modality=parsed.modality,
        target=parsed.target,
        jurisdiction=parsed.place,
        origin=parsed.origin,
        lane=parsed.lane,
        on=day(parsed.as_of) if parsed.as_of else on,
        clock=clock,
    )
    return _answer(snapshot, claim, asked, parsed=parsed)


def _answer(
    snapshot: Snapshot,
    claim: str,
    question: Question,
    *,
    parsed: Parsed | None = None,
    unclear: NotUnderstood | None = None,
) -> Checked:
    readings = _readings(snapshot, question, parsed) if parsed else []
    narrower = _narrower(snapshot, question, parsed, readings) if parsed else []
    verdict, by, why = _verdict(readings, parsed) if parsed else ("not understood", None, f"Not understood: {unclear}.")
    return Checked(
        claim=claim,
        verdict=verdict,
        contested_by=by,
        why=why,
        not_understood=unclear.words if unclear else [],
        understood=_understood(question, parsed) if parsed else None,
        readings=readings,
        narrower=narrower,
        evidence=list(
            dict.fromkeys(one.evidence for reading in readings for one in (*reading.holders, *reading.rivals))
        ),
        on=question.on.isoformat(),
        clock=question.clock,
        coverage=coverage(snapshot, question),
        snapshot=snapshot.name,
        built_at=snapshot.built_at,
    )


def _names(snapshot: Snapshot, claim: str, phrases: Sequence[str]) -> Names:
    """What phrases name in this home: products, companies, diseases, targets; a name of two names neither.

    A brand or a company counts in capitals only, for many are common words (`Time`); a name that only one record's
    intervention has, without its being a code, a brand or a nonproprietary name, does not.
    """
    common = _in_small_letters(claim)
    found: dict[str, set[tuple[str, str]]] = {phrase: set() for phrase in phrases}
    for row in snapshot.rows("terms_named", names=list(phrases)):
        found[row["name"]].add((row["vocabulary"], row["id"]))
    for kind in ("product", "company"):
        for row in snapshot.rows(f"{kind}_names"):
            for name in _short(fold(row["value"]), kind):
                if name in found and not (row["proper"] and common.issuperset(name.split())):
                    found[name].add((kind, row["subject"]))
    return {name: next(iter(meant)) for name, meant in found.items() if len(meant) == 1}


def _in_small_letters(claim: str) -> frozenset[str]:
    """The Latin words that a claim never writes with a capital; none where it has no capital at all."""
    words = re.findall(r"[^\W\d_]+", claim)
    written = {fold(word) for word in words if not word.islower()}
    return frozenset({fold(word) for word in words} - written) if written else frozenset()


def _short(name: str, kind: str) -> list[str]:
    """A name, and a company's without the legal form and the word that says what kind of company it is."""
    names = [name]
    for last in (_FORMS, _FORMS, _KINDS) if kind == "company" else ():
        head, _, tail = names[-1].rpartition(" ")
        if tail in last and len(head) > 3:
            names.append(head)
    return names


def _understood(question: Question, parsed: Parsed) -> Understood:
    return Understood(
        superlatives=parsed.superlatives,
        milestone=parsed.milestone,
        arena=question.arena(),
        worldwide=parsed.worldwide,
        subjects=[Runner(id, _called(parsed, id)) for id in parsed.subjects],
        words=[ClaimWord(word.text, word.kind, word.value) for word in parsed.words],
    )


def _called(parsed: Parsed, id: str) -> str:
    return next(word.text for word in parsed.words if word.value == id)


# Scopes


def _readings(snapshot: Snapshot, question: Question, parsed: Parsed) -> list[Reading]:
    """As worded; the senses of its kind of therapy; the places it leaves open; the world, where it names that too."""
    scopes = [Scope("as worded", "worded", question)]
    if parsed.worldwide and parsed.place:
        scopes.append(Scope("anywhere in the world", "world", msgspec.structs.replace(question, jurisdiction=None)))
    for sense in SENSES.get(parsed.modality or "", ()):
        label = vocab.load("modality").terms[sense].label.lower()
        scopes.append(Scope(f"{label} only", "sense", msgspec.structs.replace(question, modality=sense)))
    if parsed.milestone == "first_patient" and parsed.lane == "registrational":
        everybody = msgspec.structs.replace(question, lane="all")
        scopes.append(Scope("with investigator-initiated studies", "lane", everybody))
    if not parsed.place and not parsed.worldwide and parsed.milestone in _OF_A_PLACE:
        scopes += [
            Scope(f"in {place}", "place", msgspec.structs.replace(question, jurisdiction=place)) for place in PLACES
        ]
    found = [judged(snapshot, scope, parsed) for scope in scopes]
    return [found[0], *(reading for reading in found[1:] if _tells(reading, parsed))]


def _tells(reading: Reading, parsed: Parsed) -> bool:
    """Whether a scope has anything to say: somebody runs there, and of places, the one named."""
    if reading.kind == "place" and parsed.subjects and reading.verdict == UNKNOWN:
        return False
    return bool(reading.holders or reading.rivals)


def _narrower(snapshot: Snapshot, question: Question, parsed: Parsed, readings: list[Reading]) -> list[Reading]:
    """The subject's own diseases in which the claim would hold, where it does not as worded."""
    if readings[0].verdict == SUPPORTED or not parsed.subjects:
        return []
    ids = {entry.id for entry in (*readings[0].holders, *readings[0].rivals) if entry.id.startswith("prog:")}
    rows = snapshot.rows("programmes", numbers=[], programmes=sorted(ids), on=question.on, clock=question.clock)
    mine = [row for row in rows if {row["product"], row["company"]} & set(parsed.subjects)]
    found = []
    diseases = {
        row["indication"]: row["indication_label"] for row in mine if row["indication"] and row["indication_label"]
    }
    for id, label in diseases.items():
        if id == question.indication:
            continue
        narrow = msgspec.structs.replace(question, indication=id, indication_label=label)
        scope = Scope(f"{label} only", "indication", narrow)
        reading = judged(snapshot, scope, parsed)
        found += [reading] if reading.verdict == SUPPORTED else []
    return found


# The verdict over all scopes


def _verdict(readings: Sequence[Reading], parsed: Parsed) -> tuple[str, str | None, str]:
    """The verdict over all scopes; words that no record tells apart leave little of it."""
    verdict, by, why = _over_scopes(readings, parsed)
    if not parsed.narrowed:
        return verdict, by, why
    why += f" These sources do not tell apart by: {', '.join(word.text for word in parsed.narrowed)}."
    only_ages = all(word.value == "age" for word in parsed.narrowed)
    holds = verdict == SUPPORTED and only_ages and parsed.subjects and set(parsed.superlatives) <= {"first", "only"}
    return (verdict, by, why) if holds else (UNKNOWN, None, why)


def _over_scopes(readings: Sequence[Reading], parsed: Parsed) -> tuple[str, str | None, str]:
    worded, *others = readings
    disagreeing = _other_verdicts(worded, others) if parsed.subjects else _other_holders(worded, others)
    if not disagreeing:
        held = _held_day(worded, parsed)
        if held is None:
            return worded.verdict, worded.contested_by, _capital(worded.why)
        return CONTESTED, "date", f"{_capital(worded.why)} The claim dates it {parsed.dated}, the sources {held}."
    told = " ".join(f"{_capital(reading.scope)}: {reading.why}" for reading in [worded, *disagreeing])
    return CONTESTED, "scope", f"Contested by scope. {told}"


def _other_verdicts(worded: Reading, others: Sequence[Reading]) -> list[Reading]:
    """The scopes that say otherwise than the words: supported against contradicted or tied."""
    if worded.verdict == SUPPORTED:
        return [one for one in others if one.kind in ("world", "lane") and one.verdict == CONTRADICTED]
    if worded.verdict in (CONTRADICTED, CONTESTED):
        return [one for one in others if one.verdict == SUPPORTED]
    return []


def _other_holders(worded: Reading, others: Sequence[Reading]) -> list[Reading]:
    """Without a subject: the senses of the kind, and all lanes, where one has another first than the words."""
    senses = [one for one in others if one.kind != "place"]
    firsts = {frozenset(entry.id for entry in one.holders) for one in [worded, *senses] if one.holders}
    return senses if len(firsts) > 1 and worded.holders else []


def _held_day(worded: Reading, parsed: Parsed) -> str | None:
    """The day of the sources, where the claim holds but for the day that it gives."""
    held = worded.holders[0].date if worded.holders else None
    if parsed.dated is None or held is None or worded.verdict != SUPPORTED:
        return None
    said, day_held = PartialDate(parsed.dated), PartialDate(held)
    return None if day_held.first <= said.last and said.first <= day_held.last else held


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
