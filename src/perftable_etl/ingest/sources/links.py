"""The links of a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from perftable_etl.ingest.sources.addresses import canonical

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk"})
_CHARSET_WITHIN = 2048


class Link(NamedTuple):
    """Where a link leads, as a canonical address, and what it says: its text or its title, whichever says more."""

    address: str
    text: str


def read_links(page: bytes, content_type: str, address: str) -> Iterator[Link]:
    """The links of the page at `address`, in order. Those that lead to no web page (javascript:, mailto:) are none."""
    encoding = _encoding(page, content_type)
    tree = LexborHTMLParser(page.decode(encoding, errors="replace"))
    base = _base(tree, address)
    for node in tree.css("a[href], area[href]"):
        target = canonical(node.attributes["href"] or "", base, encoding)
        if target:
            yield Link(target, _text(node))


def _encoding(page: bytes, content_type: str) -> str:
    """What the server says, else what the page says, else UTF-8 if it is that, else GB18030."""
    said = _CHARSET.search(content_type.encode()) or _CHARSET.search(page[:_CHARSET_WITHIN])
    name = said[1].decode("ascii", errors="replace").lower() if said else ""
    if name in _CHINESE:
        return "gb18030"  # holds the older ones, and pages that say gb2312 use more than that
    try:
        page.decode(name or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return "gb18030"
    return name or "utf-8"


def _base(tree: LexborHTMLParser, address: str) -> str:
    node = tree.css_first("base[href]")
    return canonical(node.attributes["href"] or "", address) or address if node else address


def _text(node: LexborNode) -> str:
    said = (" ".join((text or "").split()) for text in (node.text(), node.attributes.get("title")))
    return max(said, key=len)
