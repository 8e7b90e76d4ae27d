"""Disturbances that are still wrong in silence, or told elsewhere: each with a seed that shows it, and why.

The list is strict: one that is told now fails the tests until it leaves the list.
"""

from __future__ import annotations

from typing import NamedTuple


class Pending(NamedTuple):
    """An example that is not told, and why."""

    seed: int
    reason: str


NOT_YET_TOLD: dict[str, Pending] = {
    "pages after the first swapped": Pending(
        1, "nothing tells the order of pages but the numbers and names on them, which are not read for that"
    ),
    "pages in the wrong order": Pending(
        4, "the rows that come before their form are told only where they show two marks of a form"
    ),
    "second part alone": Pending(1, "a few rows without a label of a level show too little of a form"),
    "part of the pages' contents missing": Pending(
        0, "MuPDF passes over a page whose contents are missing, and says nothing"
    ),
    "wrapped texts in rows too low": Pending(0, "lines that stand over a rule go to the row they are nearest to"),
    "page border close to the tables": Pending(0, "the finding on the title that was lost (year_inferred) has no page"),
    "rule missing between rows of one group": Pending(0, "two names in one cell are one name, and two words one value"),
    "rule missing between two names": Pending(1, "two names in one cell are one name"),
    "rule missing between two values": Pending(2, "two words in one cell are one value"),
    "level columns missing on the next page": Pending(
        0, "rows without level columns are taken to go on in the last group"
    ),
    "row cut in every column": Pending(0, "a row cut in both columns is taken for two"),
    "two forms on one sheet": Pending(0, "lines of two pages at one height become one title"),
    "level-2 name left out": Pending(2, "a blank level-2 cell is taken to go on with the name above"),
    "Big5 of another region": Pending(0, "text that is another format or encoding is not told"),
    "GBK read as Latin-1": Pending(0, "text that is another format or encoding is not told"),
    "RTF named .txt": Pending(0, "text that is another format or encoding is not told"),
    "UTF-8 read as GBK": Pending(0, "text that is another format or encoding is not told"),
    "UTF-8 read as Latin-1": Pending(0, "text that is another format or encoding is not told"),
    "blanks for tabs": Pending(7, "text that is another format or encoding is not told"),
    "escaped line breaks in goals": Pending(3, "text that is another format or encoding is not told"),
    "ideographic spaces for tabs": Pending(0, "text that is another format or encoding is not told"),
    "no-break spaces for tabs": Pending(1, "text that is another format or encoding is not told"),
    "one blank for tabs": Pending(3, "text that is another format or encoding is not told"),
    "another form's heading after the last row": Pending(
        0, "lines among and after the rows of a text are taken for names"
    ),
    "continued title among the rows": Pending(0, "lines among and after the rows of a text are taken for names"),
    "form feed and page number": Pending(1, "lines among and after the rows of a text are taken for names"),
    "form feed and print footer": Pending(2, "lines among and after the rows of a text are taken for names"),
    "goals between their labels": Pending(0, "lines among and after the rows of a text are taken for names"),
    "label wrapped around its value": Pending(1, "lines among and after the rows of a text are taken for names"),
    "navigation after the last row": Pending(0, "lines among and after the rows of a text are taken for names"),
    "note after the last broken line": Pending(0, "lines among and after the rows of a text are taken for names"),
    "note after the last row": Pending(5, "lines among and after the rows of a text are taken for names"),
    "numbered notes after the last row": Pending(3, "lines among and after the rows of a text are taken for names"),
    "page number among the rows": Pending(1, "lines among and after the rows of a text are taken for names"),
    "page number and head among the rows": Pending(1, "lines among and after the rows of a text are taken for names"),
    "page numbers among broken lines": Pending(1, "lines among and after the rows of a text are taken for names"),
    "path of a file among the rows": Pending(0, "lines among and after the rows of a text are taken for names"),
    "print footer among the rows": Pending(2, "lines among and after the rows of a text are taken for names"),
    "prose after the last row": Pending(0, "lines among and after the rows of a text are taken for names"),
    "remark row after the last row": Pending(0, "lines among and after the rows of a text are taken for names"),
    "running head among printed lines": Pending(2, "lines among and after the rows of a text are taken for names"),
    "running head among the rows": Pending(2, "lines among and after the rows of a text are taken for names"),
    "running head that ends in 表 among the rows": Pending(
        0, "lines among and after the rows of a text are taken for names"
    ),
    "signatures after the last row": Pending(0, "lines among and after the rows of a text are taken for names"),
    "source line after the last row": Pending(0, "lines among and after the rows of a text are taken for names"),
    "target lost in a line": Pending(0, "lines among and after the rows of a text are taken for names"),
    "text over two pages with a seal page between": Pending(
        1, "lines among and after the rows of a text are taken for names"
    ),
    "two targets in one line": Pending(4, "lines among and after the rows of a text are taken for names"),
    "value that begins with a digit after a name": Pending(
        0, "lines among and after the rows of a text are taken for names"
    ),
}
