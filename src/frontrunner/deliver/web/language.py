"""The languages of the interface. A text is said by its English wording: one table holds the rest.

`strings.csv` has a row for each wording and where its Chinese is from (`own`: ours). In it `{}` stands for words that
are said in turn, `{#}` for a number, `{id}` for an id, `{place}` for places. Labels of the vocabularies bring their own
Chinese. What neither knows stays as it is: names, ids, dates and quotes are never translated.
"""

import csv
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from html import escape, unescape
from importlib import resources

from frontrunner import vocab

LANGUAGES = {"en": "English", "zh": "中文"}
#: vocabularies whose labels the interface shows
_SHOWN = (
    "rung", "activity", "status", "lane", "clock", "event", "approval_kind", "name_kind", "organisation_kind", "role",
    "modality", "indication", "jurisdiction", "known_basis", "country", "route", "tissue", "cell_source",
)  # fmt: skip


#: between the parts of a list: of sentences, of which some may be known, and of words, of which all must be
_SENTENCES, _WORDS = (("; ", "；"), (" = ", " = ")), ((", ", "，"), (" and ", "和"))


class Language:
    """One language: `say` puts an English wording of ours into it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.say = str if code == "en" else lru_cache(20_000)(self._said)

    def _said(self, text: str) -> str:
        return self._words(text) or self._known(text) or self._list(text, _SENTENCES, any) or self._use(text) or text

    def _words(self, text: str) -> str | None:
        """A list of words, all of them known, which no sentence is."""
        return None if re.search(r"[.;:(]", text) else self._list(text, _WORDS, all)

    def _known(self, text: str) -> str | None:
        """A wording or a label, with a small or a capital letter; or one that has the words of another in it."""
        whole, patterns = _table()
        ways = (text, text[:1].upper() + text[1:], text[:1].lower() + text[1:])
        for way in ways:
            if known := whole.get(way) or _labels().get(way):
                return known
        for way in ways:
            for parts, pattern, chinese in patterns:
                match = all(part in way for part in parts) and pattern.fullmatch(way)
                if match and (said := chinese.format(*map(self._said, match.groups()))) != way:
                    return said
        return None

    def _use(self, text: str) -> str | None:
        """`one in hemophilia B` as `one（血友病B）`, where the disease has a Chinese name."""
        product, _, disease = text.rpartition(" in ")
        known = (_labels().get(disease) or _table()[0].get(disease)) if product else None
        return f"{product}（{known}）" if known else None

    def _list(
        self, text: str, marks: tuple[tuple[str, str], ...], enough: Callable[[Iterable[bool]], bool]
    ) -> str | None:
        """A list, part by part, where enough of the parts are known."""
        for mark, chinese in marks:
            parts = text.split(mark)
            said = [self._said(part) for part in parts] if len(parts) > 1 else []
            if said and enough(one != part for one, part in zip(said, parts, strict=True)):
                return chinese.join(said)
        return None


@cache
def language(code: str) -> Language:
    """The language of a code in `LANGUAGES`."""
    return Language(code)


def in_words_of(said: Language, drawn: str) -> str:
    """A drawing (SVG) with the words that stand in it in a language; names and numbers stay."""
    if said.code == "en":
        return drawn

    def one(match: re.Match[str]) -> str:
        return f"{match[1]}{escape(said.say(unescape(match[2])), quote=False)}<"

    return re.sub(r"(<(?:text|title|desc)\b[^>]*>)([^<]+)<", one, drawn)


def preferred(accepted: str) -> str:
    """The language of ours that an Accept-Language header asks for first."""
    for part in accepted.lower().split(","):
        code = part.partition(";")[0].strip()[:2]
        if code in LANGUAGES:
            return code
    return "en"


@cache
def sourced() -> list[tuple[str, str, str]]:
    """The wordings whose Chinese is a regulator's: English, Chinese, source."""
    return [row for row in _rows() if row[2] != "own"]


@cache
def _rows() -> list[tuple[str, str, str]]:
    text = resources.files(__package__).joinpath("strings.csv").read_text("utf-8")
    return [(row["en"], row["zh"], row["source"]) for row in csv.DictReader(text.splitlines(), strict=True)]


#: what stands for words that are said in turn, for a number, for an id, for places
_OPEN = {"{}": "(.+?)", "{#}": r"([-+\d.,/%?]+)", "{id}": r"(\S*\d\S*)", "{place}": "([A-Z]{2}(?:, [A-Z]{2})*)"}


_OPENING = re.compile(r"(\{(?:#|id|place)?\})")


@cache
def _table() -> tuple[dict[str, str], list[tuple[list[str], re.Pattern[str], str]]]:
    """What is said as it is, and what has other words in it: its own parts, sought first, and a pattern."""
    whole: dict[str, str] = {}
    patterns = []
    for english, chinese, _ in sorted(_rows(), key=lambda row: -len(_OPENING.sub("", row[0]))):
        parts = _OPENING.split(english)
        if len(parts) == 1:
            whole[english] = chinese
        else:  # what says most of itself is tried first
            pattern = "".join(_OPEN.get(part) or re.escape(part) for part in parts)
            own = [part for part in parts if part and part not in _OPEN]
            patterns.append((own, re.compile(pattern, re.DOTALL), chinese))
    return whole, patterns


@cache
def _labels() -> dict[str, str]:
    terms = [term for name in reversed(_SHOWN) for term in vocab.load(name).terms.values()]
    return {name: term.label_zh for term in terms if term.label_zh for name in (term.id, term.label)}
