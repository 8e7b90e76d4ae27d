"""From the bytes of a text to its characters: which encoding they are in, and which of them are none of it.

A byte that no character of the encoding begins with becomes a lone surrogate (U+DC80 and up, as PEP 383 has it), so
that whoever cuts the text into lines can still say where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from perftable_etl.characters.code_points import printed
from perftable_etl.document import LEGIBLE, Box, Word
from perftable_etl.errors import NotText
from perftable_etl.extract.legibility import legibility

FOREIGN = regex.compile(r"[\x00-\x08\x0e-\x1f\ud800-\udfff]")
"""What no text has: C0 controls but tab and line ends, and the marks of bytes that are no character."""

_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
_MARKED = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_FEWEST_GOOD = 50
"""Characters that must be good for each bad one: the damage of a disk or a transfer is rare, binary data is full of it.
"""

_FEWEST_WIDE = 10
"""Characters beyond ASCII that must be good for each bad one: in a wrong encoding nearly all of those are bad."""

_TRAIL = "\x00\x1a"
_GUESS = 0.9
"""The share of common characters that a text of unmarked UTF-16 has. Random Han characters have at most 0.3."""

_COMMON = regex.compile(r"[\t\n\r -~\p{Punct}\uff00-\uffef]|[\u4e00-\u9fff]")


class Decoded(NamedTuple):
    """A text; how many NULs were taken off its end; and, if it was mojibake, what it was mended from, or else None.

    `is_mojibake` says that what it reads as says nothing, and that no mending is certain.
    """

    text: str
    nuls: int = 0
    mended: str | None = None
    is_mojibake: bool = False


def decode(data: bytes) -> Decoded:
    """The characters of a text in UTF-8, GB18030, UTF-16 or UTF-32. Raises NotText where too many bytes are none."""
    text = next(filter(_is_text, _readings(data)), None)
    if text is None:
        raise NotText("it is not text in UTF-8, UTF-16 or GB18030; save it as UTF-8")
    body = text.rstrip(_TRAIL)
    return _undo_mojibake(body)._replace(nuls=text.count("\x00", len(body)))


def _readings(data: bytes) -> Iterator[str]:
    """What the bytes say in each encoding they may be in, the likeliest first.

    Text in GB18030 is hardly ever valid UTF-8, while GB18030 takes most bytes, so UTF-8 comes first even if damaged.
    """
    for mark, encoding in zip(_MARKS, _MARKED, strict=True):
        if data.startswith(mark):
            yield _decode_wide(data[len(mark) :], encoding)
            return
    if b"\x00" in data.rstrip(b"\x00"):
        yield from (
            text for text in (_decode_wide(data, "utf-16-le"), _decode_wide(data, "utf-16-be")) if _is_likely(text)
        )
    utf8 = data.decode("utf-8-sig", "surrogateescape")
    if _is_mostly_valid(utf8):
        yield utf8
    yield _gb18030(data)


def _decode_wide(data: bytes, encoding: str) -> str:
    """Text in units of two or four bytes. Half a unit at the end becomes a mark."""
    unit = 4 if "32" in encoding else 2
    whole = len(data) - len(data) % unit
    rest = "\udfff" if data[whole:].strip(b"\x00") else ""
    return data[:whole].decode(encoding, "surrogatepass" if unit == 2 else "replace") + rest


def _gb18030(data: bytes) -> str:
    """Text in GB18030. A lead byte before an ASCII byte that is no trail takes only itself away."""
    return data.decode("gb18030", "surrogateescape")


def _is_likely(text: str) -> bool:
    """Whether nearly all of a text that may be UTF-16 is common in Chinese text."""
    body = text.rstrip(_TRAIL)
    return len(_COMMON.findall(body)) >= _GUESS * len(body) > 0


def _is_mostly_valid(text: str) -> bool:
    """Whether bytes read as UTF-8 are UTF-8, perhaps damaged."""
    bad = sum("\ud800" <= character <= "\udfff" for character in text)
    return bad == 0 or bad * _FEWEST_WIDE <= sum(character > "\x7f" for character in text) - bad


def _is_text(text: str) -> bool:
    """Whether so little of it is no text that the rest can be relied on."""
    body = text.rstrip(_TRAIL)
    return bool(body or not text) and len(FOREIGN.findall(body)) * _FEWEST_GOOD <= len(body)


def _undo_mojibake(text: str) -> Decoded:
    """The text, or if it is mojibake and can be turned back byte for byte, what it was before."""
    if _legibility(printed(text)) >= LEGIBLE:  # what prints nothing says nothing against the rest
        return Decoded(text)
    for name, mended in _undone_mix_ups(text):
        if _legibility(mended) >= LEGIBLE:
            return Decoded(mended, mended=name)
    return Decoded(text, is_mojibake=True)


def _undone_mix_ups(text: str) -> Iterator[tuple[str, str]]:
    """What a text may have been before its bytes were taken for those of another encoding."""
    for name, right in (("GB18030 read as Latin-1", "gb18030"), ("UTF-8 read as Latin-1", "utf-8")):
        if (data := _latin1(text)) is not None and (mended := _decode_strictly(data, right)) is not None:
            yield name, mended
    try:
        data = text.encode("gb18030")
    except UnicodeEncodeError:
        return
    if (mended := _decode_strictly(data, "utf-8")) is not None:
        yield "UTF-8 read as GB18030", mended


def _decode_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _latin1(text: str) -> bytes | None:
    """The bytes that text in Latin-1 or Windows-1252 was read from; None where it holds other characters."""
    try:
        return b"".join(c.encode("latin-1" if c < "\u0100" else "cp1252") for c in text)
    except UnicodeEncodeError:
        return None


def _legibility(text: str) -> float:
    return legibility(Word(line, Box(0, 0, 0, 0)) for line in text.split())
