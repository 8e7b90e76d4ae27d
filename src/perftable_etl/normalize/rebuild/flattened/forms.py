"""The flattened forms in a stream: their labels, the headers of their tables, and where their rows end.

A form begins with the label of its project's name. Labels and heads are a closed vocabulary in a fixed order, so they
are found wherever the text was broken: with white space between any two of their characters. Between and after heads
that are spelled stand some that are told by how they are worded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from perftable_etl.look_alikes import look_alikes
from perftable_etl.normalize.layouts.catalogue import find_level1, find_level2, level_at_start
from perftable_etl.normalize.layouts.headings import is_title, read_title, read_year
from perftable_etl.normalize.layouts.vocabulary import Concept, Vocabulary
from perftable_etl.normalize.layouts.words import GOALS, ColumnName
from perftable_etl.normalize.rebuild.flattened.stray_lines import shows_rows
from perftable_etl.normalize.rebuild.flattened.stream import Stream, Stretch
from perftable_etl.normalize.values.text import fold

_FEWEST_LABELS = 4  # that must follow a project's name for it to begin a form
_SHORTEST = 4  # characters of a label that is a field only together with others; a shorter one is a word like others
_FEWEST_HEADS = 3  # that make a header, all but one of them spelled in the vocabulary
_LONGEST_WORDED = 12  # characters of a head that is told by its wording
_MOST_WORDED = 4  # heads told by their wording, one behind the other
_LONGEST_SIDE = 40  # characters of a side label with white space

_TOKEN = regex.compile(r"\s*(?P<token>\S+)")
_SIGNS = {sign: f"[{regex.escape(look_alikes(sign))}]" for sign in "():/"}
_OPEN, _CLOSED, _COLON = (_SIGNS[sign] for sign in "():")
_QUALIFIER = rf"(?:\s*{_OPEN}[^{regex.escape(look_alikes('()'))}]{{1,24}}{_CLOSED})?(?:\s*{_COLON})?"


class FoundLabel(NamedTuple):
    """A label found in a stream: what it stands for (None for a side label), and from where to where it is printed."""

    field: Concept | None
    start: int
    end: int


class FoundColumn(NamedTuple):
    """The head of a column found in a stream: what the column is for, and from where to where it is printed."""

    column: ColumnName
    start: int
    end: int


class Header(NamedTuple):
    """The header of an indicator table: its heads, and the side label before it, if any."""

    heads: tuple[FoundColumn, ...]
    side: Stretch | None

    @property
    def start(self) -> int:
        """Where it begins: at its side label, if that stands before it."""
        return self.side[0] if self.side else self.heads[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.heads[-1].end


class FlattenedForm(NamedTuple):
    """One flattened form in a stream: its labels, where its indicator table's header is, and where it ends."""

    labels: tuple[FoundLabel, ...]
    header: Header
    end: int

    @property
    def start(self) -> int:
        """Where the form begins in the stream's text: at its first label."""
        return self.labels[0].start


def _alternation(labels: Iterable[str]) -> str:
    """A pattern for any of these labels, the longest first, with white space anywhere in it, brackets of any width."""
    spaced = (
        r"\s*".join(_SIGNS.get(character, regex.escape(character)) for character in label)
        for label in sorted(labels, key=len, reverse=True)
    )
    return "|".join(spaced)


class _Patterns:
    """What finds the words of a vocabulary in a stream."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        form_labels = {label: vocabulary.concept(label) for label in vocabulary.form_labels if len(label) >= _SHORTEST}
        everywhere = {**dict.fromkeys(vocabulary.sides), **form_labels, **vocabulary.labels}
        run_on = [label for label, field in everywhere.items() if field not in (None, *GOALS)]
        self.fields: Mapping[str, Concept | None] = {**vocabulary.goals_in_cells, **everywhere}
        self.label = regex.compile(
            rf"(?:(?<=\s|{_COLON})|^)(?P<label>{_alternation(everywhere)}){_QUALIFIER}(?=\s|$|(?<={_COLON}))"
            rf"|(?:(?<=\n)|^)(?P<label>{_alternation(run_on)}"
            rf"|(?:{_alternation(vocabulary.goals_in_cells)})(?=[ ]*(?:\n|$)))"
        )
        sides = _alternation(vocabulary.sides)
        self.column = regex.compile(_alternation(vocabulary.columns))
        self.side = regex.compile(rf"(?:(?<=\s)|^)(?:{sides})(?=\s|$)")
        self.side_before = regex.compile(rf"(?:(?<=\s)|^)(?P<side>{sides})\s+$")


@lru_cache(maxsize=8)
def _patterns(vocabulary: Vocabulary) -> _Patterns:
    """The patterns of a vocabulary: compiling them takes longer than reading a page."""
    return _Patterns(vocabulary)


def find_flattened_forms(stream: Stream) -> Iterator[FlattenedForm]:
    """The flattened forms in a stream, each up to the heading of the next."""
    found = list(_find_labels(stream, 0, len(stream.text))) if stream.lines else []
    starts = [index for index, label in enumerate(found) if label.field == "name"]
    for start, end in pairwise([*starts, len(found)]):
        limit = found[end].start if end < len(found) else len(stream.text)
        header = next(find_headers(stream, found[start].end, limit), None)
        labels = tuple(label for label in found[start:end] if header and label.end <= header.start)
        if header and len(labels) > _FEWEST_LABELS:
            yield FlattenedForm(labels, header, _end_of_form(stream, header.end, limit))


def _find_labels(stream: Stream, start: int, end: int) -> Iterator[FoundLabel]:
    """The labels between two positions, in the order they are printed.

    A label stands alone, or opens a line that runs on with its value; but goals may well begin with a goal's name.
    """
    patterns = _patterns(stream.vocabulary)
    for match in patterns.label.finditer(stream.searched, start, end):
        yield FoundLabel(patterns.fields[fold(match["label"])], match.start(), match.end())


def _end_of_form(stream: Stream, start: int, limit: int) -> int:
    """Where a form's rows end: at the first title after them, or at the lines that head the next form.

    A title that rows follow, and no label of another form, is the form's own, printed again at the head of a page.
    """
    headings = [index for index in stream.lines_of(start, limit)[1:] if _heads_form(stream.lines[index].text)]
    first = None
    for index, following in zip(headings, [*headings[1:], None], strict=False):
        first = index if first is None or index - 1 not in headings else first
        end = limit if following is None else stream.starts[following]
        if following != index + 1 and not _goes_on(stream, stream.starts[index], end):
            return stream.starts[first]
    return limit


def _heads_form(text: str) -> bool:
    return is_title(text) or read_title(text) is not None or (read_year(text) is not None and not text.isdigit())


def _goes_on(stream: Stream, start: int, end: int) -> bool:
    """Whether a form's rows go on below a title: levels or signed values, and no labels of a form."""
    has_label = any(label.field is not None for label in _find_labels(stream, start, end))
    return not has_label and shows_rows(stream, start, end)


