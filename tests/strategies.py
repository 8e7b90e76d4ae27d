"""Random disclosures for round trips: invented, plausible, consistent in their sums, and small when shrunk."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tests.drawing.flatten import Broken, Tabbed
from tests.drawing.forms import (
    LEVEL1_OF,
    DrawnDisclosure,
    DrawnIndicator,
    DrawnProject,
    DrawnTarget,
    Printed,
)
from tests.drawing.layouts import LAYOUTS, SKELETONS, Layout
from tests.drawing.mupdf import RULED, Pen, RuleStyle
from tests.drawing.web import ENCODINGS, FRAMES, Web

AREAS = ("青岚区", "云栖区", "浦江镇", "临湖新区", "北辰市")
OFFICES = ("民政局", "水务局", "档案馆", "科学技术委员会", "绿化和市容管理局", "市场监督管理局")
BRANCHES = ("", "（本级）", "信息中心", "执法大队", "社会福利和养老服务指导中心")
NATURES = ("专项资金", "经常性专项业务费", "其他经常性项目", "其他一次性项目")
CATEGORIES = ("特定目标类", "其他运转类")
TOPICS = (
    "河道养护", "档案数字化", "APP运维", "5G专网改造", "PM2.5监测站点维护", "社区养老服务", "“一网统管”平台升级",
    "食品安全抽样检验（含网络餐饮）", "公共图书馆夜间开放", "VR科普展陈",
)  # fmt: skip
ACTIONS = ("", "项目", "经费", "及配套设施维护", "专项工作（第二期）", "和突发事件应急处置能力提升")
SUBJECTS = (
    "巡检", "培训", "检测样品", "志愿服务活动", "AI质检模型", "走访慰问（含困难家庭、独居老人）", "《条例》宣传",
    "系统Web接口", "面向企业、街镇和居村委的专题讲座", "“回头看”行动", "LED照明灯具",
)  # fmt: skip
MEASURES = {
    "经济成本指标": ("平均成本", "费用控制情况"),
    "社会成本指标": ("对周边居民的影响",),
    "生态环境成本指标": ("产生的扬尘",),
    "数量指标": ("次数", "数量", "覆盖的街镇及产业园区数"),
    "质量指标": ("合格率", "考核结果", "发现问题的整改到位率"),
    "时效指标": ("及时率", "完成时间"),
    "经济效益指标": ("节约的财政资金", "增收情况"),
    "社会效益指标": ("知晓率", "社会影响"),
    "生态效益指标": ("对环境的改善",),
    "可持续影响指标": ("长效机制",),
    "服务对象满意度指标": ("满意度", "参与人员及其家属满意度"),
}
UNITS = ("%", "次", "个", "人次", "件次", "亿人次", "平方米", "个工作日", "元/人.天", "万元/篇", "万元", "分钟")
SIGNS = (("≥", ">="), ("≤", "<="), ("=", "="), ("＞", ">"), ("＜", "<"))
WORDS = ("完成", "达标", "优良", "持续稳定", "进一步提升", "不超预算")
SENTENCES = ("按规定程序及时归档，并向社会公开", "严格执行相关制度规定，保障APP数据安全、可靠、可控")
MISSING = ("/", "—", "无")
GOALS = (
    "完成年度各项任务，提升服务水平。",
    "目标1.对重点河道、绿地开展巡查，全年巡查次数不少于120次，问题整改率达到95%以上；",
    "目标2.完成APP和PM2.5监测平台的升级，可用性达到99.95%，新增5G站点12个。",
    "通过购买服务，为独居老人、困难家庭提供助餐、助浴、助医服务，做到“早发现、早报告、早处置”，",
    "营造安全、有序、和谐的社会环境。",
)
DEADLINES = ("{year}年12月底前", "{year}年11月底前完成", "12月31日前", "第三季度完成")
CHANGES = (("较上年增长{number}%", "%"), ("每年减少{number}%", "%"), ("比上年提高{number}个百分点", "个百分点"))
COMPOUNDS = ("城区≥95%，农村≥90%", "一类50元/天、二类30元/天", "一般案件，比法定时间90天缩短30%")


def one_of(values: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


def _joined(*parts: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.tuples(*map(one_of, parts)).map("".join)


names = _joined(TOPICS, ACTIONS)
departments = _joined(AREAS, OFFICES)
goals = st.lists(one_of(GOALS), min_size=1, max_size=12).map("".join)
cents = st.integers(0, 10**11)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    whole = str(draw(st.integers(0, 99999)))
    return whole + draw(one_of(("", ".00", ".5", ".25")))


@st.composite
def bounds(draw: st.DrawFn, *, district: bool) -> DrawnTarget:
    """A number with a sign and a unit; district forms print it bare (985米), municipal ones in brackets."""
    sign, operator = draw(st.sampled_from(SIGNS))
    number, unit = draw(numbers()), draw(one_of(UNITS))
    if district and draw(st.booleans()):
        return DrawnTarget(f"{number}{unit}", "quantitative", None, number, None, unit)
    text = f"{sign}{number}{unit}" if district else f"{sign}{number}({unit})"
    return DrawnTarget(text, "quantitative", operator, number, None, unit)


@st.composite
def ranges(draw: st.DrawFn) -> DrawnTarget:
    low = draw(st.integers(1, 90))
    high = draw(st.integers(low + 1, 100))
    text = draw(one_of(("{low}%-{high}%", "{low}%～{high}%"))).format(low=low, high=high)
    return DrawnTarget(text, "quantitative", "between", str(low), str(high), "%")


@st.composite
def changes(draw: st.DrawFn) -> DrawnTarget:
    pattern, unit = draw(st.sampled_from(CHANGES))
    number = str(draw(st.integers(1, 60)))
    return DrawnTarget(pattern.format(number=number), "change", None, number, None, unit)


def targets(year: int, *, district: bool, plain: bool) -> st.SearchStrategy[DrawnTarget]:
    """Every kind of value, bounds first and most often; `plain` leaves out those that read like prose."""
    bound = bounds(district=district)
    texts = one_of(WORDS if plain else WORDS + SENTENCES).map(lambda text: DrawnTarget(text, "qualitative"))
    deadlines = one_of(DEADLINES).map(lambda text: DrawnTarget(text.format(year=year), "deadline"))
    compounds = one_of(COMPOUNDS).map(lambda text: DrawnTarget(text, "compound"))
    blanks = one_of(MISSING).map(lambda text: DrawnTarget(text, "missing"))
    common = st.one_of(bound, bound, bound, texts, ranges())
    return common if plain else st.one_of(common, deadlines, changes(), compounds, blanks)


@st.composite
def indicators(draw: st.DrawFn, year: int, *, district: bool, plain: bool) -> DrawnIndicator:
    level2 = draw(one_of(tuple(LEVEL1_OF)))
    level3 = draw(one_of(SUBJECTS)) + draw(one_of(("", *MEASURES[level2])))
    return DrawnIndicator(LEVEL1_OF[level2], level2, level3, draw(targets(year, district=district, plain=plain)))


@st.composite
def trees(draw: st.DrawFn, year: int, *, district: bool, plain: bool) -> tuple[DrawnIndicator, ...]:
    """The rows of a form in the catalogue's order; in a district form a level-1 cell may be blank."""
    row = indicators(year, district=district, plain=plain)
    rows = draw(st.lists(row, min_size=1, max_size=25, unique_by=lambda row: (row.level2, row.level3)))
    order = list(LEVEL1_OF)
    rows.sort(key=lambda row: order.index(row.level2))
    if district and draw(st.booleans()):
        blank = draw(st.sampled_from(rows)).level1
        rows = [replace(row, level1="" if row.level1 == blank else row.level1) for row in rows]
    return tuple(rows)


