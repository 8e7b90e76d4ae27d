"""Whose document this is and for which year, where no form of it could be read: what can be told from its texts alone.

A file that has to be done by hand is looked for by its title, its unit and its year, so these are not lost with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.headings import (
    Title,
    is_title,
    may_be_title,
    names_performance,
    read_title,
    read_year,
)
from perftable_etl.normalize.layouts.titles import title_year
from perftable_etl.normalize.layouts.vocabulary import Vocabulary
from perftable_etl.normalize.values.text import clean

_PARTING = regex.compile(r'<[^<>]*>|[",|\t\n\u2500-\u257f]|\s{2,}')
"""What may part the cells of a table that was not read: tags, quotes, commas, bars, tabs, runs of blanks."""


def identify(document: Document, vocabulary: Vocabulary) -> Title | None:
    """The title of a document without a form, its unit and its year; None where nothing says them."""
    texts = list(_texts(document))
    whole = [title for text in texts if may_be_title(text) and (title := read_title(text))]
    named = next((title for title in whole if names_performance(title.text)), whole[0] if whole else None)
    form = next((text for text in texts if may_be_title(text) and is_title(text)), None)
    if named or form is None:
        return named
    return Title(
        clean(form), _unit(texts, vocabulary), title_year(form) or next(filter(None, map(read_year, texts)), None)
    )


def _texts(document: Document) -> Iterator[str]:
    """The texts of all lines and cells, cut where cells may be parted."""
    for page in document.pages:
        for block in page.blocks:
            printed = (block.text,) if isinstance(block, Line) else (cell.text for cell in block.cells)
            for text in printed:
                yield from (part.strip() for part in _PARTING.split(text) if part.strip())


def _unit(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The unit that publishes: what stands after the label of the department in charge."""
    after = (
        text
        for label, text in pairwise(texts)
        if vocabulary.concept(label) == "competent_department" and vocabulary.concept(text) is None
    )
    return next(map(clean, after), None)
