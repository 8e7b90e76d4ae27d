"""From the bytes of a page to its characters: by its mark, by what it says of itself, else by how it reads."""

from __future__ import annotations

import re

from perftable_etl.document import LEGIBLE, Box, Word
from perftable_etl.extract.decoding import FOREIGN, decode
from perftable_etl.extract.legibility import legibility

_SAID_WITHIN = 4096
_SAID = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
}
"""Encodings that pages name, and the wider ones that hold what they use beyond them."""

_UNMARKED = ("utf-8", "gb18030", "big5hkscs")
_SAMPLE = 20_000
"""Characters by which an encoding is told, from the first that is beyond ASCII on."""

_TAG = re.compile(r"<[^<>]*>|&#?\w+;")


def decode_page(data: bytes, said: str = "") -> str:
    """The characters of a page; `said` is the encoding that came with it. Raises NotText."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:200]:
        return _marked(decode(data).text)
    data = data.removeprefix(b"\xef\xbb\xbf")
    named = said.lower() or _named(data)
    tried = (text for name in (named, *_UNMARKED) if name and (text := _decoded(data, _WIDER.get(name, name))))
    readable = next((text for text in tried if _says_something(text)), None)
    return readable if readable is not None else _marked(decode(data).text)


def _named(data: bytes) -> str:
    """The encoding that a page names; a page that can be read so far is in none of two bytes."""
    found = _SAID.search(data[:_SAID_WITHIN])
    name = found[1].decode("ascii").lower() if found else ""
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _decoded(data: bytes, encoding: str) -> str | None:
    """The characters, if all bytes are some: Python knows codecs for other things too."""
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeError):
        return None


def _says_something(text: str) -> bool:
    """Whether what stands between the tags reads as text."""
    start = next((index for index, character in enumerate(text) if character > "\x7f"), 0)
    words = _TAG.sub(" ", text[start : start + _SAMPLE]).split()
    return legibility(Word(word, Box(0, 0, 0, 0)) for word in words) >= LEGIBLE


def _marked(text: str) -> str:
    """A text with U+FFFD for what is none."""
    return FOREIGN.sub("\ufffd", text)
