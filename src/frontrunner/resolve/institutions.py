"""Which university, hospital or public body a sponsor's name is of, whatever department of it signed.

`Department of Neurology, Medical University of Vienna` and `Med. Univ. Wien, Univ. Klinik f. Innere Medizin I` are
one sponsor. Known institutions are told by their anchors (rules/institutions.csv: a phrase, and whether the name must
also speak of a university or hospital); any other by the words that are left of the part of the name that speaks of
one, when the words of departments, faculties and offices are dropped (rules/institution_words.csv).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from frontrunner.resolve.names import rules
from frontrunner.vocab import fold, load

#: words that head a department, whose field is then not the institution's
_DEPARTMENT = re.compile(
    r"dep\w*|dpt|div\w*|unit\w*|serv\w*|klini\w+|clinic|school|facul\w*|institut\w*|sektion|section|cent(?:er|re)"
)
#: what parts the institution from its departments, its people and those who sign for it
_PART = re.compile(
    r"[,;:()\[\]{}/|•*\"“”«»]|\s[–—-]+\s|[–—-]\s|(?<=\w{4})\.\s*(?=[A-ZÀ-Þ])"
    r"|\b(?:(?:legally\s+)?represented\s+(?:in law\s+)?by|rep\.\s+by|vertreten durch|insoweit handelnd"
    r"|on behalf of|par délégation|c/o)\b",
    re.I,
)
#: words of these roles say that a part of a name is of a university or hospital
_SPEAKING = frozenset({"joint", "university", "adjective", "nhs", "hospital"})
#: states, cities and federations with several universities of one name, told by their places or colleges
_STATES = frozenset(
    {
        "ireland",
        "london",
        "paris",
        "wales",
        "alabama",
        "arkansas",
        "california",
        "carolina",
        "colorado",
        "illinois",
        "maryland",
        "massachusetts",
        "michigan",
        "minnesota",
        "missouri",
        "nebraska",
        "north",
        "south",
        "southern",
        "tennessee",
        "texas",
        "wisconsin",
    }
)
_TEACHING = frozenset({"university", "joint", "adjective"})
_HOSPITAL = frozenset({"hospital", "joint", "adjective", "nhs"})
#: what a name must hold beside the anchor, where that is the name of a city
_BY_CITY = ("academic", "apart", "university")
#: words that make a university of their own when they stand beside `university`, as other departments do not
_FIELD_OF = ("department", "mark")
#: nouns before which a field or number is part of the name: `Shanghai Pulmonary Hospital`, `PLA 923 Hospital`
_NAMED_BY_FIELD = frozenset({"hospital", "university"})
_NAMING = frozenset({"general", "central", "college"})
#: what tells the hospitals of one place apart, where only the place names them: `Hospital General de Valencia`
_RANK = frozenset(
    {"general", "central", "regional", "clinico", "clinic", "teaching", "research", "institute", "international"}
)
#: a French university hospital, by its initials or in full
_CHU = re.compile(
    r"\b(?:chr?u|centres? hospitaliers? (?:regiona(?:l|ux) )?(?:et )?universitaires?|hopitaux universitaires)\b"
)
#: nouns that a clinic of a department or a practice has as well as a whole hospital
_CLINIC = re.compile(r"(?:poli|poly)?[kc]lini[kc]\w{0,2}|clini[ck]a?s?|clinique|klink")
_MEDICAL_CENTRE = re.compile(r"\b(?:medical|medisch|health)\w* (?:sciences )?(?:cent(?:er|re|rum)|system)")
#: what stands before the number of a hospital: `City Hospital No. 40`
_NUMBERING = frozenset({"no", "nr", "num", "number", "numero"})
#: words of a society, whose members are of hospitals, not itself
_SOCIETY = re.compile(
    r"(?:the\s+)?(?:asso[cz]ia|societ|sociedad|federat|federac|federaz|fédérat|verein|gesellschaft)", re.I
)
#: fields that make a university of their own of a city's (`Agricultural University of Athens`)
_OWN_FIELDS = frozenset(
    {
        "agricultural",
        "applied",
        "arts",
        "business",
        "economics",
        "metropolitan",
        "pedagogical",
        "polytechnic",
        "social",
        "sport",
        "veterinary",
    }
)
_ORDINALS = dict(
    zip(
        ("1st", "2nd", "3rd", "4th", "5th", "6th"),
        ("first", "second", "third", "fourth", "fifth", "sixth"),
        strict=True,
    )
)
#: public bodies by their initials, told without a further word; shorter ones are ambiguous
_INITIALS = re.compile(r"\(\s*([A-Z](?:\.?[A-Z]){3,9}\.?)\s*\)")
#: a hospital's research foundation is a legal person of its own
_FOUNDATION = frozenset({"fundacion", "fundacio", "foundation", "fundacao"})
_BODY = re.compile(
    r"^(?:grupo?|gruppo|group|associa|asocia|society|societ|sociedad|federat|fédérat|fondaz|fundaci|stichting|foundation"
    r"|institut|istitut|central|nordic|european|international|national|centre|austrian|belgian|german|danish|swiss"
    r"|spanish|italian|french|dutch|swedish|czech|polish)",
    re.I,
)


@lru_cache(maxsize=100_000)
def institution_key(name: str) -> str | None:
    """The key of the university, hospital or public body that a name is of; null where it speaks of none.

    The name is as written: punctuation parts the institution from its departments. A university and its own hospital
    are one (`Universitätsklinikum Freiburg`, `University of Freiburg`), but not where the health service runs the
    hospitals (`NHS`, `Hospital Universitario`, `CHU`).
    """
    if _is_told(name):
        return name
    parts = [_roles(tuple(_ORDINALS.get(word, word) for word in fold(part).split())) for part in _PART.split(name)]
    anchored = _anchored(tuple(fold(name).split()), parts)
    return anchored or (None if _SOCIETY.match(name) else _told(parts)) or _by_initials(name)


def _is_told(name: str) -> bool:
    """Whether a name is a key that `_told` made: sorted words of which two may happen to be another's anchor."""
    words = tuple(name.split())
    body = words[: -2 if words[-2:] == ("university", "hospital") else -1]
    return (
        len(body) > 1
        and words[-1] in _NAMED_BY_FIELD
        and list(body) == sorted(body)
        and words not in _anchors()
        and all(role != "drop" or _names(word) for word, role in _roles(body))
        and name == fold(name)
    )


