"""What is printed on a page and belongs to none of its texts: watermarks, stamps, what is doubled and what is hidden.

Never told by what a text says, but by how it is printed. What stands level in the page's plain style is content,
whatever lies over it; a light or coloured text is content too where it covers nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import cos, dist, inf, radians, sin
from operator import attrgetter
from typing import NamedTuple

from perftable_etl.document import Box, Noise, NoiseKind, Page, Place, Style, Word
from perftable_etl.extract.colours import brightness, is_vivid
from perftable_etl.extract.doubled import SHIFT, doubled
from perftable_etl.extract.note_marks import large_words, note_marks

_OBLIQUE = 5.0
"""Degrees off level and upright. A page laid askew is less so, a watermark more."""

_LARGE = 1.8
"""Times the ordinary size of type. Titles may be as large, but they stand out."""

_FAINT = 0.4
"""Of the difference between black and white. Text to be read stands out more."""

_BOLD = 0.75
"""Of the difference between black and white. Black, dark grey and dark colours stand out so much."""

_REACH = 8.0
"""Times their size. Neighbours on a seal's circle stand no further apart, even where one between them stands level."""

_FEWEST_ANGLES = 3
"""Fewer directions than this are lines at an angle, no circle."""

_EDGE = 0.18
"""Of a box's height, above and below: lines set solid overlap by less, so that it takes more to cover a text."""


class _StyledWord(NamedTuple):
    """A visible word with its style, its position among the page's words, and how odd that is: 0, 1 or 2."""

    position: int
    word: Word
    style: Style
    oddness: int


class _Plain(NamedTuple):
    """The style of most of a page's level text."""

    size: float
    colour: int


class _Seal(NamedTuple):
    """The colour of a seal and the disc it fills: its middle and its radius in points."""

    colour: int
    middle: tuple[float, float]
    radius: float


_style: Callable[[Word], Style | None] = attrgetter("style")


def without_noise(page: Page) -> Page:
    """`page` with the words that are noise moved to its noise; a scan as it is, its hidden words are all it has."""
    kinds = {} if page.is_scan else _kinds(page.words)
    if not kinds:
        return page
    words = tuple(word for index, word in enumerate(page.words) if index not in kinds)
    noise = (_noise(kind, page.words[index], page.number) for index, kind in sorted(kinds.items()))
    return replace(page, words=words, noise=(*page.noise, *noise))


def _noise(kind: NoiseKind, word: Word, page_number: int) -> Noise:
    return Noise(kind, word.text, Place(page_number, word.box))


def _kinds(words: Sequence[Word]) -> dict[int, NoiseKind]:
    """The noise among words: their positions, and what each is told for."""
    kinds: dict[int, NoiseKind] = {}
    if any(map(_style, words)):
        kinds |= dict.fromkeys(_hidden(words), "hidden")
        kinds |= _overprinted(words)
    shown = [index for index in range(len(words)) if index not in kinds]
    printed = [words[index] for index in shown] if kinds else words
    kinds |= {shown[index]: "note_mark" for index in note_marks(printed)}
    kinds |= {shown[index]: "watermark" for index in large_words(printed)}
    return kinds | dict.fromkeys(doubled(words, kinds), "doubled")


def _hidden(words: Sequence[Word]) -> Iterator[int]:
    return (index for index, word in enumerate(words) if word.style and not word.style.is_visible)


def _overprinted(words: Sequence[Word]) -> dict[int, NoiseKind]:
    """What lies over or under the page's texts: lines at an angle, seals, what is large and faint, and what covers."""
    visible = [(index, word, word.style) for index, word in enumerate(words) if word.style and word.style.is_visible]
    plain = _plain((word, style) for _, word, style in visible)
    marks = [_StyledWord(index, word, style, _oddness(style, plain)) for index, word, style in visible]
    oblique = [mark for mark in marks if _is_oblique(mark.style)]
    level = sorted((mark for mark in marks if not _is_oblique(mark.style)), key=_top)
    odd = [mark for mark in level if mark.oddness]
    seals = _seals(oblique)
    covering = _Cover(level)
    seeds = [mark for mark in odd if _is_large(mark, plain) or _is_part(mark, seals) or covering.is_below(mark)]
    noise = (*oblique, *_with_companions(seeds, odd))
    return {mark.position: "stamp" if _is_stamped(mark, seals) else "watermark" for mark in noise}


def _is_stamped(mark: _StyledWord, seals: Iterable[_Seal]) -> bool:
    """Whether noise is of an ink pad: on a seal, or level and vivid; a vivid line at an angle is a watermark."""
    return _is_part(mark, seals) or (is_vivid(mark.style.colour) and not _is_oblique(mark.style))


def _plain(printed: Iterable[tuple[Word, Style]]) -> _Plain:
    """The size and the colour of most characters among those that stand level and stand out."""
    sizes, colours = Counter[float](), Counter[int]()
    for word, style in printed:
        if not _is_oblique(style) and _contrast(style) >= _FAINT:
            sizes[style.size] += len(word.text)
            colours[style.colour] += len(word.text)
    return _Plain(max(sizes, key=sizes.__getitem__, default=inf), max(colours, key=colours.__getitem__, default=0))


def _oddness(style: Style, plain: _Plain) -> int:
    """0 for the style of text to be read, 1 for another colour, 2 for what stands out little."""
    contrast = _contrast(style)
    if contrast < _FAINT:
        return 2
    return 0 if style.colour == plain.colour or (contrast >= _BOLD and not is_vivid(style.colour)) else 1


def _contrast(style: Style) -> float:
    return abs(brightness(style.colour) - brightness(style.background)) / 255


def _is_oblique(style: Style) -> bool:
    return _OBLIQUE < style.angle % 90 < 90 - _OBLIQUE


