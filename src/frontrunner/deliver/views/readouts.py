"""Posted results side by side as people see them."""

from collections.abc import Iterator

from frontrunner.deliver.views.race import arena_parts, coverage
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, clock_in_words
from frontrunner.model.posted import PostedAnalysis, PostedOutcome, PostedValue
from frontrunner.race.answers import Readout, Readouts

_OUTCOMES = (
    Column("study"),
    Column("programme", drop=5, give=16),
    Column("primary outcome", give=24, wrap=True, verbatim=True),
    Column("when", drop=4, give=14, verbatim=True),
    Column("group", give=16, wrap=True, verbatim=True),
    Column("analysed", drop=4, verbatim=True),
    Column("value", verbatim=True),
    Column("units", drop=3, give=12, verbatim=True),
    Column("evidence", drop=1),
)
_ANALYSES = (
    Column("study"),
    Column("primary outcome", give=20, wrap=True, verbatim=True),
    Column("groups", give=20, wrap=True, verbatim=True),
    Column("method", drop=3, give=12, verbatim=True),
    Column("p value"),
    Column("estimate", drop=2, verbatim=True),
    Column("evidence", drop=1),
)
_HARMS = (
    Column("study"),
    Column("programme", drop=2, give=16),
    Column("group", give=16, wrap=True, verbatim=True),
    Column("with serious events"),
    Column("deaths", drop=3),
    Column("evidence", drop=1),
)


def readouts_view(answer: Readouts) -> View:
    """The values of primary outcomes, their analyses, and serious adverse events by group."""
    sections = [
        Section("Primary outcomes", Table(_OUTCOMES, list(_values(answer))), empty="No study has posted results."),
        Section("Analyses", Table(_ANALYSES, list(_analyses(answer))), empty="None was posted."),
        Section("Serious adverse events", Table(_HARMS, list(_harms(answer))), empty="None were posted."),
        Section("Coverage", lines=cells(coverage(answer.coverage, answer.on))),
    ]
    stamp = {
        "on": answer.on,
        "clock": clock_in_words(answer.clock),
        "snapshot": f"{answer.snapshot}, built {answer.built_at}",
        "sources": ", ".join(answer.coverage.sources) or "none",
    }
    return View(f"Readouts: {', '.join(arena_parts(answer.arena))}, on {answer.on}", sections, stamp)


def _programmes(readout: Readout) -> str:
    return " = ".join(runner.programme for runner in readout.programmes)


def _values(answer: Readouts) -> Iterator[list[Cell]]:
    for readout in answer.readouts:
        for outcome in readout.outcomes:
            for one in outcome.values or [
                PostedValue("", None, "none posted", None, None, None, None, outcome.evidence)
            ]:
                yield [
                    Cell(readout.trial),
                    Cell(_programmes(readout)),
                    Cell(outcome.title + (f" ({one.part})" if one.part else "")),
                    Cell(outcome.time_frame or ""),
                    Cell(one.group),
                    Cell(one.analysed or ""),
                    Cell(value(one, outcome)),
                    Cell(outcome.units or ""),
                    Cell(one.evidence, tone="faint"),
                ]


def value(one: PostedValue, outcome: PostedOutcome) -> str:
    """`-9.03 (standard error 0.73)`, `12.1 (95% confidence interval 10.2 to 14.0)`."""
    if one.low or one.high:
        return f"{one.value} ({outcome.dispersion or 'range'} {one.low or '?'} to {one.high or '?'})"
    return f"{one.value} ({outcome.dispersion or 'spread'} {one.spread})" if one.spread else one.value


def _analyses(answer: Readouts) -> Iterator[list[Cell]]:
    for readout in answer.readouts:
        for outcome in readout.outcomes:
            for one in outcome.analyses:
                yield [
                    Cell(readout.trial),
                    Cell(outcome.title),
                    Cell(" against ".join(one.groups)),
                    Cell(one.method or ""),
                    Cell(one.p_value or ""),
                    Cell(_estimate(one)),
                    Cell(one.evidence, tone="faint"),
                ]


def _estimate(one: PostedAnalysis) -> str:
    if one.value is None:
        return ""
    interval = f" ({one.low or '?'} to {one.high or '?'})" if one.low or one.high else ""
    return f"{one.estimate or 'value'} {one.value}{interval}"


def _harms(answer: Readouts) -> Iterator[list[Cell]]:
    for readout in answer.readouts:
        for one in readout.harms:
            counted = "" if one.affected is None else f"{one.affected} of {'?' if one.at_risk is None else one.at_risk}"
            yield [
                Cell(readout.trial),
                Cell(_programmes(readout)),
                Cell(one.group),
                Cell(counted),
                Cell("" if one.deaths is None else str(one.deaths)),
                Cell(one.evidence, tone="faint"),
            ]
