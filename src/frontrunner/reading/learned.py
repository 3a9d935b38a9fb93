"""Records of one form decoded and put into their canonical form at half the cost, by a layout learned from them.

`json.parse` and `json.canonical` make a dict of every object and sort its keys each time. A publisher's records nest
the same names again and again, so the names met are kept, and a struct is made of each object that has its fields in
sorted order: encoding it is the canonical form. What a reader needs is declared as a struct of its own; the learned
one has those fields under the same names, and all others beside them.

A record fits or does not; when it fits, the result is what `json.canonical` gives, byte for byte: a name that was not
met, a null or an empty list in a declared field, or anything of another kind than the layout says does not fit, and is
read the slow way (and its names are learned).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, Literal, TypeVar, Union, cast, get_args, get_origin

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
Path = tuple[str, ...]

#: names and depth beyond which nothing more is learned: no publisher has so many
_MOST_NAMES, _DEEPEST = 4_000, 16
#: sorted as text and as bytes alike
_NAME = re.compile(r"\w+", re.ASCII)
_EACH = "*"
_SCALAR = str | int | float | bool | None
#: kinds of values that a layout tells apart; all others are scalars
_KINDS: dict[type, str] = {dict: "objects", list: "lists", str: "texts"}

_encoder = msgspec.json.Encoder()


class _Node:
    """What was met at one path: the names of objects, the elements of lists, texts, other scalars."""

    def __init__(self) -> None:
        self.names: dict[str, _Node] = {}
        self.elements: _Node | None = None
        self.kinds: set[str] = set()


class _Part(msgspec.Struct):
    """An object of a record that fits."""


class Form(Generic[T]):
    """The layout of a publisher's records, of which `declared` is needed and `volatile` is not content.

    A declared text that is `coded` has one of those values, or the record does not fit. Paths are as those of
    `json.canonical`. One a process: it learns.
    """

    def __init__(
        self, declared: type[T], volatile: Sequence[Path], coded: Mapping[Path, frozenset[str]] | None = None
    ) -> None:
        self._declared, self._volatile, self._coded = declared, volatile, coded or {}
        self._root, self._size = _Node(), 0
        self._news, self._missed, self._patience = False, 0, 1
        self._build()

    def decode(self, body: bytes) -> T | None:
        """The record, with what is declared of it; null where it does not fit."""
        try:
            return cast(T, self._decoder.decode(body))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def canonical(self, record: T) -> bytes | None:
        """As `json.canonical` of what was decoded; the volatile fields are taken out of it. Null where it has none."""
        for take_out in self._takers:
            take_out(record)
        try:
            return _encoder.encode(record)
        except (ValueError, OverflowError, RecursionError):
            return None

    def learn(self, obj: dict[str, object]) -> None:
        """Take in the names of a record that did not fit; the layout is made anew after 1, 2, 4, 8, ... of them."""
        self._meet(self._root, obj, 0)
        self._missed += self._news
        if self._missed >= self._patience:
            self._build()
            self._news, self._missed, self._patience = False, 0, 2 * self._patience

    def _meet(self, node: _Node, value: object, depth: int) -> None:
        kind = _KINDS.get(type(value), "scalars")
        if kind not in node.kinds:
            node.kinds.add(kind)
            self._news = True
        if depth >= _DEEPEST:
            return
        if isinstance(value, dict):
            for name, inner in value.items():
                if name in node.names or self._may_learn(name):
                    self._meet(node.names.setdefault(name, _Node()), inner, depth + 1)
        elif isinstance(value, list):
            node.elements = node.elements or _Node()
            for element in value:
                self._meet(node.elements, element, depth + 1)

    def _may_learn(self, name: str) -> bool:
        if self._size >= _MOST_NAMES or not _NAME.fullmatch(name):
            return False
        self._size += 1
        return True

    def _build(self) -> None:
        layout = _Layout(self._volatile, self._coded)
        self._decoder = msgspec.json.Decoder(layout.struct(self._declared, self._root, ()))
        self._takers = [_taker(*way) for path in self._volatile for way in layout.way(path)]


class _Layout:
    """The structs of a layout; remembers under which attribute each name went."""

    def __init__(self, volatile: Sequence[Path], coded: Mapping[Path, frozenset[str]]) -> None:
        self._volatile, self._coded = frozenset(volatile), coded
        self._attributes: dict[Path, tuple[str, object]] = {}

    def way(self, path: Path) -> Iterator[tuple[Path, object]]:
        """The attributes that lead to a path, and the value that stands for nothing there; none if it was not met."""
        parts = [self._attributes.get(path[: at + 1]) for at, name in enumerate(path) if name != _EACH]
        if None not in parts:
            names = iter(cast(list[tuple[str, object]], parts))
            way = tuple(_EACH if name == _EACH else next(names)[0] for name in path)
            yield way, self._attributes[path][1]

    def struct(self, declared: type[msgspec.Struct] | None, node: _Node, path: Path) -> type[msgspec.Struct]:
        """The struct of the objects at a path: fields sorted by the name in the record."""
        known = {field.encode_name: field for field in msgspec.structs.fields(declared)} if declared else {}
        fields: list[Any] = []
        rename = {}
        for number, name in enumerate(sorted(known.keys() | node.names)):
            inner, at = node.names.get(name, _Node()), (*path, name)
            field = known.get(name)
            attribute = field.name if field else f"learned_{number}"
            rename[attribute] = name
            if field and field.required:
                fields.append((attribute, self._declared(field.type, inner, at)))
                self._attributes[at] = attribute, None
            else:
                kind, empty = self._optional(field, inner, at)
                fields.append((attribute, kind, empty))
                self._attributes[at] = attribute, empty
        return msgspec.defstruct(
            "Part",
            fields,
            bases=(_Part,),
            rename=rename,
            kw_only=True,
            omit_defaults=True,
            forbid_unknown_fields=True,
            gc=False,
        )

    def _optional(self, field: msgspec.structs.FieldInfo | None, node: _Node, path: Path) -> tuple[Any, object]:
        """The type of a field that may be absent, and the value that it then has."""
        if field:
            default = [] if field.default is msgspec.NODEFAULT else field.default
            return self._declared(field.type, node, path), default
        kind = msgspec.Raw if path in self._volatile else self._learned(node, path)
        return kind, msgspec.UNSET

    def _declared(self, kind: Any, node: _Node, path: Path) -> Any:
        """A declared type without what encoding would not give back: null, the empty list."""
        if path in self._coded:
            return Literal[tuple(sorted(self._coded[path]))]
        if get_origin(kind) in (Union, UnionType):
            kind = next(part for part in get_args(kind) if part is not NoneType)
        if get_origin(kind) is list:
            element = self._declared(get_args(kind)[0], node.elements or _Node(), (*path, _EACH))
            return Annotated[_list(element), msgspec.Meta(min_length=1)]
        return self.struct(kind, node, path) if _is_struct(kind) else kind

    def _learned(self, node: _Node, path: Path) -> Any:
        kinds: list[Any] = [str if node.kinds == {"texts"} else _SCALAR] if node.kinds & {"texts", "scalars"} else []
        if "objects" in node.kinds:
            kinds.append(self.struct(None, node, path))
        if node.elements:
            kinds.append(_list(self._learned(node.elements, (*path, _EACH))))
        return Union[tuple(kinds or [_SCALAR])]  # noqa: UP007  # made at run time


def _list(element: Any) -> Any:
    return list[element]


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _taker(way: Path, empty: object) -> Callable[[Any], None]:
    """What sets the attribute at the end of a way to nothing, wherever the way leads."""
    at = way.index(_EACH) if _EACH in way else len(way) - 1
    find = attrgetter(".".join(way[:at])) if at else _itself
    inner = _taker(way[at + 1 :], empty) if at < len(way) - 1 else None
    last = way[-1]

    def take_out(part: Any) -> None:
        try:
            found = find(part)
        except AttributeError:  # an object on the way is absent, or is none
            return
        if inner is None:
            if isinstance(found, _Part):
                setattr(found, last, empty)
        elif isinstance(found, list):
            for element in found:
                inner(element)

    return take_out


def _itself(part: Any) -> Any:
    return part
