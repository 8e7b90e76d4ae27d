"""Flattened forms line by line, and what a warning about some of their lines must name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from random import Random

from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box
from tests.disturbances.protocol import Concern, Disturbed
from tests.drawing.flatten import Broken, Tabbed, broken, tabbed
from tests.drawing.forms import expected


def undisturbed_tabs(draft: Draft) -> Disturbed:
    """A form as tabbed text."""
    return text_file(tabbed_rows(draft), draft, 0)


def undisturbed_lines(draft: Draft) -> Disturbed:
    """A form as broken lines."""
    return text_file(broken_rows(draft), draft, 0)


@dataclass(frozen=True, slots=True)
class Rows:
    """A flattened form, line by line, and the numbers of its indicators' lines."""

    lines: tuple[str, ...]
    indicators: tuple[int, ...]

    def after(self, index: int, *lines: str) -> Rows:
        """The form with lines put in after line `index`."""
        at = index + 1
        moved = tuple(number + len(lines) if number >= at else number for number in self.indicators)
        return Rows((*self.lines[:at], *lines, *self.lines[at:]), moved)

    def with_line(self, index: int, *lines: str) -> Rows:
        return replace(self.after(index, *lines[1:]), lines=(*self.lines[:index], *lines, *self.lines[index + 1 :]))

    def mapped(self, change: Callable[[str], str]) -> Rows:
        return replace(self, lines=tuple(map(change, self.lines)))

    def middle(self, chance: Random) -> int:
        """The number of an indicator's line that is neither the first nor the last."""
        return chance.choice(self.indicators[1:-1])


def tabbed_rows(draft: Draft, style: Tabbed | None = None) -> Rows:
    lines = [line for line in tabbed(draft.disclosure, style, draft.layout).split("\n") if line.strip()]
    lines = [line.rstrip("\t") for line in lines]
    return found(draft, lines)


def found(draft: Draft, lines: list[str]) -> Rows:
    names = [row.level3 for row in draft.disclosure.projects[0].indicators]
    return Rows(tuple(lines), tuple(n for n, line in enumerate(lines) if any(name in line for name in names)))


def broken_rows(draft: Draft) -> Rows:
    lines = broken(draft.disclosure, Broken(total=60.0), draft.layout).rstrip("\n").split("\n")
    return found(draft, lines)


def text_file(
    rows: Rows, draft: Draft, *about: int, encoding: str = "utf-8", end: str = "\n", whole: bool = False
) -> Disturbed:
    """A text file; a warning must name one of the lines with the numbers `about`, or, if `whole`, only its page."""
    concern = concern_lines(rows, about)
    if whole:
        concern = replace(concern, pages=concern.pages | {1}, is_page_wide=True, is_document_wide=True)
    data = (end.join(rows.lines) + end).encode(encoding)
    return Disturbed(data, expected(draft.disclosure), concern, ".txt")


def concern_lines(rows: Rows, numbers: Iterable[int]) -> Concern:
    """Lines by their page and number on it, and by what they say."""
    spots = []
    numbers = [number for number in numbers if number in range(len(rows.lines))]
    for number in numbers:
        before = "\n".join(rows.lines[: number + 1])
        page = 1 + before.count("\f")
        row = len(before[before.rfind("\f") + 1 :].split("\n")) - 1
        spots.append((page, Box(-1.0, row, 10_000.0, row + 1.0)))
    said = [field for number in numbers for field in rows.lines[number].split("\t") if len(field) > 1]
    return Concern(tuple(spots), tuple(said), frozenset(page for page, _ in spots))
