"""The pages that stand before the forms in an invented department budget (部门预算): none of them is a declaration.

They name what forms name (项目名称, 绩效目标) and have tables, as such pages do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.drawing.composition import Block, Heading, NewPage, Paragraph
from tests.drawing.table import DrawnCell, DrawnTable

PROSE = (
    "本局主管全区绿化、市容环境卫生和户外广告管理工作，内设办公室、绿化科、市容科、环卫科四个科室，下属事业单位一家。",
    "2026年，本局部门预算收入总额为2,486.30万元，支出总额为2,486.30万元，比上年增加4.2%，主要原因是新增公厕改造项目。",
    "按照预算绩效管理要求，本局对2个项目编报了绩效目标，项目名称、实施单位和绩效指标详见文末财政项目支出绩效目标申报表。",
)
INCOME = (
    ("收入", "预算数（万元）", "支出", "预算数（万元）"),
    ("一、财政拨款收入", "2,486.30", "一、社会保障和就业支出", "152.40"),
    ("二、事业收入", "0.00", "二、卫生健康支出", "86.10"),
    ("三、其他收入", "0.00", "三、城乡社区支出", "2,247.80"),
    ("收入总计", "2,486.30", "支出总计", "2,486.30"),
)
PROJECTS = (
    ("序号", "项目名称", "项目资金总额", "绩效目标"),
    ("1", "滨河绿道及附属设施综合养护", "348.65", "见附表"),
    ("2", "智慧公厕5G物联网改造", "120.00", "见附表"),
)


def budget_pages(title: str) -> Iterator[Block]:
    """Cover, prose, two tables, and the prose page that announces the forms."""
    yield Heading(title, "cover")
    yield Heading("（样例：单位、项目和数字均为虚构）", "form")
    yield NewPage()
    yield Heading("部门概况和预算编制说明", "title")
    yield from map(Paragraph, PROSE)
    yield NewPage()
    yield Heading("2026年部门财务收支预算总表", "title")
    yield plain_table(INCOME, (2.0, 1.2, 2.0, 1.2))
    yield NewPage()
    yield Heading("项目经费情况说明", "title")
    yield Paragraph("本部门2026年项目支出安排如下，绩效目标另行填报。")
    yield plain_table(PROJECTS, (0.6, 2.5, 1.4, 1.0))
    yield NewPage()


def plain_table(rows: Sequence[Sequence[str]], widths: tuple[float, ...]) -> DrawnTable:
    """A table without merged cells."""
    cells = (DrawnCell(text, y, x) for y, row in enumerate(rows) for x, text in enumerate(row))
    return DrawnTable(tuple(cells), tuple("header" for _ in rows), widths)
