"""Doubtful pairs and judgements, as people see them."""

from frontrunner.deliver.views.view import Cell, Column, Section, Table, View, cells, label
from frontrunner.race.doubts import Doubt, Side
from frontrunner.race.review import Decision, Review


def review_view(review: Review) -> View:
    """The pairs worth a decision, then the judgements that were made."""
    columns = (Column("left", give=24), Column("right", give=24), Column("value"), Column("why", give=40, drop=1))
    rows = [
        [Cell(_called(doubt.left)), Cell(_called(doubt.right)), Cell(str(doubt.value)), Cell("; ".join(doubt.reasons))]
        for doubt in review.doubts
    ]
    sections = [
        Section(
            "Worth a decision", Table(columns, rows), empty="No two companies or products of this home look like one."
        ),
        Section("Judgements", lines=[Cell(_said(one)) for one in review.judgements], empty="None yet."),
    ]
    return View("Review of companies and products", sections, {"snapshot": review.snapshot})


def _called(side: Side) -> str:
    return f"{side.name} ({side.id})"


def _said(one: Decision) -> str:
    verdict = label("verdict", one.verdict).lower()
    return f"{one.on[:10]} {one.by}: {one.left!r} and {one.right!r} are {verdict}, because {one.because}"


def doubt_view(doubt: Doubt) -> View:
    """One pair side by side, with why it is asked."""
    left, right = doubt.left, doubt.right
    columns = (Column(""), Column(left.name, wrap=True), Column(right.name, wrap=True))
    told = zip(_told(left), _told(right), strict=True)
    sections = [
        Section("Side by side", Table(columns, [cells((what, one, other)) for (what, one), (_, other) in told])),
        Section("Why it is asked", lines=cells(doubt.reasons)),
    ]
    return View(f"Are {left.name} and {right.name} one?", sections, {})


def _told(side: Side) -> list[tuple[str, str]]:
    """What is known of one side, line by line."""
    product = side.id.startswith("prod:")
    kinds, place, above = ("modality", "origin", "sponsor") if product else ("organisation_kind", "country", "parent")
    return [
        ("id", side.id),
        ("kind", label(kinds, side.kind)),
        *([("target", side.target or "unknown")] if product else []),
        (place, side.country or "unknown"),
        (above, side.parent or "none known"),
        ("names", "; ".join(side.names[:6])),
        ("programmes", str(side.programmes)),
        ("trials", str(side.trials)),
    ]
