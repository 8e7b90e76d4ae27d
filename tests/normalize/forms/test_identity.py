"""A document whose form is not read keeps its title, its unit and its year."""

from __future__ import annotations

import pytest

from perftable_etl.document import Document
from perftable_etl.extract.plaintext import read_text
from perftable_etl.normalize.forms.identity import identify
from perftable_etl.normalize.layouts.headings import Title
from tests.normalize.reader import VOCABULARY

TITLE = Title("云亭区档案馆2025年度项目绩效目标汇总表", "云亭区档案馆", 2025)
FORM = Title("财政项目支出绩效目标申报表", "云亭区文化局", 2025)


def document(text: str) -> Document:
    return Document(read_text(text.encode()).pages)


@pytest.mark.parametrize(
    "text", [f"<td>{TITLE.text}</td>", f'"{TITLE.text}","甲"', f"| {TITLE.text} |", f"│{TITLE.text}│"]
)
def test_titles_are_found_between_whatever_parts_the_cells(text: str) -> None:
    assert identify(document(text), VOCABULARY) == TITLE


@pytest.mark.parametrize("bar", ["\t", " | ", '","', "</td><td>"])
def test_without_such_a_title_the_form_s_own_lines_say_it(bar: str) -> None:
    rows = [[FORM.text], ["（2025年度）"], ["主管部门", "云亭区文化局", "实施单位", "云亭区档案馆"]]
    assert identify(document("\n".join(map(bar.join, rows))), VOCABULARY) == FORM


def test_other_texts_have_none() -> None:
    assert identify(document("关于档案利用的说明\n第一章 总则\n2025年度"), VOCABULARY) is None
