"""What files print that a decision may be about: rows, values and findings, each with its key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.corrections.keys import Key, Owner, Subject, folded, folded_name
from perftable_etl.load.database import Connection


class Item(NamedTuple):
    """A row, a value or a finding of one file. `printed` is its owner as printed, where the key has it folded."""

    key: Key
    printed: Owner
    document_id: str
    project_id: str | None = None
    indicator_id: str | None = None
    finding_id: str | None = None


class Sought(NamedTuple):
    """Which items are wanted: of projects with these names (folded; None: without a name), and of these fields."""

    names: frozenset[str | None]
    fields: frozenset[str]


class _Row(NamedTuple):
    """A project or an indicator, or a whole document where it is neither; `texts` are printed, by field."""

    printed: Owner
    document_id: str
    project_id: str | None = None
    indicator_id: str | None = None
    printed_raw: str = ""
    texts: Mapping[str, str] = {}

    @property
    def owner(self) -> Owner:
        unit, year, kind, name, phase, level2, level3 = self.printed
        return Owner(folded_name(unit), year, kind, folded_name(name), phase, folded_name(level2), folded_name(level3))


_DOCUMENTS = """
SELECT organization, fiscal_year, document_id FROM documents WHERE document_id IN (SELECT unnest($ids)) ORDER BY ALL
"""
_PROJECTS = """
SELECT
    coalesce(organization, competent_department), projects.fiscal_year, coalesce(form_kind, 'declaration'), name,
    document_id, project_id
FROM projects JOIN documents USING (document_id)
WHERE document_id IN (SELECT unnest($ids))
ORDER BY document_id, projects.ordinal
"""
_INDICATORS = """
SELECT project_id, indicator_id, phase, level2, level3, level1_raw, level2_raw, level3_raw, target_raw, actual_raw
FROM indicators
WHERE project_id IN (SELECT unnest($ids))
ORDER BY project_id, ordinal
"""
_SOURCES = """
SELECT project_id, indicator_id, field, string_agg(raw, '' ORDER BY ordinal)
FROM sources
WHERE project_id IN (SELECT unnest($ids)) AND field IN (SELECT unnest($fields))
GROUP BY project_id, indicator_id, field
"""
_FINDINGS = """
SELECT document_id, project_id, indicator_id, finding_id, code, raw
FROM findings
WHERE document_id IN (SELECT unnest($ids))
ORDER BY document_id, page NULLS FIRST, y0, x0, finding_id
"""

_COLUMNS = ("level1", "level2", "level3", "target", "actual")
"""The fields of an indicator whose printed text is a column of its own."""

_Id = tuple[str, str | None, str | None]
"""A document, a project, an indicator."""


def printed_items(connection: Connection, document_ids: Sequence[str], sought: Sought) -> list[Item]:
    """What these files print of what is sought, in the order of their forms."""
    ids = {"ids": list(document_ids)}
    documents = [_Row(Owner(unit, year, None, None), one) for unit, year, one in _all(connection, _DOCUMENTS, ids)]
    projects = [_Row(Owner(*row[:4]), *row[4:]) for row in _all(connection, _PROJECTS, ids)]
    projects = [row for row in projects if row.owner.project_name in sought.names]
    rows = list(_with_texts(connection, projects, sought.fields))
    values = (item for row in rows for item in _of_row(row, sought.fields))
    return list(_numbered([*values, *_findings(connection, ids, [*documents, *rows])]))


def _all(connection: Connection, query: str, parameters: dict[str, list[str]]) -> list[tuple[Any, ...]]:
    return connection.execute(query, parameters).fetchall()


def _with_texts(connection: Connection, projects: Sequence[_Row], fields: Iterable[str]) -> Iterator[_Row]:
    """Each project, followed by its indicators, with what is printed of these fields."""
    ids = {"ids": [str(project.project_id) for project in projects]}
    texts: dict[tuple[str | None, str | None], dict[str, str]] = defaultdict(dict)
    for project_id, indicator_id, field, raw in _all(connection, _SOURCES, {**ids, "fields": list(fields)}):
        texts[project_id, indicator_id][field] = raw
    indicators: dict[str | None, list[tuple[Any, ...]]] = defaultdict(list)
    for project_id, *row in _all(connection, _INDICATORS, ids):
        indicators[project_id].append(tuple(row))
    for project in projects:
        yield project._replace(texts=texts[project.project_id, None])
        for own in indicators[project.project_id]:
            yield _indicator(project, own, texts[project.project_id, own[0]])


def _indicator(project: _Row, row: tuple[Any, ...], texts: Mapping[str, str]) -> _Row:
    indicator_id, phase, level2, level3, *printed = row
    columns = {name: text for name, text in zip(_COLUMNS, printed, strict=True) if text}
    return project._replace(
        printed=project.printed._replace(phase=phase, level2=level2, level3=level3),
        indicator_id=indicator_id,
        printed_raw=columns.get("target", ""),
        texts={**texts, **columns},
    )


def _of_row(row: _Row, fields: frozenset[str]) -> Iterator[Item]:
    """The row itself, and each of its fields, printed or not."""
    owner = row.owner
    yield _item(row, owner, Subject(None, None, folded(row.printed_raw)))
    for field in fields.intersection(INDICATOR_FIELDS if row.indicator_id else FIELDS):
        yield _item(row, owner, Subject(field, None, folded(row.texts.get(field, ""))))


def _item(row: _Row, owner: Owner, subject: Subject, finding_id: str | None = None) -> Item:
    key = Key(owner, subject, 1)
    return Item(key, row.printed, row.document_id, row.project_id, row.indicator_id, finding_id)


def _findings(connection: Connection, ids: dict[str, list[str]], rows: Sequence[_Row]) -> Iterator[Item]:
    """The findings on these rows, row by row."""
    found: dict[_Id, list[tuple[str, Subject]]] = defaultdict(list)
    for document, project, indicator, finding, code, raw in _all(connection, _FINDINGS, ids):
        found[document, project, indicator].append((finding, Subject(None, code, folded(raw))))
    for row in rows:
        for finding, subject in found[row.document_id, row.project_id, row.indicator_id]:
            yield _item(row, row.owner, subject, finding)


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    """Each item with its occurrence among those of its file that print the same."""
    seen: Counter[tuple[str, Key]] = Counter()
    for item in items:
        seen[item.document_id, item.key] += 1
        yield item._replace(key=item.key._replace(occurrence=seen[item.document_id, item.key]))