def _is_large(mark: _StyledWord, plain: _Plain) -> bool:
    return mark.oddness > 1 and mark.style.size >= _LARGE * plain.size


def _seals(oblique: Iterable[_StyledWord]) -> list[_Seal]:
    """The seals among words at an angle: characters around a circle, each its own angle, in a vivid colour."""
    by_colour: dict[int, list[_StyledWord]] = {}
    for mark in oblique:
        if is_vivid(mark.style.colour):
            by_colour.setdefault(mark.style.colour, []).append(mark)
    circles = (circle for alike in by_colour.values() if _turn_enough(alike) for circle in _groups(alike))
    return [seal for circle in circles if (seal := _seal(circle))]


def _turn_enough(marks: Iterable[_StyledWord]) -> bool:
    return len({round(mark.style.angle) for mark in marks}) >= _FEWEST_ANGLES


def _groups(marks: Iterable[_StyledWord]) -> list[list[_StyledWord]]:
    """Marks of one colour, those together that neighbours link."""
    groups: list[list[_StyledWord]] = []
    for mark in marks:
        near = [group for group in groups if any(_linked(mark, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([mark, *(other for group in near for other in group)])
    return groups


def _linked(one: _StyledWord, other: _StyledWord) -> bool:
    return dist(one.word.box.middle, other.word.box.middle) <= _REACH * one.style.size


def _seal(characters: Sequence[_StyledWord]) -> _Seal | None:
    """The seal that characters stand around: lines along their height meet in its middle, as far from each of them."""
    if not _turn_enough(characters):
        return None
    first = characters[0]
    middle = _meeting(first, max(characters, key=lambda mark: abs(_sine_between(first, mark))))
    distances = [dist(mark.word.box.middle, middle) for mark in characters]
    size = max(mark.style.size for mark in characters)
    return _Seal(first.style.colour, middle, max(distances) + size) if max(distances) - min(distances) < size else None


def _meeting(one: _StyledWord, other: _StyledWord) -> tuple[float, float]:
    """Where the lines along the height of two characters meet, which must differ in angle."""
    (x, y), (other_x, other_y) = one.word.box.middle, other.word.box.middle
    (across, up), (other_across, other_up) = _upwards(one), _upwards(other)
    along = ((other_x - x) * other_up - (other_y - y) * other_across) / _sine_between(one, other)
    return x + along * across, y + along * up


def _sine_between(one: _StyledWord, other: _StyledWord) -> float:
    """The sine of the angle between two characters."""
    (across, up), (other_across, other_up) = _upwards(one), _upwards(other)
    return across * other_up - up * other_across


def _upwards(mark: _StyledWord) -> tuple[float, float]:
    """Which way is up for a text, in the page's coordinates, where y grows downwards."""
    return -sin(radians(mark.style.angle)), -cos(radians(mark.style.angle))


def _is_part(mark: _StyledWord, seals: Iterable[_Seal]) -> bool:
    """Whether a word stands within a seal and in its colour."""
    middle = mark.word.box.middle
    return any(seal.colour == mark.style.colour and dist(seal.middle, middle) <= seal.radius for seal in seals)


class _Cover:
    """The level words of a page from top to bottom, to ask which of them an odd one covers."""

    def __init__(self, level: Sequence[_StyledWord]) -> None:
        self._level = level
        self._tops = [mark.word.box.y0 for mark in level]
        self._highest = max((mark.word.box.y1 - mark.word.box.y0 for mark in level), default=0.0)

    def is_below(self, mark: _StyledWord) -> bool:
        """Whether `mark` shares its ground with a word that looks less odd."""
        box = mark.word.box
        first, last = bisect_left(self._tops, box.y0 - self._highest), bisect_left(self._tops, box.y1)
        return any(other.oddness < mark.oddness and _overlap(box, other.word.box) for other in self._level[first:last])


def _overlap(one: Box, other: Box) -> bool:
    """Whether the ink of two words may touch: their boxes overlap by more than those of neighbours do."""
    height, other_height = one.y1 - one.y0, other.y1 - other.y0
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1 - _EDGE * height, other.y1 - _EDGE * other_height)
    down -= max(one.y0 + _EDGE * height, other.y0 + _EDGE * other_height)
    return down > 0 and across > _EDGE * min(height, other_height)


def _with_companions(seeds: list[_StyledWord], odd: Iterable[_StyledWord]) -> list[_StyledWord]:
    """Noise, and the other odd words that go with it, those that go with them, and so on."""
    found, waiting = list(seeds), seeds
    left = _others(odd, seeds)
    while waiting:
        waiting = [mark for mark in left if any(_goes_with(mark, seed) for seed in waiting)]
        left = _others(left, waiting)
        found += waiting
    return found


def _others(marks: Iterable[_StyledWord], taken: Iterable[_StyledWord]) -> list[_StyledWord]:
    positions = {mark.position for mark in taken}
    return [mark for mark in marks if mark.position not in positions]


def _goes_with(mark: _StyledWord, noise: _StyledWord) -> bool:
    """Whether an odd word belongs to one that is noise: a tile of one watermark, a line of one stamp."""
    if mark.style.colour != noise.style.colour or abs(mark.style.size - noise.style.size) > 0.5:
        return False
    box, other = mark.word.box, noise.word.box
    if mark.oddness > 1:
        return mark.word.text == noise.word.text or abs(box.y0 - other.y0) < SHIFT * (box.y1 - box.y0)
    apart = max(box.x0 - other.x1, other.x0 - box.x1, box.y0 - other.y1, other.y0 - box.y1)
    return apart < mark.style.size


def _top(mark: _StyledWord) -> float:
    return mark.word.box.y0
