"""A web page in one file (MHTML, RFC 2557): mail whose parts are the page and what it refers to.

A workbook saved so is a page of frames, and each sheet is a part. All parts that are pages are read one after the
other, since a frame is no more than a place where a part is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from perftable_etl.errors import DamagedFile
from perftable_etl.extract.html.encoding import decode_page
from perftable_etl.extract.html.flow import Flow
from perftable_etl.extract.html.page import document_of, read_flow
from perftable_etl.tables import TableDocument

_MOST_PARTS = 2000
_DEEPEST = 50
"""A page has its parts in one list; mail that was sent on a few times has some lists in lists."""


def read_mhtml(data: bytes) -> TableDocument:
    """All pages in the file. Raises DamagedFile where there is none, and what `read_html` raises."""
    if data.lower().count(b"multipart/") > _DEEPEST:
        raise DamagedFile(f"its parts nest more than {_DEEPEST} times; save the page again")
    pages = list(_pages(message_from_bytes(data, policy=policy.compat32)))
    if not pages:
        raise DamagedFile("no part of it is a web page; save the page again")
    flow = Flow()
    for page in pages:
        flow.take_in(read_flow(page))
    return document_of(flow)


def _pages(mail: Message) -> Iterator[str]:
    """The parts that are pages, in their order."""
    for number, part in enumerate(mail.walk()):
        if number > _MOST_PARTS:
            raise DamagedFile(f"it has more than {_MOST_PARTS:,} parts, too many for a web page")
        if part.get_content_type() != "text/html":
            continue
        body = part.get_payload(decode=True)
        if isinstance(body, bytes):
            yield decode_page(body, str(part.get_content_charset() or ""))
