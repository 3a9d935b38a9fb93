"""Views as text: a table for people, CSV for spreadsheets, Markdown for GitHub. Nothing here knows what it shows.

What a source says is never trusted: control characters become visible in a terminal, a cell that a spreadsheet would
run as a formula is disarmed, and Markdown's own signs are escaped.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from frontrunner.deliver.views.view import NOTICE, Cell, Column, Section, Table, View

_GAP = "  "
#: the width of a wrapped column where the output has none of its own
_WIDE = 100
_COLOURS = {"good": "\x1b[32m", "bad": "\x1b[31m", "doubtful": "\x1b[33m", "faint": "\x1b[2m", "head": "\x1b[1m"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(view: View, width: int | None, colour: bool) -> str:
    """The view for a terminal of `width` columns (None: as wide as it needs)."""
    lines = [_painted(_visible(view.title), "head", colour), ""]
    for section in view.sections:
        lines += [*_section(section, width, colour), ""]
    lines += [_painted(part, "faint", colour) for line in view.footer for part in _wrapped(_visible(line), width or 0)]
    return "\n".join(lines) + "\n"


def _section(section: Section, width: int | None, colour: bool) -> Iterator[str]:
    yield _painted(section.title, "head", colour)
    told = False
    if section.table and section.table.rows:
        laid = _blocks if section.table.upright else _table
        yield from laid(section.table.told(), width, colour)
        told = True
    for line in section.lines:
        for part in _wrapped(_visible(line.plain), width or 0):
            yield _painted(part, line.tone, colour)
        told = True
    if not told and section.empty:
        yield section.empty


def _table(shown: Table, width: int | None, colour: bool) -> Iterator[str]:
    texts = [["  " * cell.indent + _visible(cell.plain) for cell in row] for row in shown.rows]
    needs = [
        max([cell_len(column.title), *(cell_len(row[at]) for row in texts)]) for at, column in enumerate(shown.columns)
    ]
    kept, widths = fit(shown.columns, needs, width)
    yield _line([_painted(_cut(shown.columns[at].title, widths[at]), "head", colour) for at in kept])
    for row, texts_of_row in zip(shown.rows, texts, strict=True):
        yield from _row([row[at] for at in kept], [texts_of_row[at] for at in kept], shown, kept, widths, colour)
    gone = [column.title for at, column in enumerate(shown.columns) if at not in kept]
    if gone:
        note = f"(too narrow for: {', '.join(gone)}; widen the window, or --format csv)"
        yield from (_painted(part, "faint", colour) for part in _wrapped(note, width or 0))


def _blocks(shown: Table, width: int | None, colour: bool) -> Iterator[str]:
    """Every row as lines of `title  text`, an empty line between rows."""
    side = max(cell_len(column.title) for column in shown.columns)
    room = max(20, (width or _WIDE) - side - len(_GAP))
    for at, row in enumerate(shown.rows):
        if at:
            yield ""
        for column, cell in zip(shown.columns, row, strict=True):
            for depth, part in enumerate(_wrapped(_visible(cell.plain), room) if cell.plain else []):
                title = set_cell_size("" if depth else column.title, side)
                yield _line([_painted(title, "head", colour), _painted(part, cell.tone, colour)])


def _row(
    row: Sequence[Cell], texts: Sequence[str], shown: Table, kept: Sequence[int], widths: dict[int, int], colour: bool
) -> Iterator[str]:
    """The lines of one row: one, or more where a column wraps."""
    stacks = [
        _wrapped(text, widths[at]) if shown.columns[at].wrap else [_cut(text, widths[at])]
        for text, at in zip(texts, kept, strict=True)
    ]
    for depth in range(max(map(len, stacks))):
        parts = [
            set_cell_size(stack[depth] if depth < len(stack) else "", widths[at])
            for stack, at in zip(stacks, kept, strict=True)
        ]
        yield _line([_painted(part, cell.tone, colour) for part, cell in zip(parts, row, strict=True)])


def fit(columns: Sequence[Column], needs: Sequence[int], width: int | None) -> tuple[list[int], dict[int, int]]:
    """Which columns fit into `width`, by index, and how wide each becomes.

    Columns that can give are cut first, down to what they give; then columns are dropped in their stated order; what
    room is left goes back to those that were cut.
    """
    kept = list(range(len(columns)))
    least = [_least(column, need) for column, need in zip(columns, needs, strict=True)]
    if width is None:
        return kept, {at: min(needs[at], _WIDE) if columns[at].wrap else needs[at] for at in kept}

    def total(sizes: Sequence[int]) -> int:
        return sum(sizes[at] for at in kept) + len(_GAP) * (len(kept) - 1)

    for at in sorted((at for at in kept if columns[at].drop), key=lambda at: columns[at].drop):
        if total(least) > width:
            kept.remove(at)
    room = width - total(least)
    widths = {at: least[at] for at in kept}
    for at in kept:
        more = max(0, min(room, needs[at] - least[at]))
        widths[at] += more
        room -= more
    return kept, widths


def _least(column: Column, need: int) -> int:
    """The narrowest a column may become."""
    if column.wrap:
        return min(need, max(20, column.give))
    return min(need, max(column.give, cell_len(column.title))) if column.give else need


def _line(parts: Sequence[str]) -> str:
    return _GAP.join(parts).rstrip()


def _cut(text: str, width: int) -> str:
    """`text` in exactly `width` columns; what was cut off is shown by an ellipsis."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns (0: one line), broken at spaces, within a word only where it is too long."""
    if not width or cell_len(text) <= width:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_len(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width)
        lines += full
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    """A word in pieces of at most `width` columns, so that Chinese text and long ids wrap too."""
    pieces, piece, used = [], "", 0
    for char in word:
        size = cell_len(char)
        if used + size > width and piece:
            pieces.append(piece)
            piece, used = "", 0
        piece += char
        used += size
    return [*pieces, piece]


