"""What files print that a decision may be about: rows, values and findings, each with its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perftable_etl.form_fields import FIELDS, INDICATOR_FIELDS
from perftable_etl.load.corrections.keys import Key, Owner, Subject, folded, folded_name
from perftable_etl.load.database import Connection


class Item(NamedTuple):
    """A row, a value or a finding of one file."""

    key: Key
    document_id: str
    project_id: str | None = None
    indicator_id: str | None = None
    finding_id: str | None = None


class _Row(NamedTuple):
    """A project or an indicator, or a whole document where it is neither; `texts` are printed, by field."""

    owner: Owner
    document_id: str
    project_id: str | None
    indicator_id: str | None
    printed_raw: str
    texts: Mapping[str, str]


_PROJECTS = """
SELECT
    document_id, project_id, coalesce(organization, competent_department), projects.fiscal_year,
    coalesce(form_kind, 'declaration'), name
FROM projects JOIN documents USING (document_id)
WHERE document_id IN (SELECT unnest($ids))
ORDER BY document_id, projects.ordinal
"""
_INDICATORS = """
SELECT project_id, indicator_id, phase, level2, level3, level1_raw, level2_raw, level3_raw, target_raw, actual_raw
FROM indicators
WHERE document_id IN (SELECT unnest($ids))
ORDER BY document_id, project_id, ordinal
"""
_SOURCES = """
SELECT project_id, indicator_id, field, string_agg(raw, '' ORDER BY ordinal)
FROM sources
WHERE document_id IN (SELECT unnest($ids))
GROUP BY project_id, indicator_id, field
"""
_FINDINGS = """
SELECT document_id, project_id, indicator_id, finding_id, code, raw
FROM findings
WHERE document_id IN (SELECT unnest($ids))
ORDER BY document_id, page NULLS FIRST, y0, x0, finding_id
"""
_DOCUMENTS = "SELECT document_id, organization, fiscal_year FROM documents WHERE document_id IN (SELECT unnest($ids))"

_ROW_TEXTS = ("level1", "level2", "level3", "target", "actual")
"""The fields of an indicator whose printed text is a column of its own."""

_Texts = dict[tuple[str, str | None], dict[str, str]]


def printed_items(connection: Connection, document_ids: Sequence[str]) -> list[Item]:
    """All that these files print, in the order of their forms."""
    ids = {"ids": list(document_ids)}
    rows = list(_rows(connection, ids))
    owners = {(row.document_id, row.project_id, row.indicator_id): row for row in rows}
    values = (item for row in rows if row.project_id for item in _of_row(row))
    findings = _findings(connection, ids, owners)
    return list(_numbered([*values, *findings]))


def _rows(connection: Connection, ids: dict[str, list[str]]) -> Iterator[_Row]:
    texts: _Texts = {}
    for project, indicator, field, raw in connection.execute(_SOURCES, ids).fetchall():
        texts.setdefault((project, indicator), {})[field] = raw
    indicators: dict[str, list[tuple[str | None, ...]]] = {}
    for row in connection.execute(_INDICATORS, ids).fetchall():
        indicators.setdefault(row[0], []).append(row[1:])
    for document, unit, year in connection.execute(_DOCUMENTS, ids).fetchall():
        yield _Row(Owner(folded_name(unit), year, None, None), document, None, None, "", {})
    for document, project, unit, year, kind, name in connection.execute(_PROJECTS, ids).fetchall():
        owner = Owner(folded_name(unit), year, kind, folded_name(name))
        yield _Row(owner, document, project, None, "", texts.get((project, None), {}))
        for printed in indicators.get(project, ()):
            yield _indicator(owner, document, project, printed, texts)


def _indicator(owner: Owner, document: str, project: str, row: tuple[str | None, ...], texts: _Texts) -> _Row:
    indicator, phase, level2, level3, *printed = row
    own = owner._replace(phase=phase, level2=folded_name(level2), level3=folded_name(level3))
    columns = {name: text for name, text in zip(_ROW_TEXTS, printed, strict=True) if text}
    return _Row(
        own, document, project, indicator, columns.get("target", ""), {**texts.get((project, indicator), {}), **columns}
    )


def _of_row(row: _Row) -> Iterator[Item]:
    """The row itself, and each of its fields, printed or not."""
    yield _item(row, Subject(None, None, folded(row.printed_raw)))
    for field in INDICATOR_FIELDS if row.indicator_id else FIELDS:
        yield _item(row, Subject(field, None, folded(row.texts.get(field, ""))))


def _item(row: _Row, subject: Subject, finding_id: str | None = None) -> Item:
    return Item(Key(row.owner, subject, 1), row.document_id, row.project_id, row.indicator_id, finding_id)


def _findings(
    connection: Connection, ids: dict[str, list[str]], owners: Mapping[tuple[str, str | None, str | None], _Row]
) -> Iterator[Item]:
    places = {owner: number for number, owner in enumerate(owners)}
    found = connection.execute(_FINDINGS, ids).fetchall()
    for document, project, indicator, finding, code, raw in sorted(found, key=lambda row: places[row[:3]]):
        yield _item(owners[document, project, indicator], Subject(None, code, folded(raw)), finding)


def _numbered(items: Iterable[Item]) -> Iterator[Item]:
    """Each item with its occurrence among those of its file that print the same."""
    seen: Counter[tuple[str, Key]] = Counter()
    for item in items:
        seen[item.document_id, item.key] += 1
        yield item._replace(key=item.key._replace(occurrence=seen[item.document_id, item.key]))
