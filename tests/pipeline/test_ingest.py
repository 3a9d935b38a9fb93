"""What an ingest promises: nothing twice, nothing lost, the same ledger in whatever order the files came."""

import gzip
import itertools
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zstandard

from frontrunner import pipeline
from frontrunner.errors import HomeLocked, NoSnapshot, UnreadableInput
from frontrunner.pipeline import Report, ingest
from frontrunner.race.question import Snapshot, asked
from frontrunner.race.standings import race
from frontrunner.race.status import status
from frontrunner.race.why import quotes
from frontrunner.sources import starter
from frontrunner.store.home import Home
from tests.studies import lines, study

TODAY = date(2026, 1, 1)
VERSIONS = (
    "select version.key, known_from, known_to, known_basis, hash from version join document using (doc) order by all"
)
MILESTONES = "select * from milestone order by all"


def take(home: Home, *paths: Path) -> Report:
    """Ingest on a fixed day."""
    return ingest(home, paths, today=TODAY)


def rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    """Rows of the published snapshot."""
    with Snapshot(home) as snapshot:
        return snapshot.connection.execute(query).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return Home(tmp_path / "home")


def test_a_record_becomes_a_race(home: Home, tmp_path: Path) -> None:
    report = take(home, lines(tmp_path / "a.jsonl", study()))
    assert (report.seen, report.read, report.new, report.quarantined, report.skipped) == (1, 1, 1, 0, 0)
    with Snapshot(home) as snapshot:
        answer = race(snapshot, asked("haemophilia B", modality="gene_therapy", jurisdiction="US", on="2021-01-01"))
        (row,) = answer.standings
        assert (row.product.name, row.rung, row.reached.date, row.status) == (
            "XYZ-101",
            "phase_1_2",
            "2019-05-20",
            "proven",
        )
        (quote,) = quotes(snapshot, row.evidence)
        assert (quote.words, quote.known_on, quote.known_basis) == ("2019-05-20", "2020-02-03", "posted")
        assert quote.place == "protocolSection.statusModule.startDateStruct.date"


def test_the_same_files_again_change_nothing(home: Home, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", study(), study(nct="NCT90000002"))
    first = take(home, path)
    files = sorted(file for file in home.evidence.rglob("*"))
    again = take(home, path)
    assert (first.new, again.new, again.read, again.snapshot) == (2, 0, 2, None)
    assert sorted(file for file in home.evidence.rglob("*")) == files


def test_a_new_data_release_is_no_new_version(home: Home, tmp_path: Path) -> None:
    take(home, lines(tmp_path / "a.jsonl", study()))
    report = take(home, lines(tmp_path / "b.jsonl", study(holder="2025-01-01")))
    assert (report.new, report.snapshot) == (0, None)


def test_a_changed_record_adds_a_version(home: Home, tmp_path: Path) -> None:
    take(home, lines(tmp_path / "a.jsonl", study()))
    take(home, lines(tmp_path / "b.jsonl", study(posted="2021-06-07", start={"date": "2019-06", "type": "ACTUAL"})))
    first, second = rows(home, VERSIONS)
    assert first[1:4] == (date(2020, 2, 3), date(2021, 6, 7), "posted")
    assert second[1:4] == (date(2021, 6, 7), None, "posted")
    with Snapshot(home) as snapshot:
        for on, clock, reached in (("2021-01-01", "then", "2019-05-20"), ("2021-01-01", "now", "2019-06")):
            (row,) = race(snapshot, asked("hemophilia B", on=on, clock=clock)).standings
            assert row.reached.date == reached


def test_the_order_of_ingest_does_not_matter(tmp_path: Path) -> None:
    files = [
        lines(tmp_path / "1.jsonl", study(), study(nct="NCT90000002", posted="2020-03-01")),
        lines(tmp_path / "2.jsonl", study(posted="2021-06-07", status="COMPLETED")),
        lines(tmp_path / "3.jsonl", study(posted="2020-09-09", start={"date": "2019-07", "type": "ACTUAL"})),
    ]
    seen = []
    for number, order in enumerate(itertools.permutations(files)):
        home = Home(tmp_path / f"home-{number}")
        for path in order:
            take(home, path)
        seen.append((rows(home, VERSIONS), rows(home, MILESTONES)))
    assert all(one == seen[0] for one in seen)


def test_every_container_gives_the_same_rows(tmp_path: Path) -> None:
    records = [study(), study(nct="NCT90000002", posted="2021-01-01")]
    text = "".join(json.dumps(record) + "\n" for record in records).encode()
    (tmp_path / "a.jsonl").write_bytes(text)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(text))
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(text))
    (tmp_path / "page.json").write_text(json.dumps({"studies": records, "nextPageToken": "x"}, indent=1))
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records:
            archive.writestr(record["protocolSection"]["identificationModule"]["nctId"] + ".json", json.dumps(record))
    seen = []
    for name in ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "page.json", "all.zip"):
        home = Home(tmp_path / ("home-" + name))
        assert take(home, tmp_path / name).read == 2
        seen.append(rows(home, VERSIONS))
    assert all(one == seen[0] for one in seen)


