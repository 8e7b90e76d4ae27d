"""What changed since an earlier release: how many rows of each table, and every value that is another now."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perftable_etl.load.database import Connection, explained, identifier, literal
from perftable_etl.load.export.package.keys import key_of
from perftable_etl.load.export.package.resource import Resource

_VOLATILE = frozenset(
    {"ingested_at", "first_seen_at", "last_seen_at", "retry_at", "parser_version", "fingerprint", "record_hash"}
)
"""Columns that say when and by what something was read, not what was read."""


class Difference(NamedTuple):
    """One table then and now; one that was not there had no rows. `changed` is None where no key tells rows apart."""

    table: str
    before: int
    now: int
    added: int
    removed: int
    changed: int | None
    new_columns: tuple[str, ...]
    lost_columns: tuple[str, ...]


class ChangedValue(NamedTuple):
    """One value of a row that both releases have."""

    table: str
    key: str
    column: str
    old_value: str | None
    new_value: str | None


class _ChangedPair(NamedTuple):
    """One table in both releases: its files, the columns that both have, and its key."""

    table: str
    earlier: Path
    later: Path
    earlier_columns: tuple[str, ...]
    later_columns: tuple[str, ...]
    key: str | None

    @property
    def compared(self) -> tuple[str, ...]:
        """The columns that are compared."""
        return tuple(name for name in self.later_columns if name in self.earlier_columns and name not in _VOLATILE)


def differences(connection: Connection, earlier: Path, later: Path, resources: Sequence[Resource]) -> list[Difference]:
    """How each table of the package `later` differs from that of `earlier`."""
    with explained(connection, f"{earlier} cannot be compared with"):
        return [_difference(connection, pair) for pair in _pairs(earlier, later, resources)]


def changed_values(
    connection: Connection, earlier: Path, later: Path, resources: Sequence[Resource]
) -> Iterator[ChangedValue]:
    """Every value that changed, of rows that both have, table by table."""
    for pair in _pairs(earlier, later, resources):
        if pair.key in pair.compared and len(pair.compared) > 1:
            yield from _values(connection, pair)


def _pairs(earlier: Path, later: Path, resources: Iterable[Resource]) -> Iterator[_ChangedPair]:
    for resource in resources:
        path = earlier / resource.path
        columns = _header(path) if path.is_file() else ()
        key = key_of(resource.relation)
        yield _ChangedPair(
            resource.relation.name, path, later / resource.path, columns, _header(later / resource.path), key
        )


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(next(csv.reader(file), ()))


def _difference(connection: Connection, pair: _ChangedPair) -> Difference:
    if not pair.earlier_columns:
        now = _number(connection, f"SELECT count(*) FROM {_later(pair)}")
        return Difference(pair.table, 0, now, now, 0, 0, (), ())
    before, now, added, removed, changed = (_number(connection, query) for query in _counts(pair))
    return Difference(
        pair.table,
        before,
        now,
        added,
        removed,
        changed if pair.key else None,
        tuple(name for name in pair.later_columns if name not in pair.earlier_columns),
        tuple(name for name in pair.earlier_columns if name not in pair.later_columns),
    )


def _counts(pair: _ChangedPair) -> Iterator[str]:
    """Queries for the rows before, now, added, removed and changed."""
    old, new = _earlier(pair), _later(pair)
    yield f"SELECT count(*) FROM {old}"
    yield f"SELECT count(*) FROM {new}"
    if pair.key:
        key, rows = identifier(pair.key), _row(pair)
        yield f"SELECT count(*) FROM {new} ANTI JOIN {old} USING ({key})"
        yield f"SELECT count(*) FROM {old} ANTI JOIN {new} USING ({key})"
        yield (
            f"SELECT count(*) FROM (SELECT {key}, {rows} AS said FROM {old}) AS o"
            f" JOIN (SELECT {key}, {rows} AS said FROM {new}) AS n USING ({key}) WHERE o.said IS DISTINCT FROM n.said"
        )
        return
    columns = ", ".join(map(identifier, pair.compared))
    for one, other in ((new, old), (old, new)):
        yield f"SELECT count(*) FROM (SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other})"
    yield "SELECT 0"


def _values(connection: Connection, pair: _ChangedPair) -> Iterator[ChangedValue]:
    assert pair.key
    key = identifier(pair.key)
    pairs = ", ".join(
        f"{{name: {literal(name)}, old: o.{identifier(name)}, new: n.{identifier(name)}}}" for name in pair.compared
    )
    query = (
        f"SELECT {literal(pair.table)}, key, change.name, change.old, change.new FROM"
        f" (SELECT o.{key} AS key, unnest([{pairs}]) AS change FROM {_earlier(pair)} AS o JOIN {_later(pair)} AS n"
        f" USING ({key})) WHERE change.old IS DISTINCT FROM change.new ORDER BY ALL"
    )
    with explained(connection, "the values that changed cannot be listed"):
        found = connection.execute(query)
        while rows := found.fetchmany(1000):
            yield from (ChangedValue(*row) for row in rows)


def _row(pair: _ChangedPair) -> str:
    return f"row({', '.join(map(identifier, pair.compared))})"


def _earlier(pair: _ChangedPair) -> str:
    return _text(pair.earlier, pair.earlier_columns)


def _later(pair: _ChangedPair) -> str:
    return _text(pair.later, pair.later_columns)


def _text(path: Path, columns: Iterable[str]) -> str:
    """The rows of a file as texts, as `copy_to_csv` wrote them."""
    types = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    return (
        f"(FROM read_csv({literal(str(path.absolute()))}, header = true, auto_detect = false, delim = ','"
        ", quote = '\"',"
        f" escape = '\"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', max_line_size = {_LONGEST},"
        f" columns = {{{types}}}))"
    )


_LONGEST = 32 * 1024 * 1024
"""Bytes of one row."""


def _number(connection: Connection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
