"""Random disclosures with noise on them parse to the same records, and all noise is told; clean ones have none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl.document import NoiseKind
from perftable_etl.pipeline import examine
from perftable_etl.records import Outcome
from tests.comparison import differences, records, squeezed
from tests.drawing.forms import DrawnDisclosure, expected
from tests.drawing.mupdf import Pen, draw
from tests.drawing.overprint import (
    PINK,
    RED,
    Doubled,
    Hidden,
    Margins,
    Overprint,
    Patched,
    Seal,
    Stamp,
    Veil,
    Watermark,
    fake_bold,
    noise_of,
    overprint,
)
from tests.drawing.redraw import SAMPLES
from tests.drawing.sources import source
from tests.examples import examples
from tests.strategies import disclosures, pens

FEW = examples(6)
"""A failing example of a page full of noise takes minutes to shrink."""

BLUE = (0.1, 0.1, 0.8)

PRINTS: dict[str, tuple[Overprint, ...]] = {
    "level": (Watermark(),),
    "turned": (Watermark(angle=45.0, colour=PINK),),
    "falling": (Watermark(angle=-30.0, colour=RED, is_below=True),),
    "below": (Watermark(is_below=True),),
    "faded": (Watermark(is_faded=True),),
    "tiled": (Watermark("内部资料", 12.0, is_tiled=True),),
    "tiled and turned": (Watermark("仅供 公开", 10.0, angle=20.0, is_tiled=True, is_faded=True),),
    "sealed": (Seal(),),
    "sealed twice": (Seal(), Seal("北辰市档案馆", "（2）", BLUE, across=0.4, down=0.7)),
    "stamped": (Stamp(),),
    "margins": (Margins(),),
    "dashed numbers": (Margins("内部资料 注意保存", "- {n} -"),),
    "bare numbers": (Margins(number="{n}"),),
    "doubled exactly": (Doubled(aside=0.0),),
    "doubled aside": (Doubled(aside=0.5, down=0.2),),
    "doubled now and then": (Doubled(every=3),),
    "invisible": (Hidden("invisible"),),
    "white": (Hidden("white"),),
    "transparent": (Hidden("transparent"),),
    "clipped": (Hidden("clipped"),),
    "outside": (Hidden("outside"),),
    "patched in white": (Patched(),),
    "patched with pictures": (Patched("picture", every=7),),
    "veiled": (Veil(),),
    "everything": (Watermark(angle=45.0), Seal(), Margins(number="{n}/{m}"), Doubled(), Hidden("white")),
}

Characters = Counter[tuple[NoiseKind, str]]


def characters(noise: list[tuple[NoiseKind, str]]) -> Characters:
    return Counter((kind, character) for kind, text in noise for character in squeezed(text))


def parsed(data: bytes, path: Path) -> tuple[Outcome, Characters]:
    """What a PDF yields, and the characters that were left out of it as noise."""
    path.write_bytes(data)
    seen = examine(path)
    return seen.outcome, characters([(noise.kind, noise.text) for page in seen.pages for noise in page.noise])


def check(outcome: Outcome, disclosure: DrawnDisclosure) -> None:
    found = records(outcome)
    if not disclosure.title:
        found["title"] = None  # then the form's own heading stands for it
    assert not differences(found, expected(disclosure))
    assert outcome.coverage == 1.0


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn") / "drawn.pdf"


layouts = st.sampled_from(("municipal-2025", "district-2026"))
# A preface may run over the foot of its page, and a form that begins low on a low page leaves that page blank.
pages = pens().map(lambda pen: replace(pen, preface=False, first_y=min(pen.first_y, 333.0)))


@pytest.mark.parametrize("name", PRINTS)
@FEW
@given(data=st.data())
def test_noise_is_left_out_and_told(name: str, path: Path, data: st.DataObject) -> None:
    disclosure, pen = data.draw(layouts.flatmap(disclosures)), data.draw(pages)
    drawn = draw(disclosure, pen)
    outcome, noise = parsed(overprint(drawn, PRINTS[name]), path)
    check(outcome, disclosure)
    assert noise == characters(noise_of(drawn, PRINTS[name]))


@examples(40)
@given(data=st.data())
def test_clean_pages_have_no_noise(path: Path, data: st.DataObject) -> None:
    disclosure, pen = data.draw(layouts.flatmap(disclosures)), data.draw(pens())
    _, noise = parsed(draw(disclosure, pen), path)
    assert not noise


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.pdf")), ids=lambda sample: sample.name)
def test_samples_have_no_noise(sample: Path) -> None:
    assert not [noise for page in examine(sample).pages for noise in page.noise]


@pytest.mark.parametrize("aside", [0.0, 0.2, 0.5])
def test_characters_that_are_drawn_twice_are_read_once(aside: float, path: Path) -> None:
    outcome, _ = parsed(fake_bold(draw(source("cac-2024")), aside), path)
    check(outcome, source("cac-2024"))


def test_what_is_left_out_is_a_finding_for_each_kind(path: Path) -> None:
    drawn = draw(source("cac-2024"), Pen(form_per_page=True))
    outcome, _ = parsed(overprint(drawn, [Watermark(), Margins(), Seal()]), path)
    findings = [finding for finding in outcome.findings if finding.code == "noise_left_out"]
    assert [finding.raw for finding in findings] == [
        "第 1 页 共 6 页", "青岚区司法局 部门预算公开", "业务章", "仅供公开",
    ]  # fmt: skip
    assert {finding.severity for finding in findings} == {"info"}
