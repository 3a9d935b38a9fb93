"""What the synthetic records are: the same for a seed, of the sizes stated, of the shape of the registry's."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from math import gcd, sqrt
from typing import Any

import pytest

from bench import progress, synthetic
from bench.study import Studies
from frontrunner import vocab
from frontrunner.sources import ctgov

from ..conftest import REPO

pytestmark = pytest.mark.slow

SAMPLE = range(0, 400, 8)


def digest(bodies: list[bytes]) -> str:
    return hashlib.sha256(b"\n".join(bodies)).hexdigest()


def test_another_process_with_another_hash_seed_makes_the_same_records(bodies: list[bytes]) -> None:
    program = (
        "import hashlib; from bench.study import Studies; made = Studies(1).record; "
        f"print(hashlib.sha256(b'\\n'.join(made(i) for i in reversed({SAMPLE!r}))).hexdigest())"
    )
    settings = {"PYTHONPATH": f"{REPO}/src:{REPO}", "PYTHONHASHSEED": "4711"}
    done = subprocess.run([sys.executable, "-c", program], env=settings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest([bodies[index] for index in reversed(SAMPLE)])


def test_another_seed_makes_other_records(bodies: list[bytes]) -> None:
    others = Studies(2)
    assert not {others.record(index) for index in SAMPLE} & set(bodies)


def test_sizes_are_those_stated(bodies: list[bytes]) -> None:
    found = synthetic.quantiles([len(body) for body in bodies])
    for name, stated in synthetic.SIZES.items():
        assert found[name] == pytest.approx(stated, rel=0.15 if name == "p99" else 0.1), name
    assert found["max"] > synthetic.LARGEST_OVER


def test_every_record_reads_and_says_when_it_was_posted(bodies: list[bytes], records: list[dict[str, Any]]) -> None:
    for body, record in zip(bodies, records, strict=True):
        reading = ctgov.read(body)
        module = record["protocolSection"]["statusModule"]
        assert reading.key == record["protocolSection"]["identificationModule"]["nctId"]
        assert (reading.known_on, reading.known_basis) == (module["lastUpdatePostDateStruct"]["date"], "posted")


def test_no_number_comes_twice_and_any_prefix_covers_the_years() -> None:
    assert gcd(progress.STEP, progress.SPAN) == 1
    for count in (200, 5_000):
        numbers = sorted(progress.nct_number(index) for index in range(count))
        assert len(set(numbers)) == count
        assert max(later - number for number, later in pairwise(numbers)) < 3 * progress.SPAN / count


def share(records: list[dict[str, Any]], test: Any) -> float:
    return sum(map(test, records)) / len(records)


def within(found: float, low: float, high: float, count: int) -> bool:
    """Whether a share lies in a range, four standard errors of a sample of that size aside."""
    return low - 4 * sqrt(low * (1 - low) / count) <= found <= high + 4 * sqrt(high * (1 - high) / count)


def test_one_in_eight_has_results(records: list[dict[str, Any]]) -> None:
    assert within(share(records, lambda record: "resultsSection" in record), 0.10, 0.15, len(records))
    assert all(record["hasResults"] == ("resultsSection" in record) for record in records)


def test_a_third_names_a_disease_that_the_vocabulary_knows_and_many_are_cancers(records: list[dict[str, Any]]) -> None:
    indications = vocab.load("indication")
    cancers = indications.descendants(indications.require("indication", "cancer"))
    named = [
        {indications.find(name) for name in record["protocolSection"]["conditionsModule"]["conditions"]} - {None}
        for record in records
    ]
    known = sum(map(bool, named)) / len(named)
    assert within(known, 0.30, 0.42, len(records))
    assert sum(bool(found & cancers) for found in named) > len(records) * 0.1


def test_statuses_phases_and_sponsors_are_as_uneven_as_the_registrys(records: list[dict[str, Any]]) -> None:
    protocols = [record["protocolSection"] for record in records]
    statuses = Counter(protocol["statusModule"]["overallStatus"] for protocol in protocols)
    assert [status for status, _ in statuses.most_common(3)] == ["COMPLETED", "UNKNOWN", "RECRUITING"]
    assert 0.45 < statuses["COMPLETED"] / len(records) < 0.65
    phases = Counter(phase for protocol in protocols for phase in protocol["designModule"].get("phases", ["none"]))
    assert {"none", "NA", "PHASE1", "PHASE2", "PHASE3", "PHASE4", "EARLY_PHASE1"} == set(phases)
    sponsors = Counter(protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] for protocol in protocols)
    assert len(sponsors) > 1_000
    assert sponsors.most_common(1)[0][1] > 10


def test_products_are_thousands_and_come_back() -> None:
    world = synthetic.studies(1).world
    codes = [product.code for product in world.products.things]
    assert len(set(codes)) == len(codes) == 9_000
    assert 0.1 < sum(product.inn is not None for product in world.products.things) / len(codes) < 0.4


def leaves(value: Any, place: str = "") -> dict[str, Any]:
    """Every scalar of a record by its dotted place."""
    if isinstance(value, dict):
        return {at: leaf for key, part in value.items() for at, leaf in leaves(part, f"{place}.{key}").items()}
    if isinstance(value, list):
        return {at: leaf for n, part in enumerate(value) for at, leaf in leaves(part, f"{place}[{n}]").items()}
    return {place.lstrip("."): value}


@pytest.fixture(scope="session")
def manifest(bodies: list[bytes]) -> synthetic.Manifest:
    """That of a corpus of these records, as far as an update needs it."""
    return synthetic.Manifest(len(bodies), 1, 0, 0, 0, 0, {}, [])


def differing(old: bytes, new: bytes) -> set[str]:
    before, after = leaves(json.loads(old)), leaves(json.loads(new))
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


@pytest.mark.parametrize("day", [1, 30])
def test_an_update_changes_only_what_it_may_and_always_the_posting(
    studies: Studies, bodies: list[bytes], manifest: synthetic.Manifest, day: int
) -> None:
    changed: Counter[str] = Counter()
    moved = synthetic.moved(manifest, 500, day)
    for index in moved:
        places = differing(bodies[index], studies.record(index, day, moved=True))
        assert places <= progress.CHANGING | {progress.VOLATILE}, index
        assert {progress.VOLATILE, f"{progress.STATUS}.lastUpdatePostDateStruct.date"} <= places
        changed.update(places)
    assert changed[f"{progress.STATUS}.overallStatus"] > 50
    assert changed["protocolSection.designModule.enrollmentInfo.count"] > 50


def test_a_record_that_did_not_move_is_the_same_document_the_day_after(studies: Studies, bodies: list[bytes]) -> None:
    for index in SAMPLE:
        later = studies.record(index, 1)
        assert differing(bodies[index], later) == {progress.VOLATILE}
        assert ctgov.read(later).canonical == ctgov.read(bodies[index]).canonical
