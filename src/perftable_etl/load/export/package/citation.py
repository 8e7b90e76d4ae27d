"""How the data are cited: for people, and for programs as CITATION.cff."""

from __future__ import annotations

import json
from collections.abc import Iterator

from perftable_etl.load.export.dataset import Dataset
from perftable_etl.version import VERSION


def reference(dataset: Dataset) -> str:
    """The data set as an entry of a bibliography."""
    where = f" https://doi.org/{dataset.doi}" if dataset.doi else f" {dataset.url}" if dataset.url else ""
    return (
        f"{', '.join(dataset.all_authors)} ({dataset.day.year}). {dataset.title}. Version {dataset.release} "
        f"[data set]. Read with perftable-etl {VERSION}.{where}"
    )


def citation(dataset: Dataset) -> str:
    """The same as a file of the Citation File Format."""
    return "".join(f"{line}\n" for line in _lines(dataset))


def _lines(dataset: Dataset) -> Iterator[str]:
    yield "cff-version: 1.2.0"
    yield "message: Please cite this data set as below, with its version."
    yield "type: dataset"
    yield f"title: {_quoted(dataset.title)}"
    yield f"abstract: {_quoted(dataset.description)}"
    yield "authors:"
    yield from (f"  - name: {_quoted(author)}" for author in dataset.all_authors)
    yield f"version: {_quoted(dataset.release)}"
    yield f"date-released: {dataset.day.isoformat()}"
    for name in ("license", "url", "doi"):
        if value := getattr(dataset, name):
            yield f"{name}: {_quoted(value)}"
    yield "keywords:"
    yield from (f"  - {_quoted(word)}" for word in ("budget", "performance targets", "绩效目标"))


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever is in it: a string of JSON is one of YAML, too."""
    return json.dumps(text, ensure_ascii=False)
