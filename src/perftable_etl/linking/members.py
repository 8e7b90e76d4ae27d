"""What is linked: the projects of a unit in one year, each with its indicators."""

from __future__ import annotations

from typing import NamedTuple


class IndicatorMember(NamedTuple):
    """An indicator by what is printed of it, and by what was parsed of its target: only asked whether it is the same.

    `occurrence` tells indicators of one project apart that print the same group and name, from 1.
    """

    indicator_id: str
    phase: str
    area: str
    level2: str
    level3: str
    base_value: str | None = None
    base_unit: str | None = None
    occurrence: int = 1


class ProjectMember(NamedTuple):
    """A project by what is printed of it. `publisher` is who publishes it, and `unit` who carries it out.

    `occurrence` tells projects of one year apart that print the same, from 1.
    """

    project_id: str
    publisher: str
    unit: str
    form_kind: str
    year: int
    name: str
    funds: str | None = None
    occurrence: int = 1
    indicators: tuple[IndicatorMember, ...] = ()
