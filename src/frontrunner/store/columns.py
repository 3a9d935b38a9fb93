"""Statements as columns: one Arrow table per statement type, one row per statement, lists nested.

The type of a column follows from the struct's annotation, so a new field or statement type needs no other edit.
"""

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
import pyarrow as pa

_SCALARS = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


@cache
def arrow_type(annotation: Any) -> pa.DataType:
    """The Arrow type of a field: scalars, optional scalars, lists of scalars or of structs of scalars."""
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    if get_origin(annotation) is list:
        return pa.list_(arrow_type(get_args(annotation)[0]))
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    return pa.struct(
        [pa.field(field.encode_name, arrow_type(field.type)) for field in msgspec.structs.fields(annotation)]
    )


@cache
def schema(statement: type[msgspec.Struct]) -> pa.Schema:
    """`doc` (the document's id), then the struct's fields in order."""
    fields = [pa.field(field.name, arrow_type(field.type)) for field in msgspec.structs.fields(statement)]
    return pa.schema([pa.field("doc", pa.uint64()), *fields])


def table(statement: type[msgspec.Struct], docs: Sequence[int], rows: Sequence[msgspec.Struct]) -> pa.Table:
    """One row per statement, beside the id of its document; `docs` and `rows` run in step."""
    arrays = [pa.array(docs, pa.uint64()), *_columns(statement, rows)]
    return pa.Table.from_arrays(arrays, schema=schema(statement))


def of_tuples(schema: pa.Schema, rows: Sequence[tuple[object, ...]]) -> pa.Table:
    """Rows given as tuples in the order of the schema; there must be some."""
    values = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for field, column in zip(schema, values, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _columns(statement: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> list[pa.Array]:
    """The fields of some structs, a column each: rows are turned into columns by the interpreter's own loops."""
    annotations = _annotations(statement)
    if not rows:
        return [_array(annotation, ()) for annotation in annotations]
    values = zip(*map(msgspec.structs.astuple, rows), strict=True)
    return [_array(annotation, column) for annotation, column in zip(annotations, values, strict=True)]


@cache
def _annotations(statement: type[msgspec.Struct]) -> list[Any]:
    return [field.type for field in msgspec.structs.fields(statement)]


def _array(annotation: Any, values: Sequence[Any]) -> pa.Array:
    """A column; a list column is built from its offsets and flat children, far quicker than from nested objects."""
    kind = arrow_type(annotation)
    if not pa.types.is_list(kind):
        return pa.array(values, kind)
    offsets = pa.array(accumulate(map(len, values), initial=0), pa.int32())
    flat = list(chain.from_iterable(values))
    if not pa.types.is_struct(kind.value_type):
        return pa.ListArray.from_arrays(offsets, pa.array(flat, kind.value_type))
    children = pa.StructArray.from_arrays(_columns(get_args(annotation)[0], flat), fields=list(kind.value_type))
    return pa.ListArray.from_arrays(offsets, children)