def find_headers(stream: Stream, start: int, end: int) -> Iterator[Header]:
    """The headers between two positions."""
    columns = stream.vocabulary.columns
    run: list[FoundColumn] = []
    for match in _patterns(stream.vocabulary).column.finditer(stream.searched, start, end):
        found = FoundColumn(columns[fold(match[0])], *match.span())
        between = _worded(stream, run[-1].end, found.start) if run else []
        # A page that ends below a header has no row before the next header, which begins with the same head.
        is_again = len(run) >= _FEWEST_HEADS and found.column == run[0].column
        if run and not is_again and not stream.searched[(between or run)[-1].end : found.start].strip():
            run += [*between, found]
        else:
            yield from _header(stream, run, start, found.start if is_again else end)
            run = [found]
    yield from _header(stream, run, start, end)


def _header(stream: Stream, run: Sequence[FoundColumn], start: int, end: int) -> Iterator[Header]:
    """The header that a run of heads is, if it is one."""
    text = stream.searched
    if len(run) < _FEWEST_HEADS - 1 or text[max(run[0].start - 1, 0) : run[0].start].strip():
        return
    heads = (*_counter(stream, run[0].start), *run, *_last_heads(stream, run[-1].end, end))
    if len(heads) >= _FEWEST_HEADS and not text[heads[-1].end : heads[-1].end + 1].strip():
        low = max(start, heads[0].start - _LONGEST_SIDE)
        side = _patterns(stream.vocabulary).side_before.search(text, low, heads[0].start)
        yield Header(heads, side.span("side") if side else None)


def _worded(stream: Stream, start: int, end: int) -> list[FoundColumn]:
    """The heads from a position on that are told by their wording, up to the first text that is none."""
    heads: list[FoundColumn] = []
    while len(heads) < _MOST_WORDED and (match := _TOKEN.match(stream.searched, start, end)):
        column = stream.vocabulary.head(match["token"]) if len(match["token"]) <= _LONGEST_WORDED else None
        if column is None or _is_level(match["token"]):
            break
        heads.append(FoundColumn(column, *match.span("token")))
        start = match.end()
    return heads


def _last_heads(stream: Stream, start: int, end: int) -> list[FoundColumn]:
    """The heads at the end of a header that are told by their wording, if it is certain that rows follow them."""
    heads = _worded(stream, start, end)
    side = _patterns(stream.vocabulary).side
    for count, head in enumerate(heads):
        if side.match(stream.searched, head.start):
            return heads[:count]
    following = _TOKEN.match(stream.searched, heads[-1].end if heads else start, end)
    is_followed = following and (_is_level(following["token"]) or side.match(stream.searched, following.start("token")))
    return heads if is_followed else []


def _counter(stream: Stream, end: int) -> list[FoundColumn]:
    """The head of a column that counts the rows, right before a position."""
    word = "".join(stream.searched[max(0, end - _LONGEST_SIDE) : end].split()[-1:])
    if stream.vocabulary.head(word) != "number":
        return []
    start = stream.searched.rindex(word, 0, end)
    return [FoundColumn("number", start, start + len(word))]


def _is_level(text: str) -> bool:
    return bool(find_level1(text) or find_level2(text) or level_at_start(text))


def find_sides(stream: Stream, headers: Sequence[Header], below: Iterable[int], end: int) -> list[Stretch]:
    """The side labels of indicators below the first of some headers: those that stand beside one of these.

    `below` is where the text below each header begins.
    """
    pattern = _patterns(stream.vocabulary).side
    first = (pattern.match(stream.searched, position) for position in below)
    beside = [*(header.side for header in headers if header.side), *(match.span() for match in first if match)]
    names = {fold(stream.searched[slice(*span)]) for span in beside}
    found = pattern.finditer(stream.searched, headers[0].end, end)
    spans = (match.span() for match in found if fold(match[0]) in names)
    return [span for span in spans if not any(header.start <= span[0] < header.end for header in headers)]
