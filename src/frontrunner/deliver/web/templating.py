"""The templates: everything is escaped unless it was made by `tag`, and an unknown value is an error."""

from functools import cache
from typing import Any

from frontrunner.deliver.page.document import dated
from frontrunner.deliver.page.markup import Markup
from frontrunner.deliver.views import race as race_words
from frontrunner.deliver.views.view import NOTICE, Cell, day, inside, label
from frontrunner.deliver.web import cells, sheets
from frontrunner.deliver.web.language import LANGUAGES, Language


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("frontrunner.deliver.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        rung=race_words.rung,
        lead=race_words.lead,
        day=day,
        label=label,
        inside=inside,
        also_called=race_words.also_called,
        company_cell=race_words.company_cell,
        languages=LANGUAGES,
        notice=NOTICE,
        sheets=sheets.version(),
    )
    made.filters["by_language"] = lambda names: [
        (code, some)
        for code, some in (
            ("en", [one for one in names if one.isascii()]),
            ("zh", [one for one in names if not one.isascii()]),
        )
        if some
    ]
    made.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return made


def render(template: str, language: Language, context: dict[str, Any]) -> bytes:
    """A page in a language."""
    here = context["here"]

    def cell(shown: Cell, verbatim: bool = False) -> Markup:
        return cells.cell(shown, here, language, verbatim=verbatim)

    def said(text: str) -> Markup:
        return dated(language.say(text))

    def named(programme: str) -> str:
        return cells.named(programme, language)

    page = _environment().get_template(template)
    text: str = page.render(
        lang=language.code, _=language.say, said=said, cell=cell, named=named, at=here.at, **context
    )
    return text.encode()
