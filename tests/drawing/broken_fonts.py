"""Breaks the text layer of a drawn PDF and leaves its looks: bytes in, bytes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pymupdf

Map = Callable[[str], str]
"""What a broken font says of a character."""

MAPS: Mapping[str, Map] = {
    "unknown": lambda character: "\ufffd",
    "private": lambda character: chr(0xE000 + ord(character) % 0x1900),
    "next_page_of_unicode": lambda character: chr(ord(character) + 29) if han(character) else character,
    "any_ideograph": lambda character: chr(0x4E00 + ord(character) * 7919 % 0x5100) if han(character) else character,
    "glyph_numbers": lambda character: chr(0x20 + ord(character) * 7919 % 28000),
    "bytes_of_utf8": lambda character: character.encode().decode("latin-1"),
    "bytes_of_gbk": lambda character: character.encode("gb18030").decode("latin-1"),
}


def han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def digits(character: str) -> bool:
    return character.isdigit()


def only(broken: Map, which: Callable[[str], bool]) -> Map:
    """Breaks these characters, as where they are set in a font of their own."""
    return lambda character: broken(character) if which(character) else character


def remapped(data: bytes, broken: Map) -> bytes:
    """A PDF drawn in UTF-16 codes, its fonts' maps to Unicode saying what `broken` makes of each character."""
    with pymupdf.open("pdf", data) as document:
        characters = sorted({character for page in document for character in page.get_text() if character > " "})
        cmap = document.get_new_xref()
        document.update_object(cmap, "<<>>")
        document.update_stream(cmap, _cmap({character: broken(character) for character in characters}).encode())
        for font in _fonts(document, "/Type0"):
            document.xref_set_key(font, "ToUnicode", f"{cmap} 0 R")
        edited: bytes = document.tobytes(no_new_id=True)
        return edited


def unmapped(data: bytes) -> bytes:
    """A PDF whose fonts have lost their maps to Unicode."""
    with pymupdf.open("pdf", data) as document:
        for font in (*_fonts(document, "/Type0"), *_fonts(document, "/Type1"), *_fonts(document, "/Type3")):
            document.xref_set_key(font, "ToUnicode", "null")
        edited: bytes = document.tobytes(no_new_id=True, garbage=1)
        return edited


def unloadable(data: bytes) -> bytes:
    """A PDF whose fonts are programs that nothing can load, as where a file lost some of its bytes."""
    with pymupdf.open("pdf", data) as document:
        for font in _fonts(document, "/Type0"):
            program = document.get_new_xref()
            document.update_object(program, "<<>>")
            document.update_stream(program, b"no font" * 40)
            (inner,) = document.xref_get_key(font, "DescendantFonts")[1].strip("[] ").split()[:1]
            descriptor = document.xref_get_key(int(inner), "FontDescriptor")[1].split()[0]
            document.xref_set_key(int(descriptor), "FontFile2", f"{program} 0 R")
        edited: bytes = document.tobytes(no_new_id=True)
        return edited


def _fonts(document: pymupdf.Document, subtype: str) -> list[int]:
    return [xref for xref in range(1, document.xref_length()) if document.xref_get_key(xref, "Subtype")[1] == subtype]


def _cmap(said: Mapping[str, str]) -> str:
    entries = [f"<{_code(character)}> <{_code(text)}>" for character, text in said.items()]
    blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    sections = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Broken def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{sections}\nendcmap\nend\nend\n"
    )


def _code(text: str) -> str:
    return text.encode("utf-16-be").hex()
