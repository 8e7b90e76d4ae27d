"""Draws forms as web pages, in the ways in which sites, word processors and spreadsheets write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal, get_args

from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import Layout, forms
from tests.drawing.table import DrawnCell, DrawnForm, DrawnTable

Frame = Literal["plain", "site", "layout_table", "cell_each"]
Encoding = Literal["utf-8", "utf-8-sig", "gb18030", "utf-16"]

FRAMES: tuple[Frame, ...] = get_args(Frame)
ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)

_MENU = "".join(f'<li><a href="/{name}.html">{title}</a></li>' for name, title in (("a", "首页"), ("b", "信息公开")))
_HEAD = '<style>.gone{display:none}</style><script>document.write("<table><tr><td>项目名称</td></tr></table>")</script>'


@dataclass(frozen=True, slots=True)
class Web:
    """How a page is written.

    `frame`: what stands around the forms: nothing, a site's menus, a table that lays out the page, such a table with a
    row for each form. `breaks`: what stands between the lines of a cell. `wrapped`: each text in tags of its own, as
    word processors write it. `entities`: signs and blanks by name. `loose`: no end tags where HTML lets them be
    missing. `hidden`: a row that does not show. `declared`: the page names its encoding.
    """

    frame: Frame = "plain"
    breaks: Literal["br", "p"] = "br"
    wrapped: bool = False
    entities: bool = False
    loose: bool = False
    hidden: bool = False
    encoding: Encoding = "utf-8"
    declared: bool = True


def web(disclosure: DrawnDisclosure, style: Web | None = None, layout: Layout | None = None) -> bytes:
    """The page of a disclosure."""
    return web_forms(disclosure.title, forms(disclosure, layout), style or Web())


def web_forms(title: str, drawn: Iterable[DrawnForm], style: Web) -> bytes:
    """A page of these forms under a title, which may be empty."""
    heading = f"<h1>{_escaped(title, style)}</h1>" if title else ""
    body = _framed([heading, *(_form(form, style) for form in drawn)], style)
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={_named(style)}">' if style.declared else ""
    page = f"<!DOCTYPE html>\n<html><head>{meta}{_HEAD}</head><body>{body}</body></html>"
    return page.encode(style.encoding)


def _named(style: Web) -> str:
    return {"utf-8-sig": "utf-8", "gb18030": "gb2312"}.get(style.encoding, style.encoding)


def _framed(parts: list[str], style: Web) -> str:
    if style.frame == "plain":
        return "".join(parts)
    if style.frame == "site":
        return f'<ul>{_MENU}</ul><div class="crumbs">首页 &gt; 预决算</div>{"".join(parts)}<div>版权所有</div>'
    cells = ["".join(parts)] if style.frame == "layout_table" else parts
    rows = "".join(f'<tr><td width="20"></td><td>{cell}</td></tr>' for cell in cells)
    return f'<table width="1000"><tr><td colspan="2"><ul>{_MENU}</ul></td></tr>{rows}</table>'


def _form(form: DrawnForm, style: Web) -> str:
    heading = "".join(f"<p align=center>{_escaped(line, style)}</p>\n" for line in form.heading)
    return heading + "".join(_table(form.table, style))


def _table(table: DrawnTable, style: Web) -> Iterator[str]:
    yield '<table border="1" cellspacing="0">\n'
    for row in range(len(table.rows)):
        yield f"<tr>{''.join(_cell(cell, style) for cell in table.row(row))}{'' if style.loose else '</tr>'}\n"
    if style.hidden:
        yield '<tr class="gone"><td>产出指标</td><td>数量指标</td><td>隐藏</td><td>≥1个</td></tr>'
    yield "</table>\n"


def _cell(cell: DrawnCell, style: Web) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f" colspan={cell.column_span}" if cell.column_span > 1 else ""
    lines = [_escaped(line, style) for line in cell.text.split("\n")]
    if style.wrapped:
        lines = [f'<span lang="EN-US" style="font-size:9.0pt">{line}<o:p></o:p></span>' for line in lines]
    text = "<br>".join(lines) if style.breaks == "br" else "".join(f"<p>{line}</p>" for line in lines)
    return f"<td{rows}{columns}>{text}{'' if style.loose else '</td>'}"


def _escaped(text: str, style: Web) -> str:
    safe = escape(text)
    if not style.entities:
        return safe
    return safe.replace("≥", "&ge;").replace("≤", "&#8804;").replace(" ", "&nbsp;") or "&nbsp;"
