"""The views as their files in views/ have them: a head of comments, then the query.

The head says what a row is, then what each column holds: `-- unit: ...`. A column that a table has may refer to it
(`-- project: = projects.name`), and `-- *: = projects` does so for all columns of a table. A comment goes on in lines
that are indented by two more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import NamedTuple

from perftable_etl.load.columns import Table
from perftable_etl.load.tables import TABLES


class View(NamedTuple):
    """One view: what a row of it is, what its columns hold, and its query."""

    name: str
    comment: str
    columns: Mapping[str, str]
    query: str


_HEAD = re.compile(r"(?:--.*\n)+")
_COLUMN = re.compile(r"(\w+|\*): (.*)")
_REFERENCE = "= "


def read_view(name: str, words: Mapping[str, str]) -> View:
    """The view of this name; `words` are what stands in its text as `$name`."""
    text = Template(_text(f"{name}.sql")).substitute(words)
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"views/{name}.sql does not begin with a comment")
    comment, *columns = _comments(head[0])
    return View(name, comment, _described(columns), text[head.end() :].rstrip())


def view_words() -> Mapping[str, str]:
    """The words that views look for, a pattern for each list of views/words.toml."""
    return {name: "|".join(words) for name, words in tomllib.loads(_text("words.toml")).items()}


@cache
def _text(name: str) -> str:
    return (files("perftable_etl.load.views") / name).read_text("utf-8")


def _comments(head: str) -> list[str]:
    """The comments of a head, each on one line."""
    return head.removeprefix("-- ").rstrip().replace("\n--   ", " ").split("\n-- ")


def _described(comments: list[str]) -> dict[str, str]:
    described: dict[str, str] = {}
    for comment in comments:
        found = _COLUMN.fullmatch(comment)
        if found is None:
            raise ValueError(f"no column and comment: {comment}")
        described |= dict(_meant(found[1], found[2]))
    return described


def _meant(column: str, comment: str) -> Iterator[tuple[str, str]]:
    """A column's comment, or those that it refers to."""
    if not comment.startswith(_REFERENCE):
        yield column, comment
        return
    table, _, referred = comment.removeprefix(_REFERENCE).partition(".")
    of_table = {known.name: known.comment for known in _table(table).columns}
    if column == "*":
        yield from of_table.items()
    else:
        yield column, of_table[referred]


def _table(name: str) -> Table:
    return next(table for table in TABLES if table.name == name)
