"""PDFs are not to be trusted: what they hold runs nothing, reaches for nothing, and costs no file but itself."""

from __future__ import annotations

import json
import os
import sys
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pymupdf
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.ingest.limits import Limits
from perftable_etl.pipeline import parse
from tests.drawing.redraw import SAMPLES
from tests.ingest.misbehaving import parse_really_or_misbehave
from tests.parsing import parse_all
from tests.test_pipeline import LOCKED, PDF

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="file systems elsewhere take no such name")
WEB = {
    "deep.html": (b"<table><tr><td>" * 10_000 + b"</table>" * 10_000, "too_large"),
    "wide.html": (b"<table>" + b"<tr><td colspan=1000>1<td rowspan=65534>1" * 20_000 + b"</table>", "too_large"),
    "cut.html": (b"<html><table><tr><td>1<td>2", "truncated"),
    "bomb.mhtml": (
        b"MIME-Version: 1.0\r\n" + b"Content-Type: multipart/related; boundary=a\r\n\r\n--a\r\n" * 500,
        "damaged",
    ),
    "entities.html": (b'<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><table><tr><td>&c;<td>1</table>', None),
    "links.html": (
        b'<base href="http://localhost:1/"><img src=a><link href=b rel=stylesheet><table><tr><td>1<td>2</table>',
        None,
    ),
}
GB18030 = os.fsdecode("表.pdf".encode("gb18030"))
GOOD = ("cac-2024.writer.pdf", "cac-2025.txt", "district-2026.chromium.pdf")


