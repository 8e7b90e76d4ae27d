"""Web pages: cells stand where browsers put them, layout is seen through, and what does not show is left out."""

from __future__ import annotations

from email.message import EmailMessage
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Grid, Line
from perftable_etl.errors import DamagedFile, ReadError, TooManyCells, TruncatedFile
from perftable_etl.extract.html import read_html, read_mhtml
from perftable_etl.extract.tables import MOST_CELLS
from perftable_etl.tables import TableDocument
from tests.examples import examples

PAIR = "<table><tr><td>项目名称<td>河道养护</tr><tr><td>年度<td>2024</tr></table>"


def grids(document: TableDocument) -> list[Grid]:
    return [block for page in document.pages for block in page.blocks if isinstance(block, Grid)]


def lines(document: TableDocument) -> list[str]:
    return [block.text for page in document.pages for block in page.blocks if isinstance(block, Line)]


def of(page: str) -> TableDocument:
    return read_html(page.encode())


def shape(page: str) -> list[list[str]]:
    """The rows of the only table; a merged cell stands in each row and column that it covers."""
    (grid,) = grids(of(page))
    rows = [["?"] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        for row, column in product(range(cell.row, cell.end_row), range(cell.column, cell.end_column)):
            assert rows[row][column] == "?"
            rows[row][column] = cell.text
    return rows


def test_spans() -> None:
    page = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e<td>f<tr><td colspan=4>g</table>"
    assert shape(page) == [["a", "b", "b", "c"], ["a", "d", "e", "f"], ["g", "g", "g", "g"]]


def test_a_span_ends_with_its_rows_and_never_reaches_into_another_cell() -> None:
    page = (
        "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody>"
        "<tbody><tr><td rowspan=9>d<td>e</tbody><tr><td>f<td rowspan=2>g<tr><td colspan=2>h</table>"
    )
    assert shape(page) == [["a", "b"], ["a", "c"], ["d", "e"], ["f", "g"], ["h", "g"]]


def test_short_rows_and_rows_that_no_cell_begins_in() -> None:
    assert shape("<table><tr><td>a<td>b<td>c<tr><td>d</table>") == [["a", "b", "c"], ["d", "", ""]]
    assert shape("<table><tr><td rowspan=2>a<td rowspan=2>b<tr></tr><tr><td>c<td>d</table>") == [["a", "b"], ["c", "d"]]


def test_places_keep_the_rows_and_columns_of_the_page() -> None:
    document = of(
        "<p>one</p>" + PAIR + "<p>two</p><table><tr><td colspan=3>a<td rowspan=2>b<tr><td colspan=3>c</table>"
    )
    second = grids(document)[1]
    assert [(cell.text, cell.place.page, tuple(cell.place.box)) for cell in second.cells] == [
        ("a", 2, (0, 0, 3, 1)), ("b", 2, (3, 0, 4, 2)), ("c", 2, (0, 1, 3, 2)),
    ]  # fmt: skip
    assert document.anchor(second.cells[2].place) == "table 2, row 2"
    above = document.pages[1].blocks[0]
    assert isinstance(above, Line)
    assert (above.text, above.place.box.y0, document.anchor(above.place)) == ("two", -1, "table 2, 1 lines above")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("a<br>b", "a\nb"),
        ("<p>a</p><p>b</p>", "a\nb"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        ("a \n  b", "a b"),
        ("a&nbsp;&nbsp;b&#8805;1&lt;2", "a b≥1<2"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("m<sup>2</sup>、H<sub>2</sub>O", "m²、H2O"),
        ("<b>a</b><i>b</i>", "ab"),
        ('<input type=text value="a"><input type=hidden value=x>', "a"),
        ("<input type=radio checked>是<input type=radio>否", "☑是☐否"),
        ("<select><option>a<option selected>b</select>", "b"),
        ("<textarea>a\nb</textarea>", "a\nb"),
        ("a<script>x</script><style>y</style><!-- z --><template>t</template>", "a"),
        ('a<span style="display: none">x</span><i hidden>y</i>', "a"),
        ('a<span class="gone other">x</span><span id=off>y</span>', "a"),
        ('a<span class="paper">b</span>', "ab"),
        ("a<span style='mso-hide:all'>x</span><o:p>&nbsp;</o:p>", "a"),
        ("a<![if !supportLists]>b<![endif]>", "ab"),
        ("a\u200bb\ufeff", "ab"),
        ("<span style='font-family:Symbol'>\u00b3</span>90", "≥90"),
        ("<span style='font-family:\"Times New Roman\"'>\u00b3</span>90", "³90"),
        ("<font face=Symbol>&#61603;</font>90", "≤90"),
        ("<span class=font8>\u00b3</span>90", "≥90"),
        ("<span style='font-family:Wingdings'>\u00fe</span>是", "☑是"),
        ("<span style='font-family:Symbol'>90%</span>", "90%"),
        ("<span style='font-family:Wingdings'>q</span>", "\uf071"),
    ],
)  # fmt: skip
def test_the_text_of_a_cell_is_what_a_person_sees(cell: str, text: str) -> None:
    css = "<style>.gone, td#off{display:none} .font8{font-family:Symbol} @media print{.paper{display:none}}</style>"
    (grid,) = grids(of(f"{css}<table><tr><td>{cell}</td><td>1</td></tr></table>"))
    assert grid.cells[0].text == text


def test_what_may_say_something_else_is_told() -> None:
    page = of("<table><tr><td><del>1</del>2<td><img src=x.gif>3<td><img width=1 height=1>4</table>")
    assert [(flaw.kind, flaw.text, flaw.place.box.x0) for flaw in page.pages[0].flaws] == [
        ("ruled_through", "1", 0), ("drawn", "3", 1),
    ]  # fmt: skip


LAYOUTS = {
    "one cell": "<table><tr><td>{}</td></tr></table>",
    "beside a menu": "<table><tr><td>首页<br>公开<td>{}</table>",
    "below a menu": "<table><tr><td>首页<td>公开<td>搜索<tr><td colspan=3>{}</table>",
    "three deep": "<table><tr><td><table><tr><td><table><tr><td>{}</table></table><td>广告</table>",
    "in a definition": "<dl><dt>附件<dd>{}</dl>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tables_that_lay_out_the_page_are_seen_through(layout: str) -> None:
    document = of(LAYOUTS[layout].format(f"<h1>目标表</h1>{PAIR}<p>单位：万元</p>"))
    (grid,) = grids(document)
    assert [cell.text for cell in grid.cells] == ["项目名称", "河道养护", "年度", "2024"]
    assert "目标表" in lines(document)
    assert "单位：万元" in lines(document)


def test_a_table_of_one_row_above_a_table_is_its_heading() -> None:
    head = "<table><tr><td>（2024年度）<td align=right>单位：万元</table>"
    document = of(f"<p>目标表</p>{head}{PAIR}")
    assert (lines(document), len(grids(document))) == (["目标表", "（2024年度）", "单位：万元"], 1)
    assert len(grids(of("<table><tr><td>项目名称<td>甲</table>" * 3))) == 3


def test_a_table_that_text_parts_from_the_one_above_shares_no_inner_boundary_with_it() -> None:
    first, second, third = grids(of(f"<p>一</p>{PAIR}{PAIR}<p>二</p>{PAIR}"))
    assert first.boundaries == second.boundaries
    assert third.boundaries[::2] == first.boundaries[::2]
    assert abs(third.boundaries[1] - first.boundaries[1]) > 4


def test_a_table_in_a_form_takes_its_place_in_it() -> None:
    inner = "<table><tr><td>一级<td>二级<td>值<tr><td>产出<td>数量<td>1</table>"
    page = f"<table><tr><td>名称<td>甲<tr><td>部门<td>乙<tr><td>指标<td>{inner}<tr><td>备注<td>无</table>"
    assert shape(page) == [
        ["名称", "甲", "甲", "甲"],
        ["部门", "乙", "乙", "乙"],
        ["指标", "一级", "二级", "值"],
        ["指标", "产出", "数量", "1"],
        ["备注", "无", "无", "无"],
    ]


def test_title_headings_and_path_are_lines_above_the_table() -> None:
    page = (
        f"<title>区水务局 2024</title><div>当前位置：<a>首页</a> &gt; <a>预决算</a></div><h2>目标表</h2>{PAIR}<p>打印"
    )
    assert lines(of(page)) == ["区水务局 2024", "当前位置：首页 > 预决算", "目标表", "打印"]


def test_a_title_that_the_page_prints_stands_there() -> None:
    assert lines(of(f"<title>目标表</title><p>首页</p><h1>目标表</h1>{PAIR}")) == ["首页", "目标表"]
    title = "<title>项目绩效目标表_区政府</title>"
    assert lines(of(f"{title}<p>项目</p><h1>项目绩效目标表</h1>{PAIR}")) == ["项目", "项目绩效目标表"]


def test_a_page_of_frames_names_them() -> None:
    """Each sheet of a workbook that was saved as a page is a file of its own."""
    page = "<html><frameset rows='*,39'><frame src='book.files/sheet001.htm'><noframes>x</noframes></frameset></html>"
    assert lines(of(page)) == ["book.files/sheet001.htm"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("said", ["", "gb2312", "utf-8", "big5", "nonsense"])
def test_encodings_are_told_by_mark_by_name_and_by_how_they_read(encoding: str, said: str) -> None:
    """Also where the page names another one."""
    meta = f'<meta charset="{said}">' if said else ""
    text = "項目名稱、績效目標與預算金額" if encoding == "big5hkscs" else "项目名称、绩效目标与预算金额"
    sign = "≧90%" if encoding == "big5hkscs" else "≥90%"
    page = f"<html><head>{meta}</head><body><table><tr><td>{text}</td><td>{sign}</td></tr></table></body></html>"
    (grid,) = grids(read_html(page.encode(encoding)))
    assert [cell.text for cell in grid.cells] == [text, sign]


def mail(*pages: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "表"
    message.set_content("<frameset><frame src=sheet001.htm></frameset>", subtype="html")
    for page in pages:
        message.add_related(
            page.encode("gb18030"), "text", "html", params={"charset": "gb2312"}, cte="quoted-printable"
        )
    message.add_related(b"GIF89a", "image", "gif")
    return b"MIME-Version: 1.0\r\n" + message.as_bytes()


def test_a_page_in_one_file_has_its_parts_one_after_the_other() -> None:
    document = read_mhtml(mail(PAIR, PAIR.replace("河道", "绿地")))
    assert [grid.cells[1].text for grid in grids(document)] == ["河道养护", "绿地养护"]


def test_a_mail_without_a_page_is_damaged() -> None:
    nested = b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n" * 10_000
    with pytest.raises(DamagedFile, match="nest"):
        read_mhtml(b"MIME-Version: 1.0\r\n" + nested)
    with pytest.raises(DamagedFile):
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")


HOSTILE = {
    "tables nested 10,000 deep": "<table><tr><td>" * 10_000 + "</table>" * 10_000,
    "elements nested 100,000 deep": "<div>" * 100_000,
    "formatting that is never closed": "<b><p>" * 100_000,
    "a million cells": "<table>" + ("<tr>" + "<td>1" * 1000) * 1000 + "</table>",
    "spans over everything": "<table>" + ("<tr>" + "<td colspan=1000 rowspan=65534>1" * 60) * 200 + "</table>",
    "rows that spans fill": "<table><tr>" + "<td rowspan=65534>1" * 1000 + "<tr><td>2" * 50_000 + "</table>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_page_for_people_is_refused(name: str) -> None:
    with pytest.raises(TooManyCells) as refusal:
        of(HOSTILE[name])
    assert ";" in str(refusal.value)


CUT_OFF = {
    "in a row": "<html><body><table><tr><td>项目名称<td>河道",
    "in a tag": f"<html><body>{PAIR}<table border=1><tr><td col",
    "in a nested table": f"<table><tr><td>{PAIR}",
}


@pytest.mark.parametrize("name", CUT_OFF)
def test_a_page_whose_end_is_missing_is_truncated(name: str) -> None:
    with pytest.raises(TruncatedFile):
        of(CUT_OFF[name])


def test_a_page_that_ends_is_whole_however_it_is_written() -> None:
    assert len(grids(of("<html><body><table><tr><td>项目名称<td>河道</body>"))) == 1
    assert len(grids(of(PAIR))) == 1


def test_numbers_of_spans_that_are_none() -> None:
    page = "<table><tr><td colspan=99999999999999>a<td colspan=-1>b<td colspan=x rowspan=2.5>c<tr><td>d<td>e</table>"
    (grid,) = grids(of(page))
    assert [cell.text for cell in grid.cells if cell.text] == list("abcde")


@examples(150)
@given(data=st.data())
def test_any_tags_in_any_order_are_read_or_refused(data: st.DataObject) -> None:
    tags = ("table", "tr", "td", "th", "tbody", "caption", "p", "br", "div", "select", "option", "ol", "li", "pre")
    piece = st.one_of(
        st.sampled_from([f"<{tag}>" for tag in tags] + [f"</{tag}>" for tag in tags]),
        st.sampled_from(
            ["<td colspan=3>", "<td rowspan=0>", "<td rowspan=2 colspan=2>", "甲", " ", "&ge;", "<!--", "<"]
        ),
    )
    page = "".join(data.draw(st.lists(piece, max_size=60))) + "</body>"
    try:
        document = of(page)
    except ReadError:
        return
    for grid in grids(document):
        covered = [
            (row, column)
            for cell in grid.cells
            for row, column in product(range(cell.row, cell.end_row), range(cell.column, cell.end_column))
        ]
        assert sorted(covered) == list(product(range(grid.row_count), range(grid.column_count)))
        assert len(covered) <= MOST_CELLS
