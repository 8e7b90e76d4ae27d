"""The formats of files: how each is named, how it begins, and what the web calls it.

The first bytes decide, and not the name: PDFs are published as .doc, web pages as .xls. A name says only what a text is
for, as any bytes may be text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal, NamedTuple

from perftable_etl.errors import EncryptedFile, UnsupportedFile
from perftable_etl.records import MediaType

PartKind = Literal["page", "table", "sheet"]
FormatName = Literal["docx", "html", "mhtml", "ods", "pdf", "text", "xls", "xlsx"]


class Format(NamedTuple):
    """A format that is read: the ends of its files' names, the usual one first; `title` names it in a message.

    `part_kind` is what `page` counts in a place: pages, or the tables or sheets of files without pages.
    """

    name: FormatName
    title: str
    media_type: MediaType
    suffixes: tuple[str, ...]
    part_kind: PartKind = "page"


PDF = Format("pdf", "a PDF", "application/pdf", (".pdf",))
TEXT = Format("text", "text", "text/plain", (".txt",))
HTML = Format("html", "a web page", "text/html", (".html", ".htm"), "table")
MHTML = Format("mhtml", "a web page in one file", "multipart/related", (".mhtml", ".mht"), "table")
DOCX = Format(
    "docx",
    "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx",),
    "table",
)
XLSX = Format(
    "xlsx",
    "an Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx",),
    "sheet",
)
XLS = Format("xls", "an Excel 97 workbook", "application/vnd.ms-excel", (".xls",), "sheet")
ODS = Format("ods", "an OpenDocument sheet", "application/vnd.oasis.opendocument.spreadsheet", (".ods",), "sheet")

FORMATS = (PDF, TEXT, HTML, MHTML, DOCX, XLSX, XLS, ODS)

SUFFIXES: tuple[str, ...] = tuple(suffix for known in FORMATS for suffix in known.suffixes)
"""The ends, in lower case, of the names of files that are read."""

MISLEADING_SUFFIXES = frozenset({".doc", ".docm", ".et", ".rtf", ".shtml", ".wps", ".xhtml", ".xlsm", ".xlt", ".xltx"})
"""The ends of names that files of our formats often have, though most files with them are of others."""

HEAD = 1 << 16
"""Bytes from the beginning, and as many from the end, that tell the format of nearly every file."""

_WITHOUT_SIGNATURE = (TEXT, HTML)

_FORGIVEN = 1024
"""Bytes before the header of a PDF that every reader expects."""

_PDF_HEADER = re.compile(rb"%PDF-[0-9]\.[0-9]")
_PAGE = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
    rb"<(?:!doctype\s+html|html|head|body|table|meta|title|style|script|div|link|base|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"\s*[A-Za-z-]+:[^\n]*\n")
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_WORKBOOK = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}

_ZIP = b"PK\x03\x04"
_IN_ZIP = (
    (b"word/document.xml", DOCX),
    (b"xl/workbook.xml", XLSX),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ODS),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


_CONTAINERS: dict[FormatName, bytes] = {"docx": _ZIP, "xlsx": _ZIP, "ods": _ZIP, "xls": _OLE}
"""How files of formats begin that are containers of other files."""

_NEVER = ()
"""What nothing begins with."""


class _Foreign(NamedTuple):
    """A format that is not read: what marks it, what it is, and what to do."""

    mark: bytes
    title: str
    advice: str


_AS_DOCX = "save it as .docx or as PDF"
_AS_XLSX = "save it as .xlsx or as PDF"
_UNPACK = "unpack it, and give the files in it"
_OF_OLE = (
    _Foreign("WordDocument".encode("utf-16-le"), "a Word 97 document", _AS_DOCX),
    _Foreign("PowerPoint Document".encode("utf-16-le"), "a PowerPoint 97 presentation", "save it as PDF"),
)
_OF_ZIP = (
    _Foreign(b"xl/workbook.bin", "a binary Excel workbook", _AS_XLSX),
    _Foreign(b"OFD.xml", "an OFD document", "convert it to PDF"),
    _Foreign(b"ppt/presentation.xml", "a PowerPoint presentation", "save it as PDF"),
    _Foreign(b"mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text", _AS_DOCX),
)
_BY_BEGINNING = (
    _Foreign(b"{\\rtf", "a document in RTF", _AS_DOCX),
    _Foreign(b"\x89PNG", "an image", "make a PDF of it"),
    _Foreign(b"\xff\xd8\xff", "an image", "make a PDF of it"),
    _Foreign(b"II*\x00", "an image", "make a PDF of it"),
    _Foreign(b"MM\x00*", "an image", "make a PDF of it"),
    _Foreign(b"Rar!", "an archive", _UNPACK),
    _Foreign(b"7z\xbc\xaf", "an archive", _UNPACK),
    _Foreign(b"\x1f\x8b", "an archive", _UNPACK),
    _Foreign(_ZIP, "an archive", _UNPACK),
)


def format_named(name: str) -> Format | None:
    """The format that a name promises; None where files so named are not read."""
    suffix = PurePath(name).suffix.lower()
    return next((known for known in FORMATS if suffix in known.suffixes), None)


def suffix_of(media_type: MediaType) -> str:
    """The usual end of the names of such files."""
    return next(known.suffixes[0] for known in FORMATS if known.media_type == media_type)


def part_kind_of(media_type: MediaType | None) -> PartKind:
    """What `page` counts in the places of such files."""
    return next((known.part_kind for known in FORMATS if known.media_type == media_type), "page")


def recognise(data: bytes, name: str) -> Format:
    """The format of a file by its bytes (HEAD from both ends do), and by its name where these say nothing.

    Raises EncryptedFile, and UnsupportedFile for one that is not read or has not the signature that its name promises.
    """
    if found := signed(data):
        return found
    promised = format_named(name)
    if promised in _WITHOUT_SIGNATURE:
        return promised
    _require_readable(data, promised)
    if promised is None:
        suffix = PurePath(name).suffix
        raise UnsupportedFile(f"files ending in {suffix or 'nothing'} are not read; give one of {', '.join(SUFFIXES)}")
    if promised is PDF or data.startswith(_CONTAINERS.get(promised.name, _NEVER)):
        return promised  # whoever reads it says what is wrong with it
    raise UnsupportedFile(f"it is named as {promised.title} but is not one; fetch it again, or correct its name")


def signed(data: bytes) -> Format | None:
    """The format whose signature the bytes have."""
    return next(_signatures(data), None)


def _signatures(data: bytes) -> Iterator[Format]:
    head = data[:HEAD]
    if b"%PDF-" in data[:_FORGIVEN]:
        yield PDF
    if data.startswith(_ZIP):
        yield from (known for mark, known in _IN_ZIP if mark in data)
    if data.startswith(_OLE) and any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\x00")):
        yield XLS
    if _WORKBOOK.match(head):
        yield XLS
    if _PAGE.match(_in_ascii(head)):
        yield HTML
    if _MAIL.match(head) and _RELATED.search(head):
        yield MHTML
    if is_pdf(data):
        yield PDF


def is_pdf(data: bytes) -> bool:
    """Whether there is a PDF in `data`, whatever stands before it."""
    return b"%PDF-" in data[:_FORGIVEN] or bool(_PDF_HEADER.search(data))


def _in_ascii(head: bytes) -> bytes:
    """The beginning of a text without its mark and, in UTF-16, without every other byte."""
    encoding = _UTF_16.get(head[:2])
    wide = head[: len(head) // 2 * 2].decode(encoding, "replace").encode("utf-8") if encoding else head
    return wide.removeprefix(b"\xef\xbb\xbf")


def _require_readable(data: bytes, promised: Format | None) -> None:
    """Raises what there is to say of bytes that are known to be of a format that is not read."""
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile("it is encrypted with a password; save it without one")
    inside = _OF_OLE if data.startswith(_OLE) else _OF_ZIP if data.startswith(_ZIP) else ()
    found = [foreign for foreign in inside if foreign.mark in data]
    if promised is None:
        found += [foreign for foreign in _BY_BEGINNING if data.startswith(foreign.mark)]
    if found:
        raise UnsupportedFile(f"it is {found[0].title}, which is not read; {found[0].advice}")
