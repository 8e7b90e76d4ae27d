"""From the strokes on a page to the outlines of its tables.

Printed rules come as lines, as thin rectangles, doubled, dashed or in pieces. Strokes on nearly the same line are one
track; pieces of a track that nearly touch are one segment. Tables are then told apart by projection: where vertical
segments follow one another without a gap there is one band, and within a band the same holds across.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter

from perftable_etl.document import Box, Page, Rule, Word
from perftable_etl.extract.corners import Segment, carried_to_corners
from perftable_etl.extract.shades import rules_of_shades
from perftable_etl.extract.underlines import Underlines, may_underline
from perftable_etl.quick_tuples import maker


@dataclass(frozen=True, slots=True)
class Tolerances:
    """All that geometry forgives, lengths in points. No printed row is lower than 6 pt (the smallest type is 5 pt)."""

    same_track: float = 3.0  # doubled rules and rounding: strokes this near are one rule
    bridged_gap: float = 4.5  # dashes, and corners that do not quite meet
    double_border: float = 5.0  # the two lines of a double page border stand no further apart
    narrowest: float = 6.0  # rules nearer than this have no text between them: cells drawn apart have two
    shortest_rule: float = 5.0  # shorter ones are dots, ticks and glyph parts
    most_cells: int = 50_000  # more are graph paper: a page of the smallest type has 5,000 words


DEFAULT = Tolerances()
_STROKES = Tolerances(same_track=0.5, bridged_gap=1.5, shortest_rule=0.0)
"""What is one stroke, whatever rules it is part of."""


_Strokes = dict[float, list[tuple[float, float]]]
"""The parts of rules by their position across: where each starts and ends. A page has thousands of them."""

_position: Callable[[Segment], float] = attrgetter("position")
_start: Callable[[Segment], float] = attrgetter("start")
_end: Callable[[Segment], float] = attrgetter("end")
_ends: Callable[[Segment], tuple[float, float]] = attrgetter("start", "end")
_segment = maker(Segment)


@dataclass(frozen=True, slots=True)
class Outline:
    """One table's rules: positions of its row and column boundaries, and which of them are really drawn.

    `xs` and `ys` are sorted boundaries. Bit r of `walls[i]` says that boundary `xs[i]` is drawn beside row r; bit c of
    `floors[j]` that boundary `ys[j]` is drawn along column c.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    walls: tuple[int, ...]
    floors: tuple[int, ...]

    @property
    def box(self) -> Box:
        """The table's outer edges, in points."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def is_parted(self) -> bool:
        """Whether it has more than one cell."""
        return len(self.xs) > 2 or len(self.ys) > 2


def find_outlines(page: Page, tolerances: Tolerances = DEFAULT) -> list[Outline]:
    """The tables on a page, from top to bottom and then from left to right."""
    outlines = list(_outlines(page, page.rules, tolerances))
    if page.shades:
        thought = rules_of_shades(page.shades, page.rules, [one.box for one in outlines if one.is_parted])
        if thought:
            return list(_outlines(page, (*page.rules, *thought), tolerances))
    return outlines


def _outlines(page: Page, rules: Iterable[Rule], tolerances: Tolerances) -> Iterator[Outline]:
    rows, columns = _rows_and_columns(rules, page.words, tolerances)
    if not rows:
        yield from _row_of_a_page(columns, page, tolerances)
    rows, columns = _within_border(rows, columns, tolerances)
    for table_rows, table_columns in _tables(rows, columns, tolerances):
        outline = _outline(table_rows, table_columns, tolerances)
        if outline is not None:
            yield outline


def _row_of_a_page(columns: Sequence[Segment], page: Page, tolerances: Tolerances) -> Iterator[Outline]:
    """The one row of a page whose only rules are upright ones, of one height: it is higher than the page."""
    if len(columns) < _FEWEST_SIDES:
        return
    ends = [(segment.start, segment.end) for segment in columns]
    (top, bottom), slack = ends[0], tolerances.same_track
    are_level = all(abs(start - top) <= slack >= abs(end - bottom) for start, end in ends)
    if are_level and bottom - top >= page.height / 2:
        xs = tuple(segment.position for segment in columns)
        yield Outline(xs, (top, bottom), (1,) * len(xs), (0, 0))


_FEWEST_SIDES = 3
"""Upright rules of a row that goes on over a whole page: of a cell with a label beside it. Two may be an ornament."""


def _rows_and_columns(
    rules: Iterable[Rule], words: Iterable[Word], tolerances: Tolerances
) -> tuple[list[Segment], list[Segment]]:
    """The level and the upright rules of a page, each in one piece, without lines under texts."""
    level: _Strokes = defaultdict(list)
    upright: _Strokes = defaultdict(list)
    for x0, y0, x1, y1 in rules:
        if x1 - x0 >= y1 - y0:
            level[(y0 + y1) / 2].append((x0, x1))
        else:
            upright[(x0 + x1) / 2].append((y0, y1))
    rows, columns = carried_to_corners(_merge(level, tolerances), _merge(upright, tolerances))
    if not columns or not may_underline(rows, columns):
        return rows, columns
    strokes = _merge(level, _STROKES)
    underlines = Underlines(words, columns).found_in(strokes)
    if not underlines:
        return rows, columns
    borders: _Strokes = defaultdict(list)
    for stroke in strokes:
        if stroke not in underlines:
            borders[stroke.position].append(stroke[1:])
    return _merge(borders, tolerances), columns


def _within_border(
    rows: list[Segment], columns: list[Segment], tolerances: Tolerances
) -> tuple[list[Segment], list[Segment]]:
    """Rows and columns without those of a border around the page, which frames tables and meets none of their rules."""
    gap = tolerances.bridged_gap
    if len(rows) < 3 or len(columns) < 3 or rows[len(rows) // 2].start <= columns[0].position + gap:
        return rows, columns
    (top, inner_rows, bottom), (left, inner_columns, right) = _inner(rows, tolerances), _inner(columns, tolerances)
    is_border = (
        inner_rows
        and inner_columns
        and all(left + gap < row.start and row.end < right - gap for row in inner_rows)
        and all(top + gap < column.start and column.end < bottom - gap for column in inner_columns)
    )
    return (inner_rows, inner_columns) if is_border else (rows, columns)


def _inner(segments: list[Segment], tolerances: Tolerances) -> tuple[float, list[Segment], float]:
    """The segments between the first and the last, which may be double; and where those two end inwards."""
    first, last = segments[0].position + tolerances.double_border, segments[-1].position - tolerances.double_border
    inner = [segment for segment in segments if first < segment.position < last]
    outer = [segment.position for segment in segments if not first < segment.position < last]
    middle = (segments[0].position + segments[-1].position) / 2
    return max(x for x in outer if x <= middle), inner, min(x for x in outer if x >= middle)


def _merge(strokes: _Strokes, tolerances: Tolerances) -> list[Segment]:
    """Strokes of one track joined to unbroken segments, the track's middle as their position."""
    merged: list[Segment] = []
    track: list[float] = []
    for position in sorted(strokes):
        if track and position - track[-1] > tolerances.same_track:
            merged += _merge_track(track, strokes, tolerances)
            track = []
        track.append(position)
    return merged + _merge_track(track, strokes, tolerances) if track else merged


