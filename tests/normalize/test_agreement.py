"""Two readings of the same pages: the better one is kept, and the records say whether the other one agrees."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from perftable_etl.document import Grid
from perftable_etl.normalize.agreement import Opinion, choose_reading
from perftable_etl.normalize.reading import Reading
from perftable_etl.records import Declaration, Finding
from tests.normalize.grids import UP, document, grid, line, whole_form
from tests.normalize.reader import understand

VISITS = ["绩效指标", "产出指标", "数量指标", "巡查次数", "≥12(次)"]
MEETINGS = [UP, UP, UP, "会议次数", "≥4(次)"]
QUALITY = [UP, UP, "质量指标", "合格率", "≥95(%)"]
REACH = [UP, "效益指标", "社会效益指标", "覆盖率", "≥90(%)"]
ROWS = (VISITS, MEETINGS, QUALITY, REACH)
PAGES = frozenset({1})

Rows = Sequence[Sequence[str]]


def reading(*tables: Grid) -> Reading:
    return understand(document([line("财政项目支出绩效目标申报表", y=40), line("（2025年度）", y=60), *tables]))


def of(rows: Rows) -> Reading:
    return reading(grid(rows))


def changed(old: str, new: str, rows: Rows = ROWS) -> list[list[str]]:
    """A whole form in which one text reads otherwise."""
    whole = whole_form(*rows)
    assert any(old in row for row in whole)
    return [[new if text == old else text for text in row] for row in whole]


def settled(first: Reading, second: Reading, pages: frozenset[int] = PAGES) -> Reading:
    return choose_reading(Opinion("one", first), Opinion("two", second), pages)


def agreement(declaration: Declaration) -> tuple[bool | None, list[bool | None]]:
    return declaration.readings_agree, [row.readings_agree for row in declaration.indicators]


def differences(result: Reading) -> list[Finding]:
    return [finding for finding in result.all_findings if finding.code == "readings_differ"]


def test_readings_that_are_the_same_agree() -> None:
    result = settled(of(whole_form(*ROWS)), of(whole_form(*ROWS)))
    (declaration,) = result.declarations
    assert agreement(declaration) == (True, [True] * 4)
    assert not differences(result)


@pytest.mark.parametrize(
    ("old", "new"), [("水务局", "⽔务局"), ("≥12(次)", "≥12\n(次)"), ("河道整洁。", "河道 整洁。")]
)
def test_look_alikes_and_white_space_are_no_difference(old: str, new: str) -> None:
    result = settled(of(whole_form(*ROWS)), of(changed(old, new)))
    assert agreement(result.declarations[0]) == (True, [True] * 4)


def test_pages_that_were_read_once_have_no_agreement() -> None:
    result = settled(of(whole_form(*ROWS)), of(whole_form(*ROWS)), frozenset({2}))
    assert agreement(result.declarations[0]) == (None, [None] * 4)


@pytest.mark.parametrize(
    ("old", "new", "field", "place_of"),
    [
        ("水务局", "水利局", "competent_department", "水务局"),
        ("2025-12-31", "2025-12-01", "end_date", "2025-12-31"),
        ("200.00", "290.00", "annual_fiscal_appropriation", "200.00"),
        ("河道整洁。", "河道清洁。", "annual_goal", "河道整洁。"),
    ],
)
def test_a_field_read_otherwise_is_named_with_both_readings(old: str, new: str, field: str, place_of: str) -> None:
    first = of(whole_form(*ROWS))
    result = settled(first, of(changed(old, new)))
    (declaration,) = result.declarations
    (finding,) = differences(result)
    assert agreement(declaration) == (False, [True] * 4)
    assert finding.message == f"{field}: one reads {old}, two reads {new}"
    assert (finding.severity, finding.project, finding.indicator, finding.raw) == ("warning", 1, None, old)
    assert finding.place == next(source.place for source in declaration.sources if source.raw == place_of)


def test_a_field_that_only_one_finds_differs_from_nothing() -> None:
    result = settled(of(whole_form(*ROWS)), of(changed("水务局", "")))
    assert [finding.message for finding in differences(result)] == [
        "competent_department: one reads 水务局, two reads nothing"
    ]


def test_of_long_texts_the_part_is_shown_where_they_differ() -> None:
    goal = "河道" * 40
    first, second = of(changed("河道整洁。", f"{goal}整洁{goal}")), of(changed("河道整洁。", f"{goal}清洁{goal}"))
    (finding,) = differences(settled(first, second))
    ours = "河道" * 5 + "整洁" + "河道" * 14
    assert finding.message == f"annual_goal: one reads …{ours}…, two reads …{ours.replace('整', '清')}…"


@pytest.mark.parametrize(("old", "new", "field"), [("≥4(次)", "24(次)", "target"), ("会议次数", "公议次数", "level3")])
def test_a_row_read_otherwise_is_doubted_alone(old: str, new: str, field: str) -> None:
    result = settled(of(whole_form(*ROWS)), of(changed(old, new)))
    (declaration,) = result.declarations
    (finding,) = differences(result)
    assert agreement(declaration) == (True, [True, False, True, True])
    assert finding.message == f"{field}: one reads {old}, two reads {new}"
    assert (finding.indicator, finding.place) == (2, declaration.indicators[1].place)


def test_rows_are_paired_by_name_where_one_is_missed() -> None:
    """The ordinals of the rows below differ; the rows do not."""
    result = settled(of(whole_form(*ROWS)), of(whole_form(VISITS, QUALITY, REACH)))
    (finding,) = differences(result)
    assert agreement(result.declarations[0]) == (True, [True, False, True, True])
    assert (finding.message, finding.indicator) == ("only one reads the row 会议次数 ≥4(次)", 2)


def test_a_row_that_only_the_other_has_is_shown_where_it_stands() -> None:
    second = of(whole_form(*ROWS))
    result = settled(of(whole_form(VISITS, QUALITY, REACH)), second)
    (finding,) = differences(result)
    assert agreement(result.declarations[0]) == (False, [True] * 3)
    assert (finding.message, finding.indicator) == ("only two reads the row 会议次数 ≥4(次)", None)
    assert finding.place == second.declarations[0].indicators[1].place


def test_equal_names_are_kept_apart_by_their_order() -> None:
    again = [UP, UP, UP, "巡查次数", "≥30(次)"]
    rows = (VISITS, again, REACH)
    result = settled(of(whole_form(*rows)), of(changed("≥30(次)", "≥80(次)", rows)))
    (finding,) = differences(result)
    assert (finding.indicator, finding.message) == (2, "target: one reads ≥30(次), two reads ≥80(次)")


def test_a_form_that_the_other_does_not_find_is_doubted_whole() -> None:
    first = of(whole_form(*ROWS))
    result = settled(first, understand(document([line("一行文字")])))
    (finding,) = differences(result)
    assert agreement(result.declarations[0]) == (False, [False] * 4)
    assert finding.message.startswith("one finds this form, two does not")
    assert finding.place == first.forms[0].form.grid.place


def test_forms_are_paired_by_place_where_the_other_misses_one() -> None:
    upper, lower = grid(whole_form(*ROWS)), grid(whole_form(*ROWS, name="植树"), top=500)
    result = settled(reading(upper, lower), reading(lower))
    assert [agreement(declaration) for declaration in result.declarations] == [
        (False, [False] * 4),
        (True, [True] * 4),
    ]


# What is wrong in both readings is wrong on paper.

CONFIRMED = "(one and two agree, so the form prints it so)"


def test_forms_abreast_are_paired_by_place_too() -> None:
    """Two forms on one sheet, as when two pages are printed on one."""
    rows = whole_form(*ROWS)
    other = [[text.replace("河道养护", "道路养护") for text in row] for row in rows]
    abreast = reading(grid(rows), grid(other, shift=600.0))
    result = settled(abreast, abreast)
    assert len(result.declarations) == 2
    assert not differences(result)


def faults(result: Reading) -> list[Finding]:
    return [finding for finding in result.all_findings if finding.code not in {"readings_differ", "second_reading"}]


def test_a_sum_that_differs_in_both_readings_is_the_forms_own_mistake() -> None:
    (finding,) = faults(settled(of(changed("200.00", "199.00")), of(changed("200.00", "199.00"))))
    assert finding.code == "sum_differs"
    assert finding.message.endswith(CONFIRMED)


def test_a_sum_that_differs_otherwise_in_the_other_reading_is_not_confirmed() -> None:
    result = settled(of(changed("200.00", "199.00")), of(changed("200.00", "198.00")))
    (finding,) = faults(result)
    assert finding.code == "sum_differs"
    assert CONFIRMED not in finding.message
    assert [finding.raw for finding in differences(result)] == ["199.00"]


def test_the_better_reading_is_kept() -> None:
    result = settled(of(changed("200.00", "199.00")), of(whole_form(*ROWS)))
    (declaration,) = result.declarations
    assert declaration.funding.annual_fiscal_appropriation == 200
    assert agreement(declaration) == (False, [True] * 4)
    assert [finding.code for finding in result.all_findings] == ["second_reading", "readings_differ"]
    assert differences(result)[0].message == "annual_fiscal_appropriation: two reads 200.00, one reads 199.00"


def test_the_second_reading_is_not_kept_where_it_loses_a_form() -> None:
    upper, lower = grid(changed("200.00", "199.00")), grid(whole_form(*ROWS, name="植树"), top=500)
    result = settled(reading(upper, lower), reading(grid(whole_form(*ROWS))))
    assert [declaration.name for declaration in result.declarations] == ["河道养护", "植树"]
    assert "second_reading" not in [finding.code for finding in result.all_findings]
