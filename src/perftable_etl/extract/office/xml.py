"""The XML of office documents, read so that it can neither reach out nor grow: no entities, no network, no DTD."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from perftable_etl.errors import DamagedFile
from perftable_etl.extract.office.packages import Package

Element = etree._Element


def parse(package: Package, name: str) -> Element:
    """The root element of a part. Raises ReadError."""
    return parse_bytes(package.read(name), name)


def parse_bytes(data: bytes, name: str) -> Element:
    """The root element of an XML text. No office program writes a document type, which is where entities come from."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(f"its part {name} is damaged ({error.msg}); fetch it again") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DamagedFile(f"its part {name} declares a document type; skip it; it may be malicious")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace, of which transitional and strict files have two."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The attribute of that local name."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that local name."""
    return element.iterchildren(f"{{*}}{name}")


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name; None without one, or without a parent."""
    return None if element is None else next(children(element, name), None)


def descendants(element: Element, name: str) -> Iterator[Element]:
    """All elements of that local name within an element."""
    return element.iter(f"{{*}}{name}")
