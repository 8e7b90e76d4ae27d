"""Which unit publishes a document: by the lines that name it, its title, or the department its forms share.

A region (行政区划) is no unit: all departments of a district print its name, so it would make them one publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from perftable_etl.document import Document
from perftable_etl.normalize.layouts.headings import Title
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Declaration

_DEPARTMENT = "预算主管部门|主管预算部门|主管部门|编制部门|编报部门|填报部门|公开部门|预算部门|部门名称|部门"
_UNIT = "编制单位|编报单位|填报单位|申报单位|公开单位|预算单位|单位名称|单位"

# A department's forms may be filled in by several units below it, so a line that names the department comes first.
_LINES = tuple(
    regex.compile(rf"^(?:{labels})(?:[(]\p{{Han}}{{1,4}}[)])?:(?P<unit>.*)$") for labels in (_DEPARTMENT, _UNIT)
)
# A code may stand before a name, the word for a seal after it. What ends otherwise is prose, or money (单位：万元).
_NAME = regex.compile(
    r"^(?:\d{3,}[-—]?)?(?P<name>\p{Han}[\p{Han}\d()·、]{1,39}?"
    r"[局委会室厅院校心府部所队站馆处社学团司署台园库行厂联办关组](?:[(]?本级[)]?|[(](?!盖?公?章)\p{Han}{1,12}[)])?)"
    r"(?:[(](?:盖章|公章|章)[)])?$"
)
_REGION = regex.compile(r"(?:[省市县旗州镇乡]|(?<!联)盟|(?<![分备战])区|街道)(?:[(]?本?级[)]?)?$")
_GAP = regex.compile(r"[\t\n\u3000]+| {2,}")
# What may stand on the same line, set apart by a single blank or by nothing.
_NEXT = regex.compile(r"(?=(?:金额)?单位:(?:人民币)?[十百千万亿]*元|(?:填报|编制|公开)?日期:|年度:|单位负责人)")


def find_publisher(document: Document, title: Title | None, declarations: Sequence[Declaration]) -> str | None:
    """The unit that publishes a document; None where only a region is named, or nobody.

    Lines that name it come first (预算主管部门：, 编制部门：, 填报单位：). Its title comes next, and then the competent
    department (主管部门) where all declarations name the same.
    """
    parts = [part for text in _texts(document) for part in _parts(text)]
    named = next((unit for label in _LINES if (unit := _single(_named(parts, label)))), None)
    return named or _titled(title) or _single(_competent(declarations))


def is_region(name: str) -> bool:
    """Whether a name is that of a region, not of one of its offices: 青岚区, 上海市, 望溪镇, 青岚区本级."""
    return _REGION.search(fold(name)) is not None


def _texts(document: Document) -> Iterator[str]:
    """The lines outside tables, running heads too."""
    yield from (line.text for line in document.lines())
    yield from (noise.text for page in document.pages for noise in page.noise if noise.kind == "running_head")


def _parts(text: str) -> Iterator[str]:
    """The texts that are set apart on one line, folded; a label whose value is set apart together with it."""
    waiting = ""
    for part in _GAP.split(text):
        folded = waiting + fold(part)
        waiting = folded if folded.endswith(":") else ""
        if not waiting:
            yield from filter(None, _NEXT.split(folded))


def _named(parts: Iterable[str], label: regex.Pattern[str]) -> Iterator[str]:
    """The units that lines with one of these labels name."""
    values = (line["unit"] for part in parts if (line := label.match(part)))
    return (name["name"] for value in values if (name := _NAME.match(value)) and not is_region(name["name"]))


def _titled(title: Title | None) -> str | None:
    return title.organization if title and title.organization and not is_region(title.organization) else None


def _competent(declarations: Sequence[Declaration]) -> Iterator[str]:
    departments = (declaration.competent_department for declaration in declarations)
    return (department for department in departments if department and not is_region(department))


def _single(units: Iterable[str]) -> str | None:
    """The one unit among them; None where they are several, or none."""
    found = {fold(unit): unit for unit in units}
    return found.popitem()[1] if len(found) == 1 else None
