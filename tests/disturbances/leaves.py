"""The pages of a drawn form as a model: what stands where, before it becomes a PDF, so that it can be disturbed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import pymupdf

from tests.disturbances.ink import painted, put, resources
from tests.disturbances.invention import Draft
from tests.drawing.layouts import Skeleton
from tests.drawing.mupdf import Edge, Sketch, edges_of, portion_texts
from tests.drawing.paginate import Portion
from tests.drawing.table import DrawnCell, DrawnTable, RowKind
from tests.drawing.wrap import em

Role = Literal[
    "title", "label", "field", "amount", "goal_label", "goal",
    "head", "side", "level1", "level2", "name", "value", "other",
]  # fmt: skip
Finish = Callable[[pymupdf.Page], None]


class Box(NamedTuple):
    """A rectangle in points from the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0


class Text(NamedTuple):
    """A printed line: where its baseline begins, and its size in points."""

    x: float
    y: float
    size: float
    text: str

    @property
    def box(self) -> Box:
        return Box(self.x, self.y - self.size, self.x + em(self.text) * self.size, self.y + 0.2 * self.size)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of one cell: of which form and row it is, what part it plays, its box and its lines."""

    form: int
    row: int
    kind: RowKind
    role: Role
    box: Box
    texts: tuple[Text, ...]

    @property
    def text(self) -> str:
        return "".join(text.text for text in self.texts)

    def saying(self, *lines: str) -> Shown:
        """The cell with other lines, which begin where its own do (or at its top left)."""
        first = self.texts[0] if self.texts else Text(self.box.x0 + 3, self.box.y0 + 12, 9.0, "")
        said = (first._replace(text=line, y=first.y + number * first.size * 1.3) for number, line in enumerate(lines))
        return replace(self, texts=tuple(said))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: its cells, the lines outside tables, its rules, and what is painted below and above all that.

    `below` and `above` are operators in coordinates from the page's top left; `finish` edits the page once written.
    """

    width: float
    height: float
    cells: tuple[Shown, ...] = ()
    lines: tuple[Text, ...] = ()
    rules: tuple[Edge, ...] = ()
    style: str = "lines"
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    finish: tuple[Finish, ...] = ()
    tags: tuple[str, ...] = field(default=(), compare=False)

    def of(self, *roles: Role) -> list[Shown]:
        """The cells that play one of these parts and have text, from top to bottom."""
        found = (cell for cell in self.cells if cell.role in roles and cell.texts)
        return sorted(found, key=lambda cell: (cell.box.y0, cell.box.x0))

    def rows(self) -> list[tuple[Shown, Shown]]:
        """Name and value of the indicator rows that stand whole on this page."""
        values = {(cell.form, cell.row): cell for cell in self.of("value")}
        pairs = ((name, values.get((name.form, name.row))) for name in self.of("name"))
        return [(name, value) for name, value in pairs if value is not None]

    def beside(self, cell: Shown, role: Role) -> Shown | None:
        """The cell of a role that reaches over the middle of another cell's height."""
        middle = (cell.box.y0 + cell.box.y1) / 2
        return next((one for one in self.cells if one.role == role and one.box.y0 <= middle <= one.box.y1), None)

    def with_cell(self, old: Shown, new: Shown | None) -> Leaf:
        """The page with one cell changed, or without its text."""
        changed = (new or replace(old, texts=())) if new is not old else old
        return replace(self, cells=tuple(changed if cell == old else cell for cell in self.cells))

    def with_rules(self, keep: Callable[[Edge], bool]) -> Leaf:
        return replace(self, rules=tuple(edge for edge in self.rules if keep(edge)))

    def with_lines(self, *lines: Text) -> Leaf:
        return replace(self, lines=(*self.lines, *lines))

    def over(self, *operators: str) -> Leaf:
        return replace(self, above=(*self.above, *operators))

    def under(self, *operators: str) -> Leaf:
        return replace(self, below=(*self.below, *operators))

    def finished(self, *steps: Finish) -> Leaf:
        return replace(self, finish=(*self.finish, *steps))

    def moved(self, x: float, y: float, after: float = -1.0) -> Leaf:
        """The page with all that stands lower than `after` moved."""
        return self.placed(lambda px, py: (px + x, py + y) if py > after else (px, py))

    def placed(self, put_at: Callable[[float, float], tuple[float, float]]) -> Leaf:
        """The page with every point of cells, lines and rules at another place."""
        return replace(
            self,
            cells=tuple(_placed_cell(cell, put_at) for cell in self.cells),
            lines=tuple(_placed_text(text, put_at) for text in self.lines),
            rules=tuple(Edge(*put_at(edge.x0, edge.y0), *put_at(edge.x1, edge.y1)) for edge in self.rules),
        )

    @property
    def top(self) -> float:
        return min((cell.box.y0 for cell in self.cells), default=60.0)

    @property
    def bottom(self) -> float:
        return max((cell.box.y1 for cell in self.cells), default=60.0)

    @property
    def left(self) -> float:
        return min((cell.box.x0 for cell in self.cells), default=50.0)

    @property
    def right(self) -> float:
        return max((cell.box.x1 for cell in self.cells), default=self.width - 50.0)

    def centred(self, text: str, y: float, size: float = 9.0) -> Text:
        """A line in the middle of the page."""
        return Text((self.width - em(text) * size) / 2, y, size, text)


