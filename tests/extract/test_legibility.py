"""What is text in any language is legible; what broken fonts make of Chinese is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from perftable_etl.document import LEGIBLE, Box, Word
from perftable_etl.extract import mupdf
from perftable_etl.extract.legibility import legibility
from tests.drawing.broken_fonts import MAPS, digits, han, only
from tests.drawing.redraw import SAMPLES

PDFS = sorted(SAMPLES.glob("*.pdf"))
FORM = (
    "财政项目支出绩效目标申报表（2025年度）项目名称社区养老服务经费项目性质经常性专项业务费主管部门临湖新区民政局"
    "计划开始日期2025-01-01计划完成日期2025-12-31年度资金申请总额1,119,275.12元产出指标数量指标走访慰问次数≥120(次)"
)
LANGUAGES: Mapping[str, str] = {
    "Chinese": FORM,
    "Chinese of Taiwan": "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。",
    "Japanese": "すべての人間は、生れながらにして自由であり、かつ、尊厳と権利とについて平等である。",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.",
    "English": "All human beings are born free and equal in dignity and rights.",
    "French": "L'été dernier, à Genève, père, mère et élèves étaient réunis à la fête : ça a été très gai.",
    "Vietnamese": "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi.",
    "Russian": "Все люди рождаются свободными и равными в своём достоинстве и правах.",
    "Arabic": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق.",
    "Thai": "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ",
    "Kangxi radicals": "⼈⼈⽣⽽⾃由，在尊严和权利上⼀律平等⺠⽣⼯程",
    "symbols": "☑是 □否 ①②③ ㎡ ℃ ‰ √ → ★ ●",
    "bullets of a symbol font": "\uf0b7一、立项依据\uf0b7二、立项必要性\uf0fc三、保证措施",
}


def of(text: str) -> float:
    return legibility([Word(text, Box(0, 0, 1, 1))])


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_in_any_language_is_legible(language: str) -> None:
    assert of(LANGUAGES[language]) == 1.0


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_samples_are_legible(path: Path) -> None:
    assert {page.legibility for page in mupdf.read_pages(path.read_bytes())} == {1.0}


@pytest.mark.parametrize("name", MAPS)
def test_what_a_broken_font_makes_of_a_form_is_not_legible(name: str) -> None:
    assert of("".join(map(MAPS[name], FORM))) < 0.8


@pytest.mark.parametrize("kind", [han, digits])
@pytest.mark.parametrize("name", ["unknown", "private"])
def test_one_broken_font_of_a_page_is_enough(name: str, kind: Callable[[str], bool]) -> None:
    assert of("".join(map(only(MAPS[name], kind), FORM))) < LEGIBLE


def test_legibility_is_the_share_of_characters_that_say_something() -> None:
    assert of("项目\ufffd名称") == 0.8
    assert of("\x01\x02ab") == 0.5


def test_a_page_without_words_is_legible() -> None:
    assert legibility([]) == 1.0
