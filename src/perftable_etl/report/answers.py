"""Answers to queries as programs read them: delimited text and JSON. Decimals keep all their digits."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from perftable_etl.load.asking import Answer

_SPECIAL = re.compile(r'[",\r\n]|^\s|\s$')


def csv_lines(answer: Answer) -> Iterator[str]:
    """Comma-separated text, as `export` writes it: no value is nothing, an empty text is a pair of quotation marks."""
    yield _line(answer.columns)
    for row in answer.rows:
        yield _line(row)


def json_lines(answer: Answer) -> Iterator[str]:
    """One JSON array of objects, an object a line. Decimals are strings, since most readers make floats of numbers."""
    names = _told_apart(answer.columns)
    yield "["
    before = ""
    for row in answer.rows:
        if before:
            yield f"{before},"
        before = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_plain)
    if before:
        yield before
    yield "]"


def _told_apart(columns: Sequence[str]) -> list[str]:
    """The names of columns; those of one name get a number, since an object has a name but once."""
    counted = Counter[str]()
    names = []
    for name in columns:
        names.append(f"{name}_{counted[name]}" if counted[name] else name)
        counted[name] += 1
    return names


def _line(values: Sequence[Any]) -> str:
    return ",".join(map(_field, values))


def _field(value: Any) -> str:
    if value is None:
        return ""
    text = _text(value)
    return text if text and not _SPECIAL.search(text) else '"' + text.replace('"', '""') + '"'


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=_plain)
        case _:
            return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.isoformat(sep=" ")
        case _:
            return str(value)
