"""The tables of a file without pages: each cell once, with the tags of what it became, and nothing that runs."""

from __future__ import annotations

import re
from pathlib import Path

from perftable_etl.pipeline import Examination, examine
from perftable_etl.report.pictures import pages_to_draw
from perftable_etl.report.table_drawing import draw_tables
from tests.drawing.sources import source
from tests.drawing.web import Web, web

ROW = "<tr><td>产出指标</td><td>数量指标</td><td><script>alert(1)</script>巡查&lt;b&gt;次数</td><td>≥12次</td></tr>"


def examined(page: bytes, folder: Path) -> Examination:
    path = folder / "page.html"
    path.write_bytes(page)
    return examine(path)


def drawn(seen: Examination) -> str:
    return draw_tables(seen, pages_to_draw(seen))


def test_a_cell_has_the_tag_of_what_it_became(tmp_path: Path) -> None:
    page = drawn(examined(web(source("cac-2024"), Web()), tmp_path))
    cells = re.findall(r'<td[^>]*class="([^"]*)">(.*?)</td>', page, re.DOTALL)
    assert ("value cell", '网络宣传工作<b class="value-tag">project 1: name</b>') in cells
    assert ("label cell", "项目名称") in cells
    assert sum(">1: target<" in text for _, text in cells) == 5


def test_what_the_file_says_is_text(tmp_path: Path) -> None:
    head = "<tr><td>项目名称</td><td colspan=3>甲</td></tr><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>"
    page = drawn(examined(f"<h1>项目支出绩效目标表</h1><table>{head}{ROW}</table>".encode(), tmp_path))
    assert "巡查&lt;b&gt;次数" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
