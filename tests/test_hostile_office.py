"""Office documents are not to be trusted either: each ends as one named failure, or as what it prints; nothing else."""

from __future__ import annotations

import io
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perftable_etl import parse
from perftable_etl.ingest.limits import Limits
from tests.drawing import office_ods
from tests.drawing.conversions import KEPT
from tests.drawing.office_word import NAMESPACES, paragraph
from tests.parsing import parse_all

WORKBOOK = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def archive(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def word(document: str, **others: str | bytes) -> bytes:
    """A Word document whose main part is given whole."""
    return archive({"word/document.xml": document, **others})


def sheet(content: str, **others: str | bytes) -> bytes:
    """A workbook with one sheet of this content."""
    relations = f'<Relationships><Relationship Id="r1" Type="{RELATION}/worksheet" Target="s.xml"/></Relationships>'
    return archive(
        {
            "xl/workbook.xml": f'<workbook {WORKBOOK} xmlns:r="{RELATION}"><sheets><sheet name="S" r:id="r1"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": relations,
            "xl/s.xml": f"<worksheet {WORKBOOK}>{content}</worksheet>",
            **others,
        }
    )


def ods(content: str) -> bytes:
    return office_ods.package(f'<table:table table:name="S">{content}</table:table>')


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>'
BODY = f"<w:document {NAMESPACES}><w:body>{{}}</w:body></w:document>"
CELL = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def with_password(data: bytes) -> bytes:
    """An archive whose entries say that they are encrypted."""
    return data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def locked_xls() -> bytes:
    """A workbook of Excel 97 that says at its beginning that the rest is encrypted."""
    data = bytearray((KEPT / "long-7.xls").read_bytes())
    begin = data.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005))
    after = begin + 20
    data[after : after + 10] = struct.pack("<HHHHH", 0x002F, 6, 1, 1, 1)
    return bytes(data)


def circular_xls() -> bytes:
    """A workbook of Excel 97 each of whose short sectors is followed by itself."""
    data = bytearray((KEPT / "long-7.xls").read_bytes())
    (sector,) = struct.unpack_from("<i", data, 60)
    struct.pack_into("<128i", data, 512 + 512 * sector, *range(128))
    return bytes(data)


def nested(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + paragraph("x") + "</w:tc></w:tr></w:tbl>" * depth


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: word(BODY.format(" " * 60_000_000)), "too_large"),
    "bomb.xlsx": (lambda: sheet("<sheetData>" + " " * 60_000_000 + "</sheetData>"), "too_large"),
    "bomb.ods": (lambda: ods(" " * 60_000_000), "too_large"),
    "laughs.docx": (lambda: word(BILLION + BODY.format("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>")), "damaged"),
    "laughs.xlsx": (
        lambda: sheet(CELL, **{"xl/workbook.xml": f"{BILLION}<workbook {WORKBOOK}>&l9;</workbook>"}),
        "damaged",
    ),
    "outside.docx": (
        lambda: word('<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + BODY.format("<w:p>&f;</w:p>")),
        "damaged",
    ),
    "many cells.xlsx": (
        lambda: sheet(
            "<sheetData>" + f"<row>{'<c><v>1</v></c>' * 16_000}</row>" * 70 + "</sheetData>",
        ),
        "too_large",
    ),
    "many repeats.ods": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell table:number-columns-repeated="16000"><text:p xmlns:text="urn:x">x</text:p>'
            "</table:table-cell></table:table-row>"
        ),
        "too_large",
    ),
    "nested.docx": (lambda: word(BODY.format(nested(10_000))), "damaged"),
    "encrypted.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "encrypted.xlsx": (lambda: with_password(sheet(CELL)), "encrypted"),
    "encrypted.xls": (locked_xls, "encrypted"),
    "encrypted.ods": (
        lambda: archive(
            {
                "mimetype": office_ods.MIMETYPE,
                "content.xml": b"\x8f\x01",
                "META-INF/manifest.xml": "<manifest><file-entry><encryption-data/></file-entry></manifest>",
            }
        ),
        "encrypted",
    ),
    "circular.xls": (circular_xls, "damaged"),
    "truncated.docx": (lambda: half("long-7.docx"), "truncated"),
    "truncated.ods": (lambda: half("long-7.ods"), "truncated"),
    "truncated.xls": (lambda: half("long-7.xls"), "damaged"),
    "truncated.xlsx": (lambda: sheet(CELL)[:-40], "truncated"),
    "no text for it.xlsx": (lambda: sheet('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>'), "damaged"),
    "no document.docx": (lambda: archive({"word/document.xml.bak": "<a/>", "word/document.xmlx": ""}), "damaged"),
    "blank.docx": (lambda: word(BODY.format("<w:p/>")), "no_text"),
}