def _by_initials(name: str) -> str | None:
    """The initials that a research group or society gives itself in brackets, as a key."""
    found = _INITIALS.search(name)
    return found[1].replace(".", "").lower() if found and _BODY.match(name.strip()) else None


@cache
def _anchors() -> dict[tuple[str, ...], tuple[str, str]]:
    """Phrase -> (key, what else the name must hold); a key is an anchor of its own."""
    anchors = {tuple(row["anchor"].split()): (row["key"], row["needs"]) for row in rules("institutions")}
    own = {tuple(key.split()): (key, needs if needs != "academic" else "") for key, needs in anchors.values()}
    return own | anchors


Roles = tuple[tuple[str, str], ...]


def _anchored(words: tuple[str, ...], parts: list[Roles]) -> str | None:
    """The known institution in a name: one with an anchor of its own before one known by its city, the first of them.

    A trust and a university that sponsor together are neither of the two, and no name for others: the key is what is
    written. Another university of a city, or the body of another country, is not the known one.
    """
    roles = tuple(one for part in parts for one in part)
    found = [
        (key, needs)
        for at, key, needs in _found(words)
        if not (needs.startswith("national") and _countries(words) - {needs.rpartition(" ")[2]})
        and not (needs in _BY_CITY and any(_is_another(at, part) for part in parts))
        and not ("universit" in key and any(_is_of_own_field(at, part) for part in parts))
    ]
    if len({key for key, needs in found if needs == "joint"}) > 1:
        return " ".join(words)
    first = next((key for key, needs in found if needs == "first"), None)
    own = first or next((key for key, needs in found if needs not in _BY_CITY), None)
    if own and own.startswith("hospital ") and any(word in _FOUNDATION for word, _ in roles):
        return f"{own} foundation"
    key = own or next((key for key in (_in_city(*one, roles) for one in found) if key), None)
    return f"{key} hospital" if key and _is_of_hospital(key, own is None, roles) else key


