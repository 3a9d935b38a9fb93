"""Answers as files, and proof packs that verify offline and fail at one altered byte."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import click
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from frontrunner.api import HomeHandle
from frontrunner.deliver.cli import frontrunner
from frontrunner.deliver.export import ASKING, WRITERS, asked
from frontrunner.deliver.verify import main, opened, pack
from frontrunner.errors import UsageError

RACE = 'race "hemophilia B" --modality gene_therapy --in US --on 2026-11-01'
CHANGES = 'changes "hemophilia B" --modality gene_therapy --in CN --from 2024-07-01 --to 2026-11-01'


def written(handle: HomeHandle, result: str, ending: str) -> bytes:
    """The bytes of a file."""
    return WRITERS[ending](asked(result, handle))


@pytest.fixture(scope="module")
def proof(starter_home: HomeHandle) -> bytes:
    """The proof pack of a race."""
    return written(starter_home, RACE, "zip")


def verified(path: Path) -> bool:
    """Whether the verifier accepts a pack; everything else must end with exit code 1."""
    try:
        main([str(path)])
    except SystemExit as ended:
        assert ended.code not in (None, 0)
        return False
    return True


def test_a_pack_verifies_itself_without_anything_of_ours(proof: bytes, tmp_path: Path) -> None:
    path = tmp_path / "race.zip"
    path.write_bytes(proof)
    done = subprocess.run([sys.executable, "-I", "-S", str(path)], capture_output=True, text=True)
    assert done.returncode == 0 and done.stdout.startswith("verified: "), done.stderr
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "unpacked")
    script = tmp_path / "unpacked" / "verify.py"
    done = subprocess.run([sys.executable, "-I", "-S", str(script)], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0 and done.stdout.startswith("verified: "), done.stderr


def test_the_same_answer_gives_the_same_bytes(starter_home: HomeHandle, proof: bytes) -> None:
    assert written(starter_home, RACE, "zip") == proof


@pytest.mark.slow
def test_one_altered_byte_anywhere_fails(proof: bytes, tmp_path: Path) -> None:
    path = tmp_path / "altered.zip"
    path.write_bytes(proof)
    assert verified(path)
    for at in [*range(0, len(proof), 211), *range(len(proof) - 60, len(proof))]:
        altered = bytearray(proof)
        altered[at] ^= 1 << at % 8
        path.write_bytes(altered)
        assert not verified(path), f"byte {at}"


@pytest.mark.parametrize("cut", [1, 100, 5000])
def test_a_pack_cut_short_or_made_longer_fails(proof: bytes, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "altered.zip"
    for altered in (proof[:-cut], proof + b"x" * cut):
        path.write_bytes(altered)
        assert not verified(path)


@pytest.mark.parametrize("name", ["answer.json", "evidence.json", "verify.py", "sources.json"])
def test_a_file_changed_in_a_zip_written_anew_fails(proof: bytes, tmp_path: Path, name: str) -> None:
    path = tmp_path / "altered.zip"
    path.write_bytes(proof)
    files = opened(path)
    path.write_bytes(pack(files | {name: files[name] + b" "}))
    assert not verified(path)
    path.write_bytes(pack(files | {"more.txt": b""}))
    assert not verified(path)
    path.write_bytes(pack({other: held for other, held in files.items() if other != name}))
    assert not verified(path)


def sealed(files: dict[str, bytes]) -> bytes:
    """The zip of files with sums that agree, as whoever alters a pack with care would write it."""
    told = {
        name: {"sha256": hashlib.sha256(held).hexdigest(), "bytes": len(held)}
        for name, held in files.items()
        if not name.startswith("manifest.")
    }
    files = files | {"manifest.json": json.dumps({"files": told}).encode()}
    sums = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in ("manifest.json", "verify.py")]
    return pack(files | {"manifest.sha256": "".join(sums).encode()})


def test_a_pack_sealed_anew_fails_where_it_is_no_pack(proof: bytes, tmp_path: Path) -> None:
    path = tmp_path / "altered.zip"
    path.write_bytes(proof)
    files = opened(path)
    path.write_bytes(sealed(files))
    assert verified(path), "what follows fails for its own reason"
    quotes = json.loads(files["evidence.json"])
    quotes[0]["words"] += "!"
    document = next(name for name in files if name.endswith(".canonical"))
    for altered in (
        {"../../slipped.py": b"x"},
        {"documents/more.body": b"x"},
        {"evidence.json": json.dumps(quotes).encode()},
        {"evidence.json": b"[" * 100_000 + b"]" * 100_000},
        {"evidence.json": b"[]"},
        {"documents.json": b"null"},
        {"answer.json": b"\xff"},
        {document: files[document] + b" "},
    ):
        path.write_bytes(sealed(files | altered))
        assert not verified(path), list(altered)


def test_a_zip_written_otherwise_fails_before_it_is_unpacked(proof: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / "altered.zip", io.BytesIO()
    path.write_bytes(proof)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in opened(path).items():
            archive.writestr(name, held)
    for altered in (out.getvalue(), b"#!/bin/sh\n" + proof, b""):
        path.write_bytes(altered)
        assert not verified(path)
    assert not verified(tmp_path / "none.zip")


def test_a_folder_with_one_file_changed_renamed_or_gone_fails(proof: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(proof)) as archive:
        archive.extractall(tmp_path)
    for file in sorted(file for file in tmp_path.rglob("*") if file.is_file()):
        held = file.read_bytes()
        for altered in (held + b"\n", held[:-1], b""):
            file.write_bytes(altered)
            assert not verified(tmp_path), file
        file.write_bytes(held)
        other = file.rename(file.with_name(f"{file.name}x"))
        assert not verified(tmp_path), file
        other.rename(file)
    assert verified(tmp_path)


def test_a_forecast_quotes_the_standings_that_it_starts_from(starter_home: HomeHandle, tmp_path: Path) -> None:
    path = tmp_path / "forecast.zip"
    path.write_bytes(written(starter_home, 'forecast "hemophilia B" --modality gene_therapy --on 2022-01-12', "zip"))
    assert verified(path)
    quoted = {quote["record"] for quote in json.loads(opened(path)["evidence.json"])}
    answer = json.loads(opened(path)["answer.json"])
    assert answer["programmes"] and len(quoted) >= len(answer["programmes"])


def test_a_pack_holds_what_it_says(proof: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(proof)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    answer, query = json.loads(files["answer.json"]), json.loads(files["query.json"])
    assert answer["standings"][0]["programme"].startswith("etranacogene")
    assert query["command"][:2] == ["race", "hemophilia B"] and query["snapshot"] == answer["snapshot"]
    cited = {id for row in answer["standings"] for id in row["evidence"]}
    quotes = json.loads(files["evidence.json"])
    assert cited <= {quote["id"] for quote in quotes}
    assert all(f"documents/{quote['document'][:16]}.body" in files for quote in quotes)
    assert json.loads(files["sources.json"])[0]["source"] == "starter"


@pytest.mark.parametrize("result", [CHANGES, "check '首个国产PD-1获批上市'", "why prog:bbm-h901/haemophilia-b"])
def test_other_answers_are_proven_too(starter_home: HomeHandle, tmp_path: Path, result: str) -> None:
    path = tmp_path / "answer.zip"
    path.write_bytes(written(starter_home, result, "zip"))
    assert verified(path) and json.loads(opened(path)["evidence.json"])


def test_pictures_stand_alone(starter_home: HomeHandle) -> None:
    for result, words in ((RACE, "2022-11-22"), (CHANGES, "dalnacogene")):
        root = ElementTree.fromstring(written(starter_home, result, "svg"))
        assert root.tag.endswith("svg") and any(words in (text or "") for text in root.itertext())


def test_a_workbook_holds_texts_only(starter_home: HomeHandle) -> None:
    exported = asked("check '=1+1 first'", starter_home)
    for book in (WRITERS["xlsx"](exported), written(starter_home, RACE, "xlsx")):
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name]
        assert sheets and not any(b"<f>" in sheet for sheet in sheets)


def test_tables(starter_home: HomeHandle) -> None:
    race = pq.read_table(io.BytesIO(written(starter_home, RACE, "parquet"))).to_pylist()
    assert (race[0]["product"], race[0]["lead_months"]) == ("etranacogene dezaparvovec", 17.1)
    moves = pq.read_table(io.BytesIO(written(starter_home, CHANGES, "parquet"))).to_pylist()
    assert moves[0]["day"] == "2024-07-24"
    assert written(starter_home, RACE, "csv").startswith(b"place,programme")
    assert written(starter_home, CHANGES, "html").startswith(b"<!doctype html>")


def test_the_command_writes_and_refuses(starter_home: HomeHandle, tmp_path: Path) -> None:
    def run(*arguments: str) -> click.testing.Result:
        return CliRunner().invoke(frontrunner, ["export", *arguments, "--home", str(starter_home.path)])

    assert run(RACE, "--to", str(tmp_path / "race.md")).exit_code == 0
    assert (tmp_path / "race.md").read_text("utf-8").startswith("## hemophilia B")
    in_words = ["race", "hemophilia B", "--modality", "gene_therapy", "--in", "US", "--on", "2026-11-01"]
    assert run(*in_words, "--to", str(tmp_path / "race.md")).exit_code == 0
    assert (tmp_path / "race.md").read_text("utf-8").startswith("## hemophilia B, gene therapy, in US")
    assert run(RACE, "--to", str(tmp_path / "race.exe")).exit_code == 2
    assert run("--to", str(tmp_path / "race.md")).exit_code == 2
    assert run("ingest x", "--to", str(tmp_path / "x.md")).exit_code == 2
    assert run("status", "--to", str(tmp_path / "x.svg")).exit_code == 2
    assert run(RACE, "--to", str(tmp_path / "no" / "x.md")).exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["race.md"]


def test_every_asking_command_exists() -> None:
    context = click.Context(frontrunner)
    assert set(ASKING) <= set(frontrunner.list_commands(context))
    with pytest.raises(UsageError, match="RESULT"):
        asked("export x", HomeHandle(Path("nowhere")))
