"""Where the forms of a galley begin and end."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.landmarks import find_regions
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.galleys import galley, run


def test_a_galley_without_the_name_of_a_project_has_no_form() -> None:
    """As where the characters do not join to the label that their page's words have."""
    assert list(find_regions(galley(), VOCABULARY)) == []
    assert list(find_regions(galley([run("三级指标", 100, 0), run("指标值", 300, 0)]), VOCABULARY)) == []
