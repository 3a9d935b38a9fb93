"""The Python door: a home, and every question that can be asked of it. Answers are the structs of `race.results`.

`QUESTIONS` names the methods that ask: the REST API, the tools for assistants and a remote home offer exactly these.

Each method imports what it needs: whatever reads documents costs more to import than a race costs to answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from frontrunner import forecasting, remote, vocab
from frontrunner.errors import UsageError
from frontrunner.forecast.answers import Backtest, Forecast
from frontrunner.race import parts, standings
from frontrunner.race.answers import (
    Changes,
    Checked,
    ConceptDossier,
    Dated,
    Firsts,
    Jurisdictions,
    Newest,
    Readouts,
    Recruiting,
)
from frontrunner.race.question import Asking, Held, Question, Snapshot, asked, day, day_before, need_a_part
from frontrunner.race.results import ProgrammeDossier, Quote, Race, Status, TrialDossier, Why
from frontrunner.search.results import Found
from frontrunner.store.home import Home
from frontrunner.store.snapshot import in_force

if TYPE_CHECKING:
    from frontrunner.forecast.asking import MarketAsking
    from frontrunner.forecast.market import MarketResult
    from frontrunner.pipeline import Report
    from frontrunner.race.proof import Proof
    from frontrunner.race.review import Decision, Review
    from frontrunner.resolve.column import Answer
    from frontrunner.syncing import SyncReport

#: where a home lies when neither the caller nor FRONTRUNNER_HOME says so
DEFAULT_HOME = Path("~/.frontrunner")
#: the methods that ask
QUESTIONS = (
    *("race", "firsts", "changes", "jurisdictions", "readouts", "recruiting", "check", "forecast"),  # of an arena
    *("search", "trial", "programme", "programmes", "milestones", "company", "concept", "newest"),  # of what is in it
    *("why", "quotes", "status"),  # of what stands behind
)


def open(home: str | PathLike[str] | None = None) -> HomeHandle:
    """The home in `home`, else in FRONTRUNNER_HOME, else in ~/.frontrunner. Nothing is created until you ingest.

    An address (`http://127.0.0.1:8000`) is a home that `frontrunner serve` offers there: the same questions, read-only.
    """
    chosen = home or os.environ.get("FRONTRUNNER_HOME") or DEFAULT_HOME
    if str(chosen).startswith(("http://", "https://")):
        return RemoteHome(str(chosen))
    return HomeHandle(Path(chosen).expanduser())


class HomeHandle:
    """A home and its questions. Each answer comes from the snapshot in force when it is asked.

    Dates are `datetime.date` or ISO text, today where none is given; a month or a year means its last day. `clock` is
    `now` (by everything known today) or `then` (only what was known on that day). Raises FrontrunnerError: UsageError
    for what cannot be asked so, NoSnapshot for an empty home.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open = Held(Home(path))

    def __repr__(self) -> str:
        return f"frontrunner.open({str(self.path)!r})"

    def race(
        self,
        indication: str | None = None,
        *,
        modality: str | None = None,
        target: str | None = None,
        jurisdiction: str | None = None,
        origin: str | None = None,
        lane: str = "registrational",
        on: str | date | None = None,
        clock: str = "now",
    ) -> Race:
        """The standings of an arena: at least one of indication, modality and target, by any name they answer to."""
        asking = Asking(
            modality=modality, target=target, jurisdiction=jurisdiction, origin=origin, lane=lane, on=on, clock=clock
        )
        with self._asking(indication, asking) as (snapshot, question):
            return standings.race(snapshot, question)

    def firsts(self, indication: str | None = None, **asking: Unpack[Asking]) -> Firsts:
        """Who was first at each rung and milestone, and what the answer was before; the options are those of `race`."""
        from frontrunner.race import ledger

        with self._asking(indication, asking) as (snapshot, question):
            return ledger.ledger(snapshot, question)

    def changes(
        self,
        indication: str | None = None,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        progress: Callable[[int], None] = lambda days: None,
        **asking: Unpack[Asking],
    ) -> Changes:
        """Every change of order after `since` (default: from the beginning) until `until` (default: today).

        A month or a year as `since` means the day before it began. `progress` is told when a day was compared.
        """
        from frontrunner.race import changes

        if until is not None:
            asking["on"] = until
        with self._asking(indication, asking) as (snapshot, question):
            return changes.changes(snapshot, question, None if since is None else day_before(since), progress)

    def jurisdictions(self, indication: str | None = None, **asking: Unpack[Asking]) -> Jurisdictions:
        """The same product in CN, US, EU, UK and JP side by side; the options are those of `race` but for the place."""
        from frontrunner.race import jurisdictions

        with self._asking(indication, asking) as (snapshot, question):
            return jurisdictions.jurisdictions(snapshot, question)

    def readouts(self, indication: str | None = None, **asking: Unpack[Asking]) -> Readouts:
        """Primary outcomes and serious adverse events as posted in registries; the options are those of `race`."""
        from frontrunner.race import readouts

        with self._asking(indication, asking) as (snapshot, question):
            return readouts.readouts(snapshot, question)

    def check(self, claim: str, *, on: str | date | None = None, clock: str = "now") -> Checked:
        """A press claim such as `first gene therapy for hemophilia B approved in the US`, in English or Chinese."""
        from frontrunner.race import claims

        with self._snapshot() as snapshot:
            return claims.check(snapshot, claim, day(on), _clock(clock))

    def forecast(self, indication: str | None = None, **asking: Unpack[forecasting.ForecastAsking]) -> Forecast:
        """Who is approved, who first, and when, by published rates: options of `race` (clock `then`) and of its own."""
        with self._snapshot() as snapshot:
            return forecasting.forecast(snapshot, indication, asking)

    def backtest(self, indication: str | None = None, **asking: Unpack[forecasting.ForecastAsking]) -> Backtest:
        """Forecasts of an arena as of every past quarter, over `years`, scored by what is known today (or `on`)."""
        from frontrunner import backtesting

        with self._snapshot() as snapshot:
            return backtesting.backtest(snapshot, indication, asking)

    def market(self, **assumed: Unpack[MarketAsking]) -> MarketResult:
        """The market of a one-time therapy by the assumptions given, named as on the command line.

        No home is read but for the prevalence of a `disease`.
        """
        from frontrunner.forecast import asking

        disease = assumed.get("disease")
        if disease is None:
            return asking.market(assumed)
        with self._snapshot() as snapshot:
            concept = snapshot.concept("indication", "disease", disease)
            return asking.market(assumed, forecasting.how_common(snapshot, concept.id, assumed.get("area")))

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> Found:
        """Whatever answers to a text, in either language and with slips of typing, best first; of one kind or of all.

        `kind` is indication, modality, target, company, product, programme or trial. `Found.race` is the arena where
        the text names one by itself. Needs tantivy (the extra `web`).
        """
        from frontrunner.search import index, query

        with self._snapshot() as snapshot:
            folder = snapshot.home.index_of(snapshot.name)
            names = index.opened(snapshot.connection, folder, snapshot.built_at)
            return query.search(names, text, kind, limit, snapshot.name)

    def trial(
        self, id: str, *, on: str | date | None = None, clock: str = "now", history: bool = False
    ) -> TrialDossier:
        """One registered study as of a day, by a registry id; with `history`, every version and its changes."""
        from frontrunner.race import trials

        with self._snapshot() as snapshot:
            return trials.trial(snapshot, id, day(on), _clock(clock), history)

    def programme(self, name: str, *, on: str | date | None = None, clock: str = "now") -> ProgrammeDossier:
        """Everything held on one programme, by id or by a name of its product."""
        from frontrunner.race import dossiers

        with self._snapshot() as snapshot:
            return dossiers.programme(snapshot, name, day(on), _clock(clock))

    def programmes(
        self, ids: Iterable[str], *, on: str | date | None = None, clock: str = "now"
    ) -> list[ProgrammeDossier]:
        """The dossiers of several programmes by id, in that order, all from one snapshot."""
        from frontrunner.race import dossiers

        with self._snapshot() as snapshot:
            return [dossiers.programme(snapshot, id, day(on), _clock(clock)) for id in ids]

    def milestones(self, ids: Iterable[str], *, on: str | date | None = None, clock: str = "now") -> list[Dated]:
        """What is dated of several programmes by id, in that order: what a timeline draws."""
        from frontrunner.race import why

        with self._snapshot() as snapshot:
            return why.dated(snapshot, list(ids), day(on), _clock(clock))

    def company(self, name: str, *, on: str | date | None = None, clock: str = "now") -> parts.CompanyDossier:
        """A company, its names, and its part in programmes, by id or by any of its names."""
        from frontrunner.race import dossiers

        with self._snapshot() as snapshot:
            return dossiers.company(snapshot, name, day(on), _clock(clock))

    def concept(self, vocabulary: str, name: str) -> ConceptDossier:
        """A disease (`indication`), `target` or `modality` by any of its names, with what is above and below it."""
        from frontrunner.race import terms

        with self._snapshot() as snapshot:
            return terms.concept(snapshot, vocabulary, name)

    def resolve(self, kind: str, texts: Iterable[str]) -> Iterator[Answer]:
        """What each text names, in their order: `kind` is company, product, indication, modality or target.

        By the names of the home, where there is one, and the packaged ones. Raises UnknownOption for another kind.
        """
        from frontrunner.race.known import diseases, layers
        from frontrunner.resolve.column import resolver

        home = Home(self.path)
        return map(resolver(kind, *layers(home, kind), diseases=diseases(home, kind)), texts)

    def newest(self, *, limit: int = 20, on: str | date | None = None, clock: str = "now") -> Newest:
        """What moved the races last, newest first: approvals, filings, first patients, holds, deals, designations."""
        from frontrunner.race import newest

        with self._snapshot() as snapshot:
            return newest.newest(snapshot, limit, day(on), _clock(clock))

    def review(self, most: int = 50) -> Review:
        """The pairs of companies or products that may be one, the most valuable first, and every judgement made."""
        from frontrunner.race import review

        with self._snapshot() as snapshot:
            return review.review(snapshot, most)

    def judge(self, decided: Iterable[Decision | tuple[str, str, str, str]], *, by: str = "reviewer") -> Report:
        """Keep judgements (left, right, verdict, because), or whole ones, as evidence; identities follow them.

        A side is an id or a name of a company; `same`, `different` or `unsure` is the verdict, and the last one on a
        pair counts. Raises UnknownName for what nothing in the home is called.
        """
        from frontrunner.pipeline import ingest_bytes
        from frontrunner.race import review

        with self._snapshot() as snapshot:
            made = review.decisions(snapshot, decided, by)
        return ingest_bytes(Home(self.path), "judgements.jsonl", review.as_file(made), source="judgements")

    def recruiting(self, indication: str, *, country: str | None = None, limit: int = 100) -> Recruiting:
        """The studies of a disease that are open to patients, in a country or anywhere; follow-up after withdrawals."""
        from frontrunner.race import recruiting

        with self._snapshot() as snapshot:
            return recruiting.recruiting(snapshot, indication, country, limit)

    def why(self, id: str, *, whole: bool = False) -> Why:
        """From any id of an answer (programme, evidence, ...) back to the quoted words; `whole`: all of a long one."""
        from frontrunner.race import why

        with self._snapshot() as snapshot:
            return why.why(snapshot, id, whole=whole)

    def quotes(self, ids: Iterable[str]) -> list[Quote]:
        """The words behind evidence ids (`ev:...`), in that order, each once."""
        from frontrunner.race.why import quotes

        with self._snapshot() as snapshot:
            return quotes(snapshot, ids)

    def proof(self, ids: Iterable[str]) -> Proof:
        """The quotes behind evidence ids with the documents they stand in: what a proof pack is made of."""
        from frontrunner.race.proof import proof

        with self._snapshot() as snapshot:
            return proof(snapshot, ids)

    def status(self) -> Status:
        """What the home holds, source by source."""
        from frontrunner.race import status

        with self._snapshot() as snapshot:
            return status.status(snapshot)

    def vocab(self, name: str) -> vocab.Vocabulary:
        """One controlled list; `frontrunner.vocab.names()` lists them."""
        return vocab.load(name)

    def ingest(
        self,
        paths: str | PathLike[str] | Iterable[str | PathLike[str]],
        *,
        source: str | None = None,
        known_on: date | None = None,
        progress: Callable[[int], None] = lambda seen: None,
    ) -> Report:
        """Read files and folders into the home; `progress` is told the number of records of each batch."""
        from frontrunner.pipeline import ingest
        from frontrunner.syncing import unpacked

        given = [paths] if isinstance(paths, str | PathLike) else paths
        with unpacked(map(Path, given)) as (found, day):
            return ingest(Home(self.path), found, source=source, known_on=known_on, today=day, progress=progress)

    def sync(
        self,
        sources: Iterable[str] = (),
        *,
        since: date | None = None,
        replay: str | PathLike[str] | None = None,
        progress: Callable[[int], None] = lambda seen: None,
    ) -> SyncReport:
        """Fetch what changed from the named publishers, else all, and read it; `replay` is a folder of recordings."""
        from frontrunner import syncing

        if replay is not None:
            return syncing.replay(Home(self.path), sources, Path(replay), progress=progress)
        return syncing.sync(Home(self.path), sources, since=since, progress=progress)

    def add_starter(self) -> Report:
        """Add the built-in starter ledger; a second time changes nothing."""
        from contextlib import ExitStack
        from importlib.resources import as_file

        from frontrunner.pipeline import ingest
        from frontrunner.sources import starter

        with ExitStack() as unpacked:
            tables = [unpacked.enter_context(as_file(table)) for table in starter.bundled()]
            return ingest(Home(self.path), tables, source=starter.SOURCE.id)

    @contextmanager
    def mart(self, name: str) -> Iterator[Any]:
        """A pyarrow.RecordBatchReader over one mart of the snapshot in force, for as long as the block runs."""
        from frontrunner import marts

        with self._snapshot() as snapshot:
            yield marts.read(snapshot.connection, name)

    def in_force(self) -> str | None:
        """The name of the snapshot in force; None where nothing was published."""
        return in_force(Home(self.path))

    def _snapshot(self) -> Snapshot:
        return self._open.again()

    @contextmanager
    def _asking(self, indication: str | None, asking: Asking) -> Iterator[tuple[Snapshot, Question]]:
        """The snapshot in force, and the question in its ids."""
        need_a_part(indication, asking.get("modality"), asking.get("target"))
        with self._snapshot() as snapshot:
            yield snapshot, asked(indication, **asking, within=snapshot)


class RemoteHome(HomeHandle):
    """A home that another process serves over HTTP: every question is asked there, nothing can be read into it."""

    def __init__(self, url: str) -> None:
        super().__init__(Path())
        self.url = url.rstrip("/")

    def __repr__(self) -> str:
        return f"frontrunner.open({self.url!r})"

    def _snapshot(self) -> Snapshot:
        raise UsageError(f"the prevalence of a disease is looked up in a home here, and {self.url} is served elsewhere")


# `market` reads no home, so it is answered here whatever the home is.
for _name in [name for name in vars(HomeHandle) if not name.startswith("_") and name != "market"]:
    _method = getattr(HomeHandle, _name)
    setattr(RemoteHome, _name, (remote.question if _name in QUESTIONS else remote.refused)(_method))


def _clock(text: str) -> str:
    return vocab.load("clock").require("--clock", text)
