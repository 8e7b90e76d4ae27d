"""The pages of the site as HTML: frames that scripts fill. The only module that knows jinja2."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from perftable_etl.screen import visible

_HOME = Path(__file__).parent
_ASSETS = _HOME / "assets"
_LONGEST_TITLE = 120

_PLOT_STYLE = "sha256-+TfQir1nvDucAdvE6XUQBt4ayUjpAWkbw2kCdSfekHM="
"""The hash of the one style sheet that Observable Plot puts into its drawings; a test compares it."""

POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' '{_PLOT_STYLE}'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""What a page may load: what lies beside it on the disk, and nothing else."""


def overview_page() -> bytes:
    """The first page."""
    return _page("index.html", root="", title="perftable-etl")


def documents_page() -> bytes:
    """The list of documents."""
    return _page("documents.html", root="", title="Documents · 文件")


def document_page(key: str, file_name: str) -> bytes:
    """The page of one document, whose files are named by `key`."""
    return _page("document.html", root="../", title=visible(file_name[:_LONGEST_TITLE]), key=key)


def asset_files() -> Iterator[tuple[str, bytes]]:
    """The style sheet, the scripts and the libraries, by their paths."""
    for path in sorted(_ASSETS.rglob("*")):
        if path.is_file():
            yield path.relative_to(_ASSETS).as_posix(), path.read_bytes()


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HOME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _page(template: str, **values: str) -> bytes:
    return _templates().get_template(template).render(policy=POLICY, **values).encode()
