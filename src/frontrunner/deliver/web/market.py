"""The market of a one-time therapy: a form of assumptions, and what follows from them."""

from typing import Any

import msgspec

from frontrunner.deliver.page import depletion
from frontrunner.deliver.page.plot import alone
from frontrunner.deliver.views.market import market_view
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.errors import FrontrunnerError, UsageError
from frontrunner.forecast import demand


class Field(msgspec.Struct, frozen=True):
    """One assumption of the form: its name, words, and the slider's end and step; `value` of the example."""

    name: str
    words: str
    most: float
    step: float
    value: str = ""


#: what the form asks first, filled with an example, and what it asks of whoever wants more
FIELDS = (
    Field("pool", "Patients waiting at the first launch", 20_000, 100, "6000"),
    Field("incidence", "New patients a year", 1000, 5, "70"),
    Field("treat_rate", "Part of the untreated that is treated a year", 1, 0.01, "0.1"),
    Field("exit_rate", "Part of the untreated that leaves a year", 0.5, 0.005, "0.01"),
    Field("rival_lag", "Years until the rival launches", 15, 0.25, "1.5"),
    Field("rival_share", "The rival's share once it is there", 1, 0.01, "0.5"),
    Field("years", "Years shown", 40, 1, "15"),
)
MORE = (
    Field("horizon", "Years over which shares are counted", 40, 1),
    Field("antibody_exclusion", "Part that antibodies exclude from the first product", 1, 0.01),
    Field("waning", "Part of the treated that loses the effect a year", 0.5, 0.005),
    Field("exclusivity", "Years in which no rival may enter", 15, 0.5),
    Field("capacity", "The most patients a year that all can treat", 5000, 10),
)
_NAMES = tuple(field.name for field in (*FIELDS, *MORE))


def market(asked: Asked) -> Shown:
    """The form, and the market of its values; without any, that of an example."""
    given = asked.only(*_NAMES, "scenario")
    held = given or {field.name: field.value for field in FIELDS}
    view, problem, drawn = None, None, None
    try:
        found = asked.home.market(**_assumed(held))
        view, drawn = market_view(found), depletion.drawing(found)
    except FrontrunnerError as error:
        if "." in asked.here.page:
            raise
        problem = error
    values: dict[str, Any] = {
        "fields": [(field, held.get(field.name, "")) for field in FIELDS],
        "more": [(field, held.get(field.name, "")) for field in MORE],
        "scenarios": [one.case for one in demand.observed()],
        "scenario": held.get("scenario", ""),
        "view": view,
        "problem": problem,
        "example": not given,
        "asked_for": {name: value for name, value in held.items() if value},
    }
    return Shown(
        template="market.html",
        title="What winning is worth",
        values=values,
        view=view,
        snapshot=asked.home.snapshot,
        svg=(lambda: alone(drawn)) if drawn else None,
    )


def _assumed(held: dict[str, str]) -> dict[str, Any]:
    """The values as the model takes them; a scenario stands in place of the treat rate."""
    assumed: dict[str, Any] = {}
    for name, text in held.items():
        if name == "scenario" or not text or (name == "treat_rate" and held.get("scenario")):
            continue
        try:
            assumed[name] = float(text)
        except ValueError:
            raise UsageError(f"{name}: {text!r} is not a number") from None
    return assumed | ({"scenario": held["scenario"]} if held.get("scenario") else {})