def _painted(text: str, tone: str, colour: bool) -> str:
    """The text in its colour; the spaces that fill its column stay plain."""
    bare = text.rstrip()
    return f"{_COLOURS[tone]}{bare}\x1b[0m{text[len(bare) :]}" if colour and tone and bare else text


def _visible(text: str) -> str:
    """One line without anything that moves the cursor, hides text or turns its direction."""
    return "".join(_shown(char) for char in " ".join(text.split()))


def _shown(char: str) -> str:
    if unicodedata.category(char) in ("Cc", "Cf", "Cs"):
        return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"
    return char


def comma_separated(view: View) -> str:
    """The first table of the view with what it rests on beside every row; RFC 4180, with a header."""
    shown = next((section.table for section in view.sections if section.table), Table((), ()))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    stamp = {**view.stamp, "notice": NOTICE}
    writer.writerow([*(column.title for column in shown.columns), *stamp])
    for row in shown.rows:
        writer.writerow([disarmed(text) for text in (*(cell.plain for cell in row), *stamp.values())])
    return out.getvalue()


def disarmed(text: str) -> str:
    """A cell that no spreadsheet runs: what begins like a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def markdown(view: View) -> str:
    """The view as GitHub's Markdown."""
    lines = [f"## {_escaped(view.title)}", ""]
    for section in view.sections:
        lines += [f"### {_escaped(section.title)}", "", *_markdown_section(section), ""]
    lines += [f"*{_escaped(line)}*\n" for line in view.footer]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_section(section: Section) -> Iterator[str]:
    if section.table and section.table.rows:
        yield _markdown_row([column.title for column in section.table.columns])
        yield _markdown_row(["---"] * len(section.table.columns))
        yield from (_markdown_row([_escaped(cell.plain) for cell in row]) for row in section.table.rows)
        if section.lines:
            yield ""
    elif not section.lines:
        yield section.empty
    yield from (f"- {_escaped(line.plain)}" for line in section.lines)


def _markdown_row(texts: Sequence[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _escaped(text: str) -> str:
    """Text in which Markdown finds nothing of its own."""
    plain = _visible(text)
    for sign in "\\`*_[]|~":
        plain = plain.replace(sign, "\\" + sign)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