def test_one_bad_record_never_loses_its_neighbours(home: Home, tmp_path: Path) -> None:
    bad = study(nct="NCT90000002", start={"date": "2023-02-31", "type": "ACTUAL"})
    report = take(home, lines(tmp_path / "a.jsonl", study(), bad, study(nct="NCT90000003")))
    assert (report.seen, report.read, report.quarantined) == (3, 2, 1)
    with Snapshot(home) as snapshot:
        (source,) = status(snapshot).sources
    assert source.records_seen == source.read + source.quarantined + source.skipped == 3
    (issue,) = source.issues
    assert "a.jsonl, line 2" in issue and "startDateStruct.date" in issue and "2023-02-31" in issue


def test_a_bad_record_is_kept_once_and_not_counted_again(home: Home, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", study(), study(nct="nonsense"))
    take(home, path)
    assert take(home, path).snapshot is None
    with Snapshot(home) as snapshot:
        assert status(snapshot).sources[0].quarantined == 1


def test_a_file_of_no_source_is_skipped_with_a_reason(home: Home, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    report = take(home, lines(tmp_path / "a.jsonl", study()), tmp_path / "notes.txt")
    assert (report.read, report.skipped) == (1, 1)
    assert "notes.txt" in report.problems[0]


def test_a_missing_path_is_said_and_the_home_stays(home: Home, tmp_path: Path) -> None:
    take(home, lines(tmp_path / "a.jsonl", study()))
    before = rows(home, VERSIONS)
    with pytest.raises(UnreadableInput, match=r"missing\.json"):
        take(home, tmp_path / "missing.json")
    assert rows(home, VERSIONS) == before


def test_the_ledger_is_derived(home: Home, tmp_path: Path) -> None:
    take(home, lines(tmp_path / "a.jsonl", study(), study(nct="nonsense")))
    take(home, lines(tmp_path / "b.jsonl", study(posted="2021-06-07", status="COMPLETED")))
    before = rows(home, VERSIONS), rows(home, MILESTONES), rows(home, "select * from quarantine")
    home.ledger.unlink()
    home.current.unlink()
    shutil.rmtree(home.snapshots)
    report = ingest(home, [], today=TODAY)
    assert report.snapshot is not None
    assert (rows(home, VERSIONS), rows(home, MILESTONES), rows(home, "select * from quarantine")) == before


def test_a_reader_keeps_its_snapshot_while_another_is_published(home: Home, tmp_path: Path) -> None:
    take(home, lines(tmp_path / "a.jsonl", study()))
    with Snapshot(home) as old:
        for month in range(1, 5):
            take(home, lines(tmp_path / "b.jsonl", study(posted=f"2021-{month:02d}-01")))
        assert old.connection.execute("select count(*) from version").fetchone() == (1,)
    assert len(rows(home, VERSIONS)) == 5


def test_a_second_writer_is_told_who_writes(home: Home, tmp_path: Path) -> None:
    import os

    with home.writing(), pytest.raises(HomeLocked, match=str(os.getpid())):
        take(Home(home.path), lines(tmp_path / "a.jsonl", study()))


def test_an_empty_home_says_what_to_do(home: Home) -> None:
    with pytest.raises(NoSnapshot, match="frontrunner demo"):
        Snapshot(home)


def test_fetched_facts_are_left_out_of_an_earlier_day(home: Home, tmp_path: Path) -> None:
    record = study()
    del record["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]
    pipeline.ingest(home, [lines(tmp_path / "a.jsonl", record)], today=TODAY, known_on=date(2022, 5, 1))
    with Snapshot(home) as snapshot:
        before = race(snapshot, asked("hemophilia B", on="2021-01-01", clock="then"))
        after = race(snapshot, asked("hemophilia B", on="2022-06-01", clock="then"))
    assert [row.rung for row in before.standings] in ([], [None])
    assert before.coverage.left_out >= 1
    assert (after.standings[0].rung, after.coverage.left_out) == ("phase_1_2", 0)


def test_the_last_edition_of_a_curated_table_is_the_only_one(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = [Path(str(table)) for table in starter.bundled()]
    pipeline.ingest(home, tables, source="starter", today=TODAY)
    before = rows(home, "select count(*) from version where source = 'starter'")
    monkeypatch.setattr(starter, "EDITION", "2999-01-01")
    pipeline.ingest(home, tables[:2], source="starter", today=TODAY)
    after = rows(home, "select count(*), min(as_of) from version where source = 'starter'")
    assert 0 < after[0][0] < before[0][0] and after[0][1] == "2999-01-01"


def test_a_snapshot_that_is_gone_or_broken_is_built_anew(home: Home, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", study())
    take(home, path)
    before = rows(home, VERSIONS)
    for harm in (Path.unlink, lambda file: file.write_bytes(b"nonsense")):
        for file in home.snapshots.glob("*.duckdb"):
            harm(file)
        assert take(home, path).snapshot is not None
        assert rows(home, VERSIONS) == before


def test_a_number_too_large_for_a_column_is_one_bad_record(home: Home, tmp_path: Path) -> None:
    bad = study(nct="NCT90000002")
    bad["protocolSection"]["designModule"]["enrollmentInfo"] = {"count": 10**30}
    report = take(home, lines(tmp_path / "a.jsonl", study(), bad))
    assert (report.read, report.quarantined) == (1, 1)


def test_the_page_after_the_last_one_holds_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "last.json").write_text('{"studies": []}')
    report = take(home, lines(tmp_path / "a.jsonl", study()), tmp_path / "last.json")
    assert (report.seen, report.read, report.skipped, report.problems) == (1, 1, 0, [])
