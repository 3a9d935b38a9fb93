"""Options that several commands share, each said once."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from frontrunner.errors import UsageError

_F = TypeVar("_F", bound=Callable[..., Any])

FORMATS = ("table", "json", "csv", "md")


def _home(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    """The home named at the command, else the one named before it."""
    return value or ctx.find_root().obj


def _format(ctx: click.Context, _: click.Parameter, value: str) -> str:
    return "json" if ctx.params.pop("as_json", False) else value


def day(option: str, text: str | None) -> date | None:
    """The value of an option that takes one day; null where it is not given. Raises UsageError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option}: {text!r} is not a day (YYYY-MM-DD)") from None


def home(command: _F) -> _F:
    """`--home DIR`."""
    return click.option(
        "--home",
        metavar="DIR",
        callback=_home,
        help="Where the data lives.  [default: $FRONTRUNNER_HOME, else ~/.frontrunner]",
    )(command)


def form(command: _F) -> _F:
    """`--format` and `--json`, as the one argument `form`."""
    command = click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS, case_sensitive=False),
        default="table",
        show_default=True,
        callback=_format,
        help="table for people, json for programs, csv for spreadsheets, md for GitHub.",
    )(command)
    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, help="The whole typed answer; short for --format json."
    )(command)


def clock(command: _F, default: str = "now") -> _F:
    """`--on` and `--clock`."""
    return click.option(
        "--on",
        metavar="DATE",
        help="The day asked about: YYYY-MM-DD; a month or a year means its last day.  [default: today]",
    )(which_clock(command, default))


def which_clock(command: _F, default: str = "now") -> _F:
    """`--clock` alone."""
    return click.option(
        "--clock",
        metavar="now|then",
        default=default,
        show_default=True,
        help="now: what had happened by that day, by everything known today. then: only what was public that day.",
    )(command)


def arena(command: _F) -> _F:
    """INDICATION and the options that make an arena."""
    choices = (
        ("--lane", "registrational|iit|all", "Studies towards approval, investigator-initiated ones, or both."),
        ("--origin", "PLACE", "Only products discovered there, for example CN."),
        ("--in", "PLACE", "Where a milestone must count: CN, US, EU, UK, JP, ...  [default: the first anywhere]"),
        ("--target", "GENE", "The gene or its product aimed at: F9, 'factor IX', PD-1, ...; CD19/CD22: both at once."),
        ("--modality", "KIND", "Only this kind of therapy and what is below it: gene_therapy, car_t, antibody, ..."),
    )
    for option, metavar, text in choices:
        names = (option, "jurisdiction") if option == "--in" else (option,)
        default = "registrational" if option == "--lane" else None
        command = click.option(*names, metavar=metavar, default=default, show_default=bool(default), help=text)(command)
    return click.argument("indication", required=False)(command)


_ASSUMED: tuple[tuple[str, str | None, type, str], ...] = (
    ("--prior-weight", None, float, "How many programmes on each rung the published rates are worth.  [default: 20]"),
    ("--correlation", None, float, "How far runners of one kind and target move together.  [default: .3]"),
    ("--class-failure", None, float, "The fraction a year of whole classes that fail at once.  [default: .01]"),
    ("--step", "steps", str, "RUNG=CHANCE: the chance of leaving a rung upward, for the published one; repeat."),
    ("--stay", "stays", str, "RUNG=YEARS: the mean time on a rung, for the published one; repeat."),
    ("--waits", None, int, "A stay is so many equal waits; 1 is a constant hazard.  [default: 2]"),
    ("--sent-back", None, float, "The part of filings that is sent back.  [default: .25]"),
    ("--files-again", None, float, "The part of those that is filed again.  [default: .6]"),
    ("--years-away", None, float, "The mean years until then.  [default: 1]"),
    ("--rates", None, str, "nearest or all_medicines: whose published rates.  [default: nearest]"),
    ("--rare", None, str, "known, all or none: who takes the rates of rare diseases.  [default: known]"),
    ("--past", None, str, "kind, arena or none: whose past moves the published rates.  [default: kind]"),
    ("--silent", None, float, "The chance that a runner silent for two years is active still.  [default: 0]"),
    ("--seed", None, int, "Where the random numbers start.  [default: 1]"),
)


def assumptions(command: _F) -> _F:
    """What a forecast assumes beside its horizon."""
    for option, name, kind, text in reversed(_ASSUMED):
        names = (option, name) if name else (option,)
        metavar = "RUNG=N" if name else "WORD" if kind is str else "N"
        command = click.option(*names, metavar=metavar, type=kind, multiple=bool(name), help=text)(command)
    return command


def given(asking: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, those that may be repeated as lists."""
    found = {name: list(value) if isinstance(value, tuple) else value for name, value in asking.items()}
    return {name: value for name, value in found.items() if value is not None and value != []}
