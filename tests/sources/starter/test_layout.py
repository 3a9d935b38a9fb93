"""The layout: what a table must look like, and what is said of a row that does not fit."""

import csv
import io
import random
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontrunner.errors import BadRecord, UnreadableInput
from frontrunner.model import STATEMENTS, MilestoneClaim, ProductClaim, Raw
from frontrunner.reading import layout
from frontrunner.reading.containers import Container
from frontrunner.sources import starter

GOOD = {
    "table": "milestones",
    "fact": "xy-1/haemophilia-b/cn-approval",
    "programme": "prog:xy-1/haemophilia-b",
    "event": "approval",
    "jurisdiction": "CN",
    "happened_on": "2025-04",
    "rung": "approved",
    "trials": "NCT01234567|CTR20212816",
    "row": "2",
    "citation": "example.org 2025-05-01",
    "authority": "press",
    "known_on": "2025-05-01",
    "known_basis": "published",
    "verified": "no",
}


def body(**changes: str) -> bytes:
    return msgspec.json.encode(GOOD | changes)


def table(*rows: dict[str, str], header: list[str] | None = None) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, header or list(layout.columns("milestones")), lineterminator="\n", extrasaction="ignore"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_a_row_becomes_its_statement() -> None:
    reading = layout.read(body())
    assert reading.key == "milestones/xy-1/haemophilia-b/cn-approval/2"
    assert (reading.known_on, reading.known_basis, reading.as_of) == ("2025-05-01", "published", None)
    assert reading.statements == [
        MilestoneClaim(
            citation="example.org 2025-05-01",
            authority="press",
            known_on="2025-05-01",
            known_basis="published",
            verified=False,
            fact="xy-1/haemophilia-b/cn-approval",
            programme="prog:xy-1/haemophilia-b",
            event="approval",
            jurisdiction="CN",
            happened_on="2025-04",
            rung="approved",
            trials=["NCT01234567", "CTR20212816"],
        )
    ]


def test_empty_cells_are_the_defaults() -> None:
    (claim,) = layout.read(body(rung="", trials="", lane="", verified="", row="")).statements
    assert isinstance(claim, MilestoneClaim)
    assert (claim.rung, claim.trials, claim.lane, claim.verified, claim.note) == (
        None,
        [],
        "registrational",
        True,
        None,
    )


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("citation", ""),
        ("citation", "   "),
        ("known_on", ""),
        ("known_on", "2025-05"),
        ("known_on", "2025-02-30"),
        ("known_on", "2025-03-31"),
        ("happened_on", "April 2025"),
        ("happened_on", "2025-13"),
        ("event", "aproval"),
        ("jurisdiction", "China"),
        ("rung", "phase_3"),
        ("kind", "short"),
        ("lane", "iits"),
        ("authority", "blog"),
        ("known_basis", "heard"),
        ("verified", "true"),
        ("trials", "NCT0123456"),
        ("trials", "NCT01234567|"),
        ("fact", "Approval in China"),
        ("programme", "xy-1/haemophilia-b"),
        ("colour", "red"),
        ("country", "CN"),
        ("table", "rumours"),
    ],
)
def test_a_bad_cell_is_refused_at_its_column(column: str, text: str) -> None:
    with pytest.raises(BadRecord) as refused:
        layout.read(body(**{column: text}))
    assert refused.value.place == column
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"table": "companies", "company": "org:a b", "name": "A", "kind": "company"}, "company"),
        ({"table": "companies", "company": "org:a", "name": "A", "kind": "brand"}, "kind"),
        ({"table": "companies", "company": "org:a", "name": "A", "kind": "company", "country": "China"}, "country"),
        ({"table": "products", "product": "prod:a", "name": "A", "target": "PD-1"}, "target"),
        ({"table": "products", "product": "prod:a", "name": "A", "modality": "CAR-T"}, "modality"),
        ({"table": "names", "subject": "prog:a/b", "value": "A", "kind": "code", "lang": "en"}, "subject"),
        ({"table": "names", "subject": "prod:a", "value": "A", "kind": "full", "lang": "en"}, "kind"),
        ({"table": "names", "subject": "prod:a", "value": "A", "kind": "code", "lang": "English"}, "lang"),
        (
            {"table": "programmes", "programme": "prog:a/b", "product": "prod:a", "indication": "hemophilia B"}
            | {"company": "org:a", "role": "developer"},
            "indication",
        ),
        ({"table": "trials", "trial_id": "NCT01234567", "programme": "prog:a/b", "lane": "iit", "phase": "3"}, "phase"),
        (
            {"table": "trials", "trial_id": "NCT01234567", "programme": "prog:a/b", "lane": "iit"}
            | {"start_date_type": "ACTUAL"},
            "start_date_type",
        ),
    ],
)
def test_every_table_knows_its_own_columns(row: dict[str, str], column: str) -> None:
    cited = {"citation": "a", "authority": "press", "known_on": "2025-05-01", "known_basis": "published"}
    with pytest.raises(BadRecord) as refused:
        layout.read(msgspec.json.encode(row | cited))
    assert refused.value.place == column


