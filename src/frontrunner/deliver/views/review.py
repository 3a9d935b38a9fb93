"""Doubtful pairs and judgements, as people see them."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, label
from frontrunner.race.review import Decision, Doubt, Review, Side


def review_view(review: Review) -> View:
    """The pairs worth a decision, then the judgements that were made."""
    columns = (Column("left", give=24), Column("right", give=24), Column("value"), Column("why", give=40, drop=1))
    rows = [
        [Cell(_called(doubt.left)), Cell(_called(doubt.right)), Cell(str(doubt.value)), Cell("; ".join(doubt.reasons))]
        for doubt in review.doubts
    ]
    sections = [
        Section("Worth a decision", Table(columns, rows), empty="No two companies of this home look like one."),
        Section("Judgements", lines=[Cell(_said(one)) for one in review.judgements], empty="None yet."),
    ]
    return View("Review of companies", sections, {"snapshot": review.snapshot})


def _called(side: Side) -> str:
    return f"{side.name} ({side.id})"


def _said(one: Decision) -> str:
    verdict = label("verdict", one.verdict).lower()
    return f"{one.on[:10]} {one.by}: {one.left!r} and {one.right!r} are {verdict}, because {one.because}"


def doubt_view(doubt: Doubt) -> View:
    """One pair side by side, with why it is asked."""
    left, right = doubt.left, doubt.right
    facts = [
        ("id", left.id, right.id),
        ("kind", label("organisation_kind", left.kind), label("organisation_kind", right.kind)),
        ("country", left.country or "unknown", right.country or "unknown"),
        ("parent", left.parent or "none known", right.parent or "none known"),
        ("names", "; ".join(left.names[:6]), "; ".join(right.names[:6])),
        ("programmes", str(left.programmes), str(right.programmes)),
        ("trials", str(left.trials), str(right.trials)),
    ]
    columns = (Column(""), Column(left.name, wrap=True), Column(right.name, wrap=True))
    sections = [
        Section("Side by side", Table(columns, [cells(fact) for fact in facts])),
        Section("Why it is asked", lines=cells(doubt.reasons)),
    ]
    return View(f"Are {left.name} and {right.name} one?", sections, {})
