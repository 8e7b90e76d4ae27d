"""datapackage.json: the package as Frictionless describes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.headings import heading
from perftable_etl.load.export.package.keys import key_of, references_of
from perftable_etl.load.export.package.resource import Resource
from perftable_etl.load.export.relation import ExportColumn

_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "HUGEINT": "integer",
    "BOOLEAN": "boolean",
    "DOUBLE": "number",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
_FORMATS = {"TIMESTAMP": "%Y-%m-%dT%H:%M:%S.%f"}


def descriptor(dataset: Dataset, resources: Sequence[Resource]) -> dict[str, Any]:
    """The package in the terms of Frictionless."""
    exported = frozenset(resource.relation.name for resource in resources)
    described = {
        "profile": "data-package",
        "name": "perftable",
        "title": dataset.title,
        "description": dataset.description,
        "version": dataset.release,
        "created": f"{dataset.day.isoformat()}T00:00:00Z",
        "homepage": dataset.url,
        "id": f"https://doi.org/{dataset.doi}" if dataset.doi else "",
        "licenses": [{"name": dataset.license}] if dataset.license else [],
        "contributors": [{"title": author, "role": "author"} for author in dataset.all_authors],
        "keywords": ["budget", "performance targets", "绩效目标", "China"],
        "resources": [_resource(resource, exported) for resource in resources],
    }
    return {name: value for name, value in described.items() if value}


def _resource(resource: Resource, exported: frozenset[str]) -> dict[str, Any]:
    relation = resource.relation
    return {
        "name": relation.name.replace("_", "-"),
        "title": relation.name,
        "description": relation.comment or "",
        "profile": "tabular-data-resource",
        "path": resource.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}",
        "schema": _schema(resource, exported),
    }


def _schema(resource: Resource, exported: frozenset[str]) -> dict[str, Any]:
    relation = resource.relation
    keys = [
        {"fields": column, "reference": {"resource": table.replace("_", "-"), "fields": column}}
        for column, table in references_of(relation, exported).items()
    ]
    schema: dict[str, Any] = {"fields": [_field(relation.name, column) for column in relation.columns]}
    if key := key_of(relation):
        schema["primaryKey"] = key
    if keys:
        schema["foreignKeys"] = keys
    return {**schema, "missingValues": [""]}


def _field(table: str, column: ExportColumn) -> dict[str, Any]:
    kind = "number" if column.is_decimal else _TYPES.get(column.type, "string")
    field = {"name": column.name, "type": kind, "title": heading(table, column), "description": column.comment or ""}
    return field | ({"format": _FORMATS[column.type]} if column.type in _FORMATS else {})
