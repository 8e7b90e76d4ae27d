"""The values of single fields: texts, goals and dates, each from what is printed for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from perftable_etl.messages import Message
from perftable_etl.normalize.interpret.coverage import Coverage
from perftable_etl.normalize.interpret.printed import Values
from perftable_etl.normalize.values.dates import is_open, names_day, parse_date
from perftable_etl.normalize.values.text import clean, unquote
from perftable_etl.normalize.values.weights import parse_weight
from perftable_etl.records import FieldName


def read_text(values: Values, field: FieldName, coverage: Coverage) -> str | None:
    """A field's clean text; None where it is blank."""
    printed = values.get(field)
    if printed is None or not printed.raw:
        return None
    coverage.cover(*printed.cells)
    return clean(printed.raw) or None


def read_goal(values: Values, field: FieldName, coverage: Coverage) -> str | None:
    """A goal's clean text, without the quotation marks that a spreadsheet left around it."""
    text = read_text(values, field, coverage)
    return unquote(text) or None if text else None


def read_number(values: Values, field: FieldName, coverage: Coverage) -> Decimal | None:
    """The number of points or of a rate; None where it is blank, and where it is none, which is not settled."""
    printed = values.get(field)
    number = parse_weight(printed.raw) if printed else None
    if printed and number is not None:
        coverage.cover(*printed.cells)
    return number


def read_date(values: Values, field: FieldName, coverage: Coverage) -> date | None:
    """A date field; None where it is blank, open (长期) or unreadable.

    What is unreadable is reported, and a day that is not printed: of a month it is the first or last. A label that asks
    for a period (起止时间) asks for no day.
    """
    printed = values.get(field)
    if printed is None or not printed.raw:
        return None
    is_end = field == "end_date"
    day = parse_date(printed.raw, end=is_end)
    if day is None and not is_open(printed.raw):
        message = Message("{field} is not a date", field=field)
        coverage.report("not_a_date", "error", message, printed.raw, printed.place)
        return None
    coverage.cover(*printed.cells)
    is_period = values.get("start_date") is values.get("end_date")
    if day is not None and not is_period and not names_day(printed.raw, end=is_end):
        message = Message(
            "{field} prints no day; {day} is the {which} day of its period",
            field=field,
            day=day,
            which="last" if is_end else "first",
        )
        coverage.report("day_inferred", "warning", message, printed.raw, printed.place)
    return day