def _is_of_hospital(key: str, by_city: bool, roles: Roles) -> bool:
    """Whether a name is of a university's hospital, which is a body of its own; a clinic may be a department's."""
    if key.endswith("hospital") or "hospitals" in key or not (by_city or "universit" in key):
        return False
    if any(role in ("joint", "nhs") or (role == "hospital" and not _CLINIC.fullmatch(word)) for word, role in roles):
        return True
    return bool(_MEDICAL_CENTRE.search(" ".join(word for word, _ in roles)))


def _countries(words: tuple[str, ...]) -> set[str]:
    """The countries that a name speaks of: `Medical Research Council of Canada` is none of the United Kingdom."""
    find = load("country").find
    spans = (
        " ".join(words[at : at + size]) for at in range(len(words)) for size in (1, 2, 3) if at + size <= len(words)
    )
    return {country for country in map(find, spans) if country}


def _is_another(anchor: tuple[str, ...], part: Roles) -> bool:
    """Whether a part of a name speaks of another university of the city: `Oslo Metropolitan University`.

    Told by one or two words of its own before `university`, or by what it is of: `Zurich University of Applied ...`.
    """
    words, size = tuple(word for word, _ in part), len(anchor)
    at = next((at for at in range(len(words)) if words[at : at + size] == anchor), None)
    if at is None:
        return False
    behind = part[at + size :]
    own = next((n for n, (_, role) in enumerate(behind) if role), len(behind))
    if 0 < own < 3 and behind[own : own + 1] and behind[own][0] == "university":
        return True
    return [word for word, _ in behind[:2]] in (["university", "of"], ["university", "college"])


def _is_of_own_field(anchor: tuple[str, ...], part: Roles) -> bool:
    """Whether a part of a name speaks of a university of one field beside the known one, and of no department."""
    words = tuple(word for word, _ in part)
    if not _OWN_FIELDS & (set(words) - set(anchor)) or any(_DEPARTMENT.fullmatch(word) for word in words):
        return False
    return any(words[at : at + len(anchor)] == anchor for at in range(len(words)))


