"""Which unit publishes a document: by the lines that name it, its title, or the department its forms share.

A region (行政区划) is no unit: all departments of a district print its name, so it would make them one publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from perftable_etl.characters.look_alikes import look_alikes
from perftable_etl.document import Cell, Document, Grid
from perftable_etl.normalize.layouts.headings import Title
from perftable_etl.normalize.layouts.publishers import is_department_of_level, is_region, parts_of_line, units_by_line
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Declaration


def find_publisher(document: Document, title: Title | None, declarations: Sequence[Declaration]) -> str | None:
    """The unit that publishes a document; None where only a region is named, or nobody.

    Lines that name it come first (预算主管部门：, 编制部门：, 填报单位：), those in the first rows of a table too. Its
    title comes next, then the department that its forms are of, or that is in charge of them (主管部门), and then the
    unit that carries them out (实施单位), each where all declarations name the same.
    """
    parts = (part for text in _texts(document) for part in parts_of_line(text))
    named = next(filter(None, map(_single, units_by_line(parts))), None)
    return named or _titled(title) or _single(_departments(declarations)) or _single(_units(declarations))


def _texts(document: Document) -> Iterator[str]:
    """The lines outside tables, running heads too, and the first rows of tables."""
    yield from (line.text for line in document.lines())
    for page in document.pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                top = takewhile(_is_at_top, block.cells)
                yield from (cell.text for cell in top if not _COLONS.isdisjoint(cell.text))
    yield from (noise.text for page in document.pages for noise in page.noise if noise.kind == "running_head")


def _titled(title: Title | None) -> str | None:
    return title.organization if title and title.organization and not is_region(title.organization) else None


_COLONS = frozenset(look_alikes(":"))


def _is_at_top(cell: Cell) -> bool:
    return cell.row < _TOP


_TOP = 3
"""Rows of a table in which its unit may be named, above its own content."""


def _departments(declarations: Sequence[Declaration]) -> Iterator[str]:
    """The departments that declarations name; one of several levels of government has handed money down."""
    for declaration in declarations:
        is_of_department = declaration.form_kind == "department"
        department = declaration.competent_department or (declaration.name if is_of_department else None)
        handed_down = any(is_department_of_level(other.label) for other in declaration.other_fields)
        if department and not handed_down and not is_region(department):
            yield department


def _units(declarations: Sequence[Declaration]) -> Iterator[str]:
    """The units that carry projects out, where no declaration names a department."""
    if not any(declaration.competent_department for declaration in declarations):
        units = (declaration.implementing_unit for declaration in declarations)
        yield from (unit for unit in units if unit and not is_region(unit))


def _single(units: Iterable[str]) -> str | None:
    """The one unit among them; None where they are several, or none."""
    found = {fold(unit): unit for unit in units}
    return found.popitem()[1] if len(found) == 1 else None