def money(amount: int, *, short_zero: bool = False) -> Printed:
    """An amount of cents, printed with thousands separators; a zero may be short."""
    plain = f"{amount // 100}.{amount % 100:02}"
    return Printed.money("0") if short_zero and not amount else Printed(f"{amount // 100:,}.{amount % 100:02}", plain)


@st.composite
def projects(draw: st.DrawFn, year: int, layout: str, *, plain: bool) -> DrawnProject:
    """A project whose sums add up; one of several years also has totals and an overall goal."""
    district = layout.startswith("district")
    fiscal, carryover, other = draw(cents), draw(st.sampled_from((0, 1, 25_000_000))), draw(st.sampled_from((0, 99)))
    zero = district and draw(st.booleans())
    department = draw(departments)
    annual_goal = _goal(draw(goals), quoted=district and draw(st.booleans()))
    project = DrawnProject(
        name=Printed.plain(draw(names)),
        nature=Printed.plain(draw(one_of(NATURES))),
        category=Printed.plain(draw(one_of(CATEGORIES))),
        competent_department=Printed.plain(department),
        implementing_unit=Printed.plain(department + draw(one_of(BRANCHES))),
        start_date=_date(year, 1, 1, district=district),
        end_date=_date(year, 12, 31, district=district),
        annual_funds=money(fiscal + carryover + other),
        annual_fiscal_appropriation=money(fiscal),
        annual_carryover_funds=money(carryover, short_zero=zero),
        annual_other_funds=money(other),
        annual_goal=annual_goal,
        indicators=draw(trees(year, district=district, plain=plain)),
    )
    return draw(_long_project(project, year, layout)) if draw(st.booleans()) else project


