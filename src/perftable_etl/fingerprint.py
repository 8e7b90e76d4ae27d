"""The fingerprint of the reader: equal fingerprints read the same bytes the same way.

It is a hash over the sources of every module that takes part in reading (layouts included) and over the versions of the
libraries they stand on. The version of the package changes once a release; the fingerprint changes with what the reader
knows, and so what it changes is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

READER = (
    "anchors.py", "bounds.py", "characters", "document.py", "entries.py", "errors", "extract", "failures.py",
    "fields.py", "fingerprint.py", "form_fields.py", "formats.py", "geometry", "messages.py", "normalize",
    "pipeline.py", "quick_tuples.py", "records.py", "source_findings", "system/disk.py", "system/patience.py",
    "table_files.py", "tables.py", "target.py", "web/pages.py",
)  # fmt: skip
"""The files and folders of the package that make an outcome of a file: all that `pipeline` imports, and data."""

LIBRARIES = (
    "numpy", "onnxruntime", "opencv-python", "opencv-python-headless", "pdfminer.six", "pdfplumber", "pymupdf",
    "pymupdf-lite", "rapidocr", "regex",
    "lxml", "selectolax", "xlrd",
)  # fmt: skip
"""The distributions that a reading may depend on. One that is not installed says so, as extras may be missing."""

_SOURCES = (".py", ".toml")


@lru_cache(maxsize=8)
def fingerprint(layouts: str = "") -> str:
    """The fingerprint of this process's reader, in hex: the same on every machine that has the same reader.

    `layouts` is the digest of those that were added to the package's own; empty for none.
    """
    digest = hashlib.sha256()
    for part in (*_sources(), *map(_library, LIBRARIES), *filter(None, [layouts])):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()[:32]


def _sources() -> Iterator[str]:
    """Each source file by its name in the package, and its text, whose lines may end as this machine ends them."""
    package = files("perftable_etl")
    for name in READER:
        for path, file in _files(name, package / name):
            yield path
            yield file.read_text("utf-8")


def _files(path: str, item: Traversable) -> Iterator[tuple[str, Traversable]]:
    """All source files under an item, by path, in the order of their names."""
    if item.is_dir():
        for child in sorted(item.iterdir(), key=lambda child: child.name):
            yield from _files(f"{path}/{child.name}", child)
    elif path.endswith(_SOURCES):
        yield path, item


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} missing"
