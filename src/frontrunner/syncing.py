"""Fetch from the publishers and read what came: a visit a source, each recorded, resumed where it was cut off.

feed -> tape (recorded exchanges) -> documents -> ingest -> state
"""

import fcntl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import msgspec

from frontrunner import pipeline, sources
from frontrunner.errors import BadAnswer, FetchFailed, HomeLocked, UnreadableInput, UsageError
from frontrunner.fetching import state, tape
from frontrunner.fetching.live import Clock, Live
from frontrunner.fetching.visit import Visit, Visited
from frontrunner.model import Feed
from frontrunner.store.home import Home

#: days before the last visit from which changes are asked for again: publishers post late, and in other time zones
OVERLAP = timedelta(days=2)
#: how a file of recorded answers is called, and how many bytes one of them may have
WARC = (".warc", ".warc.gz")
BODY = 1 << 30
#: after this long a visit that was cut off is begun anew: what it was told has changed
STALE = timedelta(hours=24)


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """One visit to one source and what was read of it.

    `since` is the day from which changes were asked for, null for everything. `asked` requests were made, `resumed` of
    them answered by the recording of a visit that was cut off; `documents` files of `bytes` came, `unchanged` were not
    sent again. `said` is the publisher's number of records, `met` ours. `problem` says why the visit is not `complete`;
    what came before it was read all the same. `recording` is the WARC file.
    """

    source: str
    since: date | None
    begun: datetime
    asked: int
    resumed: int
    documents: int
    unchanged: int
    bytes: int
    said: int | None
    met: int | None
    complete: bool
    problem: str | None
    recording: str
    ingested: pipeline.Report | None


class SyncReport(msgspec.Struct, frozen=True, kw_only=True):
    """The visits of one sync, in their order."""

    visits: list[Fetched]


def sync(
    home: Home,
    names: Iterable[str] = (),
    *,
    since: date | None = None,
    through: str | None = None,
    clock: Clock | None = None,
    progress: Callable[[int], None] = lambda seen: None,
) -> SyncReport:
    """Visit the named sources, or all that can be fetched. `through` is for rehearsals: a loopback origin."""
    clock = clock or Clock()
    with _alone(home):
        return SyncReport(
            visits=[_synced(home, name, feed, since, through, clock, progress) for name, feed in _feeds(names).items()]
        )


def replay(
    home: Home, names: Iterable[str], folder: Path, *, progress: Callable[[int], None] = lambda seen: None
) -> SyncReport:
    """Read the recorded visits in a folder as if they were made now, in the order in which they were; no network."""
    feeds, found = _feeds(names), []
    for path in sorted(folder.rglob("*.warc.gz")):
        with tape.Tape(path, None) as one:
            if one.label.source in feeds:
                visit, problem, read = _made(home, one, feeds[one.label.source], progress)
                found.append(_told(one, visit.got, problem, read))
    if not found:
        raise UnreadableInput(str(folder), "holds no recording of a visit (*.warc.gz) to these sources")
    return SyncReport(visits=sorted(found, key=lambda visit: visit.begun))


@contextmanager
def unpacked(paths: Iterable[Path]) -> Iterator[tuple[list[Path], date | None]]:
    """The paths with WARC files as folders of what was answered in them, and the day on which that was, if it was one.

    Where plain files stand beside them, or they are of several days, what does not date itself is known from today.
    Raises UnreadableInput for a WARC file without an answer.
    """
    with TemporaryDirectory(prefix="frontrunner-") as folder:
        found, days = list[Path](), set[date | None]()
        for number, path in enumerate(paths):
            if not path.is_file() or not path.name.lower().endswith(WARC):
                found.append(path)
                days.add(None)
                continue
            below = Path(folder) / str(number) / path.name
            days |= _answers(path, below)
            found.append(below)
        yield found, days.pop() if len(days) == 1 else None


def _answers(path: Path, folder: Path) -> set[date]:
    """Write the bodies of a WARC file's good answers to a folder, in their order; returns their days."""
    folder.mkdir(parents=True)
    days = set()
    for number, exchange in enumerate(tape.answers(path), 1):
        if exchange.status == 200:
            name = urlsplit(exchange.url).path.rpartition("/")[2] or "index"
            (folder / f"{number:06d}-{name[-80:]}").write_bytes(exchange.body(BODY))
            days.add(exchange.at.date())
    if not days:
        raise UnreadableInput(path.name, "holds no answer of a publisher")
    return days


def _feeds(names: Iterable[str]) -> dict[str, Feed]:
    feeds = sources.feeds()
    for name in names:
        if name not in feeds:
            sources.named(name)
            raise UsageError(
                f"{name} has no fetcher: save its files by hand and read them with 'frontrunner ingest'; "
                f"fetched are {', '.join(feeds)}"
            )
    return {name: feeds[name] for name in names} or feeds


