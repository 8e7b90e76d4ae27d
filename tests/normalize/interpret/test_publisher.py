"""Which unit publishes a document, whatever line names it."""

from __future__ import annotations

import pytest

from perftable_etl.document import Document
from perftable_etl.normalize.forms.headings import find_title
from perftable_etl.normalize.interpret.publisher import find_publisher
from perftable_etl.normalize.layouts.publishers import is_region
from perftable_etl.records import Declaration, OtherField
from tests.normalize.grids import LEFT, document, grid, line
from tests.outcomes import DECLARATION

DISTRICT = "青岚区2026年度部门预算"


def lines(*texts: str) -> Document:
    return document([line(text, y=50.0 + 100 * number) for number, text in enumerate(texts)])


def publisher(*texts: str, departments: tuple[str | None, ...] = ()) -> str | None:
    paper = lines(*texts)
    return find_publisher(paper, find_title(paper), [_declaration(department) for department in departments])


def _declaration(department: str | None) -> Declaration:
    return DECLARATION.model_copy(update={"competent_department": department})


@pytest.mark.parametrize(
    "text",
    [
        "预算主管部门：青岚区水务局", "编制部门:青岚区水务局", "编制单位：青岚区水务局 金额单位：万元",
        "填报单位（盖章）：青岚区水务局　　填报日期：2026年1月5日", "单位名称：\t青岚区水务局\t\t公开14表",
        "部门：312001-青岚区水务局", "单位：青岚区水务局（盖章）",
    ],
)  # fmt: skip
def test_a_line_names_the_unit(text: str) -> None:
    assert publisher(DISTRICT, text, departments=("青岚区财政局",)) == "青岚区水务局"


@pytest.mark.parametrize(
    "text",
    [
        "单位：万元", "单位：人民币万元", "填报单位（盖章）：　　单位负责人：张三", "部门：负责全区河道养护工作",
        "编制部门：青岚区", "单位：（盖章）", "实施单位：青岚区水务局", "下属单位：青岚区河道所",
    ],
)  # fmt: skip
def test_a_line_that_names_none(text: str) -> None:
    assert publisher(text) is None


def test_the_department_comes_before_units_below_it() -> None:
    assert publisher("填报单位：青岚区河道所", "预算主管部门：青岚区水务局") == "青岚区水务局"


def test_several_units_below_a_department_are_not_the_publisher() -> None:
    assert (
        publisher("青岚区水务局2026年度部门预算", "填报单位：青岚区河道所", "填报单位：青岚区水文站") == "青岚区水务局"
    )


def test_the_title_names_the_unit() -> None:
    assert publisher("望溪镇人民政府2026年度部门预算", departments=("望溪镇财政所",)) == "望溪镇人民政府"


def test_a_region_in_the_title_is_no_unit() -> None:
    assert publisher(DISTRICT) is None
    assert publisher(DISTRICT, departments=("青岚区水务局", None, "青岚区水务局")) == "青岚区水务局"
    assert publisher(DISTRICT, departments=("青岚区水务局", "青岚区民政局")) is None
    assert publisher(DISTRICT, departments=("青岚区",)) is None


def test_a_row_above_the_content_of_a_table_names_the_unit() -> None:
    rows = [["2025年度项目支出绩效自评表", LEFT], ["部门：青岚区明朗中学", "公开14表"], ["项目名称", "营养改善"]]
    assert find_publisher(document([grid(rows)]), None, [_declaration("青岚区教育局")]) == "青岚区明朗中学"


def test_the_department_that_a_form_is_of() -> None:
    declared = DECLARATION.model_copy(
        update={"competent_department": None, "form_kind": "department", "name": "青岚区水务局"}
    )
    assert find_publisher(lines(DISTRICT), None, [declared]) == "青岚区水务局"


def test_the_unit_of_projects_that_name_no_department() -> None:
    declared = DECLARATION.model_copy(update={"competent_department": None, "implementing_unit": "青岚区河道所"})
    other = _declaration("青岚区水务局").model_copy(update={"implementing_unit": "青岚区河道所"})
    assert find_publisher(lines(DISTRICT), None, [declared]) == "青岚区河道所"
    assert find_publisher(lines(DISTRICT), None, [declared, other]) == "青岚区水务局"


def test_a_department_among_those_of_other_levels_has_handed_money_down() -> None:
    other = OtherField(label="省级财政部门", value="云岭省财政厅", place=line("省级财政部门").place)
    declared = _declaration("水利部").model_copy(update={"other_fields": (other,), "implementing_unit": None})
    assert find_publisher(lines(DISTRICT), None, [declared]) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("上海市", True), ("青岚区", True), ("望溪镇", True), ("澄海路街道", True), ("北辰新区", True),
        ("青岚区本级", True), ("青岚区（本级）", True), ("云岭彝族自治州", True), ("县级", True),
        ("望溪镇人民政府", False), ("青岚区水务局（本级）", False), ("澄海路街道办事处", False), ("上海警备区", False),
        ("工商业联盟", False),
    ],
)  # fmt: skip
def test_regions(name: str, expected: bool) -> None:
    assert is_region(name) is expected
