"""The addresses of the pages. A page asks the desk and shapes what its template shows; no rule lives here."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.requests import Request
from fastapi.responses import RedirectResponse, Response

from frontrunner.deliver.serving import Desk, status_of
from frontrunner.deliver.web import answers, dossiers, embed, home, market, patients, race, search, sheets, terms
from frontrunner.deliver.web.addresses import Here, address
from frontrunner.deliver.web.forms import FORMS, written
from frontrunner.deliver.web.language import LANGUAGES, Language, in_words_of, language, preferred
from frontrunner.deliver.web.shown import Asked, Shown
from frontrunner.deliver.web.templating import render
from frontrunner.errors import FrontrunnerError, UnknownName, UsageError

#: page -> what makes it
PAGES: dict[str, Callable[[Asked], Shown]] = {
    "": home.home,
    "search": search.search,
    "race": race.race,
    "firsts": answers.firsts,
    "changes": answers.changes,
    "jurisdictions": answers.jurisdictions,
    "readouts": answers.readouts,
    "forecast": answers.forecast,
    "market": market.market,
    "check": answers.check,
    "programme": dossiers.programme,
    "company": dossiers.company,
    "trial": dossiers.trial,
    "why": dossiers.why,
    "coverage": dossiers.coverage,
    "indication": terms.indication,
    "target": terms.target,
    "modality": terms.modality,
    "patients": patients.patients,
    "about": home.about,
    "report": home.report,
}

#: what an error calls a name -> the parameter that gave it
_OPTIONS = {"indication": "indication", "--target": "target", "--modality": "modality"}


def add_to(app: FastAPI, desk: Desk, report_to: str | None = None) -> None:
    """Add the pages, their files and what they load. `report_to` is where readers tell of errors, an address."""

    def front(request: Request) -> Response:
        code = preferred(request.headers.get("accept-language", ""))
        return RedirectResponse(address(code, "", {}), headers={"Vary": "Accept-Language"})

    def page(request: Request) -> Response:
        code, name = request.path_params["lang"], request.path_params.get("page", "")
        here = Here(code, name, dict(request.query_params), str(request.base_url).rstrip("/"))
        return _answered(desk, here, report_to)

    def embedded(request: Request) -> Response:
        here = Here(request.path_params["lang"], "race", dict(request.query_params), str(request.base_url).rstrip("/"))
        return _answered(desk, here, report_to, embed.chart)

    app.add_api_route("/", front, methods=["GET"])
    app.add_api_route("/static/{name}", _static, methods=["GET"])
    for code in LANGUAGES:
        app.add_api_route(f"/{code}/", _in(code, page), methods=["GET"], name=f"home_{code}")
        app.add_api_route(f"/{code}/{{page}}", _in(code, page), methods=["GET"], name=f"page_{code}")
        app.add_api_route(f"/embed/{code}/race", _in(code, embedded), methods=["GET"], name=f"embed_{code}")


def _in(code: str, page: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A page in one language."""

    def answer(request: Request) -> Response:
        request.path_params["lang"] = code
        return page(request)

    return answer


def _answered(desk: Desk, here: Here, report_to: str | None, make: Callable[[Asked], Shown] | None = None) -> Response:
    """The page, one of its files, or what is wrong with the question, always in the language asked."""
    name, _, form = here.page.partition(".")
    said = language(here.lang)
    context: dict[str, Any] = {"here": here, "report_to": report_to}
    try:
        make = make or PAGES.get(name)
        if make is None or (form and form not in FORMS):
            raise UnknownName("page", here.page)
        with desk.asking() as asked_of:
            shown = make(Asked(asked_of, here, said))
        if form:
            return _file(shown, name, form, said)
    except FrontrunnerError as error:
        status = status_of(error)
        body = render("error.html", said, {**context, "error": error, "status": status, "meant": _meant(here, error)})
        return Response(body, status, media_type="text/html")
    if shown.moved_to:
        return RedirectResponse(shown.moved_to)
    return Response(render(shown.template, said, {**context, "shown": shown, **shown.values}), media_type="text/html")


def _meant(here: Here, error: FrontrunnerError) -> Callable[[str], str]:
    """Where a name that comes near the one that was given leads: the same page with it, else a search."""
    option = _OPTIONS.get(error.kind) if isinstance(error, UnknownName) else None
    return lambda name: here.changed(**{option: name}) if option in here.given else here.at("search", q=name)


def _file(shown: Shown, name: str, form: str, said: Language) -> Response:
    if shown.view is None:
        raise UsageError(f"the page {name!r} has no files; it shows what others hold")
    if form == "svg":
        if shown.svg is None:
            raise UsageError(f"the page {name!r} has no chart")
        return Response(in_words_of(said, shown.svg()), media_type=FORMS[form])
    headers = {"Content-Disposition": f'attachment; filename="frontrunner-{name}.{form}"'}
    return Response(written(shown.view, form), media_type=FORMS[form], headers=headers)


def _static(request: Request) -> Response:
    name = str(request.path_params["name"])
    if name not in sheets.PACKAGES:
        return Response("There is no such file.\n", 404, media_type="text/plain")
    return Response(sheets.sheet(name), media_type=sheets.TYPES[name.rpartition(".")[2]])
