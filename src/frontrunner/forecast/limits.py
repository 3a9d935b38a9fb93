"""What an answer cannot know, said with every answer: `limits.csv`, one sentence a row."""

from frontrunner.forecast import tables


def of(answer: str) -> tuple[str, ...]:
    """The limits of one kind of answer (`market`, `forecast`), in file order."""
    return tuple(row["limit"] for row in tables.rows("limits") if row["answer"] == answer)
