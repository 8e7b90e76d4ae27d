"""What stands above an indicator table without rules, or below it: rows of cells that stand beside each other.

The cells of a row are set around one middle, or begin on one line. Those beside each other are apart on all lines. What
is on the lines of a row and near enough is one cell, whether it is a label or a value, known or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import regex

from perftable_etl.normalize.layouts.words import GOALS
from perftable_etl.normalize.rebuild.aligned.labels import Label
from perftable_etl.normalize.rebuild.aligned.rows import Extent, Setting, offset
from perftable_etl.normalize.rebuild.aligned.stacked_pages import (
    Passage,
    StackedPages,
    are_alike,
    line_of,
    lines_of,
    parted,
    stack,
)
from perftable_etl.normalize.rebuild.aligned.table import part_columns
from perftable_etl.normalize.rebuild.cheapest import Readings, Step
from perftable_etl.normalize.rebuild.line_breaks import is_full

_GOES_ON = 0.02  # a cell that goes on in another line
_PARAGRAPH = 0.2  # a cell that goes on where its line is not full, but ends a sentence
_NOT_FULL = 2.5  # a cell that goes on where its line is not full
_APART = 3.0  # a cell with a gap between its lines
_OVER_BREAK = 0.3  # a cell that goes on over a page break
_TWO_CELLS = 3.0  # a label that is one cell with something else, or texts far from one another that are
_OVERLAP = 3.0  # a row that begins above the end of the one before
_NO_LABEL = 0.9  # a row without a label, where it may be the rest of another

_SLACK = 1.0  # Em that a full line may miss: a value's column may be wider than its longest line
_OTHER_CELL = 0.6  # em: what stands further apart on one line is in different cells: Han text is set without gaps
_SAME_EDGE = 0.3  # em by which the edges or the middles of the lines of one value differ at most
_NEXT_ROW = 0.7  # lines: rows whose lines are nearer than this would overlap
_TALLEST = 60  # lines of one row at most
_HOPELESS = 9.0  # what speaks so much against a row will not be less against one with more lines
_SENTENCE_END = regex.compile(r"[。；;：:！!？?.]”?$")


class FieldRow(NamedTuple):
    """Labels that stand beside each other and the texts beside them; `cost` speaks against their being a row."""

    labels: tuple[Passage, ...]
    texts: tuple[Passage, ...]
    cost: float = 0.0

    @property
    def cells(self) -> list[Passage]:
        """All of it, from left to right."""
        return sorted((*self.labels, *self.texts), key=lambda cell: cell.x0)

    @property
    def extent(self) -> Extent:
        """Where it stands."""
        return Extent.around(self.cells)


def read_fields(
    labels: Sequence[Label], words: Sequence[Passage], stacked: StackedPages, setting: Setting
) -> tuple[list[FieldRow], list[Passage]]:
    """All rows, from top to bottom, read as set in one way, and the unknown texts that stand beside them."""
    named = [label for label in labels if label.concept]
    texts, sides = _Texts.of(named, words, stacked, setting).without_sides()
    rows = [step.part for step in texts.readings().cheapest()]
    goals = frozenset(label.passage for label in named if label.concept in GOALS)
    return list(_with_goals_below(_with_rests(rows, stacked), goals, stacked.em)), sides


class _Texts(NamedTuple):
    """Texts that are one cell each or a line of one, in the order of their heights, and the labels among them."""

    texts: Sequence[Passage]
    labels: frozenset[Passage]
    stacked: StackedPages
    setting: Setting

    @classmethod
    def of(cls, labels: Sequence[Label], words: Sequence[Passage], stacked: StackedPages, setting: Setting) -> _Texts:
        """Words and labels. Where rows are set apart, lines that are near each other are one cell."""
        known = {frozenset(lines_of(label.words)): label.passage for label in labels}
        texts = [*words, *known.values()]
        if stacked.is_padded:
            cells = _chains([*words, *(line for lines in known for line in lines)], stacked)
            texts = [known.get(frozenset(cell), stack(cell)) for cell in cells]
        texts.sort(key=lambda text: _height(text, setting))
        return cls(texts, frozenset(known.values()), stacked, setting)

    def without_sides(self) -> tuple[_Texts, list[Passage]]:
        """All but the texts that stand beside rows, and those: where rows are set apart, they show by their height."""
        sides = [text for text in self.texts if text not in self.labels and self._is_beside_rows(text)]
        return self._replace(texts=[text for text in self.texts if text not in sides]), sides

    def _is_beside_rows(self, text: Passage) -> bool:
        """Whether a text is no row, being too near to the rows above and below it, and stands left of both."""
        if not self.stacked.is_padded:
            return False
        steps = [(_height(other, self.setting) - _height(text, self.setting), other) for other in self.texts]
        near = [(step, other) for step, other in steps if 0 < abs(step) < 1.2 * self.stacked.pitch]
        is_between = any(step < 0 for step, _ in near) and any(step > 0 for step, _ in near)
        is_alone = sum(abs(step) < 0.25 * self.stacked.pitch for step, _ in steps) == 1
        return is_between and is_alone and all(other.x0 > text.x1 for _, other in near)

    def readings(self) -> Readings[int, FieldRow]:
        """The readings from the first text to the last: a state counts the strips that are read."""
        ends = self._ends()
        below = [*accumulate((text.top for text in reversed(self.texts)), min, initial=float("inf"))][::-1]

        def rows_from(start: int) -> Iterator[Step[int, FieldRow]]:
            for end in range(start + 1, min(start + _TALLEST, len(ends) - 1) + 1):
                row, cost_of_cells = self._row(self.texts[ends[start] : ends[end]])
                cost = row.cost + (_NO_LABEL if not row.labels and self._may_go_on(ends[start]) else 0.0)
                overlap = row.extent.bottom - below[ends[end]] > 0.5 * self.stacked.em
                yield Step(start, end, cost + (_OVERLAP if overlap else 0.0), row)
                if cost_of_cells > _HOPELESS:
                    return

        return Readings(0, len(ends) - 1, rows_from)

    def _ends(self) -> list[int]:
        """How many of the texts stand above each height at which a row may end, none and all included."""
        heights = [_height(text, self.setting) for text in self.texts]
        near = _NEXT_ROW * self.stacked.pitch
        between = [index for index, (one, other) in enumerate(pairwise(heights), 1) if other - one >= near]
        return sorted({0, *between, len(heights)})

    def _may_go_on(self, index: int) -> bool:
        """Whether a text may be the rest of the row above it: where rows are set apart only after a page break."""
        is_first = index > 0 and not self.texts[index].pages & self.texts[index - 1].pages
        return is_first or not self.stacked.is_padded

    def _row(self, texts: Sequence[Passage]) -> tuple[FieldRow, float]:
        """Texts as a row, and what of its cost is that of its cells."""
        parts = parted(texts, _OTHER_CELL * self.stacked.em)
        cells = [part[0] if len(part) == 1 else stack(list(map(line_of, _below_another(part)))) for part in parts]
        cost_of_cells = sum(map(self._cell_cost, parts))
        labels = tuple(cell for cell in cells if cell in self.labels)
        others = tuple(cell for cell in cells if cell not in labels)
        cost = offset(cells, self.stacked.pitch, self.setting) + cost_of_cells
        return FieldRow(labels, others, cost), cost_of_cells

    def _cell_cost(self, texts: Sequence[Passage]) -> float:
        """What speaks against taking texts for one cell."""
        if len(texts) == 1:
            return 0.0
        cost = _TWO_CELLS * sum(text in self.labels for text in texts)
        lines = _below_another(texts)
        cost += _TWO_CELLS * sum(len(parted(line, _OTHER_CELL * self.stacked.em)) - 1 for line in lines)
        own = [line_of(line) for line in lines]
        longest = max(line.x1 - line.x0 for line in own)
        return cost + sum(self._join(*pair, longest) for pair in pairwise(own))

    def _join(self, line: Passage, following: Passage, longest: float) -> float:
        """What speaks against taking two lines for one cell."""
        em = self.stacked.em
        is_over_break = line.pages != following.pages
        if not is_over_break and following.top - _last_line(line, em) > self.stacked.next_line:
            return _APART
        cost = _OVER_BREAK if is_over_break else 0.0
        if is_full((line.x1 - line.x0) / em, following.text, longest / em, _SLACK):
            return cost + _GOES_ON
        return cost + (_PARAGRAPH if _SENTENCE_END.search(line.text) else _NOT_FULL)


def _below_another(texts: Iterable[Passage]) -> list[list[Passage]]:
    """Texts of one cell, those beside one another together; each may have several lines."""
    groups: list[list[Passage]] = []
    for text in sorted(texts, key=lambda text: text.top):
        middle = (text.top + min(text.bottom, groups[-1][-1].bottom)) / 2 if groups else 0.0
        if groups and text.top < middle < groups[-1][-1].bottom:
            groups[-1].append(text)
        else:
            groups.append([text])
    return groups


def _height(text: Passage, setting: Setting) -> float:
    return text.top if setting == "top" else text.middle


def _last_line(text: Passage, em: float) -> float:
    """Where the last line of a text begins down the stack."""
    return max(text.top, text.bottom - 1.2 * em)


def _chains(words: Iterable[Passage], stacked: StackedPages) -> list[list[Passage]]:
    """Words in cells: those right below each other, from top to bottom."""
    cells: list[list[Passage]] = []
    for word in sorted(words, key=lambda word: word.top):
        above = [cell for cell in cells if _goes_on(cell, word, stacked)]
        for cell in above:
            cells.remove(cell)
        cells.append([*(line for cell in above for line in cell), word])
    return [lines_of(cell) if len(cell) > 1 else cell for cell in cells]


def _goes_on(cell: Sequence[Passage], word: Passage, stacked: StackedPages) -> bool:
    """Whether a word is in the line below a cell's last one, or beside its other words there."""
    return any(
        line.x0 < word.x1
        and word.x0 < line.x1
        and line.pages == word.pages
        and 0 < word.top - line.top < stacked.next_line
        and not stacked.has_floor(line, word)
        for line in cell
    )