def _placed_cell(cell: Shown, put_at: Callable[[float, float], tuple[float, float]]) -> Shown:
    box = Box(*put_at(cell.box.x0, cell.box.y0), *put_at(cell.box.x1, cell.box.y1))
    return replace(cell, box=box, texts=tuple(_placed_text(text, put_at) for text in cell.texts))


def _placed_text(text: Text, put_at: Callable[[float, float], tuple[float, float]]) -> Text:
    x, y = put_at(text.x, text.y)
    return text._replace(x=x, y=y)


def leaves(draft: Draft) -> list[Leaf]:
    """The pages of a draft, nothing on them disturbed."""
    sketch = Sketch(draft.pen)
    for line in draft.head:
        sketch.centred(line, 14.0)
    owners: list[tuple[int, DrawnTable]] = []
    for number, form in enumerate(draft.forms):
        sketch.form(form)
        owners += [(number, form.table)] * (len(sketch.portions) - len(owners))
    width, height = draft.pen.page_size
    shown = [
        (portion, _shown(portion, owner, draft)) for portion, owner in zip(sketch.portions, owners, strict=True)
    ]  # fmt: skip
    return [
        Leaf(
            width,
            height,
            cells=tuple(cell for portion, cell in shown if portion.page == page),
            lines=tuple(Text(text.x, text.y, text.size, text.text) for text in sketch.texts if text.page == page),
            rules=tuple(edges_of(portion for portion, _ in shown if portion.page == page)),
            style=draft.pen.rules,
        )
        for page in range(sketch.page + 1)
    ]


def _shown(portion: Portion, owner: tuple[int, DrawnTable], draft: Draft) -> Shown:
    number, table = owner
    cell = portion.cell
    assert cell is not None
    texts = tuple(Text(text.x, text.y, text.size, text.text) for text in portion_texts(portion, draft.pen))
    kind = table.rows[cell.row]
    role = _role(cell, kind, table, draft.layout.skeleton)
    return Shown(number, cell.row, kind, role, Box(portion.x0, portion.y0, portion.x1, portion.y1), texts)


def _role(cell: DrawnCell, kind: RowKind, table: DrawnTable, skeleton: Skeleton) -> Role:
    """What part a cell plays, by its row and where in the row it begins."""
    if kind == "title":
        return "title"
    if kind == "header":
        index = [one.column for one in table.row(cell.row)].index(cell.column)
        return "field" if index % 2 else "label"
    if kind == "funds":
        return _at(cell.column, skeleton.funds, ("side", "label", "amount", "label", "amount"))
    if kind in ("goal_labels", "goals"):
        goal: Role = "goal" if kind == "goals" else "goal_label"
        return _at(cell.column, skeleton.goals, ("side", goal, goal))
    if kind == "columns":
        return _at(cell.column, skeleton.indicator, ("side", "head", "head", "head", "head"))
    return _at(cell.column, skeleton.indicator, ("side", "level1", "level2", "name", "value"))


def _at(column: int, spans: Sequence[tuple[int, int]], roles: Sequence[Role]) -> Role:
    return next((role for (start, _), role in zip(spans, roles, strict=True) if start == column), "other")


def written(pages: Iterable[Leaf]) -> bytes:
    """The PDF of pages."""
    document = pymupdf.open()
    shared = ""
    pages = list(pages)
    for leaf in pages:
        page = document.new_page(width=leaf.width, height=leaf.height)
        shared = shared or resources(document, page)
        document.xref_set_key(page.xref, "Resources", shared)
        content = document.get_new_xref()
        document.update_object(content, "<<>>")
        document.update_stream(content, "\n".join(_operators(leaf)).encode("ascii"), compress=False)
        page.set_contents(content)
    for number, leaf in enumerate(pages):
        for step in leaf.finish:
            step(document[number])
    data: bytes = document.tobytes(no_new_id=True)
    return data


def _operators(leaf: Leaf) -> Iterator[str]:
    turn = f"1 0 0 -1 0 {leaf.height:g} cm"
    yield from ("q", turn, *leaf.below, *painted(leaf.rules, leaf.style), "Q")
    texts = [*leaf.lines, *(text for cell in leaf.cells for text in cell.texts)]
    yield from (put(text.text, text.x, leaf.height - text.y, text.size) for text in texts)
    if leaf.above:
        yield from ("q", turn, *leaf.above, "Q")