def test_a_product_may_have_several_targets() -> None:
    cited = {"citation": "a", "authority": "press", "known_on": "2025-05-01", "known_basis": "published"}
    row = {"table": "products", "product": "prod:a", "name": "A", "target": "PDCD1|CTLA4"} | cited
    (product,) = layout.read(msgspec.json.encode(row)).statements
    assert isinstance(product, ProductClaim) and product.target == "PDCD1|CTLA4"
    with pytest.raises(BadRecord, match="PD-1"):
        layout.read(msgspec.json.encode(row | {"target": "PDCD1|PD-1"}))


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"table": 1}', b'{"table": "milestones"', b"\xff"])
def test_what_is_no_row_is_refused(raw: bytes) -> None:
    with pytest.raises(BadRecord):
        layout.read(raw)


@given(st.permutations(list(GOOD)), st.lists(st.sampled_from(["note", "kind", "lane"]), unique=True))
def test_identity_depends_neither_on_column_order_nor_on_empty_columns(order: list[str], empty: list[str]) -> None:
    raw = msgspec.json.encode({name: GOOD[name] for name in order} | dict.fromkeys(empty, ""))
    assert layout.read(raw).canonical == layout.read(body()).canonical


@given(st.sampled_from(sorted(GOOD)), st.text(max_size=20))
def test_any_cell_is_read_or_refused_by_name(column: str, text: str) -> None:
    try:
        reading = layout.read(body(**{column: text}))
    except BadRecord as refused:
        assert refused.place in layout.columns("milestones") or refused.place == "table"
    else:
        assert reading.key.startswith("milestones/")


def test_places_name_the_column_of_every_statement_column() -> None:
    encoded = {name for kind in STATEMENTS if kind in layout.TABLES.values() for name in kind.__struct_encode_fields__}
    assert set(layout.places()) == encoded
    assert layout.places()["happenedOn"] == "happened_on"
    assert set(layout.places().values()) <= {name for table in layout.TABLES for name in layout.columns(table)}


@pytest.mark.parametrize("name", layout.TABLES)
def test_a_header_in_any_order_tells_its_table(name: str) -> None:
    header = list(layout.columns(name))
    random.Random(7).shuffle(header)
    assert layout.table_of(header) == name
    assert layout.table_of([*header, header[0]]) is None, "a column twice"


def test_rows_keep_their_lines_and_neighbours(container: Callable[..., Container]) -> None:
    content = table(GOOD | {"note": "two\nlines"}, GOOD | {"happened_on": "soon"}, GOOD)
    raws = list(layout.records(container(b"\xef\xbb\xbf" + content)))
    assert [raw.place for raw in raws if isinstance(raw, Raw)] == ["line 2", "line 4", "line 5"]
    outcomes = []
    for raw in raws:
        assert isinstance(raw, Raw)
        try:
            outcomes.append(layout.read(raw.body).key)
        except BadRecord as refused:
            outcomes.append(refused.place)
    assert outcomes == ["milestones/xy-1/haemophilia-b/cn-approval/2", "happened_on", *outcomes[:1]]


@pytest.mark.parametrize("row", [b"one,two", b"\xff" + b"," * 15])
def test_what_does_not_fit_the_header_is_refused_alone(container: Callable[..., Container], row: bytes) -> None:
    broken, whole = layout.records(
        container(table().rstrip(b"\n") + b"\n" + row + b"\n" + table(GOOD).partition(b"\n")[2])
    )
    assert isinstance(broken, Raw) and isinstance(whole, Raw)
    with pytest.raises(BadRecord):
        layout.read(broken.body)
    assert layout.read(whole.body).statements


def test_a_broken_file_ends_after_the_rows_before(container: Callable[..., Container]) -> None:
    rows = layout.records(container(table(GOOD) + b'"never closed'))
    assert isinstance(next(rows), Raw)
    with pytest.raises(UnreadableInput, match=r"milestones\.csv, line 3"):
        next(rows)


@pytest.mark.parametrize("content", [b"", b"nct_id,title\nNCT1,A\n", b"\xff\xff\xff"])
def test_another_table_is_not_read(container: Callable[..., Container], content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"none of the tables|is empty"):
        list(layout.records(container(content)))


def test_only_the_packaged_tables_are_recognised() -> None:
    for packaged in starter.bundled():
        content = packaged.read_bytes()
        assert starter.recognise(packaged.name, content[:4096])
        assert starter.recognise(f"home/{packaged.name}", content[:4096])
        assert not starter.recognise("mine.csv", content[:4096])
    assert not starter.recognise("milestones.csv", table(GOOD)[:4096]), "the same layout, somebody else's rows"
    assert not starter.recognise("milestones.csv", b"")
