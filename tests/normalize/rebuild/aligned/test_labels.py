"""Where the forms on stacked pages begin and end."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.labels import find_form_areas
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.pages import run, stacked


def test_stacked_pages_without_the_name_of_a_project_have_no_form() -> None:
    """As where the characters do not join to the label that their page's words have."""
    assert list(find_form_areas(stacked(), VOCABULARY)) == []
    assert list(find_form_areas(stacked([run("三级指标", 100, 0), run("指标值", 300, 0)]), VOCABULARY)) == []
