"""A disease, target or kind of therapy as a table of its names."""

from frontrunner.deliver.views.view import Column, Section, Table, View, cells
from frontrunner.race.answers import ConceptDossier


def concept_view(held: ConceptDossier) -> View:
    """One row a name, then what is one step wider and narrower."""
    own = [("label", held.label), *([("Chinese", held.label_zh)] if held.label_zh else [])]
    names = [*own, *(("synonym", name) for name in held.synonyms), *(("elsewhere", id) for id in held.elsewhere)]
    near = [("wider", one) for one in held.above] + [("narrower", one) for one in held.below]
    of_near = (Column("kind"), Column("id"), Column("name"))
    beside = Table(of_near, [cells((kind, one.id, one.label)) for kind, one in near])
    sections = [
        Section("Names", Table((Column("kind"), Column("name")), [cells(row) for row in names])),
        Section("Wider and narrower", beside, empty="None."),
    ]
    return View(f"{held.label} ({held.id})", sections, {"snapshot": held.snapshot})
