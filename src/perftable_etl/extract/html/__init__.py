"""Web pages: their tables with the spans that they have, and the lines between them."""

from collections.abc import Callable, Mapping

from perftable_etl.extract.html.mhtml import read_mhtml
from perftable_etl.extract.html.page import read_html
from perftable_etl.formats import FormatName
from perftable_etl.tables import TableDocument

__all__ = ["READERS", "read_html", "read_mhtml"]

READERS: Mapping[FormatName, Callable[[bytes], TableDocument]] = {"html": read_html, "mhtml": read_mhtml}
"""The reader of each format."""
