from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from perftable_etl.cli import app
from perftable_etl.load.lock import one_job
from perftable_etl.schema.names import SchemaFile
from perftable_etl.version import VERSION
from tests.drawing.redraw import SAMPLES
from tests.outcomes import fake_parse


def invoke(*arguments: str | Path) -> Result:
    """Runs a command with the parser that stands in."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], obj=fake_parse)


def run_script(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs the console script with the real parser, in a process of its own and with pipes for a terminal."""
    command = [sys.executable, "-c", "from perftable_etl.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "disclosures"
    folder.mkdir()
    (folder / "财政项目支出绩效目标申报表.pdf").write_text("one", encoding="utf-8")
    (folder / "b.pdf").write_text("two", encoding="utf-8")
    (folder / "readme.md").write_text("other", encoding="utf-8")
    return folder


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "test.duckdb"


def next_step(db: Path) -> str:
    return f"Next: perftable-etl review --db {db}"


def test_ingest_loads_a_folder_and_sums_it_up(folder: Path, db: Path) -> None:
    result = invoke("ingest", folder, "--db", db)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("File")
    assert " ".join(lines[3].split()) == "财政项目支出绩效目标申报表.pdf review 1 2 1 1 1 100.0 % 0.25"
    assert lines[-2:] == ["2 documents: 2 new. Left out: 1 of other kinds (1 .md).", next_step(db)]
    with duckdb.connect(db) as connection:
        assert connection.execute("SELECT count(*) FROM indicators").fetchone() == (4,)


def test_ingest_ends_with_what_needs_a_person(folder: Path, db: Path) -> None:
    """By code, the gravest first; infos need nobody."""
    for name in ("c.pdf", "d.pdf"):
        (folder / name).write_text(name, encoding="utf-8")
    lines = [" ".join(line.split()) for line in invoke("ingest", folder, "--db", db).stdout.splitlines()]
    start = lines.index("Needs a person")
    assert lines[start + 1] == "Code Severity Findings Files In"
    assert lines[start + 3 : start + 5] == [
        "no_indicators error 4 4 b.pdf, c.pdf, d.pdf and 1 more",
        "unit_contradicts_name warning 4 4 b.pdf, c.pdf, d.pdf and 1 more",
    ]
    assert lines[start + 5 :] == [
        "",
        "Not current: 3 copies of others.",
        "By this run: 3 projects hidden.",
        "4 documents: 4 new. Left out: 1 of other kinds (1 .md).",
        next_step(db),
    ]
    assert "Needs a person" not in invoke("ingest", folder, "--db", db).stdout


def test_an_empty_folder_says_what_was_looked_for(tmp_path: Path, db: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = invoke("ingest", tmp_path / "empty", "--db", db)
    assert result.exit_code == 0
    assert result.stdout.startswith("0 documents: nothing to read; no file ends in .pdf, .txt, .html, ")


def test_ingest_twice_is_the_same_as_once(folder: Path, db: Path) -> None:
    invoke("ingest", folder, "--db", db)
    again = invoke("ingest", folder, "--db", db).stdout
    assert again == "0 documents: nothing to read. Skipped: 2 read before. Left out: 1 of other kinds (1 .md).\n"
    again = invoke("ingest", folder, "--db", db, "--again").stdout
    assert again.splitlines()[-2] == "2 documents: 2 unchanged. Left out: 1 of other kinds (1 .md)."


def test_a_named_file_is_always_read(folder: Path, db: Path) -> None:
    invoke("ingest", folder, "--db", db)
    by_name = invoke("ingest", folder / "b.pdf", "--db", db).stdout
    assert by_name.splitlines()[-2:] == ["1 document: 1 unchanged.", next_step(db)]
    (folder / "copy.pdf").write_bytes((folder / "b.pdf").read_bytes())
    both = invoke("ingest", folder / "b.pdf", folder / "copy.pdf", "--db", db).stdout
    assert both.splitlines()[-2] == "1 document: 1 unchanged. Left out: 1 identical to a file read before."


def test_ingest_with_workers_gives_the_same(folder: Path, db: Path) -> None:
    assert "2 documents: 2 new." in invoke("ingest", folder, "--db", db, "--workers", "2").stdout


def test_a_file_that_fails_is_named_and_costs_only_itself(folder: Path, db: Path) -> None:
    (folder / "broken.pdf").write_text("bad", encoding="utf-8")
    result = invoke("ingest", folder, "--db", db)
    assert result.exit_code == 1
    assert "3 documents: 3 new, 1 failed." in result.stdout
    assert result.stderr == "failed: broken.pdf: it is protected by a password; save a copy without one\n"


def test_json_is_all_that_is_printed_for_programs(folder: Path, db: Path) -> None:
    content = json.loads(invoke("ingest", folder, "--db", db, "--json").stdout)
    assert content["run"]["new"] == 2
    assert content["left_out"] == {"of_other_kinds": 1, "kinds": {".md": 1}, "copies": 0}
    assert content["concerns"] == [
        {
            "code": code,
            "severity": severity,
            "findings": 2,
            "files": ["b.pdf", "财政项目支出绩效目标申报表.pdf"],
            "sources": ["ingest"],
        }
        for code, severity in (("no_indicators", "error"), ("unit_contradicts_name", "warning"))
    ]
    assert [document["file_name"] for document in content["documents"]] == ["b.pdf", "财政项目支出绩效目标申报表.pdf"]


def test_inspect_shows_the_form_as_understood(folder: Path) -> None:
    result = invoke("inspect", folder / "b.pdf")
    assert result.exit_code == 0
    for line in (
        "Project 1  pages 1–2, layout shanghai_2025",
        "Name 项目名称                       网络内容建设与管理",
        "Funds of the year 年度资金申请总额  12,345,678.90 元",
        "  成本指标 › 经济成本指标",
        "    稿件费用               ≤1.10(万元/次)      ≤ 1.10 万元/次 (11000 元/次)  12.5                1",
    ):
        assert line in result.stdout.splitlines()


@pytest.mark.parametrize(("name", "unit"), [("cac-2025.sheet.xlsx", "Sheet"), ("cac-2024.word.docx", "Table")])
def test_inspect_counts_tables_or_sheets_where_there_are_no_pages(name: str, unit: str) -> None:
    shown = run_script("inspect", SAMPLES / name).stdout
    assert f"{unit}s " in shown
    assert f"Project 2  {unit.lower()} 2, " in shown
    assert "Page" not in shown


def test_inspect_shows_findings_first_and_the_gravest_of_them(folder: Path) -> None:
    lines = invoke("inspect", folder / "b.pdf").stdout.splitlines()
    assert lines[:3] == ["b.pdf", "", "Findings"]
    assert [line.split()[0] for line in lines[5:8]] == ["error", "warning", "info"]
    assert lines[9].startswith("Title 标题")


def test_inspect_prints_the_outcome_for_programs(folder: Path) -> None:
    content = json.loads(invoke("inspect", folder / "b.pdf", "--json").stdout)
    assert content["declarations"][0]["funding"]["annual_funds"] == "12345678.90"


def test_inspect_of_a_file_that_fails(folder: Path) -> None:
    (folder / "broken.pdf").write_text("bad", encoding="utf-8")
    result = invoke("inspect", folder / "broken.pdf")
    assert result.exit_code == 1
    assert "protected by a password" in result.stderr


def test_inspect_draws_the_pages_it_has_read(tmp_path: Path) -> None:
    """The pictures are named on standard error, so that JSON is all that is on standard output."""
    result = run_script("inspect", SAMPLES / "district-2026.writer.pdf", "--draw", tmp_path / "seen.png", "--json")
    drawn = sorted(tmp_path.iterdir())
    assert (result.returncode, result.stderr.splitlines()) == (0, [str(path) for path in drawn])
    forms = json.loads(result.stdout)["declarations"]
    pages = {page for form in forms for page in range(form["first_page"], form["last_page"] + 1)}
    assert [path.name for path in drawn] == [f"seen-{page}.png" for page in sorted(pages)]


def test_inspect_draws_tables_where_there_are_no_pages_and_no_file_that_fails(tmp_path: Path) -> None:
    out = tmp_path / "seen"
    text = run_script("inspect", SAMPLES / "cac-2024.txt", "--draw", tmp_path / "seen.png")
    assert (text.returncode, text.stdout) == (2, "")
    assert text.stderr.startswith("error: cac-2024.txt has no pages.")
    drawn = run_script("inspect", SAMPLES / "cac-2024.txt", "--draw", tmp_path / "text.html", "--json")
    assert (drawn.returncode, drawn.stderr) == (0, f"{tmp_path / 'text.html'}\n")
    (tmp_path / "letter.pdf").write_text("没有表格的一封信。", encoding="utf-8")
    failed = run_script("inspect", tmp_path / "letter.pdf", "--draw", out)
    assert failed.returncode == 1
    assert failed.stderr.startswith("failed: letter.pdf: ")
    assert not out.exists()


def test_output_without_a_terminal_has_no_colour_and_cuts_nothing(folder: Path) -> None:
    stdout = invoke("inspect", folder / "b.pdf").stdout
    assert "\x1b" not in stdout
    assert all(line == line.rstrip() for line in stdout.splitlines())


def test_schema_prints_one_and_writes_all(tmp_path: Path) -> None:
    assert invoke("schema").stdout.startswith("CREATE TABLE meta")
    assert json.loads(invoke("schema", "outcome.schema.json").stdout)["title"] == "Outcome"
    assert invoke("schema", "--write", tmp_path / "schemas").exit_code == 0
    assert len(list((tmp_path / "schemas").iterdir())) == len(SchemaFile) - 1  # the data dictionary stands in docs/


def test_the_version() -> None:
    assert invoke("--version").stdout == f"perftable-etl {VERSION}\n"


def test_the_console_script_is_this_one() -> None:
    pyproject = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["project"]["scripts"] == {"perftable-etl": "perftable_etl.__main__:main"}


def test_a_wrong_call_says_what_to_do_and_exits_2(tmp_path: Path, db: Path) -> None:
    (tmp_path / "a.zip").touch()
    for arguments in (("ingest", tmp_path / "missing", "--db", db), ("ingest", tmp_path / "a.zip", "--db", db)):
        result = run_script(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("error: ")
        assert len(result.stderr.splitlines()) == 1
    assert run_script("ingest", tmp_path).returncode == 2
    assert not db.exists()


def test_a_database_that_is_none_exits_3(folder: Path, db: Path) -> None:
    db.write_text("something else", encoding="utf-8")
    result = run_script("ingest", folder, "--db", db)
    assert result.returncode == 3
    assert "is not a DuckDB file" in result.stderr


def test_unreadable_files_are_one_clear_line_each(tmp_path: Path, db: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "letter.txt").write_text("没有表格的一封信。", encoding="utf-8")
    result = run_script("ingest", tmp_path, "--db", db)
    assert result.returncode == 1
    assert "2 documents: 2 new, 1 failed." in result.stdout
    (line,) = result.stderr.splitlines()
    assert line.startswith("failed: empty.pdf: ")
    with duckdb.connect(db) as connection:
        documents = connection.execute("SELECT file_name, status, error_code FROM documents ORDER BY ALL").fetchall()
    assert documents == [("empty.pdf", "failed", "empty"), ("letter.txt", "no_forms", None)]


def test_a_second_job_is_told_who_works_on_the_database_and_exits_75(folder: Path, db: Path) -> None:
    with one_job(db, "sync"):
        result = run_script("ingest", folder, "--db", db)
    assert (result.returncode, result.stdout) == (75, "")
    assert re.match(
        r"error: .*test\.duckdb is in use by perftable-etl sync \(process \d+ on .* UTC\)\. ", result.stderr
    )
