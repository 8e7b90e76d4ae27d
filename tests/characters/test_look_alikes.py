"""Random forms in characters that look like ordinary ones give the same records, and raw keeps what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.characters.code_points import INVISIBLES, SYMBOLS
from perftable_etl.characters.look_alikes import LOOK_ALIKES, look_alikes
from perftable_etl.normalize.values.text import fold
from perftable_etl.records import Outcome
from tests.comparison import records, squeezed
from tests.drawing.broken_fonts import remapped
from tests.drawing.flatten import Tabbed, tabbed
from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import Pen, draw
from tests.examples import examples
from tests.strategies import disclosures

every_layout = pytest.mark.parametrize("name", LAYOUTS)

ORDINARY = sorted({*LOOK_ALIKES.values(), *SYMBOLS.values()} & {*"0123456789:/-.,()%=≥≤><"})
SAME: dict[str, list[str]] = {
    ordinary: [like for like, other in {**LOOK_ALIKES, **SYMBOLS}.items() if other == ordinary]
    for ordinary in {*LOOK_ALIKES.values(), *SYMBOLS.values()}
}
"""Ordinary characters, and those that text for people takes for them."""

UNSEEN = sorted(INVISIBLES - {"\u00ad"})
"""A soft hyphen between digits is a hyphen."""

AROUND = [("\ufeff", ""), ("\u200b", ""), ("\u2060", ""), ("", "\ufe0f"), ("", "\ufe01"), ("", "\u200d")]
"""What fonts say before and after a character; MuPDF itself sorts what marks the direction of text."""


@st.composite
def swaps(draw: st.DrawFn, text: str) -> dict[str, str]:
    """For the characters of a text that have look-alikes, one for each."""
    return {character: draw(st.sampled_from(SAME[character])) for character in sorted(set(text) & SAME.keys())}


def read(data: bytes, path: Path) -> Outcome:
    path.write_bytes(data)
    return parse(path)


def folded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: folded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [folded(item) for item in value]
    return fold(value) if isinstance(value, str) else value


def compare(plain: Outcome, other: Outcome, swap: Mapping[str, str]) -> None:
    """The same records; texts with ordinary characters, raw ones with those printed; nothing more to say of them."""
    assert folded(records(other)) == folded(records(plain))
    assert [finding.code for finding in other.findings] == [finding.code for finding in plain.findings]
    seen = str.maketrans({like: SYMBOLS.get(like, like) for like in swap.values()})
    printed = str.maketrans({ordinary: like.translate(seen) for ordinary, like in swap.items()})
    for before, after in zip(plain.declarations, other.declarations, strict=True):
        assert LOOK_ALIKES.keys().isdisjoint(f"{after.name}{after.implementing_unit}{after.annual_goal}")
        raws = [[squeezed(source.raw) for source in declaration.sources] for declaration in (before, after)]
        assert raws[1] == [raw.translate(printed) for raw in raws[0]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("look-alikes")


@every_layout
@examples(15)
@given(data=st.data())
def test_text(name: str, folder: Path, data: st.DataObject) -> None:
    text = tabbed(data.draw(disclosures(name, plain=True)), Tabbed(), LAYOUTS[name])
    swap = data.draw(swaps(text))
    plain = read(text.encode(), folder / "plain.txt")
    compare(
        plain,
        read(text.translate(str.maketrans(dict[str, str | int | None](swap))).encode(), folder / "other.txt"),
        swap,
    )


@every_layout
@examples(5)
@given(data=st.data())
def test_pdf(name: str, folder: Path, data: st.DataObject) -> None:
    drawn: DrawnDisclosure = data.draw(disclosures(name))
    pdf = draw(drawn, Pen(), LAYOUTS[name])
    plain = read(pdf, folder / "plain.pdf")
    swap = data.draw(swaps("".join(source.raw for each in plain.declarations for source in each.sources)))
    other = remapped(pdf, lambda character: swap.get(character, character))
    compare(plain, read(other, folder / "other.pdf"), swap)


@every_layout
@examples(10)
@given(data=st.data(), unseen=st.sampled_from(UNSEEN))
def test_what_prints_nothing_says_nothing_in_text(name: str, folder: Path, data: st.DataObject, unseen: str) -> None:
    text = tabbed(data.draw(disclosures(name, plain=True)), Tabbed(), LAYOUTS[name])
    plain = read(text.encode(), folder / "plain.txt")
    everywhere = "".join(unseen + character for character in text)
    compare(plain, read(everywhere.encode(), folder / "other.txt"), {})


@every_layout
@examples(5)
@given(data=st.data(), around=st.sampled_from(AROUND))
def test_what_prints_nothing_says_nothing_on_pages(
    name: str, folder: Path, data: st.DataObject, around: tuple[str, str]
) -> None:
    pdf = draw(data.draw(disclosures(name, plain=True)), Pen(), LAYOUTS[name])
    plain = read(pdf, folder / "plain.pdf")
    compare(plain, read(remapped(pdf, lambda character: character.join(around)), folder / "other.pdf"), {})


@pytest.mark.parametrize("ordinary", ORDINARY)
def test_every_look_alike_of_a_sign_is_read_as_the_sign(ordinary: str, folder: Path) -> None:
    """The signs that values, dates, money and labels are told by; those that only compare the same too."""
    form = "\n".join(
        [
            "财政项目支出绩效目标申报表",
            "（2025年度）",
            "项目名称：\t道路养护1",
            "计划开始日期\t2025-01-01\t计划完成日期\t2025/12/31",
            "项目资金（元）",
            "年度资金申请总额:\t1,200.50",
            "绩效指标\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值",
            "产出指标\t数量指标\t巡查次数\t≥120.00(次)",
            "产出指标\t质量指标\t合格率\t=98.5(%)",
            "成本指标\t经济成本指标\t单价\t≤35(元/次)",
        ]
    )
    plain = read(form.encode(), folder / "plain.txt")
    assert len(plain.declarations) == 1
    assert len(plain.declarations[0].indicators) == 3
    for like in look_alikes(ordinary):
        other = read(form.replace(ordinary, like).encode(), folder / "other.txt")
        assert folded(records(other)) == folded(records(plain)), like
