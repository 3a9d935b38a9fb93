"""What is kept of a transcribed letter: a few passages, each in the letter's words, none with a person's name.

The transcriptions are Markdown: a front matter and a list of "Critical Data" by whoever transcribed, then the letter.
Only the letter is looked at. Kept are the application, the company that it is addressed to, the sentence that names the
submission, the sentence with the decision, days that the letter itself is dated by, the headings that name a topic with
the first paragraph below them, and other paragraphs that show one (`topics`). A paragraph with a title, a degree, an
address or a mark of a removed name is left out.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from frontrunner.sources.fda_letters import topics


class Passage(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What shows a topic: a heading, the first paragraph below it, or a paragraph alone."""

    heading: str | None = None
    text: str | None = None


class Passages(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """All that is kept of a letter, as a record. `transcript` tells the letters about one application apart."""

    transcript: str
    application: str | None = None
    addressee: str | None = None
    submission: str | None = None
    decision: str | None = None
    dated: list[str] = []
    parts: list[Passage] = []


_CRITICAL = re.compile(r"^#+\s*\W*critical data\W*$", re.MULTILINE | re.IGNORECASE)
_LETTER_BEGINS = re.compile(r"^---\s*$|^# ", re.MULTILINE)
_TRANSCRIPT = re.compile(r"[-_]([a-z0-9]{6})\.md\Z")
_MARKS = re.compile(r"^[\s>#*•-]+|\*\*|__|`")
_HEADING = re.compile(r"\s*(?:#+\s|\*\*[^*]{3,80}\*\*:?\s*$)")

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"{_MONTH} \d{{1,2}}, \d{{4}}"
_APPLICATION = re.compile(
    r"\b(?:NDA|BLA|ANDA)\s*#?:?\s*(?:\d{2}-\d{3}|\d{5,6})(?!\d)|application number\W*\d{5,6}", re.IGNORECASE
)
_REFER = re.compile(r"please refer to your\b", re.IGNORECASE)
#: the decision in words, and else the heading of the letter
_DECISIONS = (
    re.compile(r"cannot (?:be )?approve|not be approved in its present form|cannot be approved", re.IGNORECASE),
    re.compile(r"\bcomplete response\b", re.IGNORECASE),
)
_DATED = re.compile(
    rf"(?:complete response(?: letter)?|letter dated|date)\W{{1,6}}({_DAY})\W*\Z|"
    r"(\d\d/\d\d/\d{4}) \d\d:\d\d:\d\d [AP]M",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\.(?=\s[A-Z(\[-]|\s*\Z)")
_ATTENTION = re.compile(r"\W*attention\b", re.IGNORECASE)
_COMPLETE = re.compile(r"complete response\s*(?:[-–—:]\s*)?", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|corp|corporation|company|co|gmbh|ag|s\.?a|s\.?p\.?a|b\.?v|n\.?v|a/s|plc|pvt|kgaa|"
    r"\w*pharm\w*|\w*therap\w*|bio\w*|laborator\w+|technologies|medical|health ?care|oncology|sciences)\b",
    re.IGNORECASE,
)
_NO_COMPANY = re.compile(
    r"department of|food and drug|center for|division of|office of|\bstreet\b|\bsuite\b|\d{4}|\bclinical\b|"
    r"\bquality\b|\baffairs\b|\ba \w+ company\b|\bapplication\b",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?:to|sponsor|applicant|submitted by|u\.?s\.? agent for)\b\s*:?\s*", re.IGNORECASE)
_PERSON = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|Drs)\b\.?|\b(?:M\.?D|Ph\.?D|Pharm\.?D|R\.?Ph|M\.?P\.?H|D\.?O)\b\.?|\bDear\b|\bAttention\b|\bcontact\b|"
    r"\bcall\b|\bsincerely\b|\bsigned\b|@|removed\]|\(\d{3}\)|\b\d{3}[-.]\d{3,4}[-.]",
    re.IGNORECASE,
)
#: letters per paragraph: fewer are a label or a name, more are cut at a word
_SHORTEST, _LONGEST = 40, 600


def transcript(name: str) -> str:
    """The mark that ends a transcription's file name (`...-9nhx5n.md`), or the whole name without its folder."""
    match = _TRANSCRIPT.search(name)
    return match[1] if match else name.rpartition("/")[2].removesuffix(".md")


def letter(text: str) -> str | None:
    """The letter itself, without what its transcriber put before it; null when there is nothing else."""
    critical = _CRITICAL.search(text)
    if critical is None:
        return None
    begins = _LETTER_BEGINS.search(text, critical.end())
    return text[begins.start() :] if begins else None


def kept(name: str, text: str) -> Passages:
    """What is kept of the transcription in a file of this name; of a file without the letter nothing."""
    found = Passages(transcript=transcript(name))
    body = letter(text)
    if body is None:
        return found
    raw = [line for line in body.split("\n") if _plain(line)]
    lines = [_plain(line) for line in raw]
    application = _APPLICATION.search(" ".join(lines))
    found.application = application[0] if application else None
    found.addressee = _addressee(lines)
    found.submission = _submission(lines)
    found.decision = next((said for one in _DECISIONS if (said := _decision(lines, one))), None)
    found.dated = list(dict.fromkeys(day[1] or day[2] for line in lines if (day := _DATED.search(line))))
    found.parts = list(_parts(raw))
    return found


def _plain(line: str) -> str:
    return " ".join(_MARKS.sub("", line).split())


def _submission(lines: list[str]) -> str | None:
    """The sentence that refers to the submission; what it is made for may follow in a list."""
    for number, line in enumerate(lines):
        match = _REFER.search(line)
        if match:
            more = lines[number + 1 : number + 3] if not _ENDS.search(line, match.end()) else []
            said = _sentence(" ".join([line, *more]), match.start())
            if said:
                return said
    return None


def _decision(lines: list[str], pattern: re.Pattern[str]) -> str | None:
    for line in lines:
        match = pattern.search(line)
        if match:
            before = [end.end() for end in _ENDS.finditer(line, 0, match.start())]
            said = _sentence(line, before[-1] if before else 0)
            if said:
                return said
    return None


def _sentence(text: str, begin: int) -> str | None:
    """The sentence that begins there, if no person is named in it."""
    end = _ENDS.search(text, begin)
    said = _shortened(text[begin : end.end() if end else len(text)].strip())
    return None if _PERSON.search(said) else said


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0]


def _addressee(lines: list[str]) -> str | None:
    """The company above `Attention`, or below `COMPLETE RESPONSE`; only what is plainly one."""
    for number, line in enumerate(lines[:40]):
        if _ATTENTION.match(line):
            return next((name for above in lines[max(0, number - 4) : number][::-1] if (name := _company(above))), None)
    for line, below in pairwise(lines[:40]):
        if _COMPLETE.match(line) and (name := _company(below)):
            return name
    return None


def _company(line: str) -> str | None:
    name = _ROLE.sub("", _COMPLETE.sub("", line), count=1).strip(" ,:–—-")
    if name.lower().startswith("c/o") or len(name) > 80 or not _COMPANY.search(name):
        return None
    return None if _PERSON.search(name) or _NO_COMPANY.search(name) else name


def _parts(lines: list[str]) -> Iterator[Passage]:
    """Each heading that names a topic with the first paragraph below it, and other paragraphs that show one."""
    heading: str | None = None
    for line in lines:
        plain = _plain(line)
        if _HEADING.match(line):
            if heading:
                yield Passage(heading=heading)
            heading = plain.rstrip(":") if topics.of_heading(plain) else None
        elif len(plain) > _SHORTEST and not _PERSON.search(plain) and (heading or topics.of_text(plain)):
            yield Passage(heading=heading, text=_shortened(plain))
            heading = None
    if heading:
        yield Passage(heading=heading)
