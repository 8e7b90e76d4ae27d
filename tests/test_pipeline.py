"""From bytes to outcome: bad files fail with a code and a way out, and doubtful readings are read again."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pymupdf
import pytest
import regex

from perftable_etl import parse
from perftable_etl.document import Box, Page, Word
from perftable_etl.errors import Terminated
from perftable_etl.extract import mupdf, plumber, recognition
from perftable_etl.formats import SUFFIXES
from perftable_etl.records import Outcome
from tests.comparison import differences, records
from tests.drawing.forms import expected
from tests.drawing.mupdf import Pen, draw
from tests.drawing.redraw import SAMPLES
from tests.drawing.sources import source

DISCLOSURE = source("cac-2024")
PDF = draw(DISCLOSURE, Pen(form_per_page=True))


@pytest.fixture
def parse_bytes(tmp_path: Path) -> Callable[..., Outcome]:
    def parse_file(data: bytes, name: str = "file.pdf") -> Outcome:
        path = tmp_path / name
        path.write_bytes(data)
        return parse(path)

    return parse_file


Parse = Callable[..., Outcome]
Change = Callable[[Page], Page]


def pdf_of(*texts: str) -> bytes:
    """A page for each text."""
    with pymupdf.open() as document:
        for text in texts:
            document.new_page().insert_text((72, 72), text, fontname="china-s")
        data: bytes = document.tobytes()
        return data


def locked(data: bytes) -> bytes:
    with pymupdf.open("pdf", data) as document:
        encrypted: bytes = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="secret", owner_pw="owner")
        return encrypted


LOCKED = locked(PDF)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOISE = random.Random(1).randbytes(4096)
NO_PAGES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R/Size 3>>\n%%EOF\n"
)
BAD = {
    "no bytes.pdf": (b"", "empty", "fetch"),
    "no bytes.txt": (b"", "empty", "fetch"),
    "locked.pdf": (LOCKED, "encrypted", "save a copy"),
    "noise.pdf": (NOISE, "not_pdf", "fetch"),
    "letter.pdf": ("没有表格的一封信。".encode(), "not_pdf", "correct its name"),
    "page.pdf": (b"<html><body>404</body></html>", "not_pdf", "fetch"),
    "noise.txt": (NOISE, "not_text", "UTF-8"),
    "no pages.pdf": (NO_PAGES, "damaged", "fetch"),
    "only its head.pdf": (b"%PDF-1.7\n", "truncated", "fetch"),
    "blank.pdf": (pdf_of(""), "no_text", "OCR"),
    "letter.docx": (b"PK\x03\x04", "truncated", "fetch"),
    "letter.doc": (OLE + "WordDocument".encode("utf-16-le"), "unsupported", "save it as .docx"),
    "secret.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "save it without one"),
    "files.zip": (b"PK\x03\x04", "unsupported", "unpack it"),
    "no suffix": (b"text", "unsupported", "give one of .pdf, .txt"),
    "blank.html": (b"<html><body></body></html>", "no_text", "right file"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_fails_with_a_code_and_a_way_out(name: str, parse_bytes: Parse) -> None:
    data, code, advice = BAD[name]
    outcome = parse_bytes(data, name)
    assert (outcome.status, outcome.error_code) == ("failed", code)
    message = outcome.error_message or ""
    assert message.startswith(f"{name}: ")
    assert advice in message
    assert "\n" not in message
    assert (outcome.declarations, outcome.coverage) == ((), None)
    assert (outcome.file_name, outcome.byte_size) == (name, len(data))


@pytest.mark.parametrize("name", ["pdf.txt", "pdf.doc", "pdf"])
def test_a_pdf_is_one_whatever_its_name(name: str, parse_bytes: Parse) -> None:
    outcome = parse_bytes(PDF, name)
    assert (outcome.media_type, len(outcome.declarations)) == ("application/pdf", 5)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
@pytest.mark.parametrize("sample", ["cac-2024.writer.pdf", "cac-2025.chromium.pdf", "district-2026.chromium.pdf"])
def test_a_file_cut_short_says_that_its_end_is_missing(sample: str, share: float, parse_bytes: Parse) -> None:
    data = (SAMPLES / sample).read_bytes()
    outcome = parse_bytes(data[: int(len(data) * share)])
    assert (outcome.status, outcome.error_code) == ("failed", "truncated")
    assert "fetch the file again" in (outcome.error_message or "")


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 20))])
def test_a_file_with_wrong_bytes_never_raises(seed: int, parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes of it, what is lost is said. Where fonts break, text recognition would take seconds a page."""
    monkeypatch.setattr(recognition, "_reader", lambda: None)
    check_with_wrong_bytes(seed, parse_bytes)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_a_file_with_wrong_bytes_never_raises_where_it_is_recognised(seed: int, parse_bytes: Parse) -> None:
    check_with_wrong_bytes(seed, parse_bytes)


