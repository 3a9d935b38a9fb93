"""The results that a study has posted, in the v2 JSON or the XML of until 2024: primary outcomes, serious events.

Pure, as all reading is. A record without results gives None; a part that is not told is null, never a guess.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from frontrunner.model.posted import Posted, PostedAnalysis, PostedHarm, PostedOutcome, PostedValue
from frontrunner.reading import json, xml

_MODULE = "resultsSection.outcomeMeasuresModule.outcomeMeasures"
_EVENTS = "resultsSection.adverseEventsModule.eventGroups"


def results(raw: bytes) -> Posted | None:
    """What one study has posted, None where it has posted nothing. Raises BadRecord for what is no record."""
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _of_xml(xml.parse(raw))
    section = json.parse(raw).get("resultsSection")
    return _of_json(section) if isinstance(section, dict) else None


# v2 JSON


def _of_json(section: Mapping[str, Any]) -> Posted:
    measures = _list(section.get("outcomeMeasuresModule", {}), "outcomeMeasures")
    groups = _list(section.get("adverseEventsModule", {}), "eventGroups")
    return Posted(
        [
            _outcome(measure, f"{_MODULE}[{at}]")
            for at, measure in enumerate(measures)
            if measure.get("type") == "PRIMARY"
        ],
        [_harm(group, f"{_EVENTS}[{at}]") for at, group in enumerate(groups)],
    )


def _list(held: Any, key: str) -> list[dict[str, Any]]:
    found = held.get(key) if isinstance(held, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _word(held: Mapping[str, Any], key: str) -> str | None:
    value = held.get(key)
    return str(value) if isinstance(value, str | int | float) and str(value).strip() else None


def _number(held: Mapping[str, Any], key: str) -> int | None:
    value = held.get(key)
    return value if isinstance(value, int) else int(value) if isinstance(value, str) and value.isdecimal() else None


def _outcome(measure: Mapping[str, Any], place: str) -> PostedOutcome:
    names = {one.get("id"): _word(one, "title") or str(one.get("id")) for one in _list(measure, "groups")}
    return PostedOutcome(
        title=_word(measure, "title") or "",
        time_frame=_word(measure, "timeFrame"),
        units=_word(measure, "unitOfMeasure"),
        parameter=_plain(_word(measure, "paramType")),
        dispersion=_word(measure, "dispersionType"),
        values=list(_values(measure, names, place)),
        analyses=[
            _analysis(one, names, f"{place}.analyses[{at}]") for at, one in enumerate(_list(measure, "analyses"))
        ],
        evidence=f"{place}.title",
    )


def _plain(constant: str | None) -> str | None:
    """`LEAST_SQUARES_MEAN` as `least squares mean`."""
    return constant.replace("_", " ").lower() if constant else None


def _values(measure: Mapping[str, Any], names: Mapping[Any, str], place: str) -> Iterator[PostedValue]:
    of_all = _analysed(measure)
    for c, klass in enumerate(_list(measure, "classes")):
        analysed = of_all | _analysed(klass)
        for k, category in enumerate(_list(klass, "categories")):
            part = "; ".join(filter(None, (_word(klass, "title"), _word(category, "title")))) or None
            for m, one in enumerate(_list(category, "measurements")):
                if (value := _word(one, "value")) is None:
                    continue
                yield PostedValue(
                    group=names.get(one.get("groupId"), str(one.get("groupId"))),
                    part=part,
                    value=value,
                    spread=_word(one, "spread"),
                    low=_word(one, "lowerLimit"),
                    high=_word(one, "upperLimit"),
                    analysed=analysed.get(one.get("groupId")),
                    evidence=f"{place}.classes[{c}].categories[{k}].measurements[{m}].value",
                )


def _analysed(held: Mapping[str, Any]) -> dict[Any, str | None]:
    """How many of each group were analysed: participants, else in the first unit counted."""
    counted = _list(held, "denoms")
    of_people = [one for one in counted if _word(one, "units") == "Participants"]
    return {
        count.get("groupId"): _word(count, "value")
        for one in (of_people or counted)[:1]
        for count in _list(one, "counts")
    }


def _analysis(one: Mapping[str, Any], names: Mapping[Any, str], place: str) -> PostedAnalysis:
    told = next((key for key in ("pValue", "paramValue", "statisticalMethod", "groupIds") if key in one), "groupIds")
    ids = one.get("groupIds")
    return PostedAnalysis(
        groups=[names.get(id, str(id)) for id in ids] if isinstance(ids, list) else [],
        method=_word(one, "statisticalMethod"),
        p_value=_word(one, "pValue"),
        estimate=_word(one, "paramType"),
        value=_word(one, "paramValue"),
        low=_word(one, "ciLowerLimit"),
        high=_word(one, "ciUpperLimit"),
        evidence=f"{place}.{told}",
    )


def _harm(group: Mapping[str, Any], place: str) -> PostedHarm:
    told = "seriousNumAffected" if "seriousNumAffected" in group else "title"
    return PostedHarm(
        group=_word(group, "title") or str(group.get("id")),
        affected=_number(group, "seriousNumAffected"),
        at_risk=_number(group, "seriousNumAtRisk"),
        deaths=_number(group, "deathsNumAffected"),
        evidence=f"{place}.{told}",
    )


# XML


def _of_xml(root: etree._Element) -> Posted | None:
    section = root.find("clinical_results")
    if section is None:
        return None
    outcomes = section.iterfind("outcome_list/outcome")
    return Posted(
        [_xml_outcome(one) for one in outcomes if (xml.text(one, "type") or "").lower() == "primary"],
        list(_xml_harms(section)),
    )


def _at(node: etree._Element, attribute: str = "") -> str:
    path = str(node.getroottree().getpath(node))
    return f"{path}/@{attribute}" if attribute else path


def _xml_groups(held: etree._Element) -> dict[str, str]:
    return {
        str(group.get("group_id")): xml.text(group, "title") or str(group.get("group_id"))
        for group in held.iterfind("group_list/group")
    }


def _xml_outcome(outcome: etree._Element) -> PostedOutcome:
    names = _xml_groups(outcome)
    title = outcome.find("title")
    return PostedOutcome(
        title=xml.text(outcome, "title") or "",
        time_frame=xml.text(outcome, "time_frame"),
        units=xml.text(outcome, "measure/units"),
        parameter=(xml.text(outcome, "measure/param") or "").lower() or None,
        dispersion=xml.text(outcome, "measure/dispersion"),
        values=list(_xml_values(outcome, names)),
        analyses=[_xml_analysis(one, names) for one in outcome.iterfind("analysis_list/analysis")],
        evidence=_at(outcome if title is None else title),
    )


def _xml_values(outcome: etree._Element, names: Mapping[str, str]) -> Iterator[PostedValue]:
    measure = outcome.find("measure")
    of_all = {} if measure is None else _xml_analysed(measure)
    for klass in outcome.iterfind("measure/class_list/class"):
        analysed = of_all | _xml_analysed(klass)
        for category in klass.iterfind("category_list/category"):
            part = "; ".join(filter(None, (xml.text(klass, "title"), xml.text(category, "title")))) or None
            for one in category.iterfind("measurement_list/measurement"):
                if value := one.get("value"):
                    group = str(one.get("group_id"))
                    limits = (one.get("spread"), one.get("lower_limit"), one.get("upper_limit"))
                    of = analysed.get(group)
                    yield PostedValue(names.get(group, group), part, value, *limits, of, _at(one, "value"))


def _xml_analysed(held: etree._Element) -> dict[str, str | None]:
    counted = held.findall("analyzed_list/analyzed")
    of_people = [one for one in counted if xml.text(one, "units") == "Participants"]
    counts = [count for one in (of_people or counted)[:1] for count in one.iterfind("count_list/count")]
    return {str(count.get("group_id")): count.get("value") for count in counts}


def _xml_analysis(one: etree._Element, names: Mapping[str, str]) -> PostedAnalysis:
    ids = xml.texts(one, "group_id_list/group_id")
    told = next((found for path in ("p_value", "param_value", "method") if (found := one.find(path)) is not None), one)
    return PostedAnalysis(
        groups=[names.get(id, id) for id in ids],
        method=xml.text(one, "method"),
        p_value=xml.text(one, "p_value"),
        estimate=xml.text(one, "param_type"),
        value=xml.text(one, "param_value"),
        low=xml.text(one, "ci_lower_limit"),
        high=xml.text(one, "ci_upper_limit"),
        evidence=_at(told),
    )


def _xml_harms(section: etree._Element) -> Iterator[PostedHarm]:
    """The line of totals of each group; the XML counts deaths elsewhere, or not."""
    events = section.find("reported_events")
    if events is None:
        return
    names = _xml_groups(events)
    for event in events.iterfind("serious_events/category_list/category/event_list/event"):
        if (xml.text(event, "sub_title") or "").lower().startswith("total, serious"):
            for count in event.iterfind("counts"):
                group = str(count.get("group_id"))
                affected, at_risk = (_number(count.attrib, key) for key in ("subjects_affected", "subjects_at_risk"))
                yield PostedHarm(names.get(group, group), affected, at_risk, None, _at(count, "subjects_affected"))