def _with_rests(rows: Sequence[FieldRow], stacked: StackedPages) -> list[FieldRow]:
    """Rows, what stands below a value and left of the labels of the next row given to it: it is merged over both."""
    done: list[FieldRow] = []
    for row in rows:
        first, *others = row.cells
        may_go_on = others and others[0] in row.labels and first not in row.labels
        above = done[-1].texts if done and may_go_on else ()
        upper = next((text for text in above if _is_upper_part(text, first, stacked)), None)
        if upper:
            texts = tuple(stack([upper, first]) if text == upper else text for text in above)
            done[-1] = done[-1]._replace(texts=texts)
        done.append(row._replace(texts=tuple(text for text in row.texts if text != first)) if upper else row)
    return done


def _is_upper_part(upper: Passage, text: Passage, stacked: StackedPages) -> bool:
    """Whether a text is the next line of another."""
    is_below = upper.x0 < text.x1 and text.x0 < upper.x1 and are_alike(upper, text, _SAME_EDGE * stacked.em)
    return is_below and text.top - _last_line(upper, stacked.em) < stacked.next_line


def _with_goals_below(rows: Sequence[FieldRow], goals: frozenset[Passage], em: float) -> Iterator[FieldRow]:
    """Rows, the labels of goals made as wide as the texts in the row below them: they stand in one column."""
    below: FieldRow | None = None
    for row, following in pairwise([*rows, FieldRow((), ())]):
        current, below = below or row, None
        heads_texts = bool(goals & set(current.labels)) and not current.texts
        if heads_texts and following.texts and not following.labels:
            current, below = _as_wide(current, following, em)
        yield current


def _as_wide(row: FieldRow, following: FieldRow, em: float) -> tuple[FieldRow, FieldRow]:
    labels = sorted(row.labels, key=lambda label: label.x0)
    edges = [float("-inf"), *part_columns(labels, following.texts, em), float("inf")]
    wide: dict[Passage, Passage] = {}
    for label, (left, right) in zip(labels, pairwise(edges), strict=True):
        own = [label, *(text for text in following.texts if left < text.centre < right)]
        x0, x1 = min(item.x0 for item in own), max(item.x1 for item in own)
        wide |= {item: item._replace(x0=x0, x1=x1) for item in own}
    texts = tuple(wide.get(text, text) for text in following.texts)
    return row._replace(labels=tuple(map(wide.__getitem__, labels))), following._replace(texts=texts)
