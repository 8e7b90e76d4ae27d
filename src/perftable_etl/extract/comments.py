"""What somebody wrote over a page after it was made: it fills a form in where a cell is blank, else it is a comment.

A form that was printed with blanks is often filled in with the typewriter of a PDF viewer. Over a text that is there
already, the same tool writes remarks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from perftable_etl.document import Box, Flaw, Grid, LaidOutPage, Noise, Page, Place, Word
from perftable_etl.geometry.reading_order import line_text, split_lines


def place_comments(laid_out: LaidOutPage, comments: Sequence[Word]) -> LaidOutPage:
    """`laid_out` with what was written over it: in its cell if that is blank, else among the noise; both are flaws."""
    if not comments:
        return laid_out
    flaws = [flaw for block in laid_out.blocks if isinstance(block, Grid) for flaw in _written_over(block, comments)]
    read = {flaw.place: flaw.text for flaw in flaws if flaw.kind == "comment_read"}
    noise = (
        Noise("comment", word.text, Place(laid_out.number, word.box))
        for word in comments
        if not _lies_within(word, read)
    )
    blocks = tuple(_filled_in(block, read) if isinstance(block, Grid) else block for block in laid_out.blocks)
    return replace(laid_out, blocks=blocks, noise=(*laid_out.noise, *noise), flaws=(*laid_out.flaws, *flaws))


def _written_over(grid: Grid, comments: Sequence[Word]) -> Iterator[Flaw]:
    """What was written over each cell."""
    for cell in grid.cells:
        inside = [word for word in comments if cell.place.box.holds(*word.box.middle)]
        if inside:
            text = "\n".join(map(line_text, split_lines(inside)))
            yield Flaw("comment_left_out" if cell.text else "comment_read", text, cell.place)


def _filled_in(grid: Grid, texts: Mapping[Place, str]) -> Grid:
    return replace(grid, cells=tuple(cell._replace(text=texts.get(cell.place, cell.text)) for cell in grid.cells))


def _lies_within(word: Word, places: Iterable[Place]) -> bool:
    return any(place.box.holds(*word.box.middle) for place in places)


def struck_out(page: Page) -> Iterator[Flaw]:
    """The words of a page that a mark strikes out which somebody set later."""
    for word in page.words if page.struck else ():
        if any(_strikes(mark, word.box) for mark in page.struck):
            yield Flaw("struck_by_comment", word.text, Place(page.number, word.box))


def _strikes(mark: Box, text: Box) -> bool:
    """Whether a mark shares more of a text than an edge."""
    across, down = mark.shared_with(text)
    return across > 1 and down > 0.25 * min(mark.y1 - mark.y0, text.y1 - text.y0)
