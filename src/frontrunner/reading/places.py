"""The words at a place of a document, for `why`.

Places: in JSON and table rows a dotted path with `[i]`, or `[]` for every element
(`protocolSection.conditionsModule.conditions[0]`, `locations[].country`, the column `happened_on`); in XML an XPath
(`/clinical_study/start_date`); in text `chars 10-25` (the first inclusive, the last not, counted in characters).
` | ` between places means whichever of them are there and filled.
"""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec

from frontrunner.errors import BadRecord
from frontrunner.reading import json

_UNION = " | "
_STEP = re.compile(r"\[(\d*)\]|\.?([^.\[\]]+)")
_SPAN = re.compile(r"chars (\d+)-(\d+)\Z")


def quote(body: bytes, media_type: str, place: str) -> str:
    """The words at `place`; several values are joined by `; `, each once, empty ones left out unless all are empty.

    Raises BadRecord when it is not there.
    """
    return Opened(body, media_type).quote(place)


class Opened:
    """A document from which several places are quoted: it is parsed once."""

    def __init__(self, body: bytes, media_type: str) -> None:
        self.body, self.media_type = body, media_type

    def quote(self, place: str) -> str:
        """The words at one place; see `quote`."""
        if _SPAN.match(place):
            return _span(self.body, place)
        if "xml" in self.media_type:
            from frontrunner.reading import xml

            words: Iterator[str] = iter(xml.words(self.body, place))
        else:
            words = _json_words(self.root, place)
        found = list(dict.fromkeys(words))
        if not found:
            raise BadRecord(place, "is not in the document")
        return "; ".join(word for word in found if word.strip()) or found[0]

    @cached_property
    def root(self) -> dict[str, object]:
        """The JSON record as an object. Raises BadRecord."""
        return json.parse(self.body)


def _span(body: bytes, place: str) -> str:
    match = _SPAN.match(place)
    assert match
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRecord(place, f"the text is not UTF-8 ({error.reason})") from error
    words = text[int(match[1]) : int(match[2])]
    if not words or len(text) < int(match[2]):
        raise BadRecord(place, f"the text has {len(text)} characters")
    return words


def there(root: dict[str, object], place: str) -> bool:
    """Whether a parsed JSON record has anything at `place`."""
    return any(_walk(root, alternative) for alternative in place.split(_UNION))


def _json_words(root: dict[str, object], place: str) -> Iterator[str]:
    for alternative in place.split(_UNION):
        for value in [root[alternative]] if alternative in root else _walk(root, alternative):
            yield value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _walk(root: object, path: str) -> list[object]:
    nodes, steps = [root], list(_STEP.finditer(path))
    if not path or "".join(step[0] for step in steps) != path:
        return []
    for match in steps:
        nodes = [child for node in nodes for child in _children(node, match[1], match[2])]
    return nodes


def _children(node: object, index: str | None, key: str | None) -> list[object]:
    if key is not None:
        return [node[key]] if isinstance(node, dict) and key in node else []
    if not isinstance(node, list):
        return []
    if not index:
        return node
    return node[int(index) : int(index) + 1]
