"""What does not belong into the stream of flattened text, or stands in it at the wrong place.

Page numbers and running heads are left out. A label printed beside a block of rows (项目/绩效/目标, one piece a line,
in the middle of its block) is scattered among the block's lines, and is put together again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.catalogue import is_level
from perftable_etl.normalize.layouts.headings import is_heading, is_title, read_page_number
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.money import money_unit
from perftable_etl.normalize.values.targets import parse_target
from perftable_etl.normalize.values.text import fold

_REACH = 16
"""Lines that may stand between two pieces of one side label."""

_SHORTEST_HEAD = 6
"""Characters. A shorter line at the edge of several pages is as likely a value that occurs often."""

_FEWEST_HEADS = 3
"""Pages, and half of all, that a running head stands on. Two alike lines at page edges may be chance."""


def running_text(document: Document, vocabulary: Vocabulary) -> tuple[Line, ...]:
    """The lines of all pages in reading order, without headers and footers, side labels in one piece."""
    kept = _without_margins(document, vocabulary)
    pages = [list(lines) for _, lines in groupby(kept, key=lambda line: line.place.page)]
    return tuple(_gather_sides([line for page in pages for line in _move_headings(page, vocabulary)], vocabulary))


def _without_margins(document: Document, vocabulary: Vocabulary) -> Iterator[Line]:
    """All lines but page numbers and running heads: those that stand first or last on a page, and on others too."""
    pages = [[block for block in laid_out.blocks if isinstance(block, Line)] for laid_out in document.pages]
    edges = Counter(text for lines in pages for text in {fold(line.text) for line in (*lines[:1], *lines[-1:])})
    numbers = _page_numbers(pages)
    for lines in pages:
        for index, line in enumerate(lines):
            at_edge = index in (0, len(lines) - 1)
            if id(line) not in numbers and not (at_edge and _is_running_head(line.text, edges, len(pages), vocabulary)):
                yield line


def _page_numbers(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The page numbers, by identity: numbers at one edge of most pages, each as much higher as its page is later."""
    found: set[int] = set()
    for edge in (0, -1):
        lines = [(number, page[edge]) for number, page in enumerate(pages) if page]
        offsets = [(read - number, line) for number, line in lines if (read := read_page_number(line.text)) is not None]
        usual, count = Counter(offset for offset, _ in offsets).most_common(1)[0] if offsets else (0, 0)
        if count > 1 and count * 2 > len(pages):
            found.update(id(line) for offset, line in offsets if offset == usual)
    return found


def _is_running_head(text: str, edges: Counter[str], page_count: int, vocabulary: Vocabulary) -> bool:
    """Whether a line at a page's edge recurs there, and neither heads a form nor is part of one."""
    key = fold(text)
    if len(key) < _SHORTEST_HEAD or "\t" in text or edges[key] < max(_FEWEST_HEADS, page_count / 2):
        return False
    return not any(
        is_heading(part) or vocabulary.concept(part) or is_level(part) or _is_quantity(part)
        for part in (text, *text.split())
    )


def _is_quantity(text: str) -> bool:
    return parse_target(text).kind == "quantitative"


def _move_headings(page: list[Line], vocabulary: Vocabulary) -> list[Line]:
    """The lines of a page with the headings that were printed first of all moved to the forms that begin below.

    Some writers put a page's headings out before its tables, so that the rest of a form follows the next one's title.
    """
    count = next((index for index, line in enumerate(page) if not is_heading(line.text)), len(page))
    titles = [index for index in range(count) if is_title(page[index].text)]
    starts = [index for index in range(count, len(page)) if _begins_form(page, index, vocabulary)]
    if not titles or not starts or starts[0] == count:
        return page
    pairs = min(len(titles), len(starts))  # the last of both belong together
    firsts = titles[len(titles) - pairs :]
    groups = [page[low:high] for low, high in pairwise([*firsts, count])]
    moved = dict(zip(starts[len(starts) - pairs :], groups, strict=True))
    kept = page[: firsts[0]]
    return kept + [line for index in range(count, len(page)) for line in (*moved.get(index, ()), page[index])]


def _begins_form(page: Sequence[Line], index: int, vocabulary: Vocabulary) -> bool:
    """Whether a line begins with the label of a project's name, which a narrow cell may break."""
    start = page[index].text.split()
    candidates = (start[0], "".join(line.text for line in page[index : index + 2])) if start else ()
    return any(vocabulary.concept(text) == "name" for text in candidates)


def _gather_sides(lines: list[Line], vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines with the pieces of each scattered side label moved up to its first piece."""
    moved: set[int] = set()
    for index, line in enumerate(lines):
        if index not in moved:
            yield line
            pieces = _rest_of_side(lines, index, moved, vocabulary)
            moved.update(pieces)
            yield from (lines[piece] for piece in pieces)


def _rest_of_side(lines: Sequence[Line], first: int, taken: set[int], vocabulary: Vocabulary) -> list[int]:
    """The later lines that make a side label of line `first`, or that qualify it with a unit; none if it is none."""
    head = fold(lines[first].text)
    window = [index for index in range(first + 1, min(first + _REACH, len(lines))) if index not in taken]
    found = [pieces for side in vocabulary.sides if (pieces := _complete(lines, window, head, side)) is not None]
    if not found:
        return []
    pieces = min(found, key=lambda pieces: pieces[-1] if pieces else first)
    unit = next((index for index in window if _is_unit(lines[index].text) and index not in pieces), None)
    goes_on = bool(window) and vocabulary.concept(head + lines[window[0]].text) is not None
    is_of_money = any(vocabulary.meaning(part).money for index in window for part in lines[index].text.split())
    if unit is None or goes_on or not is_of_money:
        return pieces
    between = [index for index in range(first + 1, unit) if index not in pieces]
    is_of_other = any(
        _complete(lines, between[at + 1 :], fold(lines[index].text), side) is not None
        for at, index in enumerate(between)
        for side in vocabulary.sides
    )
    return pieces if is_of_other else [*pieces, unit]


def _is_unit(text: str) -> bool:
    """Whether a line is a unit of money in brackets and nothing else."""
    folded = fold(text)
    return folded.startswith("(") and folded.endswith(")") and money_unit(folded) is not None


def _complete(lines: Sequence[Line], window: Sequence[int], head: str, side: str) -> list[int] | None:
    """The lines of `window` that follow `head` to make up `side`, or None, also where the label begins anew before."""
    if not head or not side.startswith(head):
        return None
    rest, pieces = side[len(head) :], []
    for index in window:
        if not rest:
            break
        piece = fold(lines[index].text)
        if piece.startswith(head) and side.startswith(piece):
            return None
        if piece and rest.startswith(piece):
            rest = rest[len(piece) :]
            pieces.append(index)
    return None if rest else pieces
