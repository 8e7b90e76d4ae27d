"""Words that sum up (合计) beside a label of money that is merged down: they are that label, which names the block."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from perftable_etl.normalize.forms.labelled_form import LabelledForm
from perftable_etl.normalize.forms.labelling import LabelledCell
from perftable_etl.normalize.interpret.amounts import is_block_label
from perftable_etl.normalize.layouts.vocabulary import UNKNOWN, Vocabulary, meaning_of

_SIDE = meaning_of(None, (), None, is_side=True)


def with_sums(labelled: LabelledForm, vocabulary: Vocabulary) -> LabelledForm:
    """A form whose words that sum up are labels of money where they stand for one."""
    meanings = {}
    for label, word in _pairs(labelled.cells, vocabulary):
        meanings[id(label)] = _SIDE
        meanings[id(word)] = label.meaning
    if not meanings:
        return labelled
    cells = (cell._replace(meaning=meanings[id(cell)]) if id(cell) in meanings else cell for cell in labelled.cells)
    return labelled._replace(cells=tuple(cells))


def _pairs(cells: tuple[LabelledCell, ...], vocabulary: Vocabulary) -> Iterator[tuple[LabelledCell, LabelledCell]]:
    wide = [(label, word) for label, word in pairwise(cells) if label.cell.row_span > 1 and label.meaning.money]
    for label, word in wide:
        is_block = not label.inline and is_block_label(label)
        if is_block and word.row == label.row and word.meaning is UNKNOWN and vocabulary.is_total(word.text):
            yield label, word