def check_with_wrong_bytes(seed: int, parse_bytes: Parse) -> None:
    chance = random.Random(seed)
    data = bytearray((SAMPLES / "cac-2024.writer.pdf").read_bytes())
    for _ in range(40):
        data[chance.randrange(len(data))] = chance.randrange(256)
    outcome = parse_bytes(bytes(data))
    assert outcome.status in ("ok", "review", "no_forms", "failed")
    assert (outcome.error_code is not None) == (outcome.status == "failed")


def test_a_missing_file_and_a_folder_fail_like_others(tmp_path: Path) -> None:
    folder = tmp_path / "folder.pdf"
    folder.mkdir()
    for path in (tmp_path / "missing.pdf", folder):
        outcome = parse(path)
        assert (outcome.status, outcome.error_code, outcome.byte_size) == ("failed", "unreadable", 0)
        assert "check its path and permissions" in (outcome.error_message or "")


def test_files_without_bytes_are_told_apart_by_their_place(tmp_path: Path) -> None:
    assert parse(tmp_path / "a.pdf").document_id != parse(tmp_path / "b.pdf").document_id


def test_a_pdf_without_forms_has_none(parse_bytes: Parse) -> None:
    outcome = parse_bytes(pdf_of("关于2025年部门预算的说明", "项目名称和绩效目标另行公开。"))
    assert (outcome.status, outcome.error_code, outcome.coverage, outcome.page_count) == ("no_forms", None, None, 2)
    assert (outcome.declarations, outcome.findings) == ((), ())


def test_a_text_without_forms_has_none(parse_bytes: Parse) -> None:
    outcome = parse_bytes("项目名称和绩效目标另行公开。\f第二页".encode(), "letter.txt")
    assert (outcome.status, outcome.page_count, outcome.media_type) == ("no_forms", 2, "text/plain")


@pytest.mark.parametrize("name", ["A.PDF", "项目 目标.pdf", "a.b.pdf"])
def test_any_name_will_do(name: str, parse_bytes: Parse) -> None:
    outcome = parse_bytes(PDF, name)
    assert (outcome.status, outcome.file_name, len(outcome.declarations)) == ("ok", name, 5)
    assert outcome.source_uri.startswith("file:///")


def test_suffixes_that_are_read() -> None:
    assert SUFFIXES == (".pdf", ".txt", ".html", ".htm", ".mhtml", ".mht", ".docx", ".xlsx", ".xls", ".ods")


def test_a_document_is_named_by_its_bytes(parse_bytes: Parse) -> None:
    outcomes = [parse_bytes(PDF, "a.pdf"), parse_bytes(PDF, "b.pdf"), parse_bytes(LOCKED, "c.pdf")]
    assert [outcome.document_id for outcome in outcomes[:2]] == [sha256(PDF).hexdigest()] * 2
    assert outcomes[2].error_code == "encrypted"
    assert outcomes[2].document_id == sha256(LOCKED).hexdigest()


def test_the_same_bytes_give_the_same_outcome(parse_bytes: Parse) -> None:
    first, second = (parse_bytes(PDF).model_copy(update={"seconds": 0.0}) for _ in range(2))
    assert first == second


def test_turned_pages_are_read(parse_bytes: Parse) -> None:
    """A landscape table on a portrait page with /Rotate 90, as printer drivers write them."""
    outcome = parse_bytes(turned(draw(DISCLOSURE, Pen(landscape=True))))
    assert not differences(records(outcome), expected(DISCLOSURE))


def turned(data: bytes) -> bytes:
    """The same pages to look at, drawn sideways and turned by 90 degrees."""
    with pymupdf.open("pdf", data) as drawn, pymupdf.open() as document:
        for page in drawn:
            sideways = document.new_page(width=page.rect.height, height=page.rect.width)
            sideways.show_pdf_page(sideways.rect, drawn, page.number, rotate=90)
            sideways.set_rotation(90)
        result: bytes = document.tobytes()
        return result


