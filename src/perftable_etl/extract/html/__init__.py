"""Web pages: their tables with the spans that they have, and the lines between them."""

from perftable_etl.extract.html.mhtml import read_mhtml
from perftable_etl.extract.html.page import read_html

__all__ = ["read_html", "read_mhtml"]
