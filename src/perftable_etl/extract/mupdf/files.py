"""Opening PDFs with MuPDF, and what it says is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pymupdf

from perftable_etl.errors import DamagedFile, EncryptedFile, NotPdf, OutOfMemory, ReadError, TooManyPages, TruncatedFile
from perftable_etl.extract.envelope import ends_early, unwrapped
from perftable_etl.extract.reader import Complain
from perftable_etl.formats import is_pdf

_LOSS = re.compile(r"error|repair|cannot|corrupt|invalid|premature|broken object|is not a stream", re.IGNORECASE)
"""Of what MuPDF says of a file, that which may have cost content; the rest is about fonts and oddities."""

_HARMLESS = re.compile(r"appearance stream|outline|link|marked content|Layer config|ICC|cms|JPX|FT_Load_Glyph")
"""Of the former, that which is about no page's text: widgets, links, tags, layers, colours, images, glyphs."""

FAULTS = (RuntimeError, ValueError, SystemError, pymupdf.mupdf.FzErrorBase)
"""What is raised over a file that MuPDF cannot read: PyMuPDF's layers differ in how they pass its errors on."""

_NO_MEMORY = re.compile(r"\b(?:m|c|re)alloc \([^)]*\) failed")
"""How MuPDF says that it got no memory."""

# Complaints about a file go into its outcome, not to the terminal.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

MOST_PAGES = 5000
"""A file with more is no disclosure; as many of text take a minute to read, and a gigabyte."""


@contextmanager
def opened(data: bytes, complain: Complain) -> Iterator[Any]:
    """An open PDF, for one pass over its pages; what MuPDF passed over in it is told at the end.

    MuPDF keeps one list of complaints for all that it has open: one pass ends before the next begins. Raises
    OutOfMemory where it passed something over for want of memory.
    """
    pymupdf.TOOLS.reset_mupdf_warnings()
    with _open(data) as pdf:
        yield pdf
    lines = _as_text(pymupdf.TOOLS.mupdf_warnings()).splitlines()
    if any(map(_NO_MEMORY.search, lines)):
        raise OutOfMemory
    for line in lines:
        if _LOSS.search(line) and not _HARMLESS.search(line):
            complain(line)


def _open(data: bytes) -> Any:
    if not is_pdf(data):
        raise NotPdf("it is named as a PDF but is not one; fetch it again, or correct its name")
    is_cut_off = ends_early(data)
    try:
        pdf = pymupdf.open(stream=unwrapped(data), filetype="pdf")
        is_locked = pdf.needs_pass
        has_pages = is_locked or pdf.page_count > 0
    except FAULTS as error:
        raise _refusal(_cause(error), is_cut_off) from error
    if is_locked:
        raise EncryptedFile("it is protected by a password; save a copy without one")
    if pdf.is_repaired and is_cut_off:
        raise TruncatedFile("its end is missing; fetch the file again")
    if not has_pages:
        raise DamagedFile("it has no pages; fetch the file again")
    if pdf.page_count > MOST_PAGES:
        raise TooManyPages(f"it has {pdf.page_count} pages, more than the limit of {MOST_PAGES}; split it")
    return pdf


def _refusal(cause: str, is_cut_off: bool) -> ReadError:
    """What is wrong with a file that MuPDF does not open."""
    if is_cut_off:
        return TruncatedFile("its end is missing; fetch the file again")
    if "encryption" in cause:
        return EncryptedFile(f"its encryption is not supported ({cause}); save a copy without encryption")
    return DamagedFile(f"it is too damaged to open ({cause}); fetch the file again")


def damage(what: str, error: Exception) -> ReadError:
    """What is wrong with a page that MuPDF does not read, unless there is only too little memory for it."""
    cause = _cause(error)
    if _NO_MEMORY.search(cause) or isinstance(error.__cause__, MemoryError):
        return OutOfMemory()
    return DamagedFile(f"{what} ({cause}); fetch the file again")


def _cause(error: Exception) -> str:
    """What MuPDF itself says is wrong, without its number for it."""
    return re.sub(r"^code=\d+: ", "", _as_text(str(error.__cause__ or error)))


def _as_text(message: str) -> str:
    """A message without the bytes of the file that MuPDF quotes in it, which no database and no JSON can hold."""
    return message.encode("utf-8", "replace").decode()


def attached_files(pdf: Any) -> Iterator[str]:
    """The names of the files that a document has with it, as a portfolio has; none of a list that is damaged."""
    try:
        yield from map(printable, pdf.embfile_names())
    except FAULTS:
        return


def printable(name: str) -> str:
    """A name without what no terminal and no database can hold."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)
