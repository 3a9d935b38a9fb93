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
from frontrunner.vocab import fold

#: what parts the institution from its departments, its people and those who sign for it
_PART = re.compile(
    r"[,;:()\[\]{}/|•*\"“”«»]|\s[–—-]+\s|[–—-]\s|(?<=\w{4})\.\s*(?=[A-ZÀ-Þ])"
    r"|\b(?:(?:legally\s+)?represented\s+(?:in law\s+)?by|rep\.\s+by|vertreten durch|insoweit handelnd"
    r"|on behalf of|par délégation|c/o)\b",
    re.I,
)
#: words of these roles say that a part of a name is of a university or hospital
_SPEAKING = frozenset({"joint", "university", "adjective", "nhs", "hospital"})
#: states with several universities of one name, told by their places
_STATES = frozenset(
    {
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
    roles = _roles(tuple(fold(name).split()))
    return _anchored(roles) or _told(name) or _by_initials(name)


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


def _anchored(roles: tuple[tuple[str, str], ...]) -> str | None:
    """The known institution in a name: one with an anchor of its own before one known by its city, the first of them.

    A trust and a university that sponsor together are neither of the two.
    """
    found = list(_found(tuple(word for word, _ in roles)))
    joint = sorted({key for key, needs in found if needs == "joint"})
    if len(joint) > 1:
        return " ".join(joint)
    first = next((key for key, needs in found if needs == "first"), None)
    own = first or next((key for key, needs in found if needs not in _BY_CITY), None)
    if own and own.startswith("hospital ") and any(word in _FOUNDATION for word, _ in roles):
        return f"{own} foundation"
    return own or next((key for key in (_in_city(*one, roles) for one in found) if key), None)


def _found(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The anchors in a name from its beginning, the longest at each place, none inside another."""
    at = 0
    while at < len(words):
        size = next((n for n in range(min(7, len(words) - at), 0, -1) if words[at : at + n] in _anchors()), 0)
        if size:
            yield _anchors()[words[at : at + size]]
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


def _told(name: str) -> str | None:
    """The key that the words of the first telling part of a name make.

    `First Affiliated Hospital` tells only with the university behind it, `University of California` with its place.
    """
    carried: set[str] = set()
    parts = [_roles(tuple(fold(part).split())) for part in _PART.split(name)]
    for at, roles in enumerate(parts):
        said = {role for _, role in roles}
        telling = {word for word, role in roles if not role}
        marks = {word for word, role in roles if role == "mark"}
        if telling and said & _SPEAKING:
            telling |= _campus(telling, parts[at + 1 :])
            kind = _kind(said | ({"hospital"} if carried else set()))
            return " ".join((*sorted(telling | marks | carried), kind))
        carried |= marks if "affiliated" in marks else set()
    return None


def _campus(telling: set[str], behind: list[tuple[tuple[str, str], ...]]) -> set[str]:
    """The place that tells one university of a state from its others, from the part behind it."""
    if telling <= _STATES and behind and not {role for _, role in behind[0]} - {"", "drop"}:
        return {word for word, role in behind[0] if not role}
    return set()


def _kind(said: set[str]) -> str:
    """Whether a name of these roles is of a university, of its hospital, or of a hospital."""
    if said & {"nhs", "adjective"} or not said & _TEACHING:
        return "hospital"
    return "university hospital" if said & {"hospital", "joint"} else "university"


def _roles(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((word, _role(word)) for word in words)


@lru_cache(maxsize=50_000)
def _role(word: str) -> str:
    """What a word does in an institution's name; empty for one that tells it from others."""
    return next((role for role, pattern in _patterns() if pattern.fullmatch(word)), "")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Role -> its words, the first row first: a word has one role."""
    return tuple((row["role"], re.compile(row["pattern"])) for row in rules("institution_words"))