def _merge_track(track: Sequence[float], strokes: _Strokes, tolerances: Tolerances) -> list[Segment]:
    """The strokes at the positions of one track as segments."""
    middle, gap, shortest = (track[0] + track[-1]) / 2, tolerances.bridged_gap, tolerances.shortest_rule
    joined: list[Segment] = []
    pieces = sorted(chain.from_iterable(map(strokes.__getitem__, track)) if len(track) > 1 else strokes[track[0]])
    start, end = pieces[0]
    for piece_start, piece_end in pieces:
        if piece_start - end > gap:
            if end - start >= shortest:
                joined.append(_segment((middle, start, end)))
            start, end = piece_start, piece_end
        elif piece_end > end:
            end = piece_end
    if end - start >= shortest:
        joined.append(_segment((middle, start, end)))
    return joined


def _tables(
    rows: list[Segment], columns: list[Segment], tolerances: Tolerances
) -> Iterable[tuple[list[Segment], list[Segment]]]:
    """Rows and columns, both by position, parted into tables: into bands down the page, then across each band."""
    slack = tolerances.narrowest
    columns_by_start = sorted(columns, key=_start)
    for top, bottom in _stretches(columns, slack):
        band_rows = _between(rows, top - slack, bottom + slack, _position)
        rows_by_start = sorted(band_rows, key=_start)
        band_columns = sorted(_between(columns_by_start, top, bottom, _start))
        for left, right in _stretches(band_rows, slack):
            yield (
                _between(rows_by_start, left, right, _start),
                _between(band_columns, left - slack, right + slack, _position),
            )


