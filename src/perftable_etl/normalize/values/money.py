"""Money in header fields: an amount as printed, and the unit that its label, header or a 单位： line gives.

Everything ends in yuan (元), exact. A blank stays blank: an amount that is not printed is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from perftable_etl.normalize.values.numerals import ARABIC, multiply, number
from perftable_etl.normalize.values.remembered import remembered
from perftable_etl.normalize.values.text import fold, fold_number

# One line a unit: spelling, yuan.
_SCALES: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10**4),
    "百万元": Decimal(10**6),
    "千万元": Decimal(10**7),
    "亿元": Decimal(10**8),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}
YUAN = _SCALES["元"]

_SPELLING = "|".join(sorted(_SCALES, key=len, reverse=True))
_BLANK = regex.compile(r"[-/\\_*]*|无|空")
_CURRENCY = r"(?:人民币|RMB|CNY)?[¥￥$]?"
# Digits in groups of four (5844,1475.90), or a comma for the point behind more digits than a group has (5844,90 but
# not 584,90, which may be cut off).
_GROUPS_OF_FOUR = regex.compile(r"[0-9]{1,4}(?:,[0-9]{4})+(?:\.[0-9]+)?")
_DECIMAL_COMMA = regex.compile(r"(?:0|[0-9]{4,}|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{2}")
_AMOUNT = regex.compile(rf"{_CURRENCY}(?P<number>{ARABIC}|\.[0-9]+)\(?(?P<unit>{_SPELLING})?\)?整?")
# Accounts print a negative amount in brackets: (50,000.00).
_NEGATIVE = regex.compile(
    rf"{_CURRENCY}\({_CURRENCY}(?P<number>(?![-+]){ARABIC})(?P<unit>{_SPELLING})?\)(?P<unit>{_SPELLING})?"
)
# What an amount is made of or includes: 854万（农田建设400万元，示范295万元）, 1,200.00其中：500.00. A price is none of
# that (50（元/人）).
_EXPLAINED = regex.compile(r"(?P<amount>[^()]+)\((?=[^()]*\p{Han}{2})[^()/]*\)")
_INCLUDING = regex.compile(
    rf"(?P<amount>{ARABIC}(?:{_SPELLING})?)[,;]?其中[:]?\p{{Han}}{{0,12}}[:]?{ARABIC}(?:{_SPELLING})?"
)
_WORDS = regex.compile(r"\p{Han}{4}")
_STATED = regex.compile(rf"[0-9]\(?(?:{_SPELLING})")
_LONG_FIGURE = regex.compile(r"[0-9][0-9,]*\.[0-9]+|[1-9][0-9,]{2,}")
_WITH_UNIT = regex.compile(r"(?<![0-9.,])(?P<figure>[0-9][0-9,.]*[0-9])(?P<unit>(?:百万|千万|[千万亿])?元)(?!/)")
# A figure that words follow right away is no amount: 2022年农田建设资金38.75万元 has one.
_LABELLED = regex.compile(
    rf"(?:其中|[一二三四五六七八九十][、.]|[(),，;；。、:：])*(?P<label>\p{{Han}}{{0,12}}?)[:：]?(?P<amount>(?>{ARABIC})(?:{_SPELLING}|(?!%|\p{{Han}})))(?!\p{{Han}}*/)"
)
_FORMULA = regex.compile(r"=[A-Z+(-][A-Za-z0-9:,.()+*/$!-]*")
_FIGURE = regex.compile(r"[-—–]+|[-+]?[0-9]+(?:[.][0-9]+)?[%分]?")
_NAMED_UNIT = r"(?:人民币)?(?P<unit>千万元|百万元|亿元|万元|千元|元)(?:人民币)?"
_IN_LABEL = regex.compile(
    rf"(?:(?<!\p{{Han}})|货币|金额|计量|计价|资金)单位[:为]?[^元:()]{{0,6}}?{_NAMED_UNIT}(?!\p{{Han}}|/)"
    rf"|\((?:[^()元]{{0,8}}[:,、])?{_NAMED_UNIT}\)?(?=$|[^/\p{{Han}}]|\p{{Han}})"
    rf"|^{_NAMED_UNIT}$"
)


@lru_cache(maxsize=16384)
def parse_money(text: str, unit: Decimal = YUAN) -> Decimal | None:
    """The amount in yuan: `text` counts in `unit` (yuan, as `money_unit` gives it) unless it names its own.

    1,200.00 → 1200.00; 1.2 with unit 10000 → 12000.0; 3万元 → 30000; (50,000.00) → -50000.00; a bracket that explains
    the amount is left out. None for what is blank (`is_blank`) and for what is no amount.
    """
    folded = _regrouped(fold_number(text))
    explained = _EXPLAINED.fullmatch(folded) or _INCLUDING.fullmatch(folded)
    if explained and (states_unit(explained["amount"]) or "元" not in folded):
        folded = explained["amount"]
    negative = _NEGATIVE.fullmatch(folded)
    match = negative or _AMOUNT.fullmatch(folded)
    value = match and number(f"0{match['number']}" if match["number"][0] == "." else match["number"])
    if match is None or value is None:
        return None
    return multiply(-value if negative else value, _SCALES[match["unit"]] if match["unit"] else unit)


def _regrouped(folded: str) -> str:
    """An amount whose marks among the digits are no groups of thousands, as others write it."""
    if "," not in folded:
        return folded
    if _GROUPS_OF_FOUR.fullmatch(folded):
        return folded.replace(",", "")
    return folded.replace(".", "").replace(",", ".") if _DECIMAL_COMMA.fullmatch(folded) else folded


@remembered(16384)
def is_blank(text: str) -> bool:
    """Whether a text says that no amount is given: nothing, / or -."""
    return _BLANK.fullmatch(fold(text)) is not None


@remembered(4096)
def money_unit(text: str) -> Decimal | None:
    """How many yuan the money unit in a label or heading is: 项目资金（元） 1, 单位：万元 10000; None if it names none.

    实施单位 and 主管单位 are organizations, and 元/人 is a price: neither names a unit.
    """
    match = _IN_LABEL.search(fold(text))
    return _SCALES[match["unit"]] if match else None


def states_unit(text: str) -> bool:
    """Whether an amount names its own unit: 250万, 3,000元, 250万元（其中：中央150万元）."""
    folded = fold(text)
    explained = _EXPLAINED.fullmatch(folded)
    match = _AMOUNT.fullmatch(explained["amount"] if explained else folded)
    return match is not None and match["unit"] is not None


@remembered(16384)
def is_figure(text: str) -> bool:
    """Whether a text is an amount, or a rate or points beside one: 1,200.00, 250万, 83.5%, 10分, —."""
    folded = _regrouped(fold_number(text))
    return bool(_FIGURE.fullmatch(folded) or _AMOUNT.fullmatch(folded) or _NEGATIVE.fullmatch(folded))


def long_figure(text: str) -> str | None:
    """The figure that is all of a text, if it has so many digits that it is no other by chance."""
    folded = fold(text)
    return folded if _LONG_FIGURE.fullmatch(folded) else None


def figures_with_units(text: str) -> Iterator[tuple[str, Decimal]]:
    """The figures in a text that a unit of money follows, each with the yuan of that; no prices (1000元/人)."""
    return ((match["figure"], _SCALES[match["unit"]]) for match in _WITH_UNIT.finditer(fold(text)))


class LabelledAmount(NamedTuple):
    """An amount in a text, and the words right before it; the first one may have none."""

    label: str
    text: str


@remembered(16384)
def labelled_amounts(text: str) -> tuple[LabelledAmount, ...]:
    """The amounts in a text, each with its label; nothing where one of them has neither a label nor the first place."""
    found = tuple(LabelledAmount(match["label"], match["amount"]) for match in _LABELLED.finditer(fold(text)))
    return found if all(amount.label for amount in found[1:]) else ()


def is_formula(text: str) -> bool:
    """Whether a text is the formula of a worksheet where its amount should be: =SUM(C5:C6)."""
    return _FORMULA.fullmatch(fold(text)) is not None


def says_no_amount(text: str) -> bool:
    """Whether a text in the place of an amount is words that name none: 参见附件1具体金额."""
    folded = fold(text)
    return _WORDS.search(folded) is not None and _STATED.search(folded) is None and not folded.endswith(tuple(_SCALES))
