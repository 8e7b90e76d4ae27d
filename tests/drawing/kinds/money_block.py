"""Prints money onto a sheet: below each other, in two blocks, as pairs, or as a matrix of sources and budgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tests.drawing.kinds.choice import Choice
from tests.drawing.kinds.invention import cents
from tests.drawing.kinds.records import Amount, FormKind
from tests.drawing.kinds.sheet import Sheet
from tests.drawing.kinds.words import Words

MoneyShape = Literal["rows", "two_blocks", "pairs", "matrix", "none"]
UnitPlace = Literal["side", "label", "line", "amount"]
MatrixColumn = Literal["initial", "adjusted", "executed", "weight", "rate", "score", "expected"]
SHAPES: dict[FormKind, tuple[MoneyShape, ...]] = {
    "declaration": ("rows", "two_blocks", "pairs"),
    "self_evaluation": ("matrix",),
    "department": ("rows", "pairs"),
    "transfer": ("rows",),
    "long": ("none",),
    "unusual": ("rows", "pairs"),
    "monitoring": ("matrix",),
    "listed": ("none",),
}
BUDGETS: tuple[MatrixColumn, ...] = ("initial", "adjusted", "executed")


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts to print, the unit they count in and where it stands, and for a matrix its columns."""

    shape: MoneyShape
    amounts: tuple[Amount, ...]
    unit: str
    unit_place: UnitPlace
    has_side: bool = True
    matrix: tuple[MatrixColumn, ...] = ()
    rate: Decimal | None = None
    dash: str = "—"

    @property
    def year(self) -> list[Amount]:
        return [amount for amount in self.amounts if amount.phase == "year"]

    @property
    def total(self) -> list[Amount]:
        return [amount for amount in self.amounts if amount.phase == "total"]

    def labelled(self, label: str, *, leads: bool) -> str:
        """A label with the unit after it, if it stands there."""
        return f"{label}（{self.unit}）" if leads and self.unit_place == "label" else label


def money(choose: Choice, kind: FormKind, words: Words) -> Money:
    """Random amounts in a random shape."""
    shape = choose.one_of(SHAPES[kind])
    unit = choose.one_of(("万元", "元"))
    has_side = shape in ("two_blocks", "matrix") or (shape == "rows" and choose.integer(0, 3) > 0)
    places: tuple[UnitPlace, ...] = ("side", "line") if has_side else ("label", "line")
    place = choose.one_of((*places, "amount") if kind == "unusual" else places)
    if kind == "monitoring":
        return _watched(choose, words, unit, place)
    if shape == "matrix":
        return _matrix(choose, words, unit, place)
    year = _block(choose, words, "year", _parts(choose, kind))
    total = _block(choose, words, "total", ("fiscal", "other")) if shape == "two_blocks" else ()
    return Money(shape, (*total, *year), unit, place, has_side)


def _parts(choose: Choice, kind: FormKind) -> tuple[str, ...]:
    if kind == "transfer":
        return ("central", *choose.some(("provincial", "municipal", "county")))
    return ("fiscal", *(("carryover",) if choose.flag() else ()), *(("other",) if choose.flag() else ()))


def _block(choose: Choice, words: Words, phase: str, parts: Sequence[str]) -> tuple[Amount, ...]:
    """The parts of a sum below it."""
    amounts = [Amount(phase, part, cents(choose), words(f"money.{phase}.{part}")) for part in parts]
    whole = sum(amount.cents for amount in amounts)
    return (Amount(phase, "all", whole, words(f"money.{phase}.all")), *amounts)


def _matrix(choose: Choice, words: Words, unit: str, place: UnitPlace) -> Money:
    parts = _parts(choose, "self_evaluation")
    budgets: tuple[MatrixColumn, ...] = choose.one_of((BUDGETS, BUDGETS[1:]))
    further: tuple[MatrixColumn, ...] = choose.one_of((("weight", "rate", "score"), ("rate",), ("weight", "rate"), ()))
    amounts = [amount for budget in budgets for amount in _budget(choose, words, budget, parts)]
    spent, given = _whole(amounts, "executed"), _whole(amounts, "adjusted")
    rate = round(Decimal(spent * 100) / given, 2) if "rate" in further else None
    return Money("matrix", tuple(amounts), unit, place, True, (*budgets, *further), rate, choose.one_of(("—", "", "-")))