def _between(segments: list[Segment], low: float, high: float, key: Callable[[Segment], float]) -> list[Segment]:
    """Of segments sorted by `key` those that have it from `low` to `high`. Pages of 50,000 tables exist."""
    return segments[bisect_left(segments, low, key=key) : bisect_right(segments, high, key=key)]


def _stretches(segments: Iterable[Segment], slack: float) -> list[tuple[float, float]]:
    """The stretches that segments cover together, seen from their side."""
    stretches: list[tuple[float, float]] = []
    for start, end in sorted(map(_ends, segments)):
        if stretches and start <= stretches[-1][1] + slack:
            if end > stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def _outline(rows: Sequence[Segment], columns: Sequence[Segment], tolerances: Tolerances) -> Outline | None:
    """The outline of one table, or None where the rules enclose no cell at all or too many for a table.

    A table may be open at its edges (a page break, a style without side rules): there the ends of the other rules
    stand for the boundary that is not drawn.
    """
    if (len(rows) < 2 and len(columns) < 2) or not rows or not columns:
        return None
    rows, columns = _without_narrow_intervals(rows, tolerances), _without_narrow_intervals(columns, tolerances)
    xs = _boundaries(columns, rows, tolerances)
    ys = _boundaries(rows, columns, tolerances)
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > tolerances.most_cells:
        return None
    return Outline(xs, ys, _drawn(xs, ys, columns), _drawn(ys, xs, rows))


def _without_narrow_intervals(segments: Sequence[Segment], tolerances: Tolerances) -> Sequence[Segment]:
    """Segments, those on one position that stand too near to one another for a text: the sides of cells drawn apart."""
    positions = sorted(set(map(_position, segments)))
    narrowest = tolerances.narrowest
    if all(two - one >= narrowest for one, two in pairwise(positions)):
        return segments
    middles: dict[float, float] = {}
    for group in _close_groups(positions, narrowest):
        if group[-1] - group[0] < narrowest:  # else it is graph paper
            middles.update(dict.fromkeys(group, (group[0] + group[-1]) / 2))
    return [segment._replace(position=middles.get(segment.position, segment.position)) for segment in segments]


def _close_groups(positions: Iterable[float], narrowest: float) -> list[list[float]]:
    """Sorted positions in groups that stand `narrowest` apart at least."""
    groups: list[list[float]] = []
    for position in positions:
        if groups and position - groups[-1][-1] < narrowest:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def _boundaries(segments: Sequence[Segment], crossing: Sequence[Segment], tolerances: Tolerances) -> tuple[float, ...]:
    positions = sorted(set(map(_position, segments)))
    first, last = min(map(_start, crossing)), max(map(_end, crossing))
    if first < positions[0] - tolerances.bridged_gap:
        positions.insert(0, first)
    if last > positions[-1] + tolerances.bridged_gap:
        positions.append(last)
    return tuple(positions)


def _drawn(boundaries: tuple[float, ...], across: tuple[float, ...], segments: Iterable[Segment]) -> tuple[int, ...]:
    """For every boundary a bit mask of the intervals between `across` along which one of `segments` is drawn."""
    middles = [(low + high) / 2 for low, high in pairwise(across)]
    masks = dict.fromkeys(boundaries, 0)
    for segment in segments:
        first, last = bisect_left(middles, segment.start), bisect_right(middles, segment.end)
        masks[segment.position] |= (1 << last) - (1 << first)
    return tuple(masks.values())
