"""What a search answers: typed, so that every face shows the same."""

import msgspec


class Arena(msgspec.Struct, frozen=True):
    """The race that a text asks for, in ids: what can be handed to `race` as it is."""

    indication: str | None = None
    modality: str | None = None
    target: str | None = None
    jurisdiction: str | None = None


class Hit(msgspec.Struct, frozen=True):
    """One thing that answers to a text.

    `kind` is indication, modality, target, company, product, programme or trial; `how` is exact, prefix, words,
    fuzzy or part (some of the words); `matched` is the name that did; `programmes` counts what races
    there (of a trial 0).
    """

    kind: str
    id: str
    label: str
    label_zh: str | None
    matched: str
    how: str
    programmes: int


class Found(msgspec.Struct, frozen=True):
    """The hits of a text, best first; `race` where the text names an arena by itself, with how many race in it."""

    query: str
    race: Arena | None
    hits: list[Hit]
    snapshot: str
