"""What a disturbance is: a name, the forms it is for, and a pure change of one of them into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from random import Random
from typing import Any

from tests.disturbances.invention import Draft
from tests.disturbances.leaves import Box, Leaf, Shown, written
from tests.drawing.forms import expected

Records = Mapping[str, Any]
SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Concern:
    """What a warning must name: by the boxes it overlaps, by the printed texts, or only by the page.

    `pages` are all pages a warning may stand on. With `is_page_wide` any warning there does; with `is_document_wide`
    also one without a page, or a file that fails with a code.
    """

    spots: tuple[tuple[int, Box], ...] = ()
    texts: tuple[str, ...] = ()
    pages: frozenset[int] = frozenset()
    is_page_wide: bool = False
    is_document_wide: bool = False


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A file, what a person reads in it, and what a warning must name where that is not read.

    `also` is a second reading that is right, where there are two. `must_be_told` says that the page itself is at fault:
    also what is read as printed needs a warning. `is_lost` says that nobody can read what was printed: nothing is
    right but a warning. `is_image` says that text recognition is needed to read it; without that, it is told.
    """

    data: bytes
    wanted: Records
    concern: Concern
    suffix: str = ".pdf"
    also: Records | None = None
    must_be_told: bool = False
    is_lost: bool = False
    is_image: bool = False


Disturb = Callable[[Draft, Random], Disturbed]
Base = Callable[[Random], Draft]


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A kind of disturbance: what it is called, what it is done to, and how; `noun` is the module it stands in."""

    name: str
    noun: str
    base: Base
    disturb: Disturb

    def example(self, seed: int) -> Disturbed:
        """The file of a seed: the same for the same seed."""
        chance = self.chance(seed)
        return self.disturb(self.base(chance), chance)

    def chance(self, seed: int) -> Random:
        return Random(f"{self.name} {seed}")


DISTURBANCES: dict[str, Disturbance] = {}


def disturbance(name: str, base: Base) -> Callable[[Disturb], Disturb]:
    """Names a disturbance of forms that `base` invents."""

    def register(disturb: Disturb) -> Disturb:
        assert name not in DISTURBANCES, name
        DISTURBANCES[name] = Disturbance(name, disturb.__module__.rpartition(".")[2], base, disturb)
        return disturb

    return register


def at_fault(disturb: Disturb) -> Disturb:
    """A disturbance that leaves something to read which cannot be right: it is read as printed, and told."""
    return _marked(disturb, lambda found: replace(found, must_be_told=True))


def lost(disturb: Disturb) -> Disturb:
    """A disturbance that leaves nothing to read, or two things of equal right: nobody can say what was printed."""
    return _marked(disturb, lambda found: replace(found, is_lost=True))


def in_images(disturb: Disturb) -> Disturb:
    """A disturbance that leaves a text to the eye only: read where text recognition is installed, told elsewhere."""
    return _marked(disturb, lambda found: replace(found, is_image=True))


def _marked(disturb: Disturb, mark: Callable[[Disturbed], Disturbed]) -> Disturb:
    @wraps(disturb)
    def disturbed(draft: Draft, chance: Random) -> Disturbed:
        return mark(disturb(draft, chance))

    return disturbed


def page_of(pages: Iterable[Leaf], draft: Draft, concern: Concern) -> Disturbed:
    """A PDF of pages whose forms still say what the draft says."""
    return Disturbed(written(pages), expected(draft.disclosure), concern)


def at(page: int, *cells: Shown) -> Concern:
    """These cells of a page."""
    texts = tuple(cell.text for cell in cells if cell.text)
    return Concern(tuple((page, _grown(cell.box)) for cell in cells), texts, frozenset({page}))


def _grown(box: Box) -> Box:
    """A finding's box may stand a little aside of what it names."""
    return Box(box.x0 - SLACK, box.y0 - SLACK, box.x1 + SLACK, box.y1 + SLACK)


def together(*concerns: Concern) -> Concern:
    """Any of several concerns."""
    return Concern(
        tuple(spot for one in concerns for spot in one.spots),
        tuple(text for one in concerns for text in one.texts),
        frozenset(page for one in concerns for page in one.pages),
        any(one.is_page_wide for one in concerns),
        any(one.is_document_wide for one in concerns),
    )


def rows_of(page: int, leaf: Leaf) -> Concern:
    """All indicator rows of a page."""
    return at(page, *leaf.of("level1", "level2", "name", "value"))


def on(*pages: int) -> Concern:
    """Anything on these pages."""
    return Concern(pages=frozenset(pages), is_page_wide=True)


def anywhere(*pages: int) -> Concern:
    """The document as a whole."""
    return Concern(pages=frozenset(pages), is_page_wide=True, is_document_wide=True)
