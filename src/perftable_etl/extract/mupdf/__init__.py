"""The first reader: MuPDF's words and vector drawings. The only package that knows pymupdf.

MuPDF is not thread-safe: use processes, never threads.
"""

from perftable_etl.extract.mupdf.files import MOST_PAGES
from perftable_etl.extract.mupdf.pages import read_characters, read_pages, render_pages

__all__ = ["MOST_PAGES", "read_characters", "read_pages", "render_pages"]
