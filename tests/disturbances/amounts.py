"""Money: in which unit it is printed and where that is said, and how an amount is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from random import Random
from typing import Any

from tests.disturbances.bases import municipal_page, municipal_several, one_page
from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Leaf, Shown, Text, leaves, written
from tests.disturbances.protocol import (
    Concern,
    Disturbed,
    anywhere,
    at,
    at_fault,
    disturbance,
    lost,
    on,
    page_of,
    together,
)
from tests.drawing.forms import DrawnProject, Printed, expected

UNSAID = "项目\n资金"
MONEY = tuple(
    field.name for field in fields(DrawnProject) if "fund" in field.name or field.name.endswith("appropriation")
)


def _page(draft: Draft) -> Leaf:
    (leaf,) = leaves(draft)
    return leaf


def _with_money(draft: Draft, change: Callable[[Printed], Printed]) -> Draft:
    """The draft with every amount of every project printed otherwise."""

    def changed(project: DrawnProject) -> DrawnProject:
        amounts = {name: getattr(project, name) for name in MONEY}
        changes: dict[str, Any] = {name: change(one) if one.text else one for name, one in amounts.items()}
        return replace(project, **changes)

    projects = tuple(map(changed, draft.disclosure.projects))
    return draft.with_disclosure(replace(draft.disclosure, projects=projects))


def _in_wan(amount: Printed) -> Printed:
    """An amount printed in units of 10,000 yuan."""
    assert amount.means is not None
    return Printed(f"{Decimal(amount.means) / 10_000:f}", amount.means)


def _labelled(draft: Draft, label: str) -> Draft:
    return draft.with_layout(replace(draft.layout, yuan=label))


def _amounts(pages: list[Leaf]) -> Concern:
    """Everything in the rows of money of all pages."""
    return together(*(at(number, *_of_money(leaf)) for number, leaf in enumerate(pages, start=1)))


def _of_money(leaf: Leaf) -> list[Shown]:
    return [cell for cell in leaf.cells if cell.kind == "funds"]


def _unit_words(chance: Random, unit: str) -> str:
    return chance.choice((f"单位：{unit}", f"金额单位：{unit}", f"（单位：{unit}）", f"单位:{unit}"))


@disturbance("万元 under the document's title", municipal_several)
def _wan_under_the_title(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(_with_money(draft, _in_wan), UNSAID)
    draft = replace(draft, head=(*draft.head, _unit_words(chance, "万元")))
    pages = leaves(draft)
    return page_of(pages, draft, together(_amounts(pages), on(1)))


@disturbance("万元 on the cover", municipal_several)
def _wan_on_the_cover(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(_with_money(draft, _in_wan), UNSAID)
    pages = leaves(draft)
    cover = Leaf(*draft.pen.page_size)
    cover = cover.with_lines(
        cover.centred(f"{draft.year}年部门预算", 300, 22), cover.centred(_unit_words(chance, "万元"), 360, 12)
    )
    pages = [cover, *pages]
    return page_of(pages, draft, together(_amounts(pages), on(1)))


@disturbance("万元 in a line above each table", municipal_several)
def _wan_above_each_table(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(_with_money(draft, _in_wan), UNSAID)
    line = _unit_words(chance, "万元")
    forms = tuple(replace(form, heading=(*form.heading, line)) for form in draft.forms)
    draft = replace(draft, forms=forms)
    pages = leaves(draft)
    return page_of(pages, draft, _amounts(pages))


@disturbance("万元 in the label", one_page)
def _wan_in_the_label(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(_with_money(draft, _in_wan), chance.choice(("项目资金\n(万元)", "项目资金\n（万元）")))
    pages = leaves(draft)
    return page_of(pages, draft, _amounts(pages))


@disturbance("万元 in a line, 元 in the label", municipal_page)
@lost
def _units_clash(draft: Draft, chance: Random) -> Disturbed:
    draft = _with_money(draft, chance.choice((_in_wan, lambda amount: amount)))
    line = _unit_words(chance, "万元")
    forms = tuple(replace(form, heading=(*form.heading, line)) for form in draft.forms)
    draft = replace(draft, forms=forms)
    pages = leaves(draft)
    return page_of(pages, draft, together(_amounts(pages), _line(pages[0], line)))


def _line(leaf: Leaf, said: str) -> Concern:
    """A line outside the tables of the first page."""
    boxes = tuple((1, text.box) for text in leaf.lines if text.text == said)
    return Concern(boxes, (said,), frozenset({1}))


@disturbance("no unit of money anywhere", one_page)
@at_fault
def _no_unit(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(draft, UNSAID)
    pages = leaves(draft)
    return page_of(pages, draft, together(_amounts(pages), on(1)))


@disturbance("元 in a line above the table", municipal_page)
def _yuan_in_a_line(draft: Draft, chance: Random) -> Disturbed:
    draft = _labelled(draft, UNSAID)
    line = _unit_words(chance, "元")
    draft = replace(draft, forms=tuple(replace(form, heading=(*form.heading, line)) for form in draft.forms))
    pages = leaves(draft)
    return page_of(pages, draft, _amounts(pages))


@disturbance("negative amount in brackets", one_page)
def _negative(draft: Draft, chance: Random) -> Disturbed:
    brackets = chance.choice(("({})", "（{}）", "-{}"))
    project = draft.disclosure.projects[0]
    fiscal, carried = Decimal(project.annual_fiscal_appropriation.means or 0), Decimal("12500.00")
    other = Decimal(project.annual_other_funds.means or 0)
    fiscal += carried
    changed = replace(
        project,
        annual_funds=_printed(fiscal - carried + other),
        annual_fiscal_appropriation=_printed(fiscal),
        annual_carryover_funds=Printed(brackets.format("12,500.00"), "-12500.00"),
    )
    draft = draft.with_project(lambda _: changed)
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


def _printed(amount: Decimal) -> Printed:
    return Printed.money(f"{amount:,.2f}")


@disturbance("unit within the amounts", one_page)
def _unit_within(draft: Draft, chance: Random) -> Disturbed:
    def printed(amount: Printed) -> Printed:
        return Printed(f"{_in_wan(amount).text}{unit}", amount.means)

    unit = chance.choice(("万元", "万"))
    draft = _with_money(draft, printed)
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("元 after the amounts", one_page)
def _yuan_after(draft: Draft, chance: Random) -> Disturbed:
    draft = _with_money(draft, lambda amount: Printed(f"{amount.text}元", amount.means))
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("¥ before the amounts", one_page)
def _currency_sign(draft: Draft, chance: Random) -> Disturbed:
    sign = chance.choice("¥￥")
    draft = _with_money(draft, lambda amount: Printed(f"{sign}{amount.text}", amount.means))
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("blanks between the groups of digits", one_page)
def _blanks_in_amounts(draft: Draft, chance: Random) -> Disturbed:
    draft = _with_money(draft, lambda amount: Printed(amount.text.replace(",", " "), amount.means))
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("groups of four digits", one_page)
def _groups_of_four(draft: Draft, chance: Random) -> Disturbed:
    def grouped(amount: Printed) -> Printed:
        whole, _, cents = (amount.means or "").partition(".")
        parts = [whole[max(0, end - 4) : end] for end in range(len(whole), 0, -4)]
        return Printed(f"{','.join(reversed(parts))}.{cents}", amount.means)

    draft = _with_money(draft, grouped)
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("comma for the decimal point", one_page)
def _decimal_comma(draft: Draft, chance: Random) -> Disturbed:
    draft = _with_money(draft, lambda amount: Printed((amount.means or "").replace(".", ","), amount.means))
    leaf = _page(draft)
    return page_of([leaf], draft, _amounts([leaf]))


@disturbance("amount cut off by its cell", one_page)
@at_fault
def _cut_amount(draft: Draft, chance: Random) -> Disturbed:
    """A spreadsheet prints ### where a number does not fit: there is no amount."""
    project = draft.disclosure.projects[0]
    name = chance.choice([name for name in MONEY if len(getattr(project, name).text) > 6])
    cut: dict[str, Any] = {name: Printed("########", None)}
    draft = draft.with_project(lambda project: replace(project, **cut))
    leaf = _page(draft)
    return page_of([leaf], draft, at(1, *leaf.of("amount")))


