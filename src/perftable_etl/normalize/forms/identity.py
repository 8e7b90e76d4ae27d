"""Whose document this is and for which year, where no form of it could be read: what can be told from its texts alone.

A file that has to be done by hand is looked for by its title, its unit and its year, so these are not lost with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from perftable_etl.document import Document, Line
from perftable_etl.normalize.layouts.headings import Title, is_title, read_title, read_year
from perftable_etl.normalize.layouts.vocabulary import role
from perftable_etl.normalize.values.text import clean

_PARTING = regex.compile(r'<[^<>]*>|[",|\t\n\u2500-\u257f]|\s{2,}')
"""What may part the cells of a table that was not read: tags, quotes, commas, bars, tabs, runs of blanks."""


def identify(document: Document) -> Title | None:
    """The title of a document without a form, its unit and its year; None where nothing says them."""
    texts = list(_texts(document))
    whole = [title for text in texts if _is_of_budgets(text) and (title := read_title(text))]
    named = next((title for title in whole if "绩效" in title.text), whole[0] if whole else None)
    form = next((text for text in texts if _is_of_budgets(text) and is_title(text)), None)
    if named or form is None:
        return named
    return Title(clean(form), _unit(texts), next(filter(None, map(read_year, texts)), None))


def _is_of_budgets(text: str) -> bool:
    """Whether a text may be a title at all: most cells are not worth a look."""
    return "绩效" in text or "预算" in text


def _texts(document: Document) -> Iterator[str]:
    """The texts of all lines and cells, cut where cells may be parted."""
    for page in document.pages:
        for block in page.blocks:
            printed = (block.text,) if isinstance(block, Line) else (cell.text for cell in block.cells)
            for text in printed:
                yield from (part.strip() for part in _PARTING.split(text) if part.strip())


def _unit(texts: Sequence[str]) -> str | None:
    """The unit that publishes: what stands after the label of the department in charge."""
    after = (text for label, text in pairwise(texts) if role(label) == "competent_department" and role(text) is None)
    return next(map(clean, after), None)