def _watched(choose: Choice, words: Words, unit: str, place: UnitPlace) -> Money:
    """What was spent within the year, and what is expected of its end."""
    until = choose.one_of(("1-7月", "1至8月"))
    words.use("matrix.executed", f"{until}执行数")
    words.use("matrix.rate", f"{until}执行率")
    parts = _parts(choose, "self_evaluation")
    budgets: tuple[MatrixColumn, ...] = ("initial", "executed")
    amounts = [amount for budget in budgets for amount in _budget(choose, words, budget, parts)]
    rate = round(Decimal(_whole(amounts, "executed") * 100) / _whole(amounts, "initial"), 2)
    return Money("matrix", tuple(amounts), unit, place, True, (*budgets, "rate", "expected"), rate)


def _budget(choose: Choice, words: Words, budget: str, parts: Sequence[str]) -> list[Amount]:
    amounts = [Amount(budget, part, cents(choose), words(f"money.year.{part}")) for part in parts]
    return [Amount(budget, "all", sum(one.cents for one in amounts), words("money.year.all")), *amounts]


def _whole(amounts: Sequence[Amount], phase: str) -> int:
    return next(amount.cents for amount in amounts if amount.phase == phase and amount.source == "all")


def print_money(sheet: Sheet, money: Money, words: Words) -> None:
    """Its rows; a side label has the unit below it, if it stands there."""
    if money.shape == "rows":
        _print_rows(sheet, money, _side(money, words))
    elif money.shape == "two_blocks":
        _print_two_blocks(sheet, money, _side(money, words))
    elif money.shape == "matrix":
        _print_matrix(sheet, money, words)


def _side(money: Money, words: Words) -> str:
    unit = f"\n（{money.unit}）" if money.unit_place == "side" else ""
    return words("sides.money") + unit


def _print_rows(sheet: Sheet, money: Money, side: str) -> None:
    spans = sheet.cut(0, (1, 2, 4)) if money.has_side else [(0, 0), *sheet.cut(0, (2, 4))]
    first = len(sheet.rows)
    for amount in money.year:
        label = money.labelled(amount.label, leads=amount.source == "all")
        sheet.put_row("funds", spans[1:], (label, amount.printed(money.unit, money.unit_place)))
    if money.has_side:
        sheet.put(spans[0], side, row=first, rows=len(money.year))


def _print_two_blocks(sheet: Sheet, money: Money, side: str) -> None:
    """The whole life's money to the left of the year's; the shorter block ends with blank cells."""
    spans = sheet.cut(0, (1, 2, 2, 2, 2))
    first, count = len(sheet.rows), max(len(money.year), len(money.total))
    sides = [_padded(block, count, money.unit) for block in (money.total, money.year)]
    for left, right in zip(*sides, strict=True):
        sheet.put_row("funds", spans[1:], (*left, *right))
    sheet.put(spans[0], side, row=first, rows=count)


def _padded(block: Sequence[Amount], count: int, unit: str) -> list[tuple[str, str]]:
    printed = [(amount.label, amount.printed(unit)) for amount in block]
    return printed + [("", "")] * (count - len(block))


def _print_matrix(sheet: Sheet, money: Money, words: Words) -> None:
    spans = sheet.cut(0, (2, 3, *(2 for _ in money.matrix)))
    first = len(sheet.rows)
    sheet.put_row("funds", spans[1:], ("", *(words(f"matrix.{column}") for column in money.matrix)))
    labels = {amount.source: amount.label for amount in money.amounts}
    for source, label in labels.items():
        cells = [_matrix_cell(money, column, source) for column in money.matrix]
        sheet.put_row("funds", spans[1:], (label, *cells))
    sheet.put(spans[0], _side(money, words), row=first, rows=1 + len(labels))


def _matrix_cell(money: Money, column: MatrixColumn, source: str) -> str:
    if column in BUDGETS:
        found = next(amount for amount in money.amounts if (amount.phase, amount.source) == (column, source))
        return found.printed(money.unit)
    if source != "all":
        return money.dash
    return {"weight": "10", "rate": f"{money.rate}%", "score": "9", "expected": "8.00"}[column]
