"""Where regulators' own tables disagree on the day of an approval: every fact that two rows date apart."""

from importlib import resources
from pathlib import Path

from evaluation import homes
from frontrunner.race.naming import Naming
from frontrunner.race.question import Snapshot


def run(data: Path) -> None:
    """One line a conflict; what is shown as the day is said first."""
    sql = resources.files(__package__).joinpath("conflicts.sql").read_text("utf-8")
    with Snapshot(homes.of_files(data, starter=False)) as snapshot:
        rows = snapshot.connection.execute(sql).fetchall()
        names = snapshot.rows("names", subjects=sorted({row[0] for row in rows}), on="9999-12-31", clock="now")
        naming = Naming(names)
        print("| product | use | in | days, by source |\n|---|---|---|---|")
        for product, use, place, days in rows:
            print(f"| {naming.product(product).name} | {use or 'any use'} | {place} | {days} |")
        print(f"\n{len(rows)} conflicts.")
