"""The columns of the data frames, as Arrow schemas and as Spark's words for them."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema

_TEXT: Final = pa.string()
_LONG: Final = pa.int64()
_TEXTS: Final = pa.list_(_TEXT)


def _struct(**fields: pa.DataType) -> pa.DataType:
    return pa.struct(list(fields.items()))


_CREDITS: Final = pa.list_(_struct(role=_TEXT, name=_TEXT))

#: ``bialign.model.Page``.
PAGE: Final = pa.schema(
    {
        "id": _TEXT,
        "source": _TEXT,
        "url": _TEXT,
        "language": _TEXT,
        "title": _TEXT,
        "dateline": _struct(place=_TEXT, agency=_TEXT),
        "body": _TEXT,
        "title_ar": _TEXT,
        "body_ar": _TEXT,
        "published": _TEXT,
        "updated": _TEXT,
        "credits": _CREDITS,
        "categories": _TEXTS,
        "tags": _TEXTS,
        "headlines": pa.list_(_struct(relation=_TEXT, text=_TEXT)),
        "segments": pa.list_(_struct(start=_LONG, end=_LONG, kind=_TEXT, reason=_TEXT)),
        "text": _TEXT,
        "site": _TEXT,
        "credit_keys": _TEXTS,
        "warnings": _TEXTS,
    }
)

#: ``bialign.model.Entry``.
ENTRY: Final = pa.schema(
    {
        "id": _TEXT,
        "ar": _TEXT,
        "type": _TEXT,
        "canonical": _TEXT,
        "variants": pa.list_(
            _struct(
                text=_TEXT,
                count=_LONG,
                pages=_LONG,
                first=_TEXT,
                last=_TEXT,
                differences=_TEXTS,
                proposed=pa.bool_(),
            )
        ),
        "probability": pa.float64(),
        "evidence": pa.list_(_struct(kind=_TEXT, detail=_TEXT, source=_TEXT)),
        "status": _TEXT,
    }
)

#: A page of the run: its place in the input, its record and what was observed of it (``running.results``),
#: both JSON; or the error of reading it; or the error with which it was set aside, beside its source.
OBSERVED: Final = pa.schema(
    {
        "file": _LONG,
        "at": _LONG,
        "error": _TEXT,
        "source": _TEXT,
        "aside": _TEXT,
        "page": _TEXT,
        "language": _TEXT,
        "day": _TEXT,
        "id": _TEXT,
        "seen": _TEXT,
    }
)

#: What the lexicon keeps of a page, by the page's id.
SEEN: Final = pa.schema({"file": _LONG, "at": _LONG, "id": _TEXT, "seen": _TEXT})

#: A page's vector, as bytes.
VECTOR: Final = pa.schema({"file": _LONG, "at": _LONG, "vector": pa.binary()})

#: ``lexicon.records.Occurrence``, with its group of the lexicon.
OCCURRENCE: Final = pa.schema(
    {
        "page": _TEXT,
        "script": _TEXT,
        "text": _TEXT,
        "start": _LONG,
        "end": _LONG,
        "type": _TEXT,
        "context": _TEXT,
        "stands_for": _TEXT,
        "key": _TEXT,
    }
)

#: Where something was seen: a page's id and path.
_PLACES: Final = pa.list_(_struct(id=_TEXT, path=_TEXT))

#: What one stretch of pages (in the order of their ids) counted; each row one of ``of``.
COUNTED: Final = pa.schema(
    {
        "part": _LONG,
        "of": _TEXT,
        "script": _TEXT,
        "key": _TEXT,
        "text": _TEXT,
        "other": _TEXT,
        "detail": _TEXT,
        "probability": pa.float64(),
        "times": _LONG,
        "parts": _LONG,
        "pages": _LONG,
        "first": _TEXT,
        "last": _TEXT,
        "shown": _PLACES,
        "contexts": _TEXTS,
    }
)


def ddl(schema: pa.Schema) -> str:
    """A schema as Spark writes it, for ``mapInArrow``."""
    fields = from_arrow_schema(schema).fields
    return ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in fields)
