"""What is asked: names become ids, and the snapshot that answers is opened once."""

from copy import copy
from datetime import date, timedelta
from functools import cache, partial
from importlib import resources
from itertools import chain, starmap
from threading import Timer
from typing import Any, TypedDict, TypeVar

import duckdb
import msgspec

from frontrunner import vocab
from frontrunner.errors import AmbiguousName, HomeError, TookTooLong, UnknownName, UsageError
from frontrunner.model import PartialDate
from frontrunner.race.results import Arena, Label
from frontrunner.store import snapshot
from frontrunner.store.home import Home
from frontrunner.vocab import phrase

_Kind = TypeVar("_Kind")
#: rows that are tuples at once: of very many the collector of garbage would look at each several times
_AT_ONCE = 2000


class Asking(TypedDict, total=False):
    """What narrows an arena, as people type it, with the day and the clock; see `asked`."""

    modality: str | None
    target: str | None
    jurisdiction: str | None
    origin: str | None
    lane: str
    on: str | date | None
    clock: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """An arena on a day by a clock, in ids; a null part does not restrict."""

    indication: str | None = None
    indication_label: str | None = None
    modality: str | None = None
    target: str | None = None
    jurisdiction: str | None = None
    origin: str | None = None
    lane: str = "registrational"
    on: date
    clock: str = "now"

    def parameters(self) -> dict[str, Any]:
        """The parameters of the arena queries."""
        return msgspec.structs.asdict(self)

    def arena(self) -> Arena:
        """The arena as an answer repeats it."""
        return Arena(
            indication=Label(self.indication, self.indication_label or "") if self.indication else None,
            modality=self.modality,
            target=self.target,
            jurisdiction=self.jurisdiction,
            origin=self.origin,
            lane=self.lane,
        )


def need_a_part(indication: str | None, modality: str | None, target: str | None) -> None:
    """Raise UsageError for an arena of everything; asked before a home is opened."""
    if not (indication or modality or target):
        raise UsageError("a race needs at least one of an indication, --modality and --target")


def asked(
    indication: str | None = None,
    *,
    modality: str | None = None,
    target: str | None = None,
    jurisdiction: str | None = None,
    origin: str | None = None,
    lane: str = "registrational",
    on: str | date | None = None,
    clock: str = "now",
    within: "Snapshot | None" = None,
) -> Question:
    """A question from names people type; raises UnknownName or UnknownOption with what could be meant.

    Diseases and targets are looked up `within` a snapshot, which knows what its home was given; without one, in the
    packaged lists. An `indication` that is no disease is read as a phrase (`hemophilia B gene therapy in China`), of
    which nothing may be left over.
    """
    need_a_part(indication, modality, target)

    def id_of(vocabulary: str, option: str, text: str | None) -> str | None:
        return None if text is None else vocab.load(vocabulary).require(option, text)

    if jurisdiction and vocab.load("jurisdiction").find(jurisdiction) == "GLOBAL":
        raise UsageError("--in GLOBAL counts for no jurisdiction; leave --in out to count all of them")
    disease = _find(within, "indication", "indication", indication) if indication is not None else None
    if indication is not None and disease is None:
        parts = _in_phrase(indication, {"modality": modality, "target": target, "jurisdiction": jurisdiction})
        if parts is not None:
            return asked(**parts, origin=origin, lane=lane, on=on, clock=clock, within=within)
        disease = _concept(within, "indication", "indication", indication)
    genes = _targets(within, target) if target else None
    return Question(
        indication=disease.id if disease else None,
        indication_label=disease.label if disease else None,
        modality=id_of("modality", "--modality", modality),
        target=genes,
        jurisdiction=id_of("jurisdiction", "--in", jurisdiction),
        origin=id_of("jurisdiction", "--origin", origin),
        lane=vocab.load("lane").require("--lane", lane),
        on=day(on),
        clock=vocab.load("clock").require("--clock", clock),
    )


def _find(within: "Snapshot | None", vocabulary: str, option: str, text: str) -> Label | None:
    if within is not None:
        return within.find(vocabulary, option, text)
    listed = vocab.load(vocabulary)
    id = listed.find(text)
    return Label(id, listed.terms[id].label) if id is not None else None


def _concept(within: "Snapshot | None", vocabulary: str, option: str, text: str) -> Label:
    if within is not None:
        return within.concept(vocabulary, option, text)
    listed = vocab.load(vocabulary)
    id = listed.require(option, text)
    return Label(id, listed.terms[id].label)


def _in_phrase(text: str, given: dict[str, str | None]) -> dict[str, str | None] | None:
    """The parts that a phrase names beside the `given` ones; what no packaged name takes may be a disease."""
    said = phrase.read(text, [name for name, value in given.items() if value])
    if not said.parts or (said.left and "indication" in said.parts):
        return None
    return given | {"indication": said.left or None} | said.parts