@disturbance("two amounts in one cell", one_page)
def _two_amounts(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = next(cell for cell in leaf.of("amount") if len(cell.text) > 6)
    middle = (amount.box.y0 + amount.box.y1) / 2
    lines = (
        Text(amount.box.x0 + 3, middle - 1 + 8 * number, 7.0, line)
        for number, line in enumerate((amount.text, "其中：5,000.00"))
    )
    doubled = leaf.with_cell(amount, replace(amount, texts=tuple(lines)))
    return page_of([doubled], draft, at(1, amount, *leaf.of("amount")))


@disturbance("remark beside an amount", one_page)
def _remarked_amount(draft: Draft, chance: Random) -> Disturbed:
    leaf = _page(draft)
    amount = leaf.of("amount")[0]
    remarked = leaf.with_cell(amount, amount.saying(amount.text + chance.choice(("（含上年）", "注1", "（暂定）"))))
    return page_of([remarked], draft, at(1, amount, *leaf.of("amount")))


@disturbance("amounts in the wrong unit by their sums", municipal_several)
def _one_form_in_wan(draft: Draft, chance: Random) -> Disturbed:
    """One form of a file in yuan says 万元 in its label."""
    first = draft.forms[0]
    wan = _labelled(_with_money(draft, _in_wan), "项目资金\n（万元）")
    mixed = replace(draft, forms=(first, *wan.forms[1:]))
    pages = leaves(mixed)
    return Disturbed(written(pages), expected(draft.disclosure), together(_amounts(pages), anywhere(1)))


@disturbance("scaled amount under another label", one_page)
@at_fault
def _label_for_one(draft: Draft, chance: Random) -> Disturbed:
    """A label of its own says the unit of one amount; its parts in yuan do not add up to it then."""
    leaf = _page(draft)
    labels = [cell for cell in leaf.of("label") if cell.text.startswith("年度资金")]
    label = labels[0]
    texts = (*label.texts[:-1], label.texts[-1]._replace(text=label.texts[-1].text.rstrip("：") + "(万元)"))
    changed = leaf.with_cell(label, replace(label, texts=texts))
    disturbed = page_of([changed], draft, together(_amounts([changed]), on(1)))
    (project,) = disturbed.wanted["projects"]
    scaled = {**project, "annual_funds": f"{Decimal(project['annual_funds']) * 10_000:f}"}
    return replace(disturbed, wanted={**disturbed.wanted, "projects": [scaled]})
