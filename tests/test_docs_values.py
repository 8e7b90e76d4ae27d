"""docs/values.md says what the parser does: its tables are the test, and it names all words that the parser knows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import regex

from perftable_etl import parse_target
from perftable_etl.normalize.values import units, wording
from perftable_etl.normalize.values.dates import names_day, parse_date
from perftable_etl.normalize.values.money import parse_money
from perftable_etl.records import Target

PAGE = (Path(__file__).parents[1] / "docs" / "values.md").read_text(encoding="utf-8")
HEADER = ("printed", "kind", "operator", "value", "unit", "base value", "base unit", "deadline")
PART = "↳ "

Row = tuple[str, ...]


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> Iterator[Row]:
    """The rows of all tables in `text`, without their headers."""
    for line in text.splitlines():
        cells = tuple(cell.strip().strip("`") for cell in line.strip("|").split("|"))
        if (
            line.startswith("|")
            and not line.startswith("|---")
            and cells[0] not in ("printed", "operator", "base unit", "amount")
        ):
            yield cells


def examples() -> Iterator[tuple[str, list[Row]]]:
    """Each printed value with its row and the rows of its parts."""
    found = [row for row in rows(PAGE) if len(row) == len(HEADER)]
    for index, row in enumerate(found):
        if not row[0].startswith(PART):
            last = index + 1
            while last < len(found) and found[last][0].startswith(PART):
                last += 1
            yield row[0], found[index:last]


def row_of(target: Target, mark: str = "") -> Row:
    return (
        mark + target.raw,
        target.kind,
        target.operator or "",
        numbers(target.value, target.value_upper),
        target.unit or "",
        numbers(target.base_value, target.base_value_upper),
        target.base_unit or "",
        str(target.deadline or ""),
    )


def numbers(low: Decimal | None, high: Decimal | None) -> str:
    return " – ".join(f"{value.normalize():f}" if value else "0" for value in (low, high) if value is not None)


@pytest.mark.parametrize(
    ("printed", "expected"), [*examples()], ids=lambda value: value if isinstance(value, str) else ""
)
def test_examples(printed: str, expected: list[Row]) -> None:
    target = parse_target(printed, year=2024)
    assert [row_of(target), *(row_of(part, PART) for part in target.parts)] == expected


def test_dates_of_a_project() -> None:
    dates = [row for row in rows(section("Dates and money of a project")) if len(row) == 4]
    assert len(dates) == 10
    for text, start, end, inferred in dates:
        days = parse_date(text), parse_date(text, end=True)
        sides = [side for side, day in zip(("start", "end"), days, strict=True) if day]
        unnamed = [side for side in sides if not names_day(text, end=side == "end")]
        assert (*(str(day or "") for day in days), "both" if len(unnamed) == 2 else "".join(unnamed)) == (
            start,
            end,
            inferred,
        )


def test_money_of_a_project() -> None:
    amounts = [row for row in rows(section("Dates and money of a project")) if len(row) == 3]
    assert len(amounts) == 6
    for text, *yuan in amounts:
        read = (parse_money(text), parse_money(text, Decimal(10_000)))
        assert list(read) == [Decimal(amount) if amount else None for amount in yuan]


def test_every_rule_has_examples() -> None:
    titles = regex.findall(r"^## ([0-9]+\. .*)$", PAGE, flags=regex.MULTILINE)
    assert [title.partition(".")[0] for title in titles] == [str(number) for number in range(1, 11)]
    assert all(len(list(rows(section(title)))) > 3 for title in titles)


@pytest.mark.parametrize(("column", "table"), [(1, wording.BEFORE), (2, wording.AFTER)])
def test_every_operator_word_is_named(column: int, table: dict[str, str]) -> None:
    named = {word.strip("`"): row[0] for row in rows(section("Operator words")) for word in row[column].split()}
    assert {word: operator for word, operator in named.items() if word} == table


def test_every_unit_is_named() -> None:
    named = set(section("Units").replace("`", " ").split())
    assert set(units.ATOMS) - named == set()


def test_the_scales_are_those_of_the_code() -> None:
    for base, dimension, times, spellings in rows(section("Units")):
        for spelling in spellings.replace("`", "").split():
            assert tuple(units.ATOMS[spelling]) == (base, dimension, Decimal(times))


@pytest.mark.parametrize(("title", "module"), [("Operator words", wording), ("Units", units)])
def test_the_line_that_teaches_a_word_is_as_in_the_code(title: str, module: object) -> None:
    (line,) = regex.findall(r"```python\n(.*)\n```", section(title))
    assert line in Path(str(vars(module)["__file__"])).read_text(encoding="utf-8").splitlines()
