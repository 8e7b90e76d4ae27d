"""What cells say: values, names and dates that are more, less or other than one value."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.disturbances.bases import municipal_page, one_page, over_pages
from tests.disturbances.edits import (
    meaning,
    only_page,
    some_row,
    with_name,
    with_target,
)
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import leaves
from tests.disturbances.protocol import Disturbed, at, at_fault, disturbance, page_of
from tests.drawing.forms import DrawnTarget, Printed


def _valued(draft: Draft, chance: Random, target: DrawnTarget, *, must_be_told: bool = False) -> Disturbed:
    """A page with another target in some row."""
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    draft = with_target(draft, index, target)
    leaf = only_page(draft)
    disturbed = page_of([leaf], draft, at(1, *leaf.rows()[index]))
    return replace(disturbed, must_be_told=must_be_told)


def _value(name: str, *targets: DrawnTarget, must_be_told: bool = False) -> None:
    """Registers a disturbance that prints one of these targets in some row."""

    @disturbance(name, one_page)
    def value(draft: Draft, chance: Random) -> Disturbed:
        return _valued(draft, chance, chance.choice(targets), must_be_told=must_be_told)


def _quantity(text: str, operator: str | None, value: str, unit: str | None) -> DrawnTarget:
    return DrawnTarget(text, "quantitative", operator, value, None, unit)


_value("masked value", DrawnTarget("≤****00元", "missing"), DrawnTarget("≥***(次)", "missing"))

_value(
    "two values in one cell",
    *(DrawnTarget(text, "qualitative") for text in ("≥80% ≥95%", "≤12(天)\n≥60(次)", "=5(个) =7(个)", "≥30(次)≥4(场)")),
    must_be_told=True,
)

_value("comment in a value", _quantity("≥95%（请核实）", ">=", "95", "%"))

_value("comment behind a value", DrawnTarget("≥12(次)待确认", "qualitative"), must_be_told=True)

_value("unit missing after a slash", _quantity("≤36.50/株", "<=", "36.50", "/株"), must_be_told=True)

_value("letter for a unit", _quantity("100M", None, "100", "M"), _quantity("≥20T", ">=", "20", "T"), must_be_told=True)

_value("money a month", _quantity("≤480万/月", "<=", "480", "万/月"), must_be_told=True)

_value(
    "value with a condition",
    _quantity("以街镇为单位≥92%", ">=", "92", "%"),
)

_value("another year's value in brackets", _quantity("≥93%（2021:88%）", ">=", "93", "%"))

_value("at least in words", _quantity("至少全年完成3次", ">=", "3", "次"), _quantity("不少于8场", ">=", "8", "场"))

_value("bracket that never closes", DrawnTarget("优良（以年度考核为准", "qualitative"), must_be_told=True)

_value(
    "page number at a value's end", _quantity("≥90(%) -1-", ">=", "90", "%"), _quantity("≥90(%) 第1页", ">=", "90", "%")
)

_value("number without sign or unit", _quantity("45658", None, "45658", None), _quantity("1", None, "1", None))

_value("range with a unit twice", DrawnTarget("80%～90%", "quantitative", "between", "80", "90", "%"))

_value("no accident", _quantity("无重大事故", "=", "0", None))

_value(
    "value of another language",
    DrawnTarget("100 percent", "qualitative"),
    DrawnTarget("≥ninety", "qualitative"),
    must_be_told=True,
)


@disturbance("bracket of a name that never closes", one_page)
def _open_bracket(draft: Draft, chance: Random) -> Disturbed:
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    name = draft.disclosure.projects[0].indicators[index].level3
    draft = with_name(draft, index, name + chance.choice(("（含附属", "(第二批", "“绿色")))
    leaf = only_page(draft)
    return replace(page_of([leaf], draft, at(1, *leaf.rows()[index])), must_be_told=True)


@disturbance("page number at a name's end", over_pages)
def _number_in_a_name(draft: Draft, chance: Random) -> Disturbed:
    first, *others = leaves(draft)
    pattern = chance.choice(("-{}-", "第{}页"))
    name, value = first.rows()[-1]
    *kept, last = name.texts
    numbered = first.with_cell(name, replace(name, texts=(*kept, last._replace(text=last.text + pattern.format(1)))))
    others = [
        leaf.with_lines(leaf.centred(pattern.format(number), leaf.height - 30)) for number, leaf in enumerate(others, 2)
    ]
    return page_of([numbered, *others], draft, at(1, name, value))


@disturbance("serial number for a date", municipal_page)
def _serial_date(draft: Draft, chance: Random) -> Disturbed:
    text = chance.choice(("45,658", "45658", "46022.0"))
    return _dated(draft, text, must_be_told=True)


@disturbance("date that is none", municipal_page)
def _no_date(draft: Draft, chance: Random) -> Disturbed:
    year = draft.year
    text = chance.choice((f"{year}-02-30", f"{year}-13-01", f"{year}-00-10", f"{year}年底左右"))
    return _dated(draft, text, must_be_told=True)


@disturbance("year for a date", municipal_page)
def _year_for_a_date(draft: Draft, chance: Random) -> Disturbed:
    disturbed = _dated(draft, chance.choice((f"{draft.year}", f"{draft.year}年")), must_be_told=True)
    return _or_from(f"{draft.year}-01-01", disturbed)


def _dated(draft: Draft, text: str, *, must_be_told: bool) -> Disturbed:
    draft = draft.with_project(lambda one: replace(one, start_date=Printed(text, None)))
    leaf = only_page(draft)
    cells = [cell for cell in leaf.of("field") if cell.text == text]
    return replace(page_of([leaf], draft, at(1, *cells)), must_be_told=must_be_told)


@disturbance("two dates in one cell", municipal_page)
def _two_dates(draft: Draft, chance: Random) -> Disturbed:
    """The first is the day asked for, as anybody would say."""
    first = f"{draft.year}-01-01"
    return _or_from(first, _dated(draft, f"{first}至{draft.year}-12-31", must_be_told=False))


def _or_from(first: str, disturbed: Disturbed) -> Disturbed:
    """The same where the project may as well begin on that day."""
    (project,) = disturbed.wanted["projects"]
    return replace(disturbed, also={**disturbed.wanted, "projects": [{**project, "start_date": first}]})


@disturbance("name left out", one_page)
@at_fault
def _name_left_out(draft: Draft, chance: Random) -> Disturbed:
    leaf = only_page(draft)
    index, name, value = some_row(leaf, chance)
    return meaning(draft, leaf.with_cell(name, None), at(1, name, value), says=with_name(draft, index, ""))


@disturbance("sentence of instructions in a cell", one_page)
def _instructions(draft: Draft, chance: Random) -> Disturbed:
    index = chance.randrange(len(draft.disclosure.projects[0].indicators))
    name = draft.disclosure.projects[0].indicators[index].level3
    draft_with = with_name(draft, index, name + "（填写说明：请按批复填列，不得空项）")
    leaf = only_page(draft_with)
    return page_of([leaf], draft_with, at(1, *leaf.rows()[index]))
