"""How the parts of an Office Open XML package refer to one another."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import join, normpath
from typing import NamedTuple

from perftable_etl.extract.office.packages import Package
from perftable_etl.extract.office.xml import Element, parse


class PackagePart(NamedTuple):
    """A part that another refers to: what it is for that one, and its name."""

    kind: str
    name: str


def main_part(package: Package, usual: str) -> str:
    """The name of the part that a package is all about."""
    parts = related_parts(package, "").values()
    return next((part.name for part in parts if part.kind == "officeDocument"), usual)


def related_parts(package: Package, part: str) -> Mapping[str, PackagePart]:
    """The parts that a part refers to, by the ids that it names them by. What lies outside the package is none."""
    folder, _, file = part.rpartition("/")
    name = join(folder, "_rels", f"{file}.rels")
    if name not in package:
        return {}
    return {
        one.get("Id", ""): PackagePart(one.get("Type", "").rpartition("/")[2], _resolved(folder, one.get("Target", "")))
        for one in parse(package, name).iterchildren()
        if one.get("TargetMode") != "External"
    }


def relationship_id(element: Element) -> str:
    """The id by which an element names a part; its namespace is not the element's."""
    return next((str(value) for name, value in element.attrib.items() if str(name).endswith("}id")), "")


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
