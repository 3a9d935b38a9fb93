"""The languages of the interface. A text is said by its English wording: one table holds the rest.

`strings.csv` has a row for each wording and where its Chinese is from (`own`: ours); `{}` in it stands for words that
are said in turn. Labels of the vocabularies
bring their own Chinese. What neither knows stays as it is: names, ids, dates and quotes are never translated.
"""

import csv
import re
from functools import cache, lru_cache
from html import escape, unescape
from importlib import resources

from frontrunner import vocab

LANGUAGES = {"en": "English", "zh": "中文"}
#: vocabularies whose labels the interface shows
_SHOWN = (
    "rung", "activity", "status", "lane", "clock", "event", "approval_kind", "name_kind", "organisation_kind", "role",
    "modality", "indication", "jurisdiction", "known_basis", "country",
)  # fmt: skip


class Language:
    """One language: `say` puts an English wording of ours into it."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.say = str if code == "en" else lru_cache(20_000)(self._said)

    def _said(self, text: str) -> str:
        whole, patterns = _table()
        known = whole.get(text) or _labels().get(text) or _labels().get(text[:1].upper() + text[1:])
        if known:
            return known
        for pattern, chinese in patterns:
            match = pattern.fullmatch(text)
            if match:
                return chinese.format(*(self._said(part) for part in match.groups()))
        return text


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


@cache
def _table() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    rows = [(english, chinese) for english, chinese, _ in _rows()]
    patterns = [
        (re.compile("(.+?)".join(re.escape(part) for part in english.split("{}"))), chinese)
        for english, chinese in sorted(rows, key=lambda row: -len(row[0].replace("{}", "")))
        if "{}" in english
    ]  # what says most of itself is tried first
    return {english: chinese for english, chinese in rows if "{}" not in english}, patterns


@cache
def _labels() -> dict[str, str]:
    terms = [term for name in reversed(_SHOWN) for term in vocab.load(name).terms.values()]
    return {name: term.label_zh for term in terms if term.label_zh for name in (term.id, term.label)}
