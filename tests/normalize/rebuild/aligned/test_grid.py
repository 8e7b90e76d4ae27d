"""The columns of a form's grid."""

from __future__ import annotations

from perftable_etl.normalize.rebuild.aligned.areas import Section
from perftable_etl.normalize.rebuild.aligned.fields import FieldRow
from perftable_etl.normalize.rebuild.aligned.form import AlignedForm, AlignedSection
from perftable_etl.normalize.rebuild.aligned.grid import make_grid
from tests.normalize.rebuild.aligned.pages import passage


def row(*cells: tuple[str, float], line: float) -> FieldRow:
    first, *others = (passage(text, x, line) for text, x in cells)
    return FieldRow((first, *others[1::2]), tuple(others[::2]))


def columns(*rows: FieldRow) -> dict[str, tuple[int, int]]:
    section = Section((), (), None)
    form = AlignedForm((AlignedSection(section, "middle", rows, (), None),))
    return {cell.text: (cell.column, cell.column_span) for cell in make_grid(form).cells}


def test_labels_set_alike_begin_in_one_column_however_long_they_are() -> None:
    """A row whose label is longer runs over the edge that other rows tell; nothing stands there."""
    upper = row(("项目资金总额", 60), ("1.00", 200), ("年度资金申请总额", 300), ("2.00", 500), line=0)
    middle = FieldRow((passage("其中：当年财政拨款总额", 285, 1),), (passage("3.00", 500, 1),))
    dates = row(("开始日期", 60), ("二〇二四年", 130), ("完成日期", 255), ("二〇二五年", 500), line=2)
    units = row(("主管部门", 60), ("水务局", 130), ("实施单位", 255), ("某水务局", 295.5), line=3)
    found = columns(upper, middle, dates, units)
    assert found["其中：当年财政拨款总额"][0] == found["年度资金申请总额"][0]
