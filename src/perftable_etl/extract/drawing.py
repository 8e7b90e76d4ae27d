"""What a page draws besides its texts: rules, pictures, and shapes that may be characters.

It stands on what MuPDF says of vectors: the box of each and a line that describes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from perftable_etl.document import Box, Rule
from perftable_etl.extract.colours import from_shares, is_dark, over_white
from perftable_etl.extract.strokes import border_rules, is_thin, line_rule, middle_lines, thin_rule
from perftable_etl.geometry.boxes import around_points

Vector = tuple[Any, ...]
"""A part of a path: the four sides of its box, and how MuPDF describes it. Few descriptions differ on a page."""

Path = dict[str, Any]
"""A path as PyMuPDF gives it: its type (s stroked, f filled), its colour and its items."""

SLANTED = "is-rect: false"
"""What the text of a vector block says of a line or shape whose sides are not those of its box."""

FILLED = re.compile(r"<vector filled, color: #(?P<colour>[0-9a-f]{6}), alpha: (?P<alpha>[0-9]+)")
"""How a vector block tells the paint of an area."""

_STROKED = "<vector stroked"
"""How the text of a vector block begins, unless the vector is filled."""

_sides: Callable[[Vector], tuple[float, float, float, float]] = itemgetter(slice(4))

_LARGEST_CHARACTER = 30.0
"""Points. A form's texts are set no larger."""

_STROKE = 0.5
"""Of a character's height: how far beyond it the strokes of its neighbours reach up and down."""

_FEWEST_OUTLINES = 40
"""Shapes of that size on a page without text; fewer may be an ornament."""


class Drawing:
    """The vectors and pictures of a page, as its text page has collected them.

    MuPDF gives the box of every part of a path as a block of its own. The boxes of lines and filled rectangles say all
    there is to know; where something else is stroked, boxes are too wide and hide their lines, so that the page's
    paths are read instead.
    """

    def __init__(
        self,
        vectors: Sequence[Vector],
        descriptions: Collection[str],
        pictures: Sequence[Box],
        paths: Callable[[], Iterable[Path]],
    ) -> None:
        self._vectors, self._descriptions = vectors, descriptions
        self._pictures, self._paths = pictures, paths

    def rules(self) -> Iterable[Rule]:
        """The rules of the page, in the order that they are drawn."""
        if self._is_read_by_path:
            return (rule for path in self._drawn_paths for rule in _path_rules(path))
        if self._outlines:
            return middle_lines(map(_sides, self._vectors_beside_characters()))
        return self._middle_lines

    def shapes(self) -> Iterator[Box]:
        """Where pictures stand, and shapes of the size of characters that are no rectangles, in no colour of seals."""
        yield from self._pictures
        yield from self._outlines
        if self._is_read_by_path:
            boxes = (_extent(path) for path in self._drawn_paths if path["type"] == "s" and _is_slanted(path))
            yield from (box for box in boxes if _is_small(box))

    def shades(self) -> Iterator[Box]:
        """Where areas are painted: rectangles that are no rules."""
        return self._described(_is_area)

    @property
    def has_outlines(self) -> bool:
        """Whether there are shapes enough for them to be the characters of a text."""
        return len(self._outlines) >= _FEWEST_OUTLINES

    @cached_property
    def _outlines(self) -> list[Box]:
        return [box for box in self._described(_is_outline) if _is_small(box)]

    def _vectors_beside_characters(self) -> Iterator[Vector]:
        """The vectors without the strokes of outlined characters: ( and 1 are thin, and so is a part of 完."""
        characters = sorted(self._outlines)
        return (vector for vector in self._vectors if not _is_stroke_of_any(Box(*vector[:4]), characters))

    def _described(self, is_such: Callable[[str], bool]) -> Iterator[Box]:
        """The boxes of the vectors that are no rules, and of whose descriptions something holds."""
        such = set(filter(is_such, self._descriptions)) if self._thick else ()
        return (Box(*vector[:4]) for vector in self._thick if vector[4] in such)

    @cached_property
    def _is_read_by_path(self) -> bool:
        return any(_STROKED in vector[4] for vector in self._thick)

    @cached_property
    def _middle_lines(self) -> list[Rule]:
        return middle_lines(map(_sides, self._vectors))

    @cached_property
    def _thick(self) -> Sequence[Vector]:
        """The vectors that are no rules; nearly all pages with tables have none."""
        if len(self._middle_lines) == len(self._vectors):
            return ()
        return [vector for vector in self._vectors if not is_thin(*vector[:4])]

    @cached_property
    def _drawn_paths(self) -> list[Path]:
        return list(self._paths())


def _is_area(described: str) -> bool:
    return SLANTED not in described and FILLED.search(described) is not None


def _is_small(box: Box) -> bool:
    """Whether a shape is as large as a character, and no rule."""
    return not is_thin(*box) and max(box.x1 - box.x0, box.y1 - box.y0) <= _LARGEST_CHARACTER


def _is_stroke_of_any(shape: Box, characters: Sequence[Box]) -> bool:
    """Whether a thin shape no longer than a character stands right beside one, on its line (sorted by their left)."""
    x0, y0, x1, y1 = shape
    if not is_thin(*shape) or max(x1 - x0, y1 - y0) > _LARGEST_CHARACTER:
        return False
    first, end = (
        bisect_left(characters, (x0 - 2 * _LARGEST_CHARACTER,)),
        bisect_right(characters, (x1 + _LARGEST_CHARACTER,)),
    )
    return any(_is_on_line(shape, character) for character in characters[first:end])


def _is_on_line(stroke: Box, character: Box) -> bool:
    high = character.y1 - character.y0
    around = _STROKE * high
    is_level = character.y0 - around <= stroke.y0 and stroke.y1 <= character.y1 + around
    return is_level and max(stroke.x0 - character.x1, character.x0 - stroke.x1) <= high


def _is_outline(described: str) -> bool:
    """Whether a vector block is a dark filled shape that is no rectangle, as the outline of a character is."""
    paint = FILLED.search(described) if SLANTED in described else None
    return paint is not None and is_dark(over_white(int(paint["colour"], 16), int(paint["alpha"]) / 255))


def _is_slanted(path: Path) -> bool:
    """Whether a dark stroke runs neither level nor upright somewhere."""
    return is_dark(from_shares(*(path.get("color") or (0, 0, 0)))) and any(
        item[0] == "c" or (item[0] == "l" and not any(line_rule(*item[1], *item[2]))) for item in path["items"]
    )


def _extent(path: Path) -> Box:
    """The box around the points of a path."""
    return Box.around(box for item in path["items"] for box in _boxes_of(item))


def _boxes_of(item: tuple[Any, ...]) -> Iterator[Box]:
    if item[0] == "re":
        yield Box(*item[1])
    else:
        yield from (Box(*point, *point) for point in (item[1] if item[0] == "qu" else item[1:]))


def _path_rules(path: Path) -> Iterator[Rule]:
    """The rules of one path: stroked lines, the borders of stroked rectangles, thin fills."""
    is_stroked = path["type"] != "f"
    for item in path["items"]:
        if item[0] == "re":
            yield from (border_rules if is_stroked else thin_rule)(Box(*item[1]))
        elif item[0] == "qu":
            yield from (border_rules if is_stroked else thin_rule)(around_points(item[1]))
        elif item[0] == "l" and is_stroked:
            yield from line_rule(*item[1], *item[2])
    if not is_stroked and all(item[0] == "l" for item in path["items"]):
        yield from thin_rule(around_points(end for item in path["items"] for end in item[1:3]))
