"""croissant.json: the package as Croissant 1.1 describes one, for tools of machine learning and for data catalogues."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.load.export.package.citation import reference
from perftable_etl.load.export.package.keys import key_of, references_of
from perftable_etl.load.export.package.resource import Resource
from perftable_etl.load.export.relation import ExportColumn

_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""As the standard prints it; a reader warns of any other."""

_TYPES = {
    "BIGINT": "sc:Integer",
    "INTEGER": "sc:Integer",
    "HUGEINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DOUBLE": "sc:Float",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
}
"""Croissant has no exact decimals: they are texts of digits."""


def croissant(dataset: Dataset, resources: Sequence[Resource]) -> dict[str, Any]:
    """The package in the terms of Croissant."""
    exported = frozenset(resource.relation.name for resource in resources)
    described = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "perftable",
        "alternateName": dataset.title,
        "description": dataset.description,
        "version": dataset.release,
        "datePublished": dataset.day.isoformat(),
        "license": dataset.license,
        "url": f"https://doi.org/{dataset.doi}" if dataset.doi else dataset.url,
        "creator": [{"@type": "sc:Organization", "name": author} for author in dataset.all_authors],
        "citeAs": reference(dataset),
        "distribution": [_file(resource) for resource in resources],
        "recordSet": [_record_set(resource, exported) for resource in resources],
    }
    return {name: value for name, value in described.items() if value}


def _file(resource: Resource) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": _file_id(resource),
        "name": _file_id(resource),
        "description": resource.relation.comment or "",
        "contentUrl": resource.path,
        "contentSize": f"{resource.bytes} B",
        "encodingFormat": "text/csv",
        "sha256": resource.sha256,
    }


def _file_id(resource: Resource) -> str:
    return f"{resource.relation.name}.csv"


def _record_set(resource: Resource, exported: frozenset[str]) -> dict[str, Any]:
    relation = resource.relation
    references = references_of(relation, exported)
    described: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": relation.name,
        "name": relation.name,
        "description": relation.comment or "",
        "field": [_field(resource, column, references.get(column.name)) for column in relation.columns],
    }
    key = key_of(relation)
    return described | ({"key": {"@id": f"{relation.name}/{key}"}} if key else {})


def _field(resource: Resource, column: ExportColumn, leads_to: str | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{resource.relation.name}/{column.name}",
        "name": column.name,
        "description": column.comment or "",
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": _file_id(resource)}, "extract": {"column": column.name}},
    }
    return described | ({"references": {"field": {"@id": f"{leads_to}/{column.name}"}}} if leads_to else {})
