"""The chart of a race alone, for a frame in another page."""

from frontrunner.deliver.page.drawing import drawing
from frontrunner.deliver.page.legend import legend
from frontrunner.deliver.page.markup import Markup
from frontrunner.deliver.views.race import title
from frontrunner.deliver.web.language import in_words_of
from frontrunner.deliver.web.race import arena, drawn_timeline, told
from frontrunner.deliver.web.shown import Asked, Shown


def chart(asked: Asked) -> Shown:
    """The timeline, its title, and the way back to the whole page."""
    found = asked.home.race(**asked.arena())
    drawn = drawn_timeline(asked, found)
    values = {
        "race": found,
        "headline": told(asked, found),
        "parts_of": arena(found),
        "drawn": Markup(in_words_of(asked.language, drawing(drawn))) if drawn.lanes else "",
        "legend": legend(asked.language.say),
    }
    return Shown(template="embed.html", title=title(found), values=values, on=found.on, snapshot=found.snapshot)
