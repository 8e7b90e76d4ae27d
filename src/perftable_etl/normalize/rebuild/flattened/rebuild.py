"""Rebuilding the grid of flattened forms.

What stands between two labels is the first one's value; below the goals' labels two texts may be mixed; the rest are
rows, with the cells that the header names. One interpreter reads the grid that comes out, as it reads one with rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from perftable_etl.document import Document
from perftable_etl.messages import Message
from perftable_etl.normalize.forms.recurring_lines import folded_outside
from perftable_etl.normalize.layouts.additions import is_known_addition, is_signature
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.rebuild.flattened.above import Above
from perftable_etl.normalize.rebuild.flattened.frame import FlattenedForm, cut_words, find_forms, gather_sides
from perftable_etl.normalize.rebuild.flattened.goals import Widths
from perftable_etl.normalize.rebuild.flattened.pieces import Piece, place_of, printed, read_pieces
from perftable_etl.normalize.rebuild.flattened.rows import find_doubts, read_rows
from perftable_etl.normalize.rebuild.flattened.table import LONGEST_ROW, FlattenedTable, cut_table, put_table
from perftable_etl.normalize.rebuild.grid_maker import GridMaker
from perftable_etl.normalize.rebuild.line_breaks import width
from perftable_etl.normalize.rebuild.line_findings import left_out, location
from perftable_etl.normalize.rebuild.rebuilt import Rebuilt, with_grids_for_lines
from perftable_etl.records import Finding

_MOST_LOST = 8  # lines below a form's end that may be rows of it: more would show a level or a quantity
_CLAUSE = regex.compile(r"[。！？；;，：:]")


def rebuild(document: Document, vocabulary: Vocabulary) -> Rebuilt:
    """The document with the grids of its flattened forms; the lines they were made of are lines no more."""
    words = (word for piece in read_pieces(document.lines()) for word in cut_words(piece, vocabulary))
    pieces = gather_sides(words, vocabulary)
    forms = list(find_forms(pieces, vocabulary))
    if not forms:
        return Rebuilt(document)
    spans = [(form.labels[0].first, form.end) for form in forms]
    inside = {piece.line for first, end in spans for piece in pieces[first:end]}
    outside = folded_outside((line.text for line in document.lines() if line not in inside), vocabulary)
    tables = [cut_table(pieces, form, vocabulary, outside) for form in forms]
    aboves = [_above(pieces, form, vocabulary, outside, (0.0, 0.0)) for form in forms]
    if known := [widths for above in aboves for widths in above.widths]:
        widths = max(one for one, _ in known), max(other for _, other in known)
        aboves = [_above(pieces, form, vocabulary, outside, widths) for form in forms]
    read = read_rows([(table.pieces, table.cell_names) for table in tables])
    findings: list[Finding] = []
    for form, above, table, parts in zip(forms, aboves, tables, read, strict=True):
        put_table(above.maker, pieces, table, parts)
        findings += [*above.findings, *find_doubts(parts), *_strays_found(pieces, form, table)]
    used = {
        piece.line
        for form, table in zip(forms, tables, strict=True)
        for own in (pieces[form.labels[0].first : form.heads[-1].end], table.pieces, *table.sides)
        for piece in own
    }
    grids = [above.maker.grid() for above in aboves]
    return Rebuilt(with_grids_for_lines(document, used, grids), tuple(findings))


def _above(
    pieces: Sequence[Piece], form: FlattenedForm, vocabulary: Vocabulary, outside: frozenset[str], widths: Widths
) -> Above:
    """A form's grid with what stands above its header; `widths` are those of its goals as far as other forms tell."""
    above = Above(GridMaker(), pieces, form.labels, vocabulary, outside, widths)
    above.put(form.heads[0].first)
    return above


def _strays_found(pieces: Sequence[Piece], form: FlattenedForm, table: FlattenedTable) -> Iterator[Finding]:
    """That lines among the rows of a form were left out of it, or that lines below its end may be rows of it."""
    if table.strays:
        yield left_out(len(table.strays), table.strays[0].text, table.strays[0].place)
    if rows := _lost_rows(pieces[table.end : form.end]):
        place = place_of(rows)
        message = Message(
            "{line}, below the end of a form, may begin more of its rows; they were not read; "
            "compare them with the source",
            line=location(place),
        )
        yield Finding(code="rows_perhaps_lost", severity="warning", message=message, raw=printed(rows), place=place)


def _lost_rows(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces below a form's end if they are few and short enough to be rows of it.

    Headings and notes are none, nor is what stands below a signature; prose is longer and goes on.
    """
    lines = list(dict.fromkeys(piece.line for piece in pieces))
    signed_off = next((index for index, line in enumerate(lines) if is_signature(line.text)), len(lines))
    rest = [line for line in lines[:signed_off] if not is_known_addition(line.text)]
    is_prose = any(width(line.text) > LONGEST_ROW or _CLAUSE.search(line.text) for line in rest)
    return [] if is_prose or len(rest) > _MOST_LOST else [piece for piece in pieces if piece.line in rest]
