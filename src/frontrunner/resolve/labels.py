"""What a record says by itself, as rows: the products it is about and their names, the names of a substance.

Pure and per document, so it runs where the record is read; joining names into products needs all records and is
done in `resolve.identities`.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec.structs import asdict

from frontrunner.model import Approval, Designation, Letter, Substance, Trial
from frontrunner.resolve import delivery, licensed, modality
from frontrunner.resolve.names import name_key


class TestedProduct(delivery.Delivery, frozen=True, kw_only=True):
    """One intervention under study, and how it is given. Grain: document x `position` in its interventions.

    `generic` is true when no name sets it apart from other sponsors' products. Modality, vector and target are
    vocabulary ids with the `words` that gave them, or null; `follow_up` marks a study of patients treated before.
    How it is given (`route`, `tissue`, `cell_source`, several separated by `|`) is told of gene and cell products.
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
    """A specific name of a product that a record is about: a tested intervention, what a regulator decided on.

    Spelling variants share a `key`. Grain: document x position x key.
    """

    position: int
    value: str
    key: str
    kind: str


class SubstanceName(msgspec.Struct, frozen=True):
    """What a substance is called, systematic names left out; spelling variants share a `key`. Grain: document x key.

    `kind` is code, inn, brand or variant (another common name). `living`: whether a proper name of the substance says
    that it is cells, genes or a virus; null where it has none.
    """

    unii: str
    name: str
    key: str
    kind: str
    living: bool | None


class RegulatedProduct(msgspec.Struct, frozen=True):
    """The product of a regulator's row. Grain: document x `position` (`licensed.POSITIONS`).

    Modality, vector and target are vocabulary ids with the `words` that gave them, or null.
    """

    position: int
    modality: str | None
    vector: str | None
    target: str | None
    words: str | None


Row = TestedProduct | TestedName | RegulatedProduct | SubstanceName

#: label -> its table in the ledger
TABLES: dict[type[msgspec.Struct], str] = {
    TestedProduct: "tested_product",
    TestedName: "tested_name",
    RegulatedProduct: "regulated_product",
    SubstanceName: "substance_name",
}

#: kinds of names of substances, the surest first
_NAMES_OF_SUBSTANCES = ("code", "inn", "brand", "variant")
#: how the proper name of cells, of a gene in its carrier and of an oncolytic virus always ends
_LIVING = re.compile(r"(?:cel(?:-[a-z])?|vec|rev|rep|plasmid)\Z", re.I)

#: a number of a classification, which the register lists among the codes
_CLASS = re.compile(r"(?:ATC|EC|CAS|INS|E)[- ]\d|ATC-", re.I)


def of(statement: msgspec.Struct) -> list[Row]:
    """The rows that a statement gives by itself; most give none."""
    if isinstance(statement, Trial):
        return of_trial(statement)
    if isinstance(statement, Substance):
        return of_substance(statement)
    return list(_of_regulator(statement)) if isinstance(statement, Approval | Designation | Letter) else []


def _of_regulator(statement: licensed.Regulated) -> Iterator[Row]:
    position, label = licensed.POSITIONS[type(statement)], licensed.label(statement)
    yield RegulatedProduct(
        position,
        label.modality if label else None,
        label.vector if label else None,
        label.target if label else None,
        label.words if label else None,
    )
    for name in licensed.names(statement.names):
        yield TestedName(position, name.value, name.key, name.kind)


def of_trial(trial: Trial) -> list[Row]:
    """The rows of one trial record; empty where it says nothing we can name."""
    rows: list[Row] = []
    for tested, label in modality.classify_trial(trial):
        how = delivery.of_product(trial, tested, label.modality) if label else None
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
                **(asdict(how) if how else {}),
            )
        )
        rows.extend(TestedName(tested.position, name.value, name.key, name.kind) for name in tested.names)
    return rows


def of_substance(substance: Substance) -> list[Row]:
    """The names of one substance by which a record may call it, the surest kind of each key.

    Where the register lists biosimilars too, it does not tell whose a code is: then it is a variant.
    """
    rows: dict[str, Row] = {}
    copied = any("biosimilar" in called.value.casefold() for called in substance.called)
    proper = [called.value for called in substance.called if called.kind == "inn"]
    living = any(map(_LIVING.search, proper)) if proper else None
    for kind in _NAMES_OF_SUBSTANCES:
        for called in substance.called:
            key = name_key(called.value) if called.kind == kind and not _CLASS.match(called.value) else ""
            if key:
                nobodys = copied if kind == "code" else kind == "inn" and licensed.is_description(called.value)
                told = "variant" if nobodys else kind
                rows.setdefault(key, SubstanceName(substance.unii, called.value, key, told, living))
    return list(rows.values())
