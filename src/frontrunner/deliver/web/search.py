"""The page of a search: the race that the words name, with its leader, then whatever answers to them."""

from typing import Any

import msgspec

from frontrunner.deliver.web.race import arena, told
from frontrunner.deliver.web.shown import Asked, Shown

#: kind of a hit -> the page and the parameter that it leads to
_PAGES = {
    "indication": ("race", "indication"),
    "modality": ("race", "modality"),
    "target": ("race", "target"),
    "company": ("company", "name"),
    "product": ("programme", "name"),
    "programme": ("programme", "name"),
    "trial": ("trial", "id"),
}


def search(asked: Asked) -> Shown:
    """What answers to `q`."""
    given = asked.only("q", "kind")
    text = given.get("q", "")
    values: dict[str, Any] = {"q": text, "near": [], "far": [], "race": None}
    if text:
        found = asked.home.search(text, kind=given.get("kind"), limit=40)
        values["near"] = [(hit, _address(asked, hit)) for hit in found.hits if hit.how != "part"]
        values["far"] = [(hit, _address(asked, hit)) for hit in found.hits if hit.how == "part"]
        values["race"] = _race(asked, msgspec.structs.asdict(found.race)) if found.race else None
    return Shown(template="search.html", title=text or "Search", values=values, snapshot=asked.home.snapshot)


def _address(asked: Asked, hit: Any) -> str:
    page, parameter = _PAGES[hit.kind]
    return asked.here.at(page, **{parameter: hit.id})


def _race(asked: Asked, named: dict[str, str | None]) -> dict[str, Any]:
    """The race that the words name: what it is called, who leads, and its address."""
    race = asked.home.race(**named)  # type: ignore[arg-type]
    return {
        "parts": arena(race)[:-1],
        "headline": told(asked, race),
        "rows": len(race.standings),
        "href": asked.here.at("race", **named),
    }
