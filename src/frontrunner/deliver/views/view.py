"""The parts of what people see: cells, tables, sections, and the footer that every face carries."""

from collections.abc import Iterable, Sequence

import msgspec

from frontrunner import vocab
from frontrunner.race.results import Day

NOTICE = "Not medical or investment advice."


class Cell(msgspec.Struct, frozen=True):
    """One cell or line: `text`, then perhaps a name in another language.

    `tone` is good, bad, doubtful, faint or nothing; `indent` is the depth in a tree, seen in a terminal only. `id` is
    that of what the cell names, for faces that can lead there.
    """

    text: str
    name: str = ""
    lang: str = ""
    tone: str = ""
    indent: int = 0
    id: str = ""

    @property
    def plain(self) -> str:
        """The whole cell as text."""
        return f"{self.text} {self.name}".strip()


class Column(msgspec.Struct, frozen=True):
    """A column. Where a table is too wide those with the smallest `drop` go first; 0 stays.

    `give` is the width below which a long text is not cut (0: never cut); a `wrap` column goes on in the next line.
    What stands in a `verbatim` column are the words of a record or a source: no face translates them.
    """

    title: str
    drop: int = 0
    give: int = 0
    wrap: bool = False
    verbatim: bool = False


class Table(msgspec.Struct, frozen=True):
    """Rows of as many cells as there are columns; `upright` ones are read in a terminal as blocks, a line a column."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    upright: bool = False

    def told(self) -> "Table":
        """The table without the columns in which no row says anything."""
        kept = [at for at in range(len(self.columns)) if any(row[at].plain for row in self.rows)]
        return Table([self.columns[at] for at in kept], [[row[at] for at in kept] for row in self.rows], self.upright)


class Section(msgspec.Struct, frozen=True):
    """A heading with a table, lines, or both; `empty` is said where there is neither; `verbatim` lines as a column."""

    title: str
    table: Table | None = None
    lines: Sequence[Cell] = ()
    empty: str = ""
    verbatim: bool = False


class View(msgspec.Struct, frozen=True):
    """An answer for people. The first section that has a table is the answer as CSV.

    `stamp` says what the answer rests on (date, clock, snapshot, sources), in that order.
    """

    title: str
    sections: Sequence[Section]
    stamp: dict[str, str]

    @property
    def footer(self) -> list[str]:
        """The stamp and the notice, as lines."""
        return [" · ".join(f"{name}: {value}" for name, value in self.stamp.items()), NOTICE]


def cells(texts: Iterable[str | None]) -> list[Cell]:
    """Cells without anything special; None is an empty one."""
    return [Cell(text or "") for text in texts]


def label(vocabulary: str, id: str | None) -> str:
    """The label of a vocabulary id; the id itself where the list does not hold it, empty for None."""
    if id is None:
        return ""
    term = vocab.load(vocabulary).terms.get(id)
    return term.label if term else id


def inside(label: str) -> str:
    """A label within a sentence: `gene therapy`, `phase 1`, but `IND cleared` and `CAR-T`."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def day(reached: Day | None) -> str:
    """A date with its own precision, empty for None."""
    return reached.date if reached else ""


def clock_in_words(clock: str) -> str:
    """What the clock means."""
    return "now (by everything known today)" if clock == "now" else "then (only what was public that day)"


def tone_of(status: str) -> str:
    """How a status looks: whatever no document proves is not painted as if one did."""
    return {"proven": "good", "contested": "doubtful", "unverified": "doubtful", "implied": "doubtful"}.get(status, "")
