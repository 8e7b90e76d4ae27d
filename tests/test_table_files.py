"""Files without pages: places and findings are in words of tables, and nothing rests on pages."""

from __future__ import annotations

from pathlib import Path

from perftable_etl import parse
from perftable_etl.records import Outcome
from tests.findings import rendered

HEAD = "<tr><td>项目名称<td colspan=3>河道养护</tr><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>"
ROW = "<tr><td>产出指标<td>数量指标<td>巡查次数<td>≥ 1</tr>"
NEW_UNITS = "<p>项目名称 主管部门 实施单位 项目性质 年度总体目标 计划开始日期 计划完成日期 项目类别</p>"


def read(page: str, folder: Path) -> Outcome:
    path = folder / "page.html"
    path.write_text(page, "utf-8")
    return parse(path)


def test_a_number_is_no_page_s_where_there_are_no_pages(tmp_path: Path) -> None:
    """The target ends in the number of its table."""
    outcome = read(f"<h1>项目支出绩效目标表</h1><table>{HEAD}{ROW}</table>", tmp_path)
    assert "page_number_in_row" not in {finding.code for finding in outcome.findings}
    assert [source.anchor for source in outcome.declarations[0].indicators[0].sources][-1] == "table 1, row 3"


def test_messages_name_tables_and_are_still_made_of_their_details(tmp_path: Path) -> None:
    other = "<table><tr><td>索引号<td>1</table>"
    outcome = read(f"{other}<table>{HEAD}{ROW}</table>{other}{NEW_UNITS}", tmp_path)
    assert outcome.findings
    for finding in outcome.findings:
        assert "page" not in finding.message.partition("; ")[0]
        assert finding.details is None or rendered(finding.details) == finding.message
    assert any("table 2 " in finding.message for finding in outcome.findings)
