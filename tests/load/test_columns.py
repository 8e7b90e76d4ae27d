from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.load.columns import Column, Exact, table_of
from perftable_etl.load.ddl import table_statements

CENTS = Exact(6, 2)


class ExampleRow(NamedTuple):
    """Rows of
    an example.
    """

    name: Annotated[str, "It's a name"]
    grade: Annotated[Literal["a", "b"] | None, "One of two"]
    price: Annotated[Annotated[Decimal, CENTS] | None, "Exact"]
    day: Annotated[date, "A day"]


def test_a_row_class_is_a_table() -> None:
    table = table_of("example", ExampleRow)
    assert table.comment == "Rows of an example."
    assert table.columns == (
        Column("name", str, "VARCHAR", "It's a name"),
        Column("grade", str, "VARCHAR", "One of two", choices=("a", "b"), is_required=False),
        Column("price", Decimal, "DECIMAL(6,2)", "Exact", exact=CENTS, is_required=False),
        Column("day", date, "DATE", "A day"),
    )


def test_a_table_is_sql() -> None:
    create, about_table, about_name, *_ = table_statements(table_of("example", ExampleRow))
    assert create.splitlines() == [
        "CREATE TABLE example (",
        "    name VARCHAR NOT NULL,",
        "    grade VARCHAR CHECK (grade IN ('a', 'b')),",
        "    price DECIMAL(6,2),",
        "    day DATE NOT NULL",
        ");",
    ]
    assert about_table == "COMMENT ON TABLE example IS 'Rows of an example.';"
    assert about_name == "COMMENT ON COLUMN example.name IS 'It''s a name';"


@pytest.mark.parametrize("text", ["0", "-0.00", "12.5", "1.2300", "9999.99", "-9999.99", "1E+3", "100E-3"])
def test_exact_holds_what_loses_no_digit(text: str) -> None:
    assert CENTS.holds(Decimal(text))


@pytest.mark.parametrize("text", ["0.001", "10000", "1E+4", "1E-400", "NaN", "Infinity", "-12345.67"])
def test_exact_refuses_everything_else(text: str) -> None:
    assert not CENTS.holds(Decimal(text))


@given(st.integers(-999_999, 999_999))
def test_exact_holds_every_number_of_its_digits(cents: int) -> None:
    assert CENTS.holds(Decimal(cents).scaleb(-2))
