"""The register's two texts taken apart into records, each as a JSON object of its fields.

- The list of summaries: lines of `Label: value`, a blank line between two trials. The labels are the keys.
- The full text, one part a country: numbered fields (`A.3 Full title of the trial: ...`), with or without line breaks
  between them. The keys are the labels in lower case (`a3_full_title_of_the_trial`), as tools that turn the register's
  pages into JSON spell them, so that both are read alike. The contact points (B.5) are left out.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from frontrunner.errors import UnreadableInput
from frontrunner.model import Raw
from frontrunner.reading.containers import RECORD_BYTES

LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*EudraCT Number:\s")
FULL = re.compile(rb"(?:\xef\xbb\xbf)?\s*This file contains full details on each clinical trial")

_LABEL = re.compile(r"([A-Z][A-Za-z ]{3,25}):\s*(.*)")
_PART = re.compile(r"Summary\s*EudraCT Number:")
#: where a numbered field or a heading begins: `A.3.1 Title`, `N. Date`, `B. Sponsor`; `B. Braun` is none
_CODE = (
    r"(?:[A-P]\.\d+(?:\.\d+)*(?:\s+(?:and|to)\s+[A-P]\.\d+(?:\.\d+)*)?\s+[A-Z]"
    r"|A\.\s+Protocol|B\.\s+Sponsor|D\.\s+IMP|E\.\s+General|F\.\s+Population|G\.\s+Investigator"
    r"|N\.\s+(?:Competent|Date|Ethics|Review)|P\.\s+(?:Date|End))"
)
_FIELD = re.compile(rf"({_CODE}(?:(?!{_CODE}|\n).){{2,250}}?):")
_NEXT = re.compile(_CODE)
_IMP = re.compile(r"D\.IMP:\s*\d+")
_AFTER_IMPS = re.compile(r"D\.8\s+Information on Placebo|E\.\s+General Information")
_HEADER = {
    "x4_clinical_trial_type": re.compile(r"Clinical Trial Type:\s*(.*?)\s*Trial Status:", re.DOTALL),
    "x5_trial_status": re.compile(r"Trial Status:\s*(.*?)\s*Date on which", re.DOTALL),
    "x6_date_on_which_this_record_was_first_entered_in_the_eudract_database": re.compile(
        r"first entered in the EudraCT database:\s*(\d{4}-\d\d-\d\d)"
    ),
}
_CONTACT = re.compile(r"b5\d")


def summaries(where: str, stream: BinaryIO) -> Iterator[Raw]:
    """The trials of the list; the place is the line that a trial begins on. Raises UnreadableInput."""
    record: dict[str, list[str]] = {}
    begins, last = 1, ""
    for number, line in enumerate(_lines(where, stream), start=1):
        match = _LABEL.match(line)
        if match and match[1] == "EudraCT Number":
            yield from _as_raw(record, begins)
            record, begins = {}, number
        if match:
            last = match[1]
            record.setdefault(last, []).append(match[2].strip())
        elif line.strip() and last:
            record[last].append(line.strip())
    yield from _as_raw(record, begins)


def _as_raw(record: dict[str, list[str]], begins: int) -> Iterator[Raw]:
    if record:
        cells = {label: "\n".join(part for part in parts if part) for label, parts in record.items()}
        yield Raw(f"line {begins}", msgspec.json.encode(cells))


def _lines(where: str, stream: BinaryIO) -> Iterator[str]:
    return iter(_text(where, stream).splitlines())


def _text(where: str, stream: BinaryIO) -> str:
    """All of a text, which the register gives for at most some hundred trials."""
    body = stream.read(RECORD_BYTES + 1)
    if len(body) > RECORD_BYTES:
        raise UnreadableInput(where, f"is a text of over {RECORD_BYTES >> 20} MiB: download fewer trials at a time")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(where, f"is not UTF-8 (byte {error.start})") from error


def full(where: str, stream: BinaryIO) -> Iterator[Raw]:
    """The country parts of the full text, numbered from 1. Raises UnreadableInput."""
    for number, part in enumerate(_PART.split(_text(where, stream))[1:], start=1):
        yield Raw(f"part {number}", msgspec.json.encode(_taken_apart(part)))


def _taken_apart(part: str) -> dict[str, object]:
    before, *products = _IMP.split(part)
    after = ""
    if products:
        end = _AFTER_IMPS.search(products[-1])
        at = end.start() if end else len(products[-1])
        products[-1], after = products[-1][:at], products[-1][at:]
    found: dict[str, object] = {key: m[1] for key, pattern in _HEADER.items() if (m := pattern.search(before))}
    found.update(_fields(before))
    if products:
        found["dimp"] = [_fields(product) for product in products]
    for key, value in _fields(after).items():
        found.setdefault(key, value)
    return found


def _fields(text: str) -> dict[str, str | list[str]]:
    """The numbered fields of a text; one that stands several times is a list."""
    values: dict[str, list[str]] = {}
    for match in _FIELD.finditer(text):
        key, after = _key(match[1]), _NEXT.search(text, match.end())
        if not _CONTACT.match(key):
            words = text[match.end() : after.start() if after else len(text)]
            values.setdefault(key, []).append(" ".join(words.split()))
    return {key: found[0] if len(found) == 1 else found for key, found in values.items()}


def _key(label: str) -> str:
    return re.sub(r"[^a-z0-9_]", "", re.sub(r"\s", "_", re.sub(r"\s+", " ", label.lower())))