def half(name: str) -> bytes:
    data = (KEPT / name).read_bytes()
    return data[: len(data) // 2]


@pytest.mark.parametrize("name", HOSTILE)
def test_each_ends_as_one_named_failure(name: str, tmp_path: Path) -> None:
    content, code = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content())
    (outcome,) = parse_all([path], parse, 1, Limits(60, 1024))
    assert (outcome.status, outcome.error_code) == ("failed", code), outcome.error_message
    assert outcome.error_message
    assert outcome.error_message.startswith(f"{name}: ")


def test_two_cells_at_the_ends_of_a_sheet_are_two_lines(tmp_path: Path) -> None:
    """A sheet of 1,000,000 rows and 16,000 columns costs what it holds."""
    far = '<c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c>'
    path = tmp_path / "far.xlsx"
    path.write_bytes(
        sheet(
            '<dimension ref="A1:XFD1048576"/>'
            f'<sheetData><row r="1">{CELL}</row><row r="1048576">{far}</row></sheetData>'
            '<mergeCells><mergeCell ref="B2:XFC1048575"/></mergeCells>'
        )
    )
    outcome = parse(path)
    assert (outcome.status, outcome.findings) == ("no_forms", ())


@pytest.mark.parametrize("depth", [2, 40, 80])
def test_tables_in_tables_are_read_as_deep_as_xml_may_nest(depth: int, tmp_path: Path) -> None:
    path = tmp_path / "deep.docx"
    path.write_bytes(word(BODY.format(nested(depth))))
    assert parse(path).status == "no_forms"


def test_nothing_is_fetched_and_nothing_runs(tmp_path: Path) -> None:
    """Templates, pictures, linked workbooks and queries on a server, and macros: nobody asks for them."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        outside = "".join(
            f'<Relationship Id="x{n}" Type="{RELATION}/{kind}" Target="{address}{kind}" TargetMode="External"/>'
            for n, kind in enumerate(("attachedTemplate", "image", "styles", "numbering", "aFChunk"))
        )
        beside: dict[str, str | bytes] = {
            "word/_rels/document.xml.rels": f"<Relationships>{outside}</Relationships>",
            "word/vbaProject.bin": b"Sub AutoOpen()",
        }
        field = f'<w:p><w:fldSimple w:instr="INCLUDETEXT {address}"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
        linked: dict[str, str | bytes] = {
            "xl/externalLinks/_rels/externalLink1.xml.rels": f"<Relationships>{outside}</Relationships>",
            "xl/vbaProject.bin": b"Sub Workbook_Open()",
        }
        called = f'<sheetData><row><c t="str"><f>WEBSERVICE("{address}")</f><v>x</v></c></row></sheetData>'
        for name, data in (("a.docx", word(BODY.format(field), **beside)), ("a.xlsx", sheet(called, **linked))):
            (tmp_path / name).write_bytes(data)
            outcome = parse(tmp_path / name)
            assert (outcome.status, outcome.findings) == ("no_forms", ())
        with pytest.raises(TimeoutError):
            server.accept()
