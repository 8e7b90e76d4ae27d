"""Text files: what parts the cells, line ends, encodings, and texts that are other formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from html import escape
from itertools import zip_longest
from random import Random

from tests.disturbances.bases import flat
from tests.disturbances.invention import Draft
from tests.disturbances.lines import Rows, tabbed_rows, text_file
from tests.disturbances.protocol import Disturb, Disturbed, disturbance, lost
from tests.drawing.wrap import em, wrap


def _parted(name: str, blank: str) -> None:
    @disturbance(name, flat)
    def part(draft: Draft, chance: Random) -> Disturbed:
        rows = tabbed_rows(draft).mapped(lambda line: line.replace("\t", blank))
        return text_file(rows, draft, *range(len(rows.lines)), whole=True)


_parted("no-break spaces for tabs", "\u00a0" * 4)

_parted("ideographic spaces for tabs", "\u3000\u3000")

_parted("blanks for tabs", "    ")

_parted("one blank for tabs", " ")

_parted("bars for tabs", "|")

_parted("commas for tabs", ",")

_parted("semicolons for tabs", "；")


def _ended(name: str, end: str) -> None:
    @disturbance(name, flat)
    def part(draft: Draft, chance: Random) -> Disturbed:
        rows = tabbed_rows(draft)
        return text_file(rows, draft, *range(len(rows.lines)), end=end, whole=True)


_ended("line separators for line ends", "\u2028")

_ended("paragraph separators for line ends", "\u2029")

_ended("next-line characters for line ends", "\u0085")

_ended("carriage returns for line ends", "\r")

_ended("two carriage returns and a line feed", "\r\r\n")

_ended("vertical tabs for line ends", "\x0b")


def _whole(disturb: Disturb) -> Disturb:
    """Of most encodings each character comes through."""
    return disturb


def _encoded(name: str, encode: Callable[[str, Random], bytes], left: Callable[[Disturb], Disturb] = _whole) -> None:
    @disturbance(name, flat)
    @left
    def encoded(draft: Draft, chance: Random) -> Disturbed:
        rows = tabbed_rows(draft)
        disturbed = text_file(rows, draft, *range(len(rows.lines)), whole=True)
        return replace(disturbed, data=encode("\n".join(rows.lines) + "\n", chance))


_encoded("UTF-16 with a mark", lambda text, chance: b"\xff\xfe" + text.encode("utf-16-le"))

_encoded("UTF-16 of big end first", lambda text, chance: b"\xfe\xff" + text.encode("utf-16-be"))

_encoded("UTF-16 without a mark", lambda text, chance: text.encode("utf-16-le"))

_encoded("GB18030", lambda text, chance: text.encode("gb18030"))

_encoded("Big5 of another region", lambda text, chance: text.encode("big5", "replace"), lost)

_encoded("NULs at the end", lambda text, chance: text.encode() + b"\0" * chance.choice((1, 3, 200)))

_encoded("Ctrl-Z at the end", lambda text, chance: text.encode() + b"\x1a")

_encoded("GBK read as Latin-1", lambda text, chance: text.encode("gb18030").decode("latin-1").encode())

_encoded("UTF-8 read as Latin-1", lambda text, chance: text.encode().decode("latin-1").encode())

_encoded("UTF-8 read as GBK", lambda text, chance: text.encode().decode("gb18030", "replace").encode(), lost)

_encoded("second mark within the text", lambda text, chance: ("\ufeff" + text.replace("\n", "\n\ufeff", 3)).encode())


@disturbance("one bad byte", flat)
@lost
def _bad_byte(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    at = rows.middle(chance)
    disturbed = text_file(rows, draft, at, whole=True)
    data = bytearray(disturbed.data)
    line = rows.lines[at].encode()
    data[data.index(line) + len(line) // 2] = chance.choice((0xFF, 0xFE, 0xC0))
    return replace(disturbed, data=bytes(data))


@disturbance("quoted mail", flat)
def _quoted(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice(("> ", ">> ", "> > ", "| ", ">"))
    rows = tabbed_rows(draft).mapped(lambda line: mark + line)
    return text_file(rows, draft, *range(len(rows.lines)), whole=True)


@disturbance("CSV named .txt", flat)
def _csv(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    target = io.StringIO()
    dialect = chance.choice(("excel", "unix"))
    csv.writer(target, dialect, lineterminator="\n").writerows(line.split("\t") for line in rows.lines)
    disturbed = text_file(rows, draft, *range(len(rows.lines)), whole=True)
    return replace(disturbed, data=target.getvalue().encode())


@disturbance("Markdown table", flat)
def _markdown(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    lines = [f"| {line.replace(chr(9), ' | ')} |" if "\t" in line else line for line in rows.lines]
    first = next(n for n, line in enumerate(lines) if line.startswith("|"))
    disturbed = replace(rows, lines=tuple(lines)).after(first, "|---|---|---|---|---|---|")
    return text_file(disturbed, draft, *range(len(disturbed.lines)), whole=True)


@disturbance("HTML named .txt", flat)
def _html(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    cells = ("".join(f"<td>{escape(field)}</td>" for field in line.split("\t")) for line in rows.lines)
    joint = chance.choice(("", "\n"))
    text = f"<html><body><table>{joint.join(f'<tr>{row}</tr>' for row in cells)}</table></body></html>"
    disturbed = text_file(rows, draft, *range(len(rows.lines)), whole=True)
    return replace(disturbed, data=text.encode())


@disturbance("entities in the text", flat)
def _entities(draft: Draft, chance: Random) -> Disturbed:
    pairs = {"≥": "&ge;", "≤": "&le;", "“": "&ldquo;", "\t": "\t&nbsp;"}
    chosen = dict(list(pairs.items())[: chance.choice((2, 3, 4))])
    rows = tabbed_rows(draft).mapped(lambda line: _replaced(line, chosen))
    touched = [n for n, line in enumerate(rows.lines) if "&" in line]
    return text_file(rows, draft, *touched)


def _replaced(line: str, pairs: dict[str, str]) -> str:
    for plain, entity in pairs.items():
        line = line.replace(plain, entity)
    return line


@disturbance("table of box characters", flat)
def _boxes(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    lines = []
    for line in rows.lines:
        fields = line.split("\t")
        if len(fields) == 1:
            lines.append(line)
            continue
        widths = [max(4, round(em(field) * 2)) for field in fields]
        lines.append("├" + "┼".join("─" * width for width in widths) + "┤")
        lines.append("│" + "│".join(fields) + "│")
    boxed = Rows(tuple(lines), tuple(n for n, line in enumerate(lines) if line.startswith("│")))
    return text_file(boxed, draft, *range(len(lines)), whole=True)


@disturbance("table of pluses and bars", flat)
def _pluses(draft: Draft, chance: Random) -> Disturbed:
    """As programs print tables: cells wrapped at a width, and a rule below each row."""
    rows = tabbed_rows(draft)
    count = max(line.count("\t") for line in rows.lines) + 1
    rule = "+" + f"{'-' * 24}+" * count
    first = next(n for n, line in enumerate(rows.lines) if "\t" in line)
    lines, spots = [*rows.lines[:first], rule], []
    for line in rows.lines[first:]:
        cells = [wrap(cell, 11.0) for cell in line.split("\t")]
        for texts in zip_longest(*cells, *[[]] * (count - len(cells)), fillvalue=""):
            spots.append(len(lines))
            lines.append("|" + "|".join(f" {text} " for text in texts) + "|")
        lines.append(rule)
    return text_file(Rows(tuple(lines), tuple(spots)), draft, *range(len(lines)), whole=True)


@disturbance("line numbers before the lines", flat)
def _line_numbers(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    pattern = chance.choice(("{}\t{}", "{}: {}"))
    numbered = replace(rows, lines=tuple(pattern.format(n, line) for n, line in enumerate(rows.lines, 1)))
    return text_file(numbered, draft, *range(len(rows.lines)), whole=True)


@disturbance("characters of no width in a text", flat)
def _no_width_in_text(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice("\ufeff\u200b\u2060")
    rows = tabbed_rows(draft).mapped(lambda line: line.replace("\t", f"\t{mark}"))
    return text_file(rows, draft, *rows.indicators)


@disturbance("escaped line breaks in goals", flat)
def _escaped(draft: Draft, chance: Random) -> Disturbed:
    mark = chance.choice((r"\n", "<br>", "<p>"))
    rows = tabbed_rows(draft).mapped(lambda line: line.replace("。", f"。{mark}") if len(line) > 40 else line)
    touched = [n for n, line in enumerate(rows.lines) if mark in line]
    return text_file(rows, draft, *touched)


@disturbance("RTF named .txt", flat)
def _rtf(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    said = "\\par\n".join("".join(_rtf_character(one) for one in line) for line in rows.lines)
    disturbed = text_file(rows, draft, *range(len(rows.lines)), whole=True)
    return replace(disturbed, data=f"{{\\rtf1\\ansi\\ansicpg936 {said}}}".encode())


def _rtf_character(character: str) -> str:
    if character == "\t":
        return "\\tab "
    return character if character.isascii() else f"\\u{ord(character)}?"


@disturbance("head of a mail before the form", flat)
def _mail_head(draft: Draft, chance: Random) -> Disturbed:
    rows = tabbed_rows(draft)
    head = ("发件人：王某", "收件人：预算处", "主题：转发：绩效目标表", "")
    headed = replace(rows, lines=(*head, *rows.lines))
    return text_file(headed, draft, *range(len(headed.lines)), whole=True)
