"""The links of a web page.

A page can be made to take hours and gigabytes: HTML parsers copy what is open at each badly nested tag. So pages are
read in a worker with limits, and those that nest deeper, or have more tags, than a page for people are refused.
"""

from __future__ import annotations

import re
from itertools import accumulate, islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from perftable_etl.errors import ReadError, WrongContent
from perftable_etl.ingest.isolation import Worker
from perftable_etl.ingest.limits import Limits
from perftable_etl.ingest.sources.addresses import canonical

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk"})
_CHARSET_WITHIN = 2048
_ASCII_LIKE = dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf-32"), "utf-8")
"""A page that can be read as far as where it names one of these is in none of them (HTML, 13.2.3.2)."""

LIMITS = Limits(seconds=30.0, megabytes=512)
"""For one page, which takes milliseconds and a few megabytes."""

MOST_TAGS = 200_000
DEEPEST = 512
"""Browsers nest no deeper (Chromium's parser lays deeper tags flat)."""

_LONGEST = 4096
"""Characters of an address or of a link's text: no server takes longer ones, no person reads them."""

_TAG = re.compile(rb"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>?")
_NEVER_DEEPER = frozenset(
    b"area base br col embed hr img input link meta source track wbr"  # they have no end tag
    b" p li dt dd option optgroup td th tr tbody thead tfoot colgroup rp rt html head body".split()  # it may be missing
)


class Link(NamedTuple):
    """Where a link leads, as a canonical address, and what it says: its text or its title, whichever says more."""

    address: str
    text: str


class LinkPage(NamedTuple):
    """A page as sent: its bytes, the server's Content-Type, and the address it was found at."""

    body: bytes
    content_type: str
    address: str


class LinkReader:
    """Reads the links of pages, each within limits, in a worker process that begins with the first page."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._worker = Worker(limits)

    def close(self) -> None:
        """Ends the worker, also in the midst of a page."""
        self._worker.dismiss()

    def read(self, page: LinkPage) -> tuple[Link, ...]:
        """What `read_links` gives. Raises WrongContent where the page is refused, or breaks the limits."""
        try:
            return self._worker.call(read_links, page)
        except ReadError as error:
            raise WrongContent(f"{page.address} cannot be read as a page of links: {error}") from error


def read_links(page: LinkPage) -> tuple[Link, ...]:
    """The links of a page, in order. Those that lead to no web page (javascript:, mailto:) are none.

    Raises WrongContent where it has more than MOST_TAGS tags, or nests more than DEEPEST of them.
    """
    _require_reasonable(page)
    encoding = _encoding(page.body, page.content_type)
    tree = LexborHTMLParser(page.body.decode(encoding, errors="replace"))
    base = _base(tree, page.address)
    nodes = ((node, node.attributes["href"] or "") for node in tree.css("a[href], area[href]"))
    found = ((node, canonical(reference, base, encoding)) for node, reference in nodes if len(reference) <= _LONGEST)
    return tuple(Link(target, _text(node)) for node, target in found if target)


def _require_reasonable(page: LinkPage) -> None:
    tags = _TAG.finditer(page.body)
    if next(islice(_TAG.finditer(page.body), MOST_TAGS, None), None):
        raise WrongContent(f"{page.address} has more than {MOST_TAGS:,} tags, too many for a page of links")
    if max(accumulate(map(_step, tags)), default=0) > DEEPEST:
        raise WrongContent(f"{page.address} nests more than {DEEPEST:,} tags, too deep for a page of links")


def _step(tag: re.Match[bytes]) -> int:
    """By how much a tag leads deeper; not at all where HTML lets the end tag be missing."""
    if tag["name"].lower() in _NEVER_DEEPER or tag[0].endswith(b"/>"):
        return 0
    return -1 if tag["end"] else 1


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


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    said = (node.attributes["href"] or "") if node else ""
    return canonical(said, address) or address if said and len(said) <= _LONGEST else address


def _text(node: LexborNode) -> str:
    said = (" ".join((text or "")[:_LONGEST].split()) for text in (node.text(), node.attributes.get("title")))
    return max(said, key=len)
