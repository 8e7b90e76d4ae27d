"""What is no plain text is named; plain text of forms is not."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import Line
from perftable_etl.extract.markup import MarkupKind
from perftable_etl.extract.plaintext import read_text
from tests.drawing.flatten import broken, printed_lines, tabbed
from tests.drawing.layouts import LAYOUTS
from tests.examples import examples
from tests.strategies import breakings, disclosures, pens, tabbings

ROWS = [
    ["项目名称", "社区阅览室运行维护", "项目类别"],
    ["质量指标", "图书验收合格率", "≥98.00(%)"],
    ["金额", "甲", "1,250.00"],
] * 2


def kinds(text: str) -> list[MarkupKind]:
    return [markup.kind for markup in read_text(text.encode()).markup]


def lines(text: str) -> list[str]:
    return [line.text for page in read_text(text.encode()).pages for line in page.blocks if isinstance(line, Line)]


def drawn_table(rows: list[list[str]], bar: str, edge: str) -> str:
    return "\n".join([edge, *(f"{bar}{bar.join(row)}{bar}" for row in rows), edge])


HTML = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS) + "</table>"
FILES: dict[MarkupKind, str] = {
    "html": HTML,
    "csv": "\n".join(",".join(f'"{cell}"' for cell in row) for row in ROWS),
    "markdown_table": drawn_table(ROWS, " | ", "|---|---|---|"),
    "box_table": drawn_table(ROWS, "│", "┌────┬────┬────┐"),
    "rtf": r"{\rtf1\ansi\pard a\cell b\cell\row\pard c\cell d\cell\row}",
    "json": json.dumps([dict(zip("abc", row, strict=True)) for row in ROWS], ensure_ascii=False, indent=1),
    "encoded_mail": "\n".join("=".join(["", *(f"{b:02X}" for b in "".join(row).encode())]) for row in ROWS),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_plain_text_is_named(kind: MarkupKind) -> None:
    assert kinds(FILES[kind]) == [kind]


def test_quoted_mail_is_read_without_its_marks() -> None:
    quoted = "\n".join(f"> > {'	'.join(row)}" for row in ROWS)
    assert kinds(quoted) == ["quoted_mail"]
    assert lines(quoted) == ["\t".join(row) for row in ROWS]


@given(st.integers(1, 2), st.sampled_from(["&ge;35(%)", "&#x2265;35(%)", "&#8805;35(%)"]))
def test_escaped_signs_are_turned_back_however_often_they_were_escaped(times: int, text: str) -> None:
    for _ in range(times - 1):
        text = html.escape(text)
    assert kinds(text) == ["escaped_entities"]
    assert lines(text) == ["≥35(%)"]


@pytest.mark.parametrize("name", LAYOUTS)
@examples(5)
@given(data=st.data())
def test_forms_are_plain_text(name: str, data: st.DataObject) -> None:
    disclosure = data.draw(disclosures(name))
    assert not kinds(tabbed(disclosure, data.draw(tabbings())))
    assert not kinds(broken(disclosure, data.draw(breakings())))


@pytest.mark.parametrize("name", LAYOUTS)
@examples(4)
@given(data=st.data())
def test_printed_forms_are_plain_text(name: str, data: st.DataObject) -> None:
    assert not kinds(printed_lines(data.draw(disclosures(name)), data.draw(pens())))
