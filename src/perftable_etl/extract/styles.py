"""How text is painted: which pages need to be asked at all, and what the answer means for a person's eye.

Most pages print black text and nothing else; to ask for the paint of every word takes longer than to read the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perftable_etl.document import Box, Style, Word
from perftable_etl.extract.colours import WHITE, blend, channels

_COLOURS = {
    b" rg": (b" 0 0 0", b"\n0 0 0"),
    b" g\n": (b" 0", b"\n0"),
    b" g ": (b" 0", b"\n0"),
    b" k": (b" 0 0 0 1", b"\n0 0 0 1"),
    b" sc": (b" 0 0 0", b"\n0 0 0", b"\n0"),
}
"""The operators that set a colour to fill with, and what stands before them where it is black."""

_SPECIAL = (b" Tr", b" Do")
"""The operators that set another way to render text, and that call content from elsewhere."""

_OTHERS = bytes(set(range(256)) - set(b"rgkscTDo"))
"""All bytes that none of these operators is made of: nearly all of a page's content, and quick to drop."""

_SAME = 10
"""Of 255. Colours that differ by less in each of red, green and blue look the same."""

_TALL = 2.2
"""Times the ordinary height of a page's words. The box of a level word is no higher; that of a turned one is."""


class Fill(NamedTuple):
    """An area painted in one colour."""

    box: Box
    colour: int


class StyleRun(NamedTuple):
    """Characters of one line that look alike."""

    box: Box
    style: Style


def paints_plainly(content: bytes) -> bool:
    """Whether all that a page's content (PDF operators) paints itself is opaque text and areas in black.

    May deny it of a plain page that is written in an unusual way, or that sets rules in colour.
    """
    letters = content.translate(None, _OTHERS)
    if any(operator.strip() in letters and operator in content for operator in _SPECIAL):
        return False
    greys = letters.replace(b"rg", b"").replace(b"gs", b"")  # of what is left, g alone sets a grey
    return all(
        _sets_black(content, operator, black)
        for operator, black in _COLOURS.items()
        if operator.strip() in (greys if operator.strip() == b"g" else letters)
    )


def _sets_black(content: bytes, operator: bytes, black: tuple[bytes, ...]) -> bool:
    return content.count(operator) == sum(content.count(operands + operator) for operands in black)


def have_plain_heights(heights: Iterable[float]) -> bool:
    """Whether words of these heights, in any order, may all be level text of the usual sizes."""
    ordered = sorted(heights)
    return not ordered or ordered[-1] <= _TALL * ordered[len(ordered) // 2]


def seen_style(size: float, colour: int, angle: float, alpha: float, background: int) -> Style:
    """How text shows that is painted in `colour` with an opacity `alpha` from 0 to 1 on `background`."""
    seen = blend(colour, alpha, background)
    is_visible = any(abs(a - b) > _SAME for a, b in zip(channels(seen), channels(background), strict=True))
    return Style(size, seen, angle, is_visible, background)


def is_seen(word: Word) -> bool:
    """Whether a word is there to be seen, as all are whose style is not known."""
    return word.style is None or word.style.is_visible


def background_of(box: Box, fills: Sequence[Fill]) -> int:
    """The colour that is painted below text in `box`, of areas in the order they are painted."""
    return next((fill.colour for fill in reversed(fills) if _carries(fill.box, box)), WHITE)


def runs_within(box: Box, spans: Sequence[StyleRun]) -> Sequence[StyleRun]:
    """Of a line's spans, those that reach into a word's box; one alone where all are painted alike."""
    inside = [span for span in spans if _meet(span.box, box)]
    return inside if len({span.style[1:] for span in inside}) > 1 else inside[:1]


def with_styles(characters: Iterable[Word], spans: Sequence[StyleRun]) -> list[Word]:
    """Characters with the style of the run each lies in."""
    return [character._replace(style=_style_at(character.box, spans)) for character in characters]


def as_hidden(character: Word) -> Word:
    """A character with the style of one that something hides."""
    box = character.box
    seen = character.style or Style(box.y1 - box.y0, 0, 0.0, is_visible=True)
    return character._replace(style=seen._replace(is_visible=False))


def _style_at(box: Box, spans: Sequence[StyleRun]) -> Style | None:
    around = (span.style for span in spans if span.box.holds(*box.middle))
    return next(around, spans[0].style if spans else None)


def _carries(area: Box, text: Box) -> bool:
    """Whether an area lies below all of a text but its edges; a rule through it does not.

    The boxes of texts are as high as their fonts say, which may be a good deal higher than the ink: a row's shade need
    not be.
    """
    across = 0.2 * min(text.x1 - text.x0, text.y1 - text.y0)
    down = 0.3 * (text.y1 - text.y0)
    return (
        area.x0 <= text.x0 + across
        and area.x1 >= text.x1 - across
        and area.y0 <= text.y0 + down
        and area.y1 >= text.y1 - down
    )


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    return one.x0 < other.x1 - 0.1 and other.x0 < one.x1 - 0.1 and one.y0 < other.y1 and other.y0 < one.y1
