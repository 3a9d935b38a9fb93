"""A disease, a target or a kind of therapy as a home knows it: its names, what is above it and what is below."""

from frontrunner import vocab
from frontrunner.errors import UnknownOption
from frontrunner.race.answers import Concept, ConceptDossier
from frontrunner.race.question import Snapshot

#: vocabularies whose terms have a dossier, and what an error calls each
_OPTIONS = {"indication": "indication", "target": "--target", "modality": "--modality"}


def concept(snapshot: Snapshot, vocabulary: str, name: str) -> ConceptDossier:
    """The concept that answers to a name; UnknownName with the nearest, UnknownOption for another vocabulary."""
    option = _OPTIONS.get(vocabulary)
    if option is None:
        raise UnknownOption("vocabulary", vocabulary, list(_OPTIONS))
    if vocabulary == "modality":
        id = vocab.load(vocabulary).require(option, name)
    else:
        id = snapshot.concept(vocabulary, option, name).id
    (row,) = snapshot.rows("term", vocabulary=vocabulary, id=id)
    around = snapshot.rows("terms_around", vocabulary=vocabulary, id=id)
    return ConceptDossier(
        vocabulary=vocabulary,
        id=id,
        label=row["label"],
        label_zh=row["label_zh"] or None,
        synonyms=row["synonyms"],
        elsewhere=row["elsewhere"],
        above=[_concept(one) for one in around if not one["below"]],
        below=[_concept(one) for one in around if one["below"]],
        snapshot=snapshot.name,
    )


def _concept(row: dict[str, str | None]) -> Concept:
    return Concept(str(row["id"]), str(row["label"]), row["label_zh"] or None)
