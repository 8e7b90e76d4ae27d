"""The forms that disturbances are done to: on one page, over pages, several of them; with rules and without."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from random import Random

from tests.disturbances.invention import RULES, Draft, disclosure, draft_of, layout, layout_name, pen
from tests.disturbances.leaves import leaves
from tests.drawing.forms import DrawnDisclosure, DrawnIndicator, DrawnProject
from tests.drawing.mupdf import RuleStyle

Base = Callable[[Random], Draft]


def one_page(chance: Random) -> Draft:
    """One form on one page."""
    return _one_page(chance, layout_name(chance), RULES)


def municipal_page(chance: Random) -> Draft:
    """One form on one page, its title above the table."""
    return _one_page(chance, chance.choice(("municipal-2024", "municipal-2025")), RULES)


def lined_page(chance: Random) -> Draft:
    """One form on one page with a rule at each cell's border, each a path of its own."""
    return _one_page(chance, layout_name(chance), ("edges", "lines", "fills", "grey"))


def grouped_page(chance: Random) -> Draft:
    """One form on one page, some level-2 name with more rows than one."""
    return _until(lined_page, chance, lambda draft: _has_neighbours(draft.disclosure.projects[0]))


def _has_neighbours(project: DrawnProject) -> bool:
    return any(one.level2 == other.level2 for one, other in pairwise(project.indicators))


def satisfied_page(chance: Random) -> Draft:
    """One form on one page that asks for satisfaction."""
    return _until(lined_page, chance, lambda draft: draft.disclosure.projects[0].indicators[-1].level2[:2] == "服务")


def one_year_page(chance: Random) -> Draft:
    """One form on one page of a project of one year."""
    return _until(lined_page, chance, lambda draft: not draft.disclosure.projects[0].total_funds.text)


def signed_page(chance: Random) -> Draft:
    """One form on one page with a target that begins with ≥."""
    return _until(one_page, chance, lambda draft: any(row.target.operator == ">=" for row in rows_in(draft)))


def measured_page(chance: Random) -> Draft:
    """One form on one page with numbers among its targets, every kind of character that they are made of."""

    def fits(draft: Draft) -> bool:
        printed = "".join(row.target.text for row in rows_in(draft))
        return all(character in printed for character in "%()=≥.012")

    return _until(one_page, chance, fits)


def rows_in(draft: Draft) -> tuple[DrawnIndicator, ...]:
    return draft.disclosure.projects[0].indicators


def _until(base: Callable[[Random], Draft], chance: Random, fits: Callable[[Draft], bool]) -> Draft:
    while True:
        draft = base(chance)
        if fits(draft):
            return draft


def _one_page(chance: Random, name: str, rules: Iterable[RuleStyle]) -> Draft:
    while True:
        drawn = disclosure(chance, name, projects=1, rows=range(5, 10))
        draft = draft_of(drawn, layout(chance, name), pen(chance, rules))
        if len(leaves(draft)) == 1:
            return draft


def over_pages(chance: Random) -> Draft:
    """One form over two or three pages, the break among its indicators."""
    return _over_pages(chance, layout_name(chance), RULES)


def closed_over_pages(chance: Random) -> Draft:
    """One form over pages whose parts are closed by rules, no label reprinted."""
    draft = _over_pages(chance, layout_name(chance), RULES)
    return draft.with_pen(replace(draft.pen, page_break="closed"))


def within_group(chance: Random) -> Draft:
    """One form over pages whose break parts the rows of one level-2 name."""
    while True:
        draft = closed_over_pages(chance)
        first, second, *_ = leaves(draft)
        if first.of("level2") and any(
            cell.role == "level2" and cell.row == first.of("level2")[-1].row for cell in second.cells
        ):
            return draft


def municipal_over_pages(chance: Random) -> Draft:
    return _over_pages(chance, chance.choice(("municipal-2024", "municipal-2025")), RULES)


def three_pages(chance: Random) -> Draft:
    """One form over at least three pages."""
    while True:
        draft = _over_pages(chance, layout_name(chance), RULES, range(66, 80))
        if len(leaves(draft)) >= 3:
            return draft


def unruled_over_pages(chance: Random) -> Draft:
    """One form over pages, its cells told by alignment alone."""
    return _over_pages(chance, "municipal-2025", ("none",))


def unruled_page(chance: Random) -> Draft:
    return _one_page(chance, "municipal-2025", ("none",))


def _over_pages(chance: Random, name: str, rules: Iterable[RuleStyle], rows: range = range(14, 30)) -> Draft:
    while True:
        drawn = disclosure(chance, name, projects=1, rows=rows)
        drawing_pen = replace(pen(chance, rules), first_y=chance.choice((60.0, 150.0, 260.0)))
        draft = draft_of(drawn, layout(chance, name), drawing_pen)
        pages = leaves(draft)
        if len(pages) > 1 and all(len(page.rows()) >= 3 for page in pages):
            return draft


def several(chance: Random) -> Draft:
    """Two or three forms, one below the other."""
    name = layout_name(chance)
    drawn = disclosure(chance, name, projects=chance.choice((2, 3)), rows=range(5, 12))
    return draft_of(drawn, layout(chance, name), pen(chance))


def municipal_several(chance: Random) -> Draft:
    name = chance.choice(("municipal-2024", "municipal-2025"))
    drawn = disclosure(chance, name, projects=2, rows=range(5, 9))
    return draft_of(drawn, layout(chance, name), pen(chance))


def two_on_pages(chance: Random) -> Draft:
    """Two forms, each on a page of its own."""
    while True:
        name = chance.choice(("municipal-2024", "municipal-2025"))
        drawn = disclosure(chance, name, projects=2, rows=range(5, 9))
        draft = draft_of(drawn, layout(chance, name), replace(pen(chance), form_per_page=True))
        if len(leaves(draft)) == 2:
            return draft


def flat(chance: Random) -> Draft:
    """One form for flattened text: words and bounds only."""
    drawn: DrawnDisclosure = disclosure(
        chance, "municipal-2025", projects=1, rows=range(6, 14), is_flat=True
    )  # fmt: skip
    return draft_of(drawn, layout(chance, "municipal-2025"), pen(chance, ("lines",)))


def flat_long(chance: Random) -> Draft:
    """One form for flattened text whose broken lines are read exactly."""
    while True:
        draft = flat(chance)
        if all(len(row.level3) <= 12 for row in rows_in(draft)):
            return draft


def flat_two_goals(chance: Random) -> Draft:
    """One form for flattened text with both goals."""
    return _until(flat, chance, lambda draft: bool(draft.disclosure.projects[0].overall_goal.text))


RULED = (
    one_page, municipal_page, lined_page, over_pages, closed_over_pages, three_pages, several, two_on_pages,
)  # fmt: skip
UNRULED = (unruled_page, unruled_over_pages)