def pdf_of(content: bytes, **entries: str) -> bytes:
    """A PDF of one page with this content, compressed; `entries` go into its catalogue, or into its page or stream."""
    stream = zlib.compress(content, 9)
    objects = [
        f"<</Type/Catalog/Pages 2 0 R {entries.get('catalogue', '')}>>".encode(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
        + f"{entries.get('page', '')}>>".encode(),
        f"<</Length {len(stream)}/Filter/FlateDecode{entries.get('stream', '')}>>stream\n".encode()
        + stream
        + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    return written(objects)


def written(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    )


def pages(count: int) -> bytes:
    kids = " ".join(f"{number} 0 R" for number in range(3, 3 + count))
    tree = f"<</Type/Pages/Kids[{kids}]/Count {count}>>".encode()
    return written([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[b"<</Type/Page/Parent 2 0 R>>"] * count])


WORD = b"BT /F1 9 Tf 72 700 Td (word) Tj ET\n"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "segfault.pdf": (lambda: b"segfault\n", "crash"),
    "memory.pdf": (lambda: b"eat_memory\n", "memory"),
    "bomb.pdf": (lambda: pdf_of(WORD * 2_000_000), "memory"),
    "encrypted.pdf": (lambda: LOCKED, "encrypted"),
    "nothing but its head.pdf": (lambda: b"%PDF-1.7\n", "truncated"),
    "truncated.pdf": (lambda: PDF[: len(PDF) // 2], "truncated"),
    "0-byte.pdf": (lambda: b"", "empty"),
    "10000-pages.pdf": (lambda: pages(10_000), "too_large"),
    "mislabelled.pdf": (lambda: b"<html><body>404</body></html>", "not_pdf"),
    "mislabelled.docx": (lambda: b"a letter", "unsupported"),
}


def ingest(folder: Path, *options: str) -> Result:
    arguments = ["ingest", str(folder / "files"), "--db", str(folder / "db.duckdb"), *options]
    return CliRunner().invoke(app, arguments, obj=parse_really_or_misbehave)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    return tmp_path


def test_all_good_files_load_and_each_bad_one_is_named(folder: Path) -> None:
    for name in GOOD:
        (folder / "files" / name).write_bytes((SAMPLES / name).read_bytes())
    for name, (content, _) in HOSTILE.items():
        (folder / "files" / name).write_bytes(content())
    result = ingest(folder, "--workers", "2", "--timeout", "120", "--memory", "384")
    assert result.exit_code == 1, result.output
    with duckdb.connect(folder / "db.duckdb", read_only=True) as connection:
        codes = dict(connection.execute("SELECT file_name, error_code FROM documents").fetchall())
        good = connection.execute("SELECT count(*) FROM projects WHERE document_id IS NOT NULL").fetchone()
    assert codes == {name: code for name, (_, code) in HOSTILE.items()} | dict.fromkeys(GOOD)
    assert good == (sum(len(parse(SAMPLES / name).declarations) for name in GOOD),)
    for name in HOSTILE:
        assert f"failed: {name}: " in result.stderr


def test_a_file_that_never_ends_is_named_beside_a_good_one(folder: Path) -> None:
    """By itself, so that the time it is given need not be enough for all the others."""
    (folder / "files" / "good.txt").write_bytes((SAMPLES / "cac-2024.txt").read_bytes())
    (folder / "files" / "hang.pdf").write_bytes(b"hang_in_c\n")
    result = ingest(folder, "--workers", "2", "--timeout", "10")
    assert result.exit_code == 1, result.output
    assert "failed: hang.pdf: " in result.stderr
    with duckdb.connect(folder / "db.duckdb", read_only=True) as connection:
        codes = dict(connection.execute("SELECT file_name, error_code FROM documents").fetchall())
    assert codes == {"good.txt": None, "hang.pdf": "timeout"}


def test_nothing_runs_and_no_address_is_followed(tmp_path: Path) -> None:
    """Scripts, programs and addresses that a page calls when it is opened: it shows what is printed on it."""
    mark = tmp_path / "mark"
    path = tmp_path / "active.pdf"
    path.write_bytes(
        pdf_of(
            WORD,
            catalogue=f"/OpenAction<</S/JavaScript/JS(this.saveAs\\('{mark}'\\))>>",
            page=f"/AA<</O<</S/Launch/F(touch {mark})>>/C<</S/URI/URI(http://127.0.0.1:9)>>>>",
        )
    )
    outcome = parse(path)
    assert (outcome.status, outcome.page_count, outcome.findings) == ("no_forms", 1, ())
    assert not mark.exists()
    with pymupdf.open(path) as document:
        pdf = pymupdf.mupdf.pdf_document_from_fz_document(document.this)
        assert not pymupdf.mupdf.pdf_js_supported(pdf)


def test_no_other_file_is_read(tmp_path: Path) -> None:
    """A page whose content is said to be in a file beside it has none."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes(WORD)
    path = tmp_path / "curious.pdf"
    path.write_bytes(pdf_of(WORD, stream=f"/F<</Type/Filespec/F({secret})>>/FFilter[]"))
    assert parse(path).error_code == "no_text"


@pytest.mark.parametrize(
    "name",
    [
        "[bold red]markup[bold].pdf",
        "\x1b[2Jcleared\x07.pdf",
        "two\nlines.pdf",
        "\u202efdp.txt.pdf",
        "'; DROP TABLE documents; --.pdf",
        "--db.pdf",
        pytest.param(GB18030, id="GB18030", marks=LINUX),
    ],
)
def test_a_name_commands_neither_terminal_nor_database(name: str, folder: Path) -> None:
    (folder / "files" / name).write_bytes(b"")
    result = ingest(folder)
    assert result.exit_code == 1
    lines = (result.stdout + result.stderr).splitlines()
    assert len(lines) == 5
    assert all(line.isprintable() for line in lines)
    stored = os.fsencode(name).decode(errors="backslashreplace")
    with duckdb.connect(folder / "db.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT file_name FROM documents").fetchall() == [(stored,)]
    content = json.loads(ingest(folder, "--json").stdout)
    assert isinstance(content, dict)


@LINUX
def test_a_name_that_is_no_unicode_is_read_like_others(tmp_path: Path) -> None:
    path = tmp_path / GB18030
    path.write_bytes(PDF)
    (outcome,) = parse_all([path], parse, 1, Limits(60, 512))
    assert (outcome.status, outcome.file_name) == ("ok", r"\xb1\xed.pdf")


def test_hostile_web_pages_fail_alone_and_in_time(tmp_path: Path) -> None:
    """Nothing that a page names is fetched: entities are text, and a worker has no network anyway."""
    paths = [tmp_path / name for name in WEB]
    for path in paths:
        path.write_bytes(WEB[path.name][0])
    outcomes = list(parse_all([*paths, SAMPLES / "cac-2024.page.html"], parse, 1, Limits(20.0, 1024, 10**8)))
    assert {one.file_name: one.error_code for one in outcomes[:-1]} == {name: code for name, (_, code) in WEB.items()}
    assert outcomes[-1].status == "ok"
