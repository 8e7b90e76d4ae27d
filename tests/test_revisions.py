"""Published twice, or in two forms: drawn, ingested with the real parser, and asked for as a reader would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from perftable_etl import connect, parse
from perftable_etl.cli import app
from tests.drawing.flatten import printed_lines, tabbed
from tests.drawing.forms import DrawnDisclosure, Printed
from tests.drawing.mupdf import draw
from tests.publications import publication


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disclosures"
    folder.mkdir()
    return folder


def ingest(folder: Path) -> str:
    """What the command says."""
    result = CliRunner().invoke(app, ["ingest", str(folder), "--db", str(db(folder))], obj=parse)
    assert result.exit_code == 0, result.output
    return result.output


def db(folder: Path) -> Path:
    return folder.with_name("work.duckdb")


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with connect(db(folder)) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("later", ["the same night", "another night"])
def test_a_publication_that_changed_takes_the_place_of_the_first(folder: Path, later: str) -> None:
    (folder / "v1.pdf").write_bytes(draw(publication(funds=120_000)))
    if later == "another night":
        ingest(folder)
    (folder / "v2.pdf").write_bytes(draw(publication(funds=150_000, target="≥99.00(次)")))
    ingest(folder)
    assert query(
        folder,
        "SELECT earlier.file_name, later.file_name FROM documents AS earlier"
        " JOIN documents AS later ON later.document_id = earlier.superseded_by",
    ) == [("v1.pdf", "v2.pdf")]
    changed = query(folder, "SELECT project, field, old_value, new_value FROM revisions ORDER BY field")
    assert [row[:2] for row in changed] == [
        ("网络宣传", "annual_fiscal_appropriation"),
        ("网络宣传", "annual_funds"),
        ("网络宣传", "target"),
    ]
    assert changed[1][2:] == ("120000.00", "150000.00")
    assert changed[2][3] == "≥99.00(次)"
    assert query(folder, "SELECT count(*), sum(annual_funds) FROM current_projects") == [(1, 150_000)]
    assert query(folder, "SELECT count(*) FROM current_indicators") == [(2,)]
    assert query(folder, "SELECT count(*) FROM projects") == [(2,)]


def test_one_project_of_six_published_again_hides_that_one_alone(folder: Path) -> None:
    six = [publication(f"项目{number}", funds=number * 1000) for number in range(1, 7)]
    whole = replace(six[0], projects=tuple(project for one in six for project in one.projects))
    (folder / "all.pdf").write_bytes(draw(whole))
    (folder / "correction.pdf").write_bytes(draw(publication("项目3", funds=3500)))
    ingest(folder)
    assert query(folder, "SELECT count(*), sum(annual_funds) FROM current_projects") == [(6, 21_500)]
    assert query(
        folder, "SELECT count(*) FROM findings WHERE code = 'not_published_again' AND severity = 'warning'"
    ) == [(1,)]


def test_two_departments_of_one_district_do_not_hide_each_other(folder: Path) -> None:
    """Their titles begin with the same district, and projects such as this one are everywhere."""
    for office in ("水务局", "民政局"):
        (folder / f"{office}.pdf").write_bytes(draw(_of_district(office)))
    ingest(folder)
    assert query(folder, "SELECT DISTINCT organization FROM documents ORDER BY 1") == [
        ("青岚区民政局",), ("青岚区水务局",),
    ]  # fmt: skip
    assert query(folder, "SELECT count(*) FROM current_projects") == [(2,)]


def _of_district(office: str) -> DrawnDisclosure:
    disclosure = publication("信息化运维", funds=9_000)
    (project,) = disclosure.projects
    # One body does it for all of them.
    department, centre = Printed.plain(f"青岚区{office}"), Printed.plain("青岚区大数据中心")
    project = replace(project, competent_department=department, implementing_unit=centre)
    return replace(disclosure, title="青岚区2024年度项目绩效目标汇总表", organization="青岚区", projects=(project,))


@pytest.mark.parametrize("flatten", [tabbed, printed_lines])
def test_a_later_text_with_other_money_hides_nothing_and_both_are_under_review(folder: Path, flatten: Any) -> None:
    (folder / "disclosure.pdf").write_bytes(draw(publication(funds=120_000)))
    ingest(folder)
    (folder / "correction.txt").write_text(flatten(publication(funds=150_000)), encoding="utf-8")
    ingest(folder)
    assert query(folder, "SELECT sum(annual_funds) FROM current_projects") == [(270_000,)]
    assert query(folder, "SELECT file_name, status FROM documents JOIN findings USING (document_id)"
                         " WHERE code = 'copies_differ' ORDER BY ALL") == [
        ("correction.txt", "review"), ("disclosure.pdf", "review"),
    ]  # fmt: skip


def test_what_is_hidden_is_counted_on_screen(folder: Path) -> None:
    (folder / "v1.pdf").write_bytes(draw(publication(funds=120_000)))
    assert "Not current" not in ingest(folder)
    (folder / "v2.pdf").write_bytes(draw(publication(funds=150_000)))
    (folder / "v2.txt").write_text(tabbed(publication(funds=150_000)), encoding="utf-8")
    said = ingest(folder)
    assert "Not current: 1 project replaced by later publications, 1 copy of another." in said
    assert "By this run: 2 projects hidden." in said
    assert "By this run" not in ingest(folder)


@pytest.mark.parametrize("flatten", [tabbed, printed_lines])
@pytest.mark.parametrize("first", ["disclosure.pdf", "disclosure.txt"])
def test_a_pdf_and_its_text_are_one_declaration(folder: Path, flatten: Any, first: str) -> None:
    files = {
        "disclosure.pdf": draw(publication()),
        "disclosure.txt": flatten(publication()).encode(),
    }
    (folder / first).write_bytes(files.pop(first))
    ingest(folder)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    ingest(folder)
    assert query(folder, "SELECT count(*) FROM projects") == [(2,)]
    assert query(folder, "SELECT count(*) FROM documents WHERE superseded_by IS NOT NULL") == [(0,)]
    assert query(folder, "SELECT file_name FROM current_projects JOIN documents USING (document_id)") == [
        ("disclosure.pdf",)
    ]
    assert query(folder, "SELECT count(*) FROM current_indicators") == [(2,)]


def test_the_text_of_a_publication_that_was_superseded_is_not_counted_beside_the_later_one(folder: Path) -> None:
    (folder / "v1.pdf").write_bytes(draw(publication(funds=120_000)))
    (folder / "v1.txt").write_text(tabbed(publication(funds=120_000)), encoding="utf-8")
    (folder / "v2.pdf").write_bytes(draw(publication(funds=150_000)))
    ingest(folder)
    assert query(folder, "SELECT file_name FROM current_projects JOIN documents USING (document_id)") == [("v2.pdf",)]
