"""Flattened text in which something stands that is no part of a form is read exactly, or there is a warning.

`HYPOTHESIS_PROFILE=deep` tries many more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from perftable_etl import parse
from perftable_etl.records import FindingCode, Outcome
from tests.comparison import wrong
from tests.drawing.flatten import broken, printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure
from tests.drawing.layouts import LAYOUTS, Layout
from tests.drawing.text_disturbances import TEXT_DISTURBANCES, disturb
from tests.examples import examples
from tests.strategies import breakings, disclosures, pens, tabbings, variations

FEW = examples(4)

STYLES: dict[str, tuple[Callable[[], st.SearchStrategy[Any]], Callable[..., str]]] = {
    "tabs": (tabbings, tabbed),
    "broken lines": (breakings, broken),
    "printed lines": (pens, printed_lines),
}

EXACT = {
    "a contact line after the rows", "a note after the rows", "a print footer with date", "a signature block",
    "a source line", "a web page's foot", "no-break spaces for tabs", "page numbers", "wide spaces for tabs",
}  # fmt: skip
"""What is read exactly where tabs part the cells."""

OF_TEXT: frozenset[FindingCode] = frozenset(
    {"row_doubtful", "rows_perhaps_lost", "value_doubtful", "quoted_mail", "not_plain_text", "form_not_rebuilt"}
)
"""What is told only where something stands in a text that should not."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawn") / "drawn.txt"


def parsed(text: str, path: Path) -> Outcome:
    path.write_text(text, encoding="utf-8", newline="")
    return parse(path)


def warnings(outcome: Outcome) -> list[FindingCode]:
    return [finding.code for finding in outcome.findings if finding.severity != "info"]


@st.composite
def texts(draw: st.DrawFn, style: str) -> tuple[DrawnDisclosure, str]:
    """A disclosure in any layout, and its text in a style."""
    name = draw(st.sampled_from(sorted(LAYOUTS)))
    strategy, flatten = STYLES[style]
    disclosure, layout = draw(disclosures(name, plain=True)), draw(variations(name))
    assert isinstance(layout, Layout)
    return disclosure, flatten(disclosure, draw(strategy()), layout)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", TEXT_DISTURBANCES)
@FEW
@given(data=st.data())
def test_a_disturbed_text_is_read_exactly_or_told(name: str, style: str, path: Path, data: st.DataObject) -> None:
    disclosure, text = data.draw(texts(style))
    disturbed = disturb(text, name, Random(data.draw(st.integers(0, 10**6))))
    outcome = parsed(disturbed, path)
    differing = wrong(outcome, disclosure)
    note("\n".join(differing))
    assert not differing or warnings(outcome)
    assert not (differing and style == "tabs" and name in EXACT)


@pytest.mark.parametrize("style", STYLES)
@examples(30)
@given(data=st.data())
def test_an_undisturbed_text_that_is_read_exactly_is_not_doubted(style: str, path: Path, data: st.DataObject) -> None:
    disclosure, text = data.draw(texts(style))
    outcome = parsed(text, path)
    if not wrong(outcome, disclosure):
        unsure = frozenset[FindingCode]() if style == "tabs" else frozenset[FindingCode]({"row_doubtful"})
        assert not (OF_TEXT - unsure) & set(
            warnings(outcome)
        )  # without tabs a row may be read in two ways about as well
