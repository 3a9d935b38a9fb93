"""The controlled lists as people see them: a tree, where the list is one."""

import msgspec

from frontrunner import vocab
from frontrunner.deliver.views.view import Cell, Column, Section, Table, View

_STAMP = {"sources": "the lists of this project; ids of MONDO (CC BY 4.0) and HGNC"}


class ListName(msgspec.Struct, frozen=True):
    """One list and how many terms it has."""

    name: str
    terms: int


class ListOfLists(msgspec.Struct, frozen=True):
    """All lists by name."""

    lists: list[ListName]

    @classmethod
    def all(cls) -> "ListOfLists":
        """Every list of the package."""
        return cls([ListName(name, len(vocab.load(name).terms)) for name in vocab.names()])


class Listed(msgspec.Struct, frozen=True):
    """One list with its terms, in the order of its file."""

    name: str
    terms: list[vocab.Term]

    @classmethod
    def named(cls, name: str) -> "Listed":
        """The list called `name`; UnknownOption where there is none."""
        return cls(name, list(vocab.load(name).terms.values()))


def lists_view(answer: ListOfLists) -> View:
    """The names of the lists."""
    rows = [[Cell(one.name), Cell(f"{one.terms}")] for one in answer.lists]
    table = Table((Column("list"), Column("terms")), rows)
    return View("Vocabularies", [Section("Lists", table, [Cell("'frontrunner vocab LIST' shows one.")])], _STAMP)


def list_view(answer: Listed) -> View:
    """The terms of one list; a term below two others is shown under each, its own branch once."""
    columns = (
        Column("id"),
        Column("label", give=20),
        Column("Chinese", drop=2, give=10),
        Column("also", drop=1, give=24),
        Column("elsewhere", drop=4),
        Column("below", drop=3),
    )
    table = Table(columns, [_row(term, depth) for term, depth in _tree(answer.terms)])
    return View(f"Vocabulary {answer.name}", [Section(f"{len(answer.terms)} terms", table)], _STAMP)


def _row(term: vocab.Term, depth: int) -> list[Cell]:
    chinese = Cell("", term.label_zh, "zh" if term.label_zh else "")
    external = (term.external_id or "").replace("|", ", ")
    return [
        Cell(term.id, indent=depth),
        Cell(term.label),
        chinese,
        Cell(", ".join(term.synonyms)),
        Cell(external),
        Cell(", ".join(term.parents)),
    ]


def _tree(terms: list[vocab.Term]) -> list[tuple[vocab.Term, int]]:
    """Terms with their depth: parents first, siblings in the order of the file."""
    children: dict[str, list[vocab.Term]] = {}
    known = {term.id for term in terms}
    for term in terms:
        for parent in term.parents:
            children.setdefault(parent, []).append(term)
    shown: list[tuple[vocab.Term, int]] = []
    opened: set[str] = set()
    ahead = [(term, 0) for term in reversed(terms) if not known.intersection(term.parents)]
    while ahead:
        term, depth = ahead.pop()
        shown.append((term, depth))
        if term.id not in opened:
            opened.add(term.id)
            ahead += [(child, depth + 1) for child in reversed(children.get(term.id, []))]
    return shown