@st.composite
def _long_project(draw: st.DrawFn, project: DrawnProject, year: int, layout: str) -> DrawnProject:
    last = year + draw(st.integers(1, 4))
    fiscal, other = draw(cents), draw(st.sampled_from((0, 50_000)))
    return replace(
        project,
        end_date=_date(last, 12, 31, district=layout.startswith("district")),
        total_funds=money(fiscal + other),
        total_fiscal_funds=money(fiscal),
        total_other_funds=money(other),
        overall_goal=Printed.plain(draw(goals)),
        overall_period=f"（{year}年-{last}年）" if layout == "municipal-2025" else "",
    )


def _goal(text: str, *, quoted: bool) -> Printed:
    return Printed(f'"{text}"' if quoted else text, text)


def _date(year: int, month: int, day: int, *, district: bool) -> Printed:
    return Printed.date(f"{year}/{month}/{day}" if district else f"{year}-{month:02}-{day:02}")


@st.composite
def disclosures(draw: st.DrawFn, layout: str, *, plain: bool = False) -> DrawnDisclosure:
    """A whole file in one of the layouts; district files have no title of their own.

    `plain` leaves out values that read like prose: once text is flattened, nobody can tell where a name ends and such
    a value begins.
    """
    year = draw(st.integers(2023, 2027))
    organization = draw(departments)
    title = "" if layout.startswith("district") else f"{organization}{year}年度项目绩效目标汇总表"
    drawn = draw(st.lists(projects(year, layout, plain=plain), min_size=1, max_size=4))
    return DrawnDisclosure(title, organization if title else "", year, layout, tuple(drawn))


@st.composite
def variations(draw: st.DrawFn, name: str) -> Layout:
    """A layout as its publishers vary it: column grid, merged cells, where the side label stands."""
    layout = LAYOUTS[name]
    varied = replace(
        layout,
        skeleton=draw(st.sampled_from((layout.skeleton, *SKELETONS.values()))),
        fiscal_rows=draw(st.sampled_from((2, 1))),
        side_label=draw(st.sampled_from(("below_header", "with_header"))),
    )
    if not name.startswith("district"):
        return varied
    return replace(
        varied,
        side_label=draw(st.sampled_from(("with_header", "below_header", "on_header", "missing"))),
        title_in_table=draw(st.booleans()),
        overall_label=draw(one_of(("项目总体目标", "项目总目标"))),
    )


def pens(rules: tuple[RuleStyle, ...] = RULED) -> st.SearchStrategy[Pen]:
    """Every way of drawing with these rules; the simplest is the default pen."""
    return st.builds(
        Pen,
        rules=st.sampled_from(rules),
        font_size=st.sampled_from((9.0, 7.5, 10.5)),
        landscape=st.booleans(),
        narrow=st.booleans(),
        cut_rows=st.booleans(),
        repeat_columns=st.booleans(),
        page_break=st.sampled_from(("closed", "open", "reprinted")),
        middle=st.sampled_from((True, False)),
        form_per_page=st.booleans(),
        first_y=st.sampled_from((60.0, 200.0, 333.0, 480.0)),
        preface=st.booleans(),
    )


def tabbings() -> st.SearchStrategy[Tabbed]:
    """Every way of flattening to tabs."""
    return st.builds(
        Tabbed,
        spans=st.booleans(),
        rows_per_page=st.sampled_from((0, 18, 25)),
        page_mark=one_of(("\n", "\f")),
        drop_side=st.booleans(),
        bare=st.booleans(),
    )


def breakings() -> st.SearchStrategy[Broken]:
    """Every way of flattening to broken lines."""
    return st.builds(
        Broken,
        total=st.sampled_from((44.0, 40.0, 52.0)),
        spaced=st.booleans(),
        loose=st.booleans(),
        lines_per_page=st.sampled_from((0, 45, 60)),
        page_mark=one_of(("\n\n\n", "\f")),
        cut_names=st.booleans(),
    )


def webs() -> st.SearchStrategy[Web]:
    """The ways in which a web page is written."""
    return st.builds(
        Web,
        frame=st.sampled_from(FRAMES),
        breaks=st.sampled_from(("br", "p")),
        encoding=st.sampled_from(ENCODINGS),
    )