def _targets(within: "Snapshot | None", text: str) -> str:
    """The id of a target; of several at once (`CD19/CD22`) the ids sorted and joined by `|`: products that hit all."""
    several = phrase.together(text)
    if len(several) < 2 or _find(within, "target", "--target", text):
        several = [text]
    return "|".join(sorted({_concept(within, "target", "--target", one).id for one in several}))


def day(on: str | int | date | None) -> date:
    """The day asked, today by default; a month or a year means its last day."""
    if isinstance(on, date):
        return on
    if on is None:
        return date.today()
    try:
        return PartialDate(str(on)).last
    except ValueError as error:
        raise UsageError(f"--on: {error}") from None


def day_before(since: str | int | date) -> date:
    """The day from which changes are sought: itself; of a month or a year the day before it began."""
    if isinstance(since, date):
        return since
    try:
        sought = PartialDate(str(since))
    except ValueError as error:
        raise UsageError(f"--from: {error}") from None
    return sought.first if sought.first == sought.last else sought.first - timedelta(1)


class Snapshot:
    """The snapshot in force when it was opened, with the queries of this package."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.alarm: Timer | None = None
        self.file = snapshot.identity(home)
        self.connection = snapshot.connect(home)
        row = self.connection.execute("select snapshot, built_at from published").fetchone()
        assert row is not None, "a published snapshot says when it was built"
        self.name, self.built_at = str(row[0]), str(row[1])

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """The rows of `<query>.sql`, a dict each; parameters that the query does not use are left out."""
        cursor = self._asked(query, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def structs(self, query: str, kind: type[_Kind], **parameters: Any) -> list[_Kind]:
        """The same, where a query may give thousands: each row as a struct whose fields are the columns in order."""
        batches = iter(partial(self._asked(query, parameters).fetchmany, _AT_ONCE), [])
        return list(starmap(kind, chain.from_iterable(batches)))

    def _asked(self, query: str, parameters: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        statement = parsed(query)
        used = {name: parameters[name] for name in statement.named_parameters}
        try:
            return self.connection.execute(statement, used)
        except duckdb.InterruptException:
            if self.alarm and self.alarm.finished.is_set():
                raise TookTooLong(f"the question took longer than {self.alarm.interval:g} s; ask for less") from None
            raise
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise HomeError(
                f"{self.home.path}: snapshot {self.name} is of another version of frontrunner; "
                "run 'frontrunner ingest' to build it anew"
            ) from error

    def find(self, vocabulary: str, option: str, text: str) -> Label | None:
        """The concept of its `indication` or `target` list that answers to a text.

        AmbiguousName where several claim it.
        """
        found = self.rows("term_named", vocabulary=vocabulary, text=text, folded=vocab.fold(text))
        if found and found[0]["contested"]:
            raise AmbiguousName(option, text, [f"{row['id']} {row['label']}" for row in found])
        return Label(found[0]["id"], found[0]["label"]) if found else None

    def concept(self, vocabulary: str, option: str, text: str) -> Label:
        """The same; UnknownName with the nearest where none does."""
        found = self.find(vocabulary, option, text)
        if found is None:
            near = self.rows("terms_near", vocabulary=vocabulary, folded=vocab.fold(text))
            raise UnknownName(option, text, [row["label"] for row in near])
        return found

    def again(self, seconds: float | None = None) -> "Snapshot":
        """The same snapshot for another question at the same time, ended after `seconds`; this one stays open."""
        other = copy(self)
        other.connection = self.connection.cursor()
        if seconds is not None:
            other.alarm = Timer(seconds, other.connection.interrupt)
            other.alarm.daemon = True
            other.alarm.start()
        return other

    def is_past(self) -> bool:
        """Whether another snapshot is in force by now."""
        return snapshot.identity(self.home) != self.file

    def close(self) -> None:
        """Close the file."""
        if self.alarm:
            self.alarm.cancel()
        self.connection.close()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Held:
    """The snapshot in force of a home, held open between questions: to open it costs more than a small race."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.opened: Snapshot | None = None

    def again(self) -> Snapshot:
        """The snapshot in force now, for one question."""
        held = self.opened
        if held is None or held.is_past():
            held = self.opened = None  # or the database would answer from what it has open
            held = self.opened = Snapshot(self.home)
        return held.again()


@cache
def parsed(name: str) -> duckdb.Statement:
    """One query of this package; it is planned anew whenever it is asked, but parsed once."""
    (statement,) = duckdb.extract_statements(resources.files(__package__).joinpath(f"{name}.sql").read_text("utf-8"))
    return statement


def evidence_id(doc: int, place: str) -> str:
    """The id of a piece of evidence: the document's 16 hex digits and the place."""
    return f"ev:{doc:016x}@{place}"