def _synced(
    home: Home,
    name: str,
    feed: Feed,
    since: date | None,
    through: str | None,
    clock: Clock,
    progress: Callable[[int], None],
) -> Fetched:
    """One visit, live. One whose recording does not fit the questions of today any more is begun anew."""
    live, since = Live(feed, through=through, clock=clock), None if feed.whole else since
    try:
        with _opened(home, name, since, live, clock.now()) as one:
            try:
                return _finished(home, one, feed, progress)
            except tape.OffTape:
                pass
        state.save(home.path, name, msgspec.structs.replace(state.load(home.path, name), open=None))
        with _opened(home, name, since, live, clock.now()) as one:
            return _finished(home, one, feed, progress)
    finally:
        live.close()


def _opened(home: Home, name: str, since: date | None, live: Live, now: datetime) -> tape.Tape:
    """The tape of the visit that was cut off, if it can be taken up again, else a new one."""
    before = state.load(home.path, name)
    folder = home.path / state.FOLDER / name
    if before.open:
        old = _resumable(folder / before.open, since, now)
        if old:
            return tape.Tape(folder / before.open, live)
    if since is None and before.last and not live.feed.whole:
        since = before.last.begun.date() - OVERLAP
    path = folder / f"{name}-{now:%Y%m%dT%H%M%S%f}.warc.gz"
    state.save(home.path, name, msgspec.structs.replace(before, open=path.name))
    tape.begin(path, tape.Label(source=name, since=since, begun=now, validators=before.validators))
    return tape.Tape(path, live)


def _resumable(path: Path, since: date | None, now: datetime) -> bool:
    try:
        label = tape.label(path)
    except (OSError, UnreadableInput):
        return False
    return now - label.begun < STALE and since in (None, label.since)


def _finished(home: Home, one: tape.Tape, feed: Feed, progress: Callable[[int], None]) -> Fetched:
    """Make the visit and write down how it ended; one that the network cut off stays open."""
    visit, problem, read = _made(home, one, feed, progress)
    if isinstance(problem, tape.OffTape):
        raise problem
    name, before = one.label.source, state.load(home.path, one.label.source)
    told = _told(one, visit.got, problem, read)
    if told.complete:
        done = state.Complete(since=told.since, begun=told.begun, records=told.met, tape=one.path.name)
        whole = done if told.since is None else before.whole
        state.save(home.path, name, state.State(last=done, whole=whole, validators=visit.got.validators))
    elif isinstance(problem, BadAnswer):
        state.save(home.path, name, msgspec.structs.replace(before, open=None))
    return told


def _made(
    home: Home, one: tape.Tape, feed: Feed, progress: Callable[[int], None]
) -> tuple[Visit, FetchFailed | None, pipeline.Report | None]:
    """The visit, what cut it off, and what was read of the documents that it brought."""
    problem: FetchFailed | None = None
    with TemporaryDirectory(prefix="frontrunner-") as folder:
        visit = Visit(feed, one, Path(folder))
        try:
            visit.run()
        except FetchFailed as error:
            problem = error
        read = None
        if visit.got.documents:
            day = one.label.begun.date()
            read = pipeline.ingest(home, [Path(folder)], source=one.label.source, today=day, progress=progress)
    return visit, problem or _miscounted(one, visit.got, read), read


def _miscounted(one: tape.Tape, got: Visited, read: pipeline.Report | None) -> BadAnswer | None:
    """Whether another number of records came than the publisher says, or than a whole visit has to find."""
    if got.tally is None or got.unchanged:
        return None
    said, met = got.tally.said, _met(got, read)
    if said is not None and said != met:
        return BadAnswer(one.label.source, f"the publisher says that there are {said} records, {met} came")
    low, high = sources.named(one.label.source).SOURCE.records or (0, met)
    if one.label.since is None and not low <= met <= high:
        return BadAnswer(one.label.source, f"{met} records came where {low} to {high} were expected")
    return None


def _met(got: Visited, read: pipeline.Report | None) -> int:
    """The records that the steps counted, else those that were read."""
    if got.tally and got.tally.met is not None:
        return got.tally.met
    return read.seen if read else 0


def _told(one: tape.Tape, got: Visited, problem: FetchFailed | None, read: pipeline.Report | None) -> Fetched:
    return Fetched(
        source=one.label.source,
        since=one.label.since,
        begun=one.label.begun,
        asked=got.asked,
        resumed=one.replayed,
        documents=got.documents,
        unchanged=got.unchanged,
        bytes=got.bytes,
        said=got.tally.said if got.tally else None,
        met=_met(got, read) if got.tally else None,
        complete=problem is None,
        problem=str(problem) if problem else None,
        recording=str(one.path),
        ingested=read,
    )


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One sync of a home at a time; others may read, and ingest, meanwhile."""
    folder = home.path / state.FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "LOCK", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise HomeLocked(f"{home.path}: another sync is under way; try again when it is done") from error
        yield
