"""How a line says which unit publishes a document (预算主管部门：, 填报单位：), and how units and regions are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold

_DEPARTMENT = "预算主管部门|主管预算部门|主管部门|编制部门|编报部门|填报部门|公开部门|预算部门|部门名称|部门"
_UNIT = "编制单位|编报单位|填报单位|申报单位|公开单位|预算单位|单位名称|单位"

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
# Smaller than a region: a village, a community, what runs a street or a zone, a state farm.
_SMALL_PLACE = regex.compile(r"(?:村|社区|街道办(?:事处)?|管委会|[农林牧渔]场|团场|本级)$")
_GAP = regex.compile(r"[\t\n\u3000]+| {2,}")
# What may stand on the same line, set apart by a single blank or by nothing.
_NEXT = regex.compile(r"(?=(?:金额)?单位:(?:人民币)?[十百千万亿]*元|(?:填报|编制|公开)?日期:|年度:|单位负责人)")


def units_by_line(parts: Iterable[str]) -> Iterator[list[str]]:
    """The units that folded texts name: those after the label of a department, then those after that of a unit.

    A department's forms may be filled in by several units below it, so a line that names the department comes first.
    """
    texts = list(parts)
    for label in _LINES:
        values = (line["unit"] for text in texts if (line := label.match(text)))
        yield [name["name"] for value in values if (name := _NAME.match(value)) and not is_region(name["name"])]


@remembered(16384)
def parts_of_line(text: str) -> tuple[str, ...]:
    """The texts that are set apart on one line, folded; a label whose value is set apart together with it."""
    return tuple(_parts_of_line(text))


def _parts_of_line(text: str) -> Iterator[str]:
    waiting = ""
    for part in _GAP.split(text):
        folded = waiting + fold(part)
        waiting = folded if folded.endswith(":") else ""
        if not waiting:
            yield from filter(None, _NEXT.split(folded))


_OF_LEVEL = regex.compile(r"^(?:中央|国家|省|自治区|市|州|盟|县|区|旗|地方)+级?(?:主管|财政|业务)(?:主管)?部门")


def is_department_of_level(label: str) -> bool:
    """Whether a label names a department of one level of government among others (省级财政部门)."""
    return _OF_LEVEL.match(fold(label)) is not None


def is_region(name: str) -> bool:
    """Whether a name is that of a region, not of one of its offices: 青岚区, 上海市, 望溪镇, 青岚区本级."""
    return _REGION.search(fold(name)) is not None


def is_place(name: str) -> bool:
    """Whether a name is that of a region or of a smaller place, as one heads a column: 望溪镇清泉村, 东门街道办."""
    return is_region(name) or _SMALL_PLACE.search(fold(name)) is not None
