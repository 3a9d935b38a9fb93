"""What a trial record says of itself, as rows: the products under test, their names, the diseases.

Pure and per document, so it runs where the record is read; joining names into products needs all records and is
done in `resolve.identities`.
"""

import msgspec

from frontrunner.model import Trial
from frontrunner.resolve import indications, modality


class TestedProduct(msgspec.Struct, frozen=True):
    """One intervention under study. Grain: document x `position` in its interventions.

    `generic` is true when no name sets it apart from other sponsors' products. Modality, vector and target are
    vocabulary ids with the `words` that gave them, or null; `follow_up` marks a study of patients treated before.
    """

    position: int
    place: str
    generic: bool
    modality: str | None
    vector: str | None
    target: str | None
    follow_up: bool
    words: str | None
    because: str | None


class TestedName(msgspec.Struct, frozen=True):
    """A specific name of a tested intervention; spelling variants share a `key`. Grain: document x position x key."""

    position: int
    value: str
    key: str
    kind: str


class TrialIndication(msgspec.Struct, frozen=True):
    """One disease that a trial is about (vocabulary id), the place that says so and the rule. Grain: document x id."""

    indication: str
    place: str
    because: str


Row = TestedProduct | TestedName | TrialIndication

#: label -> its table in the ledger
TABLES: dict[type[msgspec.Struct], str] = {
    TestedProduct: "tested_product",
    TestedName: "tested_name",
    TrialIndication: "trial_indication",
}


def of_trial(trial: Trial) -> list[Row]:
    """The rows of one trial record; empty where it says nothing we can name."""
    rows: list[Row] = []
    for tested, label in modality.classify_trial(trial):
        rows.append(
            TestedProduct(
                position=tested.position,
                place=tested.place,
                generic=tested.generic,
                modality=label.modality if label else None,
                vector=label.vector if label else None,
                target=label.target if label else None,
                follow_up=label.follow_up if label else False,
                words=label.words if label else None,
                because=tested.because,
            )
        )
        rows.extend(TestedName(tested.position, name.value, name.key, name.kind) for name in tested.names)
    for match in indications.of_trial(trial):
        rows.append(TrialIndication(match.id, match.place, match.because))
    return rows