def test_a_form_no_layout_reads_names_the_candidates(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A county's form: words that nobody knows where the others have 一级指标, 二级指标, 三级指标."""
    misread(monkeypatch, renamed(r"[一二三]级指标", "衡量事项"))
    outcome = parse_bytes(PDF)
    assert (outcome.status, outcome.declarations, outcome.coverage) == ("review", (), 0.0)
    assert codes(outcome) == ["layout_unclaimed"] * 5
    for finding in outcome.findings:
        assert finding.severity == "error"
        assert all(name in finding.message for name in ("shanghai-municipal-2024", "shanghai-district-2026"))
        assert finding.place is not None


def test_a_form_no_layout_claims_is_read_by_its_words(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A county's form: another known word where the others have 三级指标."""
    misread(monkeypatch, renamed("三级指标", "指标名称"))
    outcome = parse_bytes(PDF)
    assert not differences(records(outcome), expected(DISCLOSURE))
    assert [finding.severity for finding in outcome.findings if finding.code == "layout_generic"] == ["info"] * 5
    assert {declaration.layout for declaration in outcome.declarations} == {"generic"}


def renamed(old: str, new: str) -> Change:
    """Each word that is `old`, a regular expression, in other words."""
    words = regex.compile(old)
    return lambda page: replace(
        page, words=tuple(word._replace(text=new) if words.fullmatch(word.text) else word for word in page.words)
    )


# The second reader: asked where the first one's form fails its checks.


def misread(monkeypatch: pytest.MonkeyPatch, change: Change, reader: object = mupdf) -> None:
    """Makes a reader give changed pages."""
    read: Callable[..., Iterator[Page]] = reader.read_pages  # type: ignore[attr-defined]
    monkeypatch.setattr(reader, "read_pages", lambda *arguments: map(change, read(*arguments)))


def without_word(text: str, page_number: int = 2) -> Change:
    def lose(page: Page) -> Page:
        kept = tuple(word for word in page.words if word.text != text)
        assert page.number != page_number or len(kept) < len(page.words)
        return replace(page, words=kept) if page.number == page_number else page

    return lose


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


FUNDS = DISCLOSURE.projects[1].annual_funds.text


def without_last(page: Page, text: str) -> Page:
    """The page without the last of the words that read so."""
    words = list(page.words)
    if page.number == 2:
        words.remove([word for word in words if word.text == text][-1])
    return replace(page, words=tuple(words))


def mistake(page: Page) -> Page:
    """The page with a wrong digit in the first amount on it that is the second project's annual funds."""
    words = list(page.words)
    index = next((index for index, word in enumerate(words) if word.text == FUNDS), None)
    if index is not None:
        words[index] = words[index]._replace(text="9" + FUNDS[1:])
    return replace(page, words=tuple(words))


def test_a_sound_reading_is_not_doubted(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[Page]:
        raise AssertionError("the second reader was asked")

    monkeypatch.setattr(plumber, "read_pages", fail)
    assert not differences(records(parse_bytes(PDF)), expected(DISCLOSURE))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(without_word("项目性质"), id="label lost"),
        pytest.param(lambda page: without_last(page, FUNDS), id="part of a sum lost"),
        pytest.param(without_word(FUNDS), id="all funds lost"),
        pytest.param(without_word(DISCLOSURE.projects[1].indicators[0].target.text), id="target lost"),
        pytest.param(without_word("项目名称"), id="first label lost"),
        pytest.param(
            lambda page: replace(page, words=(*page.words, Word("多余", Box(60, 300, 78, 309)))), id="word too many"
        ),
    ],
)
def test_a_better_second_reading_wins(change: Change, parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    misread(monkeypatch, change)
    outcome = parse_bytes(PDF)
    assert "second_reading" in codes(outcome)
    assert not differences(records(outcome), expected(DISCLOSURE))


def test_a_page_whose_rules_are_lost_needs_no_second_reading(
    parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its text stands tells enough."""
    misread(monkeypatch, lambda page: replace(page, rules=()) if page.number == 2 else page)
    outcome = parse_bytes(PDF)
    assert "cells_by_alignment" in codes(outcome)
    assert "second_reading" not in codes(outcome)
    assert not differences(records(outcome), expected(DISCLOSURE))


def test_a_wrong_sum_is_read_again(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first reader mistakes a digit of the amount; both readings are whole, and the one whose sum is right wins."""
    misread(monkeypatch, mistake)
    outcome = parse_bytes(PDF)
    assert not differences(records(outcome), expected(DISCLOSURE))
    finding = next(finding for finding in outcome.findings if finding.code == "second_reading")
    assert finding.severity == "info"
    assert finding.place is not None
    assert finding.place.page == 2
    assert "page 2" in finding.message
    assert "sum_differs" not in codes(outcome)
    assert [declaration.readings_agree for declaration in outcome.declarations] == [None, False, None, None, None]
    (difference,) = (finding for finding in outcome.findings if finding.code == "readings_differ")
    assert difference.raw == FUNDS
    assert difference.message.startswith("annual_funds: pdfplumber reads ")


def test_where_both_readings_are_as_bad_the_first_is_kept(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    misread(monkeypatch, mistake)
    misread(monkeypatch, mistake, plumber)
    outcome = parse_bytes(PDF)
    assert "second_reading" not in codes(outcome)
    (finding,) = (finding for finding in outcome.findings if finding.code == "sum_differs")
    assert finding.message.endswith("(MuPDF and pdfplumber agree, so the form prints it so)")
    assert outcome.status == "review"
    assert [declaration.readings_agree for declaration in outcome.declarations] == [None, True, None, None, None]
    assert {row.readings_agree for row in outcome.declarations[1].indicators} == {True}


def test_a_second_reader_that_cannot_read_changes_nothing(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    misread(monkeypatch, lambda page: replace(page, words=(*page.words, Word("多余", Box(60, 300, 78, 309)))))
    monkeypatch.setattr(plumber, "read_pages", lambda *_: iter(()))
    outcome = parse_bytes(PDF)
    assert len(outcome.declarations) == 5
    assert {declaration.readings_agree for declaration in outcome.declarations} == {None}
    assert "second_reading" not in codes(outcome)


@pytest.mark.keeps_faults
def test_a_fault_of_ours_is_an_outcome_that_asks_to_report_it(
    parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> NoReturn:
        raise LookupError("a mistake\nof ours")

    monkeypatch.setattr(mupdf, "read_pages", stumble)
    outcome = parse_bytes(PDF)
    assert (outcome.status, outcome.error_code) == ("failed", "crash")
    where = r"in test_pipeline\.py line \d+"
    pattern = (
        rf"file\.pdf: the program failed on it \(LookupError: a mistake of ours, {where}\); report this with the file.*"
    )
    assert re.fullmatch(pattern, str(outcome.error_message))


@pytest.mark.keeps_faults
def test_a_signal_ends_the_program_and_not_the_file(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    def be_ended(*_: object) -> NoReturn:
        raise Terminated("it was ended")

    monkeypatch.setattr(mupdf, "read_pages", be_ended)
    with pytest.raises(Terminated):
        parse_bytes(PDF)


def test_other_tests_see_faults_of_ours(parse_bytes: Parse, monkeypatch: pytest.MonkeyPatch) -> None:
    def mistake(*_: object) -> None:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(mupdf, "read_pages", mistake)
    with pytest.raises(KeyError):
        parse_bytes(PDF)


def test_a_title_page_without_a_title_heads_no_form(parse_bytes: Parse) -> None:
    """Headings before the first form of a page go to the forms below; a year alone is no form's."""
    outcome = parse_bytes("2024年度部门预算\n目录\n项目名称 甲\n".encode(), "a.txt")
    assert outcome.status == "no_forms"


def test_attached_files_are_named_with_what_to_do(tmp_path: Path) -> None:
    """A portfolio's own page says nothing; a form may be in what it carries."""
    path = tmp_path / "portfolio.pdf"
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((60, 105), "Open this portfolio in another program")
        for number in range(6):
            document.embfile_add(f"form-{number}\x07.pdf", b"%PDF-", filename=f"form-{number}\x07.pdf")
        page.add_file_annot((60, 120), b"%PDF-", "more.pdf")
        document.save(path)
    outcome = parse(path)
    (finding,) = outcome.findings
    assert (finding.code, finding.severity, outcome.status) == ("attachments_not_read", "warning", "review")
    assert finding.place and finding.place.page == 1
    assert "7 file(s)" in finding.message
    assert "form-0\ufffd.pdf" in finding.message
    assert "and 2 more; save them" in finding.message
