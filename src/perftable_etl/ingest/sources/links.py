"""The links of a web page. It is read in a worker with limits, as `web/pages.py` says why."""

from __future__ import annotations

import re
from typing import NamedTuple

from perftable_etl.errors import ReadError, WrongContent
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import WEB_PAGE_LIMITS, Limits
from perftable_etl.ingest.sources.addresses import canonical
from perftable_etl.web.pages import Node, Tree, excess, parsed

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk"})
_CHARSET_WITHIN = 2048
_ASCII_LIKE = dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-32"), "utf-8")
"""A page that can be read as far as where it names one of these is in none of them (HTML, 13.2.3.2)."""

MOST_TAGS = 200_000
_LONGEST = 4096
"""Characters of an address or of a link's text: no server takes longer ones, no person reads them."""


class WebLink(NamedTuple):
    """Where a link leads, as a canonical address, and what it says: its text or its title, whichever says more."""

    address: str
    text: str


class LinkPage(NamedTuple):
    """A page as sent: its bytes, the server's Content-Type, and the address it was found at."""

    body: bytes
    content_type: str
    address: str

    @property
    def has_table(self) -> bool:
        """Whether there may be a table on it."""
        return b"<table" in self.body.lower()


class LinkReader:
    """Reads the links of pages, each within limits, in a worker process that begins with the first page."""

    def __init__(self, limits: Limits = WEB_PAGE_LIMITS) -> None:
        self._worker = Worker(limits)

    def close(self) -> None:
        """Ends the worker, also in the midst of a page."""
        self._worker.dismiss()

    def read(self, page: LinkPage) -> tuple[WebLink, ...]:
        """What `read_links` gives. Raises WrongContent where the page is refused, or breaks the limits."""
        try:
            return self._worker.call(read_links, page)
        except ReadError as error:
            raise WrongContent(f"{page.address} cannot be read as a page of links: {error}") from error


def read_links(page: LinkPage) -> tuple[WebLink, ...]:
    """The links of a page, in order. Those that lead to no web page (javascript:, mailto:) are none.

    Raises WrongContent where it has more than MOST_TAGS tags, or nests them too deep.
    """
    if too_much := excess(page.body, MOST_TAGS):
        raise WrongContent(f"{page.address} is no page of links: {too_much}")
    encoding = _encoding(page.body, page.content_type)
    tree = parsed(page.body.decode(encoding, errors="replace"))
    base = _base(tree, page.address)
    nodes = ((node, node.attributes["href"] or "") for node in tree.css("a[href], area[href]"))
    found = ((node, canonical(reference, base, encoding)) for node, reference in nodes if len(reference) <= _LONGEST)
    return tuple(WebLink(target, _text(node)) for node, target in found if target)


def _encoding(page: bytes, content_type: str) -> str:
    """What the server says, else what the page says, else UTF-8 if it is that, else GB18030."""
    name = _named(content_type.encode()) or _ASCII_LIKE.get(said := _named(page[:_CHARSET_WITHIN]), said) or "utf-8"
    if name in _CHINESE:
        return "gb18030"  # holds the older ones, and pages that say gb2312 use more than that
    return name if _holds(page, name) else "gb18030"


def _named(text: bytes) -> str:
    said = _CHARSET.search(text)
    return said[1].decode("ascii", errors="replace").lower() if said else ""


def _holds(page: bytes, encoding: str) -> bool:
    """Whether a page can be in this encoding, and its addresses written in it: Python knows codecs for other things."""
    try:
        page.decode(encoding)
        page[:1].decode(encoding, errors="replace")
        "路".encode(encoding, errors="xmlcharrefreplace")
    except (LookupError, UnicodeError):
        return False
    return True


def _base(tree: Tree, address: str) -> str:
    node = tree.css_first("base[href]")
    said = (node.attributes["href"] or "") if node else ""
    return canonical(said, address) or address if said and len(said) <= _LONGEST else address


def _text(node: Node) -> str:
    said = (" ".join((text or "")[:_LONGEST].split()) for text in (node.text(), node.attributes.get("title")))
    return max(said, key=len)
