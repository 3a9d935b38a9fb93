"""What moved the races last: what has a day of its own, and no status that was only read on one."""

from pathlib import Path

import frontrunner
from tests.studies import lines, study


def test_a_stop_without_a_day_is_no_news_of_the_day_on_which_it_was_read(tmp_path: Path) -> None:
    home = frontrunner.open(tmp_path / "home")
    dated = study(status="TERMINATED", posted="2021-03-04")
    undated = study(nct="NCT90000002", status="TERMINATED", conditions=["Hemophilia A"])
    for name in ("lastUpdatePostDateStruct", "statusVerifiedDate", "completionDateStruct"):
        undated["protocolSection"]["statusModule"].pop(name)
    home.ingest(lines(tmp_path / "two.jsonl", dated, undated))
    stops = [one for one in home.newest(limit=50).moved if one.event == "terminated"]
    assert [one.indication.label for one in stops if one.indication] == ["hemophilia B"]
    race = home.race("hemophilia A", lane="all")
    assert [row.activity for row in race.standings] == ["stopped"], "it counts in its race all the same"
