"""Which texts above an indicator table are one cell, and which cells stand in one row."""

from __future__ import annotations

from collections.abc import Sequence

from perftable_etl.normalize.rebuild.aligned.fields import read_fields
from perftable_etl.normalize.rebuild.aligned.labels import find_labels
from perftable_etl.normalize.rebuild.aligned.rows import Setting
from perftable_etl.normalize.rebuild.aligned.stacked_pages import Passage
from tests.normalize.reader import VOCABULARY
from tests.normalize.rebuild.aligned.pages import passage, stacked


def rows(words: Sequence[Passage], setting: Setting = "middle") -> list[list[str]]:
    pages = stacked(words)
    labels = find_labels(pages, VOCABULARY)
    known = {word for label in labels for word in label.words}
    free = [word for word in words if word not in known]
    return [[cell.text for cell in row.cells] for row in read_fields(labels, free, pages, setting)[0]]


def test_labels_that_nobody_knows_stand_in_rows_too() -> None:
    words = [passage("项目名称", 50, 0), passage("河道养护", 150, 0), passage("甲乙", 50, 2), passage("丙丁戊", 150, 2)]
    assert rows(words) == [["项目名称", "河道养护"], ["甲乙", "丙丁戊"]]


def test_a_value_of_two_lines_goes_around_the_middle_of_its_label() -> None:
    words = [passage("河道养护及配套设施", 150, 0), passage("项目名称", 50, 0.5), passage("维护", 150, 1)]
    assert rows(words) == [["项目名称", "河道养护及配套设施\n维护"]]


def test_a_value_of_two_lines_begins_beside_its_label() -> None:
    words = [passage("项目名称", 50, 0), passage("河道养护及配套设施", 150, 0), passage("维护", 150, 1)]
    assert rows(words, "top") == [["项目名称", "河道养护及配套设施\n维护"]]


def test_a_page_break_may_cut_a_value() -> None:
    first, second = passage("河道养护及配套设施", 150, 0), passage("维护", 150, 1, page=2)
    assert rows([passage("项目名称", 50, 0), first, second], "top") == [["项目名称", "河道养护及配套设施\n维护"]]
