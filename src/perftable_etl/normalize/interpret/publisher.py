"""Which unit publishes a document: by the lines that name it, its title, or the department its forms share.

A region (行政区划) is no unit: all departments of a district print its name, so it would make them one publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from perftable_etl.document import Document
from perftable_etl.normalize.layouts.headings import Title
from perftable_etl.normalize.layouts.publishers import is_region, parts_of_line, units_by_line
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Declaration


def find_publisher(document: Document, title: Title | None, declarations: Sequence[Declaration]) -> str | None:
    """The unit that publishes a document; None where only a region is named, or nobody.

    Lines that name it come first (预算主管部门：, 编制部门：, 填报单位：). Its title comes next, and then the competent
    department (主管部门) where all declarations name the same.
    """
    parts = (part for text in _texts(document) for part in parts_of_line(text))
    named = next(filter(None, map(_single, units_by_line(parts))), None)
    return named or _titled(title) or _single(_competent(declarations))


def _texts(document: Document) -> Iterator[str]:
    """The lines outside tables, running heads too."""
    yield from (line.text for line in document.lines())
    yield from (noise.text for page in document.pages for noise in page.noise if noise.kind == "running_head")


def _titled(title: Title | None) -> str | None:
    return title.organization if title and title.organization and not is_region(title.organization) else None


def _competent(declarations: Sequence[Declaration]) -> Iterator[str]:
    departments = (declaration.competent_department for declaration in declarations)
    return (department for department in departments if department and not is_region(department))


def _single(units: Iterable[str]) -> str | None:
    """The one unit among them; None where they are several, or none."""
    found = {fold(unit): unit for unit in units}
    return found.popitem()[1] if len(found) == 1 else None
