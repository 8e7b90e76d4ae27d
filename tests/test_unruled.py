"""Random disclosures without rules, or with too few, give the records they were drawn from; where not, it is said."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.document import Document, Line
from perftable_etl.extract.grids import lay_out
from perftable_etl.extract.mupdf import read_characters, read_pages
from perftable_etl.normalize.rebuild.aligned.rebuild import rebuild, unruled_pages
from tests.comparison import squeezed
from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import LAYOUTS
from tests.drawing.mupdf import Pen, RuleStyle, draw
from tests.examples import examples
from tests.normalize.reader import VOCABULARY
from tests.strategies import disclosures, pens, variations
from tests.test_round_trip import drawings, is_exact_or_told, share_of_told

UNRULED: tuple[RuleStyle, ...] = ("none", "level", "frame")

MAY_BE_TOLD = 0.05
"""The share of examples that may be told instead of read: random rows may stand so that a page break or two labels on
one line can be read in two ways."""

every_layout = pytest.mark.parametrize("name", LAYOUTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unruled")


@pytest.mark.hypothesis
@every_layout
def test_records(name: str, folder: Path) -> None:
    """What is read wrong has a finding that sends a person there."""

    def one(data: st.DataObject) -> bool:
        drawn = data.draw(drawings(name, pens(UNRULED)))
        assert isinstance(drawn.style, Pen)
        return is_exact_or_told(drawn, draw(drawn.disclosure, drawn.style, drawn.layout), folder / "drawn.pdf")

    assert share_of_told(one) <= MAY_BE_TOLD


@examples(5)
@given(disclosure=disclosures("municipal-2024"), rules=st.sampled_from(UNRULED))
def test_says_how_cells_were_told(disclosure: DrawnDisclosure, rules: RuleStyle, folder: Path) -> None:
    path = folder / "one.pdf"
    path.write_bytes(draw(disclosure, Pen(rules=rules)))
    codes = [finding.code for finding in parse(path).findings]
    assert codes.count("cells_by_alignment") == len(disclosure.projects)


@every_layout
@examples(12)
@given(data=st.data())
def test_nothing_is_lost(name: str, data: st.DataObject) -> None:
    """Every character of the pages is in a grid, on a line or among the noise, once."""
    drawn = draw(data.draw(disclosures(name)), data.draw(pens(UNRULED)), data.draw(variations(name)))
    pages = list(read_pages(drawn))
    document = Document(tuple(map(lay_out, pages)))
    numbers = unruled_pages(document, VOCABULARY)
    assert numbers
    rebuilt = rebuild(document, read_characters(drawn, numbers), VOCABULARY)
    assert printed(rebuilt.document) == Counter(squeezed("".join(word.text for page in pages for word in page.words)))


def printed(document: Document) -> Counter[str]:
    texts = [
        text
        for laid_out in document.pages
        for block in laid_out.blocks
        for text in ([block.text] if isinstance(block, Line) else [cell.text for cell in block.cells])
    ]
    noise = (noise.text for laid_out in document.pages for noise in laid_out.noise)
    return Counter(squeezed("".join((*texts, *noise))))
