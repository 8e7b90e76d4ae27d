"""The fiscal year of a form: as its headings print it, else as its document does, else as it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.printed import Values
from perftable_etl.normalize.layouts.headings import read_year
from perftable_etl.normalize.layouts.titles import prints_year, title_year, year_of_goal, year_of_name
from perftable_etl.normalize.values.text import clean

Period = tuple[date | None, date | None]
"""When a project begins and ends."""


def read_fiscal_year(
    above: Sequence[str], document_year: int | None, fields: Values, period: Period, coverage: Coverage
) -> int | None:
    """The year. A project's name and its goal of the year name it as a title does; its start is told.

    So is that of a project which begins and ends in one year.
    """
    start, end = period
    printed = next(filter(None, chain(map(read_year, above), map(title_year, above))), None) or document_year
    if printed:
        return printed
    named = next(_named(fields), None)
    if named and (start is None or start.year == named.year):
        message = Message(
            "the form prints no fiscal year; {year} is the year in {text}", year=named.year, text=named.text
        )
        coverage.report("year_inferred", "info", message, named.text, None)
        return named.year
    if start is None:
        return None
    message = Message("the form prints no fiscal year; {year} is the year of the start date", year=start.year)
    is_certain = end is not None and end.year == start.year and (named is None or named.year == start.year)
    coverage.report("year_inferred", "info" if is_certain else "warning", message, "", None)
    return start.year


class _NamedYear(NamedTuple):
    """A year, and the text that names it."""

    year: int
    text: str


def _named(fields: Values) -> Iterator[_NamedYear]:
    """The years that the project's name and its goal of the year name."""
    name, goal = fields.get("name"), fields.get("annual_goal")
    of_name = year_of_name(name.raw) if name else None
    of_goal = year_of_goal(goal.raw) if goal else None
    if name and of_name:
        yield _NamedYear(of_name, clean(name.raw))
    if goal and of_goal:
        yield _NamedYear(of_goal, clean(goal.raw)[:_SHOWN])


_SHOWN = 30
"""Characters of a text that a message shows."""


def report_no_year(texts: Iterable[str], coverage: Coverage) -> None:
    """Say that nothing names the year. Where no text of the form has one, nobody would find it on the page."""
    printed = next((text for text in texts if prints_year(text)), None)
    if printed is None:
        coverage.report("no_fiscal_year", "info", "the form prints no year", "", None)
    else:
        message = "nothing says which of the form's years is its fiscal year"
        coverage.report("no_fiscal_year", "warning", message, printed, None)
