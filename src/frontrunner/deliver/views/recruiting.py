"""The open studies of a disease as a table."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells
from frontrunner.race.answers import Recruiting

_COLUMNS = (
    Column("trial"),
    Column("title", give=30, verbatim=True),
    Column("status"),
    Column("phases"),
    Column("countries", give=20),
    Column("sponsor", give=20, verbatim=True),
    Column("record of"),
    Column("at the registry"),
)


def recruiting_view(answer: Recruiting) -> View:
    """One row a study, then the programmes whose licence was withdrawn and who follows them up."""
    rows = [
        cells(
            [
                one.id,
                one.title,
                one.status,
                "; ".join(one.phases),
                "; ".join(one.countries),
                one.sponsor,
                one.known_from,
                one.url,
            ]
        )
        for one in answer.trials
    ]
    after = [Cell(f"{one.programme}: {', '.join(one.trials) or 'none known here'}") for one in answer.follow_up]
    sections = [
        Section("Open trials", Table(_COLUMNS, rows), empty="No open study is held here for that."),
        *([Section("After a withdrawal", lines=after)] if after else []),
    ]
    where = f", {answer.country}" if answer.country else ""
    return View(f"Open trials: {answer.indication.label}{where}", sections, {"snapshot": answer.snapshot})
