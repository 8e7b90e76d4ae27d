"""Words that sum up (合计) beside a label that is merged down: they are that label, if it is of money, a block's name.

Beside a side that names no money, they lead the money of the year.
"""

from __future__ import annotations

from collections.abc import Iterator

from perftable_etl.fields import Money
from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.amounts import is_block_label
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Meaning, Vocabulary, meaning_of
from perftable_etl.normalize.values.money import is_blank, is_figure

_OF_YEAR = meaning_of(None, (Money("year", "all"),), None, is_side=False)
_SIDE = meaning_of(None, (), None, is_side=True)


def with_sums(labelled: LabelledForm, vocabulary: Vocabulary) -> LabelledForm:
    """A form whose words that sum up are labels of money where they stand for one."""
    leading = any(map(is_block_label, labelled.cells))
    meanings = {}
    for label, word in _pairs(labelled.cells, vocabulary):
        meaning = _meaning(label, is_led=leading)
        if meaning:
            meanings[id(label)] = _SIDE
            meanings[id(word)] = meaning
    if not meanings:
        return labelled
    cells = (cell._replace(meaning=meanings[id(cell)]) if id(cell) in meanings else cell for cell in labelled.cells)
    return labelled._replace(cells=tuple(cells))


def _meaning(label: LabelledCell, *, is_led: bool) -> Meaning | None:
    """What a word that sums up is beside a label; `is_led` says that another label leads the form's money."""
    if label.meaning.money:
        return label.meaning
    return _OF_YEAR if label.meaning.kind == "side" and not is_led else None


def _pairs(cells: tuple[LabelledCell, ...], vocabulary: Vocabulary) -> Iterator[tuple[LabelledCell, LabelledCell]]:
    for label, word, amount in zip(cells, cells[1:], cells[2:], strict=False):
        if word.meaning is not UNKNOWN or label.inline or not word.row == label.row == amount.row:
            continue
        is_wide = label.meaning.kind == "side" or (bool(label.meaning.money) and label.cell.row_span > 1)
        if is_wide and vocabulary.is_total(word.text) and (is_figure(amount.text) or is_blank(amount.text)):
            yield label, word
