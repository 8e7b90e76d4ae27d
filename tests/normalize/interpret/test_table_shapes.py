"""Tables of random shapes are read as a person reads them; what no word tells is told, and shifts nothing."""

from __future__ import annotations

from hypothesis import given

from perftable_etl.records import Indicator
from tests.examples import examples
from tests.normalize.interpret.shapes import Printed, Shape, draw_table, read_by_person, shapes
from tests.normalize.interpret.tables import read_table


def printed(row: Indicator) -> Printed:
    """What was read, as a person would write it down."""
    numbers = tuple(None if number is None else str(number) for number in (row.weight, row.score))
    actual = row.actual.raw if row.actual else None
    fields = (numbers[0], actual, numbers[1], row.reason, row.remark)
    return Printed(row.phase, row.level1, row.level2, row.level3, row.target.raw, fields)


@examples(100)
@given(shape=shapes())
def test_a_table_is_read_in_any_shape(shape: Shape) -> None:
    read = read_table(draw_table(shape))
    assert [printed(row) for row in read.indicators] == read_by_person(shape)
    has_unknown = any(column.name == "unknown" for column in shape.columns)
    tables = len(shape.labels) if len(shape.labels) > 1 and not shape.is_beside else 1
    assert [code for code, _ in read.warnings] == ["unknown_cell"] * (tables if has_unknown else 0)
