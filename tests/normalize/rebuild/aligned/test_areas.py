"""Where the forms on stacked pages begin and end."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.areas import find_form_areas
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.pages import passage, stacked


def test_stacked_pages_without_the_name_of_a_project_have_no_form() -> None:
    """As where the characters do not join to the label that their page's words have."""
    assert list(find_form_areas(stacked(), VOCABULARY)) == []
    assert list(find_form_areas(stacked([passage("三级指标", 100, 0), passage("指标值", 300, 0)]), VOCABULARY)) == []
