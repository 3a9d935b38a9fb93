"""Rows of the regulators' tables for tests, in the publishers' columns; every cell that is not given is empty."""

import csv
from pathlib import Path

from frontrunner.sources.ema_medicines.row import COLUMNS as EMA
from frontrunner.sources.fda_orphan.row import COLUMNS as ORPHAN
from frontrunner.sources.fda_purple_book.row import COLUMNS as PURPLE

Row = dict[str, str]


def licence(brand: str, proper: str, day: str, number: str, **cells: str) -> Row:
    """A row of the Purple Book; `day` as the book writes it (`22-Nov-22`)."""
    fixed = {
        "N/R/U": "",
        "Applicant": "Example Works",
        "BLA Type": "351(a)",
        "Marketing Status": "Rx",
        "Center": "CBER",
    }
    told = {"Licensure": "Licensed", "Submission Type": "Original", "Supplement Number": "0", "Product Number": "1"}
    own = {"Proprietary Name": brand, "Proper Name": proper, "Approval Date": day, "BLA Number": number}
    return dict.fromkeys(PURPLE.values(), "") | fixed | told | {"License Number": "9001"} | own | cells


def protected(brand: str, proper: str, day: str, use: str, number: str, **cells: str) -> Row:
    """A row of the orphan list: an approval for one use."""
    own = {"Trade Name": brand, "Generic Name": proper, "Marketing Approval Date": day, "CF Grid Key": number}
    fixed = {"Orphan Designation Status": "Designated/Approved", "Sponsor Company": "Example Works"}
    told = {"Date Designated": "2010-01-04", "Orphan Designation": f"Treatment of {use}"}
    return (
        dict.fromkeys(ORPHAN.values(), "") | fixed | told | own | {"Approved Labeled Indication": f"for {use}"} | cells
    )


def medicine(brand: str, inn: str, day: str, areas: str, number: str, **cells: str) -> Row:
    """A row of the EMA's table of medicines; `day` as the table writes it (`20/02/2023`)."""
    row = dict.fromkeys(EMA.values(), "") | dict.fromkeys(
        (
            *("Patient safety", "Accelerated assessment", "Additional monitoring", "Advanced therapy", "Biosimilar"),
            *("Conditional approval", "Exceptional circumstances", "Generic or hybrid", "Orphan medicine"),
            "PRIME: priority medicine",
        ),
        "No",
    )
    own = {"Name of medicine": brand, "EMA product number": f"EMEA/H/C/{number}", "Therapeutic area (MeSH)": areas}
    named = {EMA["inn"]: inn, "Active substance": inn, EMA["applicant"]: "Example Works"}
    told = {"Category": "Human", "Medicine status": "Authorised", "Marketing authorisation date": day}
    return row | own | named | told | {"Last updated date": "15/03/2025"} | cells


def written(folder: Path, name: str, rows: list[Row]) -> Path:
    """The rows as a CSV file."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path