def _found(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The anchors in a name from its beginning with their key and need, the longest at each place, none in another."""
    at = 0
    while at < len(words):
        size = next((n for n in range(min(7, len(words) - at), 0, -1) if words[at : at + n] in _anchors()), 0)
        if size:
            yield words[at : at + size], *_anchors()[words[at : at + size]]
        at += size or 1


def _in_city(key: str, needs: str, roles: tuple[tuple[str, str], ...]) -> str | None:
    """The key of a city's university, or of its hospital where the name says nothing that tells it from others.

    Where a city's hospitals are not the university's they have a key of their own (`apart`), or, where there are many,
    are told by their other words (`university`).
    """
    said = {role for _, role in roles}
    telling = [word for word, role in roles if not role or role == "mark"]
    if not said & _TEACHING and not ("hospital" in said and len(telling) < 2):
        return None
    if needs == "academic" or not said & _HOSPITAL:
        return key
    return f"{key} hospital" if needs == "apart" else None


def _told(parts: list[Roles]) -> str | None:
    """The key that the words of the first telling part of a name make; a clinic's part is second to a hospital's.

    `First Affiliated Hospital` tells only with the university behind it, `University of California` with its place,
    and so does a hospital of a name that many have (`St. Luke's Hospital`).
    """
    carried: set[str] = set()
    found: list[str] = []
    for at, roles in enumerate(parts):
        said = {role for _, role in roles}
        telling = {word for word, role in roles if not role}
        marks = {word for word, role in roles if role == "mark"}
        if telling and said & _SPEAKING:
            kind = _kind(said | ({"hospital"} if carried else set()), " ".join(word for word, _ in roles))
            marks |= {word for word, _ in roles if word in _RANK} if kind == "hospital" and len(telling) == 1 else set()
            telling |= _campus(telling, parts, at)
            found.append(" ".join((*sorted(telling | marks | carried), kind)))
            if not _is_only_clinic(roles):
                return found[-1]
        carried |= marks if "affiliated" in marks else set()
    return found[0] if found else None


def _is_only_clinic(roles: Roles) -> bool:
    return all(role == "hospital" and _CLINIC.fullmatch(word) for word, role in roles if role in _SPEAKING)


def _campus(telling: set[str], parts: list[Roles], at: int) -> set[str]:
    """The place that tells one of several of a name from the others, from the first part behind it that is a place.

    Of a federal university (`University of London`) the college before it tells as well.
    """
    if not (telling <= _STATES or telling <= _shared()):
        return set()
    near = [*parts[at + 1 :], *reversed(parts[:at])] if telling <= _STATES else parts[at + 1 :]
    places = ({word for word, role in part if not role} for part in near if not {r for _, r in part} - {"", "drop"})
    return next((place for place in places if place), set())


@cache
def _shared() -> frozenset[str]:
    """Words that the names of many hospitals are made of: saints, queens, `city`, `memorial`."""
    return frozenset(row["word"] for row in rules("institution_shared"))


def _kind(said: set[str], words: str) -> str:
    """Whether a part of these roles and words is of a university, of its hospital, or of a hospital."""
    if _CHU.search(words):
        return "university hospital"
    if said & {"nhs", "adjective"} or not said & _TEACHING:
        return "hospital"
    return "university hospital" if said & {"hospital", "joint"} else "university"


@lru_cache(maxsize=100_000)
def _roles(words: tuple[str, ...]) -> Roles:
    """Each word with what it does; a field or number that names a hospital or university is a mark of it."""
    roles = [(word, _role(word)) for word in words]
    named = set(_fields(roles))
    return tuple((word, "mark") if at in named else (word, role) for at, (word, role) in enumerate(roles))


def _fields(roles: list[tuple[str, str]]) -> Iterator[int]:
    """Where fields stand that name the whole: `Beijing Sport University`, `University of Health Sciences`.

    Not where a department is named: there the field is the department's (`Department of Neurology University of X`).
    """
    if any(_DEPARTMENT.fullmatch(word) for word, _ in roles):
        return
    yield from (at for at, (_, role) in enumerate(roles) if role == "department")
    for at, (word, role) in enumerate(roles):
        if word in _NAMED_BY_FIELD:
            yield from _fields_before(roles, at)
        if word == "university":
            yield from _fields_behind(roles, at)
        elif role == "hospital" and [role for _, role in roles[at + 1 : at + 2]] == ["department"]:
            yield at + 1
        if word.isdigit() and at and roles[at - 1][0] in _NUMBERING:
            yield at
    if roles and roles[0][0] == "central" and [role for _, role in roles[1:2]] == [""]:
        yield 0


def _fields_before(roles: list[tuple[str, str]], noun: int) -> Iterator[int]:
    """The fields and numbers that stand directly before a noun and behind a word of its name."""
    start = noun
    while start and (roles[start - 1][1] == "department" or _names(roles[start - 1][0])):
        start -= 1
    if start and roles[start - 1][1] in ("", "mark"):
        yield from range(start, noun)


def _names(word: str) -> bool:
    """Whether a word that tells nothing elsewhere may tell one hospital or university of a place from another."""
    return word.isdigit() or word in _NAMING


def _fields_behind(roles: list[tuple[str, str]], noun: int) -> Iterator[int]:
    """The fields behind `university of`, and `college` behind `university`."""
    if [word for word, _ in roles[noun + 1 : noun + 2]] == ["college"]:
        yield noun + 1
    if [word for word, _ in roles[noun + 1 : noun + 2]] != ["of"]:
        return
    for at in range(noun + 2, len(roles)):
        word, role = roles[at]
        if role not in _FIELD_OF and not _names(word) and word != "and":
            return
        if word != "and":
            yield at


@lru_cache(maxsize=50_000)
def _role(word: str) -> str:
    """What a word does in an institution's name; empty for one that tells it from others."""
    return next((role for role, pattern in _patterns() if pattern.fullmatch(word)), "")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Role -> its words, the first row first: a word has one role."""
    return tuple((row["role"], re.compile(row["pattern"])) for row in rules("institution_words"))
